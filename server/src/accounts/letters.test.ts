import { LOCALES } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import type { LetterKind } from '../platform/auth/letters.ts';
import { accountLetter } from './letters.ts';

const letter = {
  personId: 'p',
  to: 'new@test.example',
  name: 'Zoé <b>"D"</b>\r\nBcc: all@test.example',
  link: 'https://concert.example/reset-password#abc',
  expiresAt: new Date('2026-11-30T08:00:00Z'),
  accountEmail: 'old@test.example',
} as const;

const KINDS: readonly LetterKind[] = ['verify', 'known', 'reset', 'change', 'address-changed', 'password-changed'];

describe.each(LOCALES)('letters about accounts in %s', (locale) => {
  test.each(KINDS)('%s says the same in both parts, and lets no markup and no header through', (kind) => {
    const { subject, text, html } = accountLetter({ ...letter, locale, kind });
    expect(subject.length).toBeGreaterThan(10);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^Bcc:/m);
    expect(html).not.toContain('<b>');
    expect(html).toContain(`<html lang="${locale}">`);
    const words = html
      .replace(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '$2 $1')
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'");
    const plain = (given: string) => given.replace(/[\s:]+/g, ' ').trim();
    expect(plain(words)).toBe(plain(text));
  });

  test('a link is said to work once and until when; a notice carries none that does anything', () => {
    for (const kind of KINDS) {
      const { text } = accountLetter({ ...letter, locale, kind });
      expect(/2026/.test(text)).toBe(['verify', 'reset', 'change'].includes(kind));
    }
  });

  test('what goes to an address that somebody only typed carries no words of theirs', () => {
    const name = 'Canary: win a prize at evil.example';
    for (const kind of KINDS) {
      const { subject, text, html } = accountLetter({ ...letter, name, locale, kind });
      const says = `${subject}${text}${html}`.includes('Canary');
      expect([kind, says]).toEqual([kind, !['verify', 'reset', 'change'].includes(kind)]);
    }
  });

  test('a change names both addresses', () => {
    for (const kind of ['change', 'address-changed'] as const) {
      const { text } = accountLetter({ ...letter, locale, kind });
      for (const address of ['new@test.example', 'old@test.example']) expect(text).toContain(address);
    }
  });
});

test('the time of a link is that of Paris', () => {
  const { text } = accountLetter({ ...letter, locale: 'fr', kind: 'reset' });
  expect(text).toContain('30 novembre 2026 à 09:00 (heure de Paris)');
});

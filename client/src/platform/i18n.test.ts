import { LOCALES } from '@concert/contract';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { modules } from '../modules.ts';
import { findText, firstLocale, type Messages, startI18n } from './i18n.ts';
import { common } from './messages.ts';

const all: readonly Messages[] = [common, ...Object.values(modules).map(({ messages }) => messages)];
const placeholders = (text: string | undefined): string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).toSorted();

beforeAll(() => startI18n(all, 'it'));

describe.each(all)('the texts of $namespace', ({ texts }) => {
  test('exist in every language', () => {
    for (const locale of LOCALES)
      expect(Object.keys(texts[locale]).toSorted()).toEqual(Object.keys(texts.fr).toSorted());
  });

  test('are written, and take the same values in every language', () => {
    for (const locale of LOCALES) {
      for (const [key, text] of Object.entries(texts[locale])) {
        expect([key, text.trim()]).not.toEqual([key, '']);
        // A singular may spell its number out.
        if (!key.endsWith('_one')) expect([key, placeholders(text)]).toEqual([key, placeholders(texts.fr[key])]);
      }
    }
  });

  test('use typographic apostrophes and quotation marks', () => {
    for (const locale of LOCALES) expect(Object.values(texts[locale]).filter((text) => /['"]/.test(text))).toEqual([]);
  });
});

describe('the first language', () => {
  test('is the one chosen here before, then the browser’s, then French', () => {
    expect(firstLocale('it', ['en-GB'])).toBe('it');
    expect(firstLocale(null, ['de-DE', 'en-GB'])).toBe('en');
    expect(firstLocale('xx', ['de'])).toBe('fr');
  });
});

test('a code of the server is looked up in every slice', () => {
  expect(findText('problem.last-owner')).toContain('persona responsabile');
  expect(findText('problem.invalid-email-or-password')).toContain('password');
  expect(findText('problem.never-heard-of')).toBeUndefined();
});

import { describe, expect, test } from '@jest/globals';
import { LIMITS, LINK_SECONDS, passwordVerdict } from './rules.ts';

const COMMON = new Set(['password', 'letmein1', 'juventus', 'sunshine', 'motdepasse', 'helene75']);
const WHO = { name: 'Hélène Durand', email: 'h.durand@region.example' };
const judge = (password: string, who: { name?: string; email?: string } = WHO) =>
  passwordVerdict(password, who, COMMON);
const OK = { ok: true };
const refused = (reason: string) => ({ ok: false, reason });

describe('[check 36] a password', () => {
  test('[A1] has 8 to 256 characters, whatever they are', () => {
    expect(judge('kx7 qp2')).toEqual(refused('password-too-short'));
    expect(judge('kx7 qp2w')).toEqual(OK);
    expect(judge('kjwqzxvm')).toEqual(OK);
    expect(judge('94715028')).toEqual(OK);
    for (const length of [64, 128, 256]) expect(judge('grès et neige '.repeat(20).slice(0, length))).toEqual(OK);
    expect(judge('grès et neige '.repeat(20).slice(0, 257))).toEqual(refused('password-too-long'));
  });

  test('[A1] is counted in characters, not in their parts', () => {
    expect(judge('🎻🎺🥁🎷🎸🪕🎹')).toEqual(refused('password-too-short'));
    expect(judge('🎻🎺🥁🎷🎸🪕🎹🪗')).toEqual(OK);
  });

  test.each([
    'password',
    'PASSWORD',
    'Letmein1',
    'Hélène75',
    'juventus99!',
    '..sunshine1',
    'aaaaaaaa',
    'abababababab',
    '12121212',
    'abcdefghij',
    '87654321',
  ])('[A2] is refused when it is among the first guesses: %s', (password) => {
    expect(judge(password)).toEqual(refused('password-too-common'));
  });

  test.each([
    'concert-demo',
    'Concert2026',
    'auvergne-rhone-alpes',
    'Région-2026',
    'helenedurand',
    'Durand-1975',
    'concertdurand1',
  ])('[A3] is refused when little of it is its own: %s', (password) => {
    expect(judge(password)).toEqual(refused('password-too-personal'));
  });

  test.each(['a sentence I remember', 'juventus vince sempre', 'le concert du mardi soir', 'durand aime la neige'])(
    '[A3] may hold such words beside others: %s',
    (password) => {
      expect(judge(password)).toEqual(OK);
    },
  );

  test('[A3] is not compared with names of two letters', () => {
    expect(judge('li-xu-kwzp', { name: 'Li Xu', email: 'lx@region.example' })).toEqual(OK);
  });
});

test('[A5] links live no longer than they must', () => {
  expect(LINK_SECONDS.reset).toBeLessThanOrEqual(30 * 60);
  expect(Math.max(LINK_SECONDS.verify, LINK_SECONDS.change)).toBeLessThanOrEqual(24 * 3600);
  expect(LINK_SECONDS.invitation).toBeLessThanOrEqual(7 * 24 * 3600);
});

test('[A10] [check 38] an account sees ten wrong passwords in a quarter of an hour, a person mails twenty invitations an hour', () => {
  expect(LIMITS.wrongPasswordsOfAccount).toEqual({ points: 10, seconds: 900 });
  expect(LIMITS.invitationsOfPerson).toEqual({ points: 20, seconds: 3600 });
});

import { PASSWORD_MIN, passwordVerdict } from '@concert/domain/accounts/rules.ts';

/** How hard a password is to guess, in five words. */
export type Strength = 'short' | 'guessable' | 'fair' | 'good' | 'strong';

/** What would make it better; nothing when it is strong. */
export type Advice = 'longer' | 'repeats' | 'personal' | 'common';

/** Words that open most lists of guesses, in the languages of the interface. */
const COMMON = [
  'password',
  'passwort',
  'motdepasse',
  'azerty',
  'qwerty',
  'qwertz',
  'welcome',
  'bienvenue',
  'benvenuto',
  'bonjour',
  'buongiorno',
  'letmein',
  'iloveyou',
  'jetaime',
  'tiamo',
  'soleil',
  'doudou',
  'loulou',
  'juventus',
  'francesca',
  'admin',
  'administrator',
  'concert',
  'secret',
  'dragon',
  'monkey',
  'sunshine',
  'princess',
  'football',
  'changeme',
];

const LISTED = new Set(COMMON);

/** Rows of keyboards, walked in either direction. */
const ROWS = ['azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How letters are commonly dressed up: guessing programs undress them first. */
const undress = (text: string): string =>
  text.replace(/[@4]/g, 'a').replace(/3/g, 'e').replace(/[1!]/g, 'i').replace(/0/g, 'o').replace(/[$5]/g, 's');

const follows = (a: string, b: string): boolean => {
  const step = (b.codePointAt(0) ?? 0) - (a.codePointAt(0) ?? 0);
  return Math.abs(step) <= 1 || ROWS.some((row) => row.includes(a + b) || row.includes(b + a));
};

/** Characters that are not merely the next ones of a row, an alphabet or a repetition. */
function surprises(text: string): number {
  const letters = [...text];
  const fresh = letters.filter((letter, at) => {
    const before = letters[at - 1];
    return before === undefined || !follows(before, letter);
  });
  // "abcabcabc" surprises once.
  const unit = /^(.{1,12}?)\1+/u.exec(text)?.[1];
  return unit === undefined ? fresh.length : Math.min(fresh.length, [...unit].length + 1);
}

/** What a word leaves behind: it is worth one character. */
const MARK = '·';

/** Takes the words out, each leaving one character behind; answers whether there were any. */
function without(text: string, words: readonly string[]): { rest: string; found: boolean } {
  let rest = text;
  let found = false;
  for (const word of words) {
    const dressed = rest.includes(word) ? rest : undress(rest);
    if (word.length < 3 || !dressed.includes(word)) continue;
    rest = dressed.replaceAll(word, MARK);
    found = true;
  }
  return { rest, found };
}

/** The words about a person that others know: parts of the name and of the address. */
const personal = (about: readonly string[]): string[] =>
  about.flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3);

/**
 * An estimate for the person who chooses a password; whether it is accepted is the server's decision. `about` is what
 * others know of them: name, then address.
 */
export function strengthOf(password: string, about: readonly string[] = []): { strength: Strength; advice?: Advice } {
  if ([...password].length < PASSWORD_MIN) return { strength: 'short', advice: 'longer' };
  const [name = '', email = ''] = about;
  const verdict = passwordVerdict(password, { name, email }, LISTED);
  const known = without(fold(password), personal(about));
  const plain = without(known.rest, COMMON);
  if (!verdict.ok && verdict.reason === 'password-too-personal') return { strength: 'guessable', advice: 'personal' };
  if (!verdict.ok) return { strength: 'guessable', advice: plain.found ? 'common' : 'repeats' };
  const worth = surprises(plain.rest) * (/\p{L}/u.test(plain.rest) ? 1 : 0.6);
  const strength = worth < 7 ? 'guessable' : worth < 10 ? 'fair' : worth < 14 ? 'good' : 'strong';
  if (strength === 'strong') return { strength };
  const advice: Advice = known.found
    ? 'personal'
    : plain.found
      ? 'common'
      : worth < [...password].length * 0.6
        ? 'repeats'
        : 'longer';
  return { strength, advice };
}

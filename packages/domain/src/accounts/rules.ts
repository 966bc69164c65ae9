import { no, type Verdict, yes } from '@concert/contract';

/** [A1] Fewest characters of a password. */
export const PASSWORD_MIN = 8;
/** [A1] Most characters of a password: long enough for any sentence, short enough to hash at once. */
export const PASSWORD_MAX = 256;
/** [A3] What a password must hold beside names and common words, in characters. */
const PASSWORD_OF_ITS_OWN = 6;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** [A5] How long a mailed link works, in seconds. */
export const LINK_SECONDS = { verify: DAY, reset: 30 * MINUTE, change: DAY, invitation: 7 * DAY } as const;

/** [A8] Longest life of a session, and how long it may go unused, in seconds (ASVS 7.3). */
export const SESSION_SECONDS = { longest: 30 * DAY, unused: 7 * DAY } as const;

/** How often something may happen: `points` times within `seconds`. */
export type Limit = { readonly points: number; readonly seconds: number };

/** [A10] What is counted, of whom. A network is an IPv4 address or an IPv6 prefix of 64 bits. */
export const LIMITS = {
  /** Wrong passwords for one account, whoever types them and wherever. */
  wrongPasswordsOfAccount: { points: 10, seconds: 15 * MINUTE },
  /** Wrong passwords from one network: far more, because a whole town hall may share one. */
  wrongPasswordsOfNetwork: { points: 300, seconds: 15 * MINUTE },
  signUpsOfNetwork: { points: 300, seconds: 15 * MINUTE },
  /** Letters about an account that somebody asks for who is not signed in, to one address. */
  lettersToAddress: { points: 5, seconds: HOUR },
  lettersOfNetwork: { points: 100, seconds: HOUR },
  /** Invitations that one person mails; running an installation takes more. */
  invitationsOfPerson: { points: 20, seconds: HOUR },
  invitationsOfStaff: { points: 200, seconds: HOUR },
  /** Addresses that one person names as members, with an account or without: each answer says which. */
  addressesOfPerson: { points: 300, seconds: HOUR },
  /** Replies that one person writes, and threads that they open. */
  repliesOfPerson: { points: 60, seconds: MINUTE },
  /** Reactions of one person, and signs that they are writing. */
  signsOfPerson: { points: 200, seconds: MINUTE },
  /** Files that one person uploads to be sent with messages: each is 10 MiB at most. */
  attachmentsOfPerson: { points: 60, seconds: HOUR },
  /** Questions that one person asks of the search: several while they type one. */
  searchesOfPerson: { points: 240, seconds: MINUTE },
  /** Links into rooms that one person asks for, and what their pages tell of joining and leaving. */
  roomsOfPerson: { points: 60, seconds: MINUTE },
  /** Calls from one network that say they are a provider of rooms and are not signed by it. */
  forgedCallsOfNetwork: { points: 30, seconds: MINUTE },
} as const satisfies Readonly<Record<string, Limit>>;
export type LimitName = keyof typeof LIMITS;

/**
 * The pages that mailed links open. The secret follows as the fragment (`/reset-password#<secret>`): browsers send it
 * to no server and name it to no other site. Opening a page uses nothing up; its button does, by POST.
 */
export const LINK_PAGES = {
  verify: '/verify-email',
  reset: '/reset-password',
  change: '/confirm-email',
  invitation: '/invitations',
} as const;

export type PasswordRefusal =
  | 'password-too-short'
  | 'password-too-long'
  | 'password-too-common'
  | 'password-too-personal';

/** Words that everybody guesses who knows where the password belongs to. */
const WORDS_OF_THE_PLACE = [
  'concert',
  'auvergne',
  'rhone',
  'alpes',
  'region',
  'regione',
  'innovation',
  'innovazione',
  'innovative',
  'achat',
  'achats',
  'acheteur',
  'public',
  'publique',
  'publics',
  'marche',
  'marches',
  'procurement',
  'appalti',
  'password',
  'motdepasse',
];

/** Small letters without accents, so that `Hélène` and `helene` are one word. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const lengthOf = (text: string): number => [...text].length;

/** The same few characters over and over, or neighbours of the alphabet in a row. */
function isRun(text: string): boolean {
  if (/^(.{1,3})\1+.{0,2}$/su.test(text)) return true;
  const steps = [...text].map((sign, at, all) => (all[at + 1]?.codePointAt(0) ?? 0) - (sign.codePointAt(0) ?? 0));
  const [first] = steps;
  return (first === 1 || first === -1) && steps.slice(0, -1).every((step) => step === first);
}

/** Words of a name or an address that are long enough to be found in a password. */
const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3);

/** A list of passwords that are guessed first, in small letters. */
export type CommonPasswords = Pick<ReadonlySet<string>, 'has'>;

/** Whether a password is listed, or is a listed word with a few figures and signs around it. */
function isCommon(password: string, common: CommonPasswords): boolean {
  const small = password.toLowerCase();
  if (common.has(small) || common.has(folded(password)) || isRun(small)) return true;
  const core = folded(password).replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return core.length >= 4 && common.has(core) && lengthOf(password) - core.length < PASSWORD_OF_ITS_OWN;
}

/**
 * Whether somebody may choose this password. There are no rules of composition: length and being hard to guess are
 * what counts (ASVS 6.2).
 */
export function passwordVerdict(
  password: string,
  who: { readonly name?: string; readonly email?: string },
  common: CommonPasswords,
): Verdict<PasswordRefusal> {
  const given = password.normalize('NFKC');
  const length = lengthOf(given);
  if (length < PASSWORD_MIN) return no('password-too-short');
  if (length > PASSWORD_MAX) return no('password-too-long');
  if (isCommon(given, common)) return no('password-too-common');
  const known = [...WORDS_OF_THE_PLACE, ...wordsOf(who.name ?? ''), ...wordsOf(who.email?.split('@')[0] ?? '')];
  const longestFirst = [...new Set(known)].sort((a, b) => b.length - a.length);
  const left = longestFirst.reduce((text, word) => text.replaceAll(word, ''), folded(given));
  return lengthOf(left) < PASSWORD_OF_ITS_OWN ? no('password-too-personal') : yes;
}

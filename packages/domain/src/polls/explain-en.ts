import type { MajorityBase, Unit } from './api.ts';
import type { Amount, Condition, QuorumWords, Sentences } from './explain.ts';
import { ONE_VOTE } from './types.ts';

type Noun = readonly [one: string, many: string];

/** What a base is made of. */
const NOUNS: Readonly<Record<Unit, Readonly<Record<MajorityBase, Noun>>>> = {
  heads: {
    'yes-no': ['vote cast', 'votes cast'],
    valid: ['valid vote (abstentions included)', 'valid votes (abstentions included)'],
    cast: ['ballot cast (blank and faulty ones included)', 'ballots cast (blank and faulty ones included)'],
    present: ['seat present or represented', 'seats present or represented'],
    entitled: ['filled seat that may vote', 'filled seats that may vote'],
    seats: ['seat (vacant and recused ones included)', 'seats (vacant and recused ones included)'],
  },
  weight: {
    'yes-no': ['vote cast', 'votes cast'],
    valid: ['valid vote (abstentions included)', 'valid votes (abstentions included)'],
    cast: ['vote handed in (blank and faulty ones included)', 'votes handed in (blank and faulty ones included)'],
    present: ['vote present or represented', 'votes present or represented'],
    entitled: ['vote of the filled seats that may vote', 'votes of the filled seats that may vote'],
    seats: [
      'vote of all seats (vacant and recused ones included)',
      'votes of all seats (vacant and recused ones included)',
    ],
  },
};

const SHARES: Readonly<Record<string, string>> = {
  '1/2': 'half',
  '2/3': 'two thirds',
  '3/4': 'three quarters',
  '3/5': 'three fifths',
  '4/5': 'four fifths',
};

const counted = (amount: Amount, [one, many]: Noun): string => `${amount.text} ${amount.one ? one : many}`;

/** « More than half of the », « all of the ». */
function shareOf({ num, den, strict }: Condition['share']): string {
  if (num === den) return strict ? 'more than all of the' : 'all of the';
  return `${strict ? 'more than' : 'at least'} ${SHARES[`${num}/${den}`] ?? `${num}/${den}`} of the`;
}

function inFavour({ text, one, none }: Amount): string {
  if (none) return 'none was in favour';
  return one ? `${text} was in favour` : `${text} were in favour`;
}

const wasNeeded = ({ needed, of, got, base, unit, share }: Condition): string =>
  `${shareOf(share)} ${counted(of, NOUNS[unit][base])}, so ${needed.text}, ${needed.one ? 'was' : 'were'} needed; ${inFavour(got)}`;

const inCollege = (college: string | undefined): string =>
  college === undefined ? '' : `in the college “${college}”, `;

const each = ({ text }: Amount): string => `${text} in favour and ${text} against`;

const SEATS: Readonly<Record<Unit, Readonly<Record<string, Noun>>>> = {
  heads: { seats: ['seat', 'seats'], filled: ['filled seat', 'filled seats'] },
  weight: {
    seats: ['vote of all seats', 'votes of all seats'],
    filled: ['vote of the filled seats', 'votes of the filled seats'],
  },
};

function quorum({ base, unit, countProxies, reached, college, needed, of, present }: QuorumWords): string {
  const all = counted(of, SEATS[unit][base] ?? ['', '']);
  const there = countProxies ? 'present or represented' : 'present';
  const are = present.none ? 'none is' : present.one ? `${present.text} is` : `${present.text} are`;
  return `${reached ? 'Quorum' : 'No quorum'}: ${inCollege(college)}${needed.text} of the ${all} must be ${there}; ${are}.`;
}

export const ENGLISH: Sentences = {
  locale: 'en',
  isOne: (thousandths) => thousandths === ONE_VOTE,
  adopted: (condition, everyCollege) =>
    everyCollege
      ? `Adopted: ${wasNeeded(condition)}, and each college gave its majority.`
      : `Adopted: ${wasNeeded(condition)}.`,
  rejected: (condition) => `Rejected: ${inCollege(condition.college)}${wasNeeded(condition)}.`,
  nothingCounted: ({ college, base, unit, of }) =>
    `No result: ${inCollege(college)}there were ${counted(of, NOUNS[unit][base])}.`,
  tieForChair: (amount) => `A tie: ${each(amount)}; the chair has the casting vote.`,
  tieForRevote: (amount) => `A tie: ${each(amount)}; the vote must be taken again.`,
  tieRejected: (amount) => `Rejected: the vote was tied, ${each(amount)}.`,
  chairAdopted: (amount) => `Adopted by the casting vote of the chair: ${each(amount)}.`,
  chairRejected: (amount) => `Rejected by the casting vote of the chair: ${each(amount)}.`,
  consented: (consents, aside) =>
    `Adopted by consent: ${counted(consents, ['consent', 'consents'])}, ${aside.text} standing aside, no objection.`,
  objected: (objections, consents, aside) =>
    `Rejected: ${counted(objections, ['objection', 'objections'])}, ${counted(consents, ['consent', 'consents'])}, ${aside.text} standing aside.`,
  nobodyConsented: 'No result: nobody consented or objected.',
  noQuorum: 'Without effect: there is no quorum.',
  noVerdict: 'No result.',
  quorum,
  quorumNotAsked: 'No quorum is asked for.',
  quorumSecondCall: 'No quorum is asked for: the meeting was convened again.',
};

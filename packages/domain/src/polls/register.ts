import { no, type Verdict, yes } from '@concert/contract';
import type { MajorityBase, Unit } from './api.ts';
import { grainOf } from './fraction.ts';
import { inUnit, type Tally, type TallyPart, votesOn } from './tally.ts';
import type { Register, RegisterEntry } from './types.ts';

/** [V1] The seats for which somebody may cast a ballot. */
export const electorate = (register: Register): Register =>
  register.filter(({ voterId, recused }) => voterId !== undefined && !recused);

/** [V2] The seats for which this person votes: their own, those for which they stand in, those of their proxies. */
export const seatsOf = (register: Register, personId: string): Register =>
  electorate(register).filter(({ voterId }) => voterId === personId);

/** Whether somebody holds the seat, or stands in for who will. */
export const isFilled = ({ holderId, voterId }: RegisterEntry): boolean =>
  holderId !== undefined || voterId !== undefined;

/** [V1] What these seats count in a unit. */
export const sumOf = (entries: Register, unit: Unit): number =>
  unit === 'heads' ? entries.length : entries.reduce((sum, { weight }) => sum + weight, 0);

/** The colleges that have a voting seat, in the order of their names. */
export const collegesOf = (register: Register): readonly string[] =>
  [...new Set(register.flatMap(({ college }) => (college === undefined ? [] : [college])))].sort();

/** [V19] The smallest step in which votes come: one head, or what all weights are multiples of. */
export const grainOfRegister = (register: Register, unit: Unit): number =>
  unit === 'heads' ? 1 : grainOf(register.map(({ weight }) => weight));

/** How much each base of a majority is, in one unit. */
export type Bases = Readonly<Record<MajorityBase, number>>;
export type BasesByCollege = Bases & { readonly byCollege: readonly (Bases & { readonly college: string })[] };

/** [V3] The bases among some of the seats; those made of ballots are nothing while nothing was counted. */
function basesOf(entries: Register, part: TallyPart | undefined, decides: boolean, unit: Unit): Bases {
  const votes = votesOn(part?.lines ?? [], unit);
  const valid = part === undefined ? 0 : inUnit(part.valid, unit);
  const filled = entries.filter((entry) => isFilled(entry) && !entry.recused);
  return {
    // Where one chooses between options, nobody says no: who has not voted blank has expressed a vote.
    'yes-no': decides ? votes.for + votes.against : valid,
    valid,
    cast: part === undefined ? 0 : inUnit(part.cast, unit),
    present: sumOf(electorate(entries), unit),
    entitled: sumOf(filled, unit),
    seats: sumOf(entries, unit),
  };
}

/** [V3] The bases of a majority, in all and by college. */
export function bases(register: Register, tally: Tally | undefined, unit: Unit): BasesByCollege {
  const decides = tally?.method === 'motion' || tally?.method === 'consent';
  return {
    ...basesOf(register, tally, decides, unit),
    byCollege: collegesOf(register).map((college) => ({
      college,
      ...basesOf(
        register.filter((entry) => entry.college === college),
        tally?.byCollege.find((part) => part.college === college),
        decides,
        unit,
      ),
    })),
  };
}

/** [V4] Fewer than this many are known by what they have chosen together. */
export const SECRET_AMONG = 3;

export type SecrecyRefusal = 'weights-tell-names' | 'too-few-for-secrecy';

/** How many people vote for these seats: who holds proxies votes for several, and knows what they chose. */
export const peopleIn = (entries: Register): number => new Set(entries.flatMap(({ voterId }) => voterId ?? [])).size;

/** [V4] Whether a vote may be secret. */
export function mayBeSecret(register: Register): Verdict<SecrecyRefusal> {
  const voters = electorate(register);
  if (peopleIn(voters) < SECRET_AMONG) return no('too-few-for-secrecy');
  return voters.every(({ weight }) => weight === voters[0]?.weight) ? yes : no('weights-tell-names');
}

/** [V5] Whether the result of a secret vote may be shown by college: in each that votes, too, one hides among others. */
export function maySplitSecret(register: Register): Verdict<SecrecyRefusal> {
  const voters = electorate(register);
  const few = [...collegesOf(voters), undefined].some((college) => {
    const count = peopleIn(voters.filter((entry) => entry.college === college));
    return count > 0 && count < SECRET_AMONG;
  });
  return few ? no('too-few-for-secrecy') : mayBeSecret(register);
}

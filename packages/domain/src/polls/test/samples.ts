import fc from 'fast-check';
import type { z } from 'zod';
import type { Choice, Majority, Quorum } from '../api.ts';
import { type CountedBallot, ONE_VOTE, type PollForm, type RegisterEntry } from '../types.ts';

export type Chosen = z.infer<typeof Choice>;

/** A seat whose holder is there; said otherwise where it matters. */
export const seat = (seatId: string, over: Partial<RegisterEntry> = {}): RegisterEntry => ({
  seatId,
  weight: ONE_VOTE,
  holderId: `${seatId}-holder`,
  voterId: `${seatId}-holder`,
  via: 'self',
  present: true,
  recused: false,
  ...over,
});
export const vacant = { holderId: undefined, voterId: undefined, via: undefined, present: false } as const;
export const away = { voterId: undefined, via: undefined, present: false } as const;
export const represented = { voterId: 'bob', via: 'proxy', present: false } as const;

export const seats = (count: number, over: Partial<RegisterEntry> = {}, prefix = 's'): readonly RegisterEntry[] =>
  Array.from({ length: count }, (_, index) => seat(`${prefix}${index}`, over));

export const ballot = (choice: Chosen, over: Partial<CountedBallot> = {}): CountedBallot => ({
  weight: ONE_VOTE,
  choice,
  ...over,
});
export const vote = (of: 'yes' | 'no' | 'abstain', over: Partial<CountedBallot> = {}): CountedBallot =>
  ballot({ method: 'motion', vote: of }, over);
export const times = <Item>(count: number, item: Item): readonly Item[] => Array.from({ length: count }, () => item);
export const votes = (yes: number, no = 0, abstain = 0): readonly CountedBallot[] => [
  ...times(yes, vote('yes')),
  ...times(no, vote('no')),
  ...times(abstain, vote('abstain')),
];

export const options = (...ids: readonly string[]): readonly { readonly id: string }[] => ids.map((id) => ({ id }));
export const MOTION: PollForm = { method: 'motion', options: [] };
export const SIMPLE: Majority = {
  base: 'yes-no',
  unit: 'heads',
  num: 1,
  den: 2,
  strict: true,
  tie: 'chair',
  perCollege: false,
};
export const HALF: Quorum = {
  base: 'filled',
  unit: 'heads',
  num: 1,
  den: 2,
  strict: true,
  countProxies: false,
  perCollege: false,
};

const anyWeight = fc.integer({ min: 1, max: 5_000 });
const anyCollege = fc.constantFrom(undefined, 'cities', 'regions');

/** A seat in any of the states in which the register may hold it. */
export const anySeat: fc.Arbitrary<RegisterEntry> = fc
  .record({
    id: fc.integer({ min: 0, max: 9_999 }),
    weight: anyWeight,
    college: anyCollege,
    recused: fc.boolean(),
    state: fc.constantFrom({}, vacant, away, represented),
  })
  .map(({ id, state, college, ...rest }) =>
    seat(`s${id}`, { ...rest, ...state, ...(college === undefined ? {} : { college }) }),
  );
export const anyRegister = fc.array(anySeat, { maxLength: 15 });

export const anyMajority: fc.Arbitrary<Majority> = fc
  .record({
    base: fc.constantFrom('yes-no', 'valid', 'cast', 'present', 'entitled', 'seats'),
    unit: fc.constantFrom('heads', 'weight'),
    num: fc.integer({ min: 1, max: 10 }),
    den: fc.integer({ min: 1, max: 10 }),
    strict: fc.boolean(),
    tie: fc.constantFrom('chair', 'rejected', 'revote'),
    perCollege: fc.boolean(),
  } as const)
  .map(({ num, den, ...rest }) => ({ ...rest, num: Math.min(num, den), den }) as Majority);

const anyId = fc.constantFrom('a', 'b', 'c', 'd', 'nobody');

/** Choices of any method, right and wrong. */
export const anyChoice: fc.Arbitrary<Chosen> = fc.oneof(
  fc.record({ method: fc.constant('motion' as const), vote: fc.constantFrom('yes' as const, 'no', 'abstain') }),
  fc.record({
    method: fc.constant('consent' as const),
    vote: fc.constantFrom('consent' as const, 'stand-aside', 'objection'),
    reason: fc.constantFrom(undefined, ' ', 'Too dear'),
  }),
  fc.record({ method: fc.constant('choose' as const), options: fc.array(anyId, { maxLength: 4 }) }),
  fc.record({
    method: fc.constantFrom('score' as const, 'dots' as const),
    points: fc.array(fc.record({ option: anyId, points: fc.integer({ min: -1, max: 7 }) }), { maxLength: 4 }),
  }),
  fc.record({ method: fc.constant('ranked' as const), order: fc.array(anyId, { maxLength: 5 }) }),
);
export const anyBallot: fc.Arbitrary<CountedBallot> = fc
  .record({ choice: anyChoice, weight: anyWeight, college: anyCollege })
  .map(({ college, ...rest }) => ({ ...rest, ...(college === undefined ? {} : { college }) }));
export const anyPoll: fc.Arbitrary<PollForm> = fc.record({
  method: fc.constantFrom('motion', 'consent', 'choose', 'score', 'dots', 'ranked'),
  options: fc.constant(options('a', 'b', 'c', 'd')),
  limits: fc.record({ max: fc.integer({ min: 1, max: 6 }), seats: fc.integer({ min: 1, max: 4 }) }),
} as const);

/** The same things in another order. */
export const shuffled = <Item>(
  items: fc.Arbitrary<readonly Item[]>,
): fc.Arbitrary<readonly [readonly Item[], Item[]]> =>
  items.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })));

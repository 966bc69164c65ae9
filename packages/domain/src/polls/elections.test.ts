import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { elect } from './elections.ts';
import { tally } from './tally.ts';
import { anyBallot, anyPoll, ballot, options, seat, seats, shuffled, times } from './test/samples.ts';
import type { CountedBallot, PollForm, Register } from './types.ts';

const CHOOSE: PollForm = { method: 'choose', options: options('a', 'b', 'c', 'd'), limits: { max: 4 } };
const chosen = (...ids: readonly string[]): CountedBallot => ballot({ method: 'choose', options: [...ids] });
const got = (counts: Readonly<Record<string, number>>): readonly CountedBallot[] =>
  Object.entries(counts).flatMap(([id, count]) => times(count, chosen(id)));
const heads = (ballots: readonly CountedBallot[], count: number) =>
  elect(tally(CHOOSE, ballots), { seats: count, unit: 'heads' });

describe('an election', () => {
  test('[V28] those with the most votes are elected, whatever their share', () => {
    const result = heads(got({ a: 2, b: 5, c: 3 }), 2);
    expect(result).toMatchObject({ elected: ['b', 'c'], tied: [], seatsTied: 0, runoffNeeded: false });
    expect(result.standings).toEqual([
      { option: 'b', got: 5, rank: 1 },
      { option: 'c', got: 3, rank: 2 },
      { option: 'a', got: 2, rank: 3 },
      { option: 'd', got: 0, rank: 4 },
    ]);
  });

  test('[V28] nobody is elected without a vote, however many seats there are', () => {
    expect(heads(got({ a: 1 }), 3)).toMatchObject({ elected: ['a'], tied: [] });
    expect(heads([], 1)).toMatchObject({ elected: [], tied: [] });
  });

  test('[V29] a tie for the last seats is told, and not broken', () => {
    expect(heads(got({ a: 5, b: 3, c: 3, d: 1 }), 2)).toMatchObject({ elected: ['a'], tied: ['b', 'c'], seatsTied: 1 });
    expect(heads(got({ a: 5, b: 3, c: 3 }), 3)).toMatchObject({ elected: ['a', 'b', 'c'], tied: [], seatsTied: 0 });
    expect(heads(got({ a: 3, b: 3, c: 3 }), 2)).toMatchObject({ elected: [], tied: ['a', 'b', 'c'], seatsTied: 2 });
  });

  test('[V28] points elect like votes, in heads or by weight', () => {
    const poll: PollForm = { method: 'score', options: options('a', 'b') };
    const counted = tally(poll, [
      ballot({ method: 'score', points: [{ option: 'a', points: 5 }] }),
      ballot({ method: 'score', points: [{ option: 'b', points: 2 }] }, { weight: 3_000 }),
    ]);
    expect(elect(counted, { seats: 1, unit: 'heads' }).elected).toEqual(['a']);
    expect(elect(counted, { seats: 1, unit: 'weight' }).elected).toEqual(['b']);
    const absolute = { base: 'valid', register: seats(2) } as const;
    expect(elect(counted, { seats: 1, unit: 'heads', absolute })).toMatchObject({
      elected: ['a'],
      runoffNeeded: false,
    });
  });

  const half = (
    ballots: readonly CountedBallot[],
    count: number,
    register: Register,
    base: 'valid' | 'seats' = 'valid',
  ) => elect(tally(CHOOSE, ballots), { seats: count, unit: 'heads', absolute: { base, register } });

  // CGCT art. L2122-7: the mayor; of the votes cast, without blank ballots (CE, 7 March 1980, Brignoles).
  test('[V30] by an absolute majority who has more than half is elected, blank ballots left out', () => {
    const result = half([...got({ a: 4, b: 3 }), chosen()], 1, seats(9));
    expect(result).toMatchObject({ elected: ['a'], needed: 4, of: 7, runoffNeeded: false, runoff: [] });
    // CGCT art. L4133-1: the president of a region, of all members.
    expect(half(got({ a: 4, b: 3 }), 1, seats(9), 'seats')).toMatchObject({
      elected: [],
      needed: 5,
      of: 9,
      runoff: ['a', 'b'],
    });
  });

  test('[V30] else twice as many as seats are left go into a second round, all who tie for the last place too', () => {
    expect(half(got({ a: 4, b: 3, c: 2 }), 1, seats(9))).toMatchObject({
      elected: [],
      runoffNeeded: true,
      runoff: ['a', 'b'],
    });
    expect(half(got({ a: 4, b: 2, c: 2, d: 1 }), 1, seats(9)).runoff).toEqual(['a', 'b', 'c']);
    const two = [chosen('a', 'b'), chosen('a', 'c'), chosen('a', 'd'), chosen('b')];
    expect(half(two, 2, seats(4))).toMatchObject({ elected: ['a'], runoffNeeded: true, runoff: ['b', 'c', 'd'] });
    expect(half(got({ a: 3, b: 3, c: 2, d: 1 }), 2, seats(9)).runoff).toEqual(['a', 'b', 'c', 'd']);
    expect(half([], 1, seats(4))).toMatchObject({ elected: [], runoffNeeded: false, runoff: [] });
  });

  test('[V30] the majority is the share that the rule asks for', () => {
    const by = (ballots: readonly CountedBallot[], share: { num: number; den: number; strict: boolean }) =>
      elect(tally(CHOOSE, ballots), {
        ...{ seats: 1, unit: 'heads', absolute: { base: 'yes-no', register: seats(9), share } },
      });
    const twoThirds = { num: 2, den: 3, strict: false };
    expect(by(got({ a: 6, b: 3 }), twoThirds)).toMatchObject({ elected: ['a'], needed: 6, of: 9 });
    expect(by(got({ a: 5, b: 4 }), twoThirds)).toMatchObject({ elected: [], needed: 6, runoff: ['a', 'b'] });
    // A simple majority of the votes cast: exactly half is none, and who votes blank has cast none.
    const simple = { num: 1, den: 2, strict: true };
    expect(by(got({ a: 4, b: 3, c: 2 }), simple)).toMatchObject({ elected: [], needed: 5, of: 9, runoff: ['a', 'b'] });
    expect(by(got({ a: 4, b: 4 }), simple)).toMatchObject({ elected: [], tied: [], runoff: ['a', 'b'] });
    expect(by([...got({ a: 4, b: 3 }), chosen(), chosen()], simple)).toMatchObject({ elected: ['a'], of: 7 });
    expect(by(got({ a: 4, b: 4 }), { ...simple, strict: false })).toMatchObject({ elected: [], tied: ['a', 'b'] });
    expect(by([], simple)).toMatchObject({ elected: [], of: 0, runoffNeeded: false });
  });

  test('[V30] more than seats may have more than half: the first of them are elected, and ties told', () => {
    const both = [...times(3, chosen('a', 'b')), chosen('c')];
    expect(half(both, 1, seats(4))).toMatchObject({ elected: [], tied: ['a', 'b'], seatsTied: 1, runoffNeeded: false });
    expect(half([...both, chosen('a')], 1, seats(5))).toMatchObject({ elected: ['a'], tied: [] });
  });

  test('[V28] [V29] the order of ballots changes nothing; no more are elected than seats, none twice', () => {
    fc.assert(
      fc.property(
        anyPoll,
        shuffled(fc.array(anyBallot, { maxLength: 20 })),
        fc.nat({ max: 5 }),
        fc.boolean(),
        (poll, [ballots, others], count, absolute) => {
          const rule = {
            seats: count,
            unit: 'heads',
            ...(absolute ? { absolute: { base: 'valid' as const, register: [seat('a')] } } : {}),
          } as const;
          const result = elect(tally(poll, ballots), rule);
          expect(elect(tally(poll, others), rule)).toEqual(result);
          expect(result.elected.length + result.seatsTied).toBeLessThanOrEqual(count);
          const named = [...result.elected, ...result.tied];
          expect(new Set(named).size).toBe(named.length);
          if (result.tied.length > 0) expect(result.tied.length).toBeGreaterThan(result.seatsTied);
          expect(result.runoff.some((option) => named.includes(option))).toBe(false);
        },
      ),
    );
  });
});

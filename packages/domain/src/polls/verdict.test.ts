import { describe, expect, test } from '@jest/globals';
import { type Majority, Majority as MajoritySchema } from './api.ts';
import { typedCounts } from './hands.ts';
import { MAJORITIES } from './majorities.ts';
import { tally } from './tally.ts';
import { ballot, MOTION, SIMPLE, seat, seats, times, vote, votes } from './test/samples.ts';
import type { CountedBallot, PollForm } from './types.ts';
import { type VerdictInput, verdict } from './verdict.ts';

const on = (ballots: readonly CountedBallot[], majority: Partial<Majority> = {}, over: Partial<VerdictInput> = {}) =>
  verdict({
    method: 'motion',
    majority: { ...SIMPLE, ...majority },
    register: seats(21),
    tally: tally(MOTION, ballots),
    ...over,
  });
const outcome = (...args: Parameters<typeof on>) => on(...args).outcome;

describe('the verdict', () => {
  const two = { num: 2, den: 3, strict: false } as const;
  test.each([
    ['more than half of the votes cast', {}, votes(11, 10), 11, 'adopted'],
    ['more than half of the votes cast', {}, votes(10, 11), 11, 'rejected'],
    ['abstentions are no votes cast', {}, votes(3, 2, 16), 3, 'adopted'],
    ['at least two thirds', two, votes(14, 7), 14, 'adopted'],
    ['at least two thirds', two, votes(13, 8), 14, 'rejected'],
    ['two thirds of what is valid', { ...two, base: 'valid' }, votes(13, 1, 7), 14, 'rejected'],
    ['more than half of those present', { base: 'present' }, votes(10, 0, 2), 11, 'rejected'],
    ['more than half of the members', { base: 'entitled' }, votes(11), 11, 'adopted'],
    ['at least half', { strict: false }, votes(5, 5), 5, 'adopted'],
    ['unanimity, without those who abstain', { num: 1, den: 1, strict: false }, votes(3, 0, 5), 3, 'adopted'],
    ['unanimity', { num: 1, den: 1, strict: false }, votes(20, 1), 21, 'rejected'],
  ] as const)('[V18] [V19] %s: %j', (_name, majority, ballots, needed, wanted) => {
    const result = on(ballots, majority);
    expect(result.outcome).toBe(wanted);
    expect(result.checks).toEqual([expect.objectContaining({ needed, met: wanted === 'adopted' })]);
    expect(result.settledBy).toBe('majority');
  });

  test('[V18] in weight, a heavy seat outweighs many, and needs no more than can be had', () => {
    const register = [seat('heavy', { weight: 3_500 }), ...seats(3)];
    const ballots = [vote('yes', { weight: 3_500 }), ...votes(0, 3)];
    const result = on(ballots, { unit: 'weight' }, { register });
    expect(result.outcome).toBe('adopted');
    expect(result.checks).toEqual([
      { base: 'yes-no', unit: 'weight', of: 6_500, needed: 3_500, got: 3_500, met: true },
    ]);
    expect(outcome(ballots, {}, { register })).toBe('rejected');
  });

  test('[V20] of nothing nothing is adopted', () => {
    for (const majority of [{}, { num: 1, den: 1, strict: false }, { base: 'valid' as const }])
      expect(on([], majority)).toMatchObject({ outcome: 'no-verdict', settledBy: 'none' });
    expect(outcome(votes(0, 0, 5))).toBe('no-verdict');
  });

  const cities = (count: number) => seats(count, { college: 'cities' }, 'c');
  const regions = (count: number) => seats(count, { college: 'regions' }, 'r');
  const inCollege = (college: string, ballots: readonly CountedBallot[]) => ballots.map((one) => ({ ...one, college }));

  test('[V21] where colleges count, each must reach it too', () => {
    const register = [...cities(5), ...regions(3)];
    const input = {
      register,
      tally: tally(MOTION, [...inCollege('cities', votes(5)), ...inCollege('regions', votes(1, 2))]),
    };
    expect(outcome([], {}, input)).toBe('adopted');
    const result = on([], { perCollege: true }, input);
    expect(result.outcome).toBe('rejected');
    expect(result.checks.map(({ college, met }) => [college, met])).toEqual([
      [undefined, true],
      ['cities', true],
      ['regions', false],
    ]);
  });

  test('[V21] a college in which nobody votes leaves no verdict, unless the motion is lost elsewhere', () => {
    const register = [...cities(5), ...regions(3)];
    const perCollege = { perCollege: true };
    expect(outcome([], perCollege, { register, tally: tally(MOTION, inCollege('cities', votes(5))) })).toBe(
      'no-verdict',
    );
    expect(outcome([], perCollege, { register, tally: tally(MOTION, inCollege('cities', votes(1, 4))) })).toBe(
      'rejected',
    );
    expect(outcome([], perCollege, { register, tally: typedCounts(MOTION, [{ key: 'yes', count: 8 }]) })).toBe(
      'no-verdict',
    );
  });

  test('[V22] a tie is half of the base for and half against, where more than half is asked for', () => {
    expect(on(votes(5, 5, 3))).toMatchObject({ outcome: 'tie', tied: true, settledBy: 'none' });
    expect(outcome(votes(5, 5), { base: 'valid' })).toBe('tie');
    // Two abstain: one vote more would not adopt it.
    expect(on(votes(5, 5, 2), { base: 'valid' })).toMatchObject({ outcome: 'rejected', tied: false });
    expect(outcome(votes(5, 5), { base: 'entitled' })).toBe('rejected');
    expect(outcome(votes(5, 5), { num: 2, den: 3 })).toBe('rejected');
    expect(on(votes(2, 2), { num: 2, den: 4 })).toMatchObject({ tied: true });
  });

  test('[V22] a college that did not reach it is not saved by a tie of all', () => {
    const register = [...cities(4), ...regions(2)];
    const counted = tally(MOTION, [...inCollege('cities', votes(3, 1)), ...inCollege('regions', votes(0, 2))]);
    expect(outcome([], { perCollege: true }, { register, tally: counted, castingVote: 'yes' })).toBe('rejected');
  });

  test('[V23] the chair settles a tie, or nobody, or another vote (CGCT art. L2121-20)', () => {
    const tie = votes(5, 5);
    expect(on(tie, {}, { castingVote: 'yes' })).toMatchObject({ outcome: 'adopted', settledBy: 'chair' });
    expect(on(tie, {}, { castingVote: 'no' })).toMatchObject({ outcome: 'rejected', settledBy: 'chair' });
    expect(on(tie, { tie: 'rejected' }, { castingVote: 'yes' })).toMatchObject({
      outcome: 'rejected',
      settledBy: 'none',
    });
    expect(on(tie, { tie: 'revote' }, { castingVote: 'yes' })).toMatchObject({ outcome: 'tie', settledBy: 'none' });
    expect(on(votes(4, 5), {}, { castingVote: 'yes' })).toMatchObject({ outcome: 'rejected', settledBy: 'majority' });
  });

  // Written question n° 80428, answered in the National Assembly on 23 May 2006: it is not adopted.
  test('[V23] in a secret vote nobody has a casting vote, and a tie is lost (CGCT art. L2121-20)', () => {
    expect(on(votes(5, 5), {}, { secret: true, castingVote: 'yes' })).toMatchObject({
      outcome: 'rejected',
      settledBy: 'none',
    });
  });

  const CONSENT: PollForm = { method: 'consent', options: [] };
  const consents = (...of: readonly ('consent' | 'stand-aside' | 'objection')[]) =>
    of.map((chosen) => ballot({ method: 'consent', vote: chosen, reason: 'Because' }));
  test.each([
    ['adopted', consents('consent', 'stand-aside')],
    ['rejected', consents('consent', 'consent', 'objection')],
    ['no-verdict', consents('stand-aside', 'stand-aside')],
    ['no-verdict', []],
  ])('[V24] by consent: %s', (wanted, ballots) => {
    expect(outcome([], {}, { method: 'consent', tally: tally(CONSENT, ballots) })).toBe(wanted);
  });

  test('[V25] without a quorum there is no verdict at all', () => {
    expect(on(votes(21), {}, { quorum: { reached: false } })).toMatchObject({
      outcome: 'no-quorum',
      settledBy: 'none',
    });
    expect(outcome(votes(21), {}, { quorum: { reached: true } })).toBe('adopted');
  });

  test('[V26] an election is neither adopted nor rejected', () => {
    const poll: PollForm = { method: 'choose', options: [{ id: 'a' }] };
    const counted = tally(poll, times(3, ballot({ method: 'choose', options: ['a'] })));
    expect(on([], {}, { method: 'choose', tally: counted })).toMatchObject({ outcome: 'no-verdict', checks: [] });
  });

  test('[V27] the majorities that have names are majorities, named in each language, with their source', () => {
    for (const { label, source, majority } of Object.values(MAJORITIES)) {
      expect(MajoritySchema.parse(majority)).toEqual(majority);
      for (const text of [...Object.values(label), source]) expect(text).not.toBe('');
    }
    expect(outcome(votes(13, 7), MAJORITIES['three-fifths'].majority)).toBe('adopted');
    expect(outcome(votes(13, 8), MAJORITIES['two-thirds-seats'].majority)).toBe('rejected');
  });
});

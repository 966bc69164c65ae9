import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkHands, mayShowHands, typedCounts } from './hands.ts';
import { lineOf, tally, votesOn } from './tally.ts';
import {
  anyBallot,
  anyPoll,
  away,
  ballot,
  MOTION,
  options,
  SIMPLE,
  seat,
  seats,
  shuffled,
  vote,
  votes,
} from './test/samples.ts';
import { ONE_VOTE, type PollForm } from './types.ts';

const abc = options('a', 'b', 'c');
const count = (heads: number, weight = heads * ONE_VOTE) => ({ heads, weight });
const refused = (reason: string) => ({ ok: false, reason });

describe('the tally', () => {
  test('[V15] a motion, in heads and weight, in all and by college', () => {
    const result = tally(MOTION, [
      vote('yes', { weight: 2_500, college: 'cities' }),
      vote('yes', { college: 'regions' }),
      vote('no', { college: 'cities' }),
      vote('abstain'),
    ]);
    expect(result).toMatchObject({ method: 'motion', cast: count(4, 5_500), valid: count(4, 5_500), blank: count(0) });
    expect(result.lines).toEqual([
      { key: 'yes', ballots: 2, ...count(2, 3_500) },
      { key: 'no', ballots: 1, ...count(1) },
      { key: 'abstain', ballots: 1, ...count(1) },
    ]);
    expect(result.byCollege.map(({ college, cast }) => [college, cast])).toEqual([
      ['cities', count(2, 3_500)],
      ['regions', count(1)],
    ]);
    expect(votesOn(result.lines, 'weight')).toEqual({ for: 3_500, against: 1_000, aside: 1_000 });
  });

  test('[V15] consents, those who stand aside, objections', () => {
    const poll: PollForm = { method: 'consent', options: [] };
    const { lines } = tally(poll, [
      ballot({ method: 'consent', vote: 'consent' }),
      ballot({ method: 'consent', vote: 'stand-aside' }),
      ballot({ method: 'consent', vote: 'objection', reason: 'Too dear' }),
    ]);
    expect(lines.map(({ key, heads }) => [key, heads])).toEqual([
      ['consent', 1],
      ['stand-aside', 1],
      ['objection', 1],
    ]);
  });

  test('[V15] options that were chosen, points by the weight of who gives them, first preferences', () => {
    const chosen = tally({ method: 'choose', options: abc, limits: { max: 2 } }, [
      ballot({ method: 'choose', options: ['a', 'b'] }),
      ballot({ method: 'choose', options: ['b'] }),
      ballot({ method: 'choose', options: [] }),
    ]);
    expect(chosen).toMatchObject({ cast: count(3), valid: count(2), blank: count(1) });
    expect(chosen.lines.map(({ heads }) => heads)).toEqual([1, 2, 0]);
    const scored = tally({ method: 'score', options: abc }, [
      ballot(
        {
          method: 'score',
          points: [
            { option: 'a', points: 5 },
            { option: 'b', points: 0 },
          ],
        },
        { weight: 2_000 },
      ),
      ballot({ method: 'score', points: [{ option: 'a', points: 3 }] }),
    ]);
    expect(lineOf(scored.lines, 'a')).toEqual({ key: 'a', ballots: 2, heads: 8, weight: 13_000 });
    expect(lineOf(scored.lines, 'b')).toEqual({ key: 'b', ballots: 1, heads: 0, weight: 0 });
    expect(lineOf(scored.lines, 'x')).toEqual({ key: 'x', ballots: 0, heads: 0, weight: 0 });
    const ranked = tally({ method: 'ranked', options: abc }, [
      ballot({ method: 'ranked', order: ['b', 'a'] }),
      ballot({ method: 'ranked', order: ['b'] }),
    ]);
    expect(ranked.lines.map(({ heads }) => heads)).toEqual([0, 2, 0]);
  });

  test('[V16] a ballot that cannot be counted is cast, and nothing else', () => {
    const result = tally({ method: 'ranked', options: abc }, [
      ballot({ method: 'ranked', order: ['a', 'a'] }),
      ballot({ method: 'ranked', order: ['x'] }),
      vote('yes'),
      ballot({ method: 'ranked', order: [] }),
      ballot({ method: 'ranked', order: ['c'] }),
    ]);
    expect(result).toMatchObject({ cast: count(5), valid: count(1), blank: count(1), invalid: count(3) });
  });

  test('[V15] the order of the ballots changes nothing', () => {
    fc.assert(
      fc.property(anyPoll, shuffled(fc.array(anyBallot, { maxLength: 20 })), (poll, [ballots, others]) => {
        expect(tally(poll, others)).toEqual(tally(poll, ballots));
      }),
    );
  });

  test('[V16] the parts sum to what was cast, in both units; those of a motion, to what is valid', () => {
    fc.assert(
      fc.property(anyPoll, fc.array(anyBallot, { maxLength: 20 }), (poll, ballots) => {
        const result = tally(poll, ballots);
        for (const part of [result, ...result.byCollege])
          for (const unit of ['heads', 'weight'] as const) {
            expect(part.valid[unit] + part.blank[unit] + part.invalid[unit]).toBe(part.cast[unit]);
            const lines = part.lines.reduce((sum, line) => sum + line[unit], 0);
            if (['motion', 'consent', 'ranked'].includes(poll.method)) expect(lines).toBe(part.valid[unit]);
          }
        expect(result.cast.heads).toBe(ballots.length);
      }),
    );
  });

  test('[V15] heads and weight agree where each weighs one vote', () => {
    fc.assert(
      fc.property(anyPoll, fc.array(anyBallot, { maxLength: 20 }), (poll, ballots) => {
        const result = tally(
          poll,
          ballots.map((one) => ({ ...one, weight: ONE_VOTE })),
        );
        for (const { heads, weight } of [result.cast, result.valid, ...result.lines])
          expect(weight).toBe(heads * ONE_VOTE);
      }),
    );
  });
});

describe('a show of hands', () => {
  const counts = [
    { key: 'yes', count: 3 },
    { key: 'no', count: 2 },
    { key: 'abstain', count: 1 },
  ];

  test('[V17] comes to the same tally as ballots', () => {
    expect(typedCounts(MOTION, counts)).toEqual(tally(MOTION, votes(3, 2, 1)));
    expect(typedCounts(MOTION, counts, 2_000).cast).toEqual(count(6, 12_000));
  });

  test('[V17] blank ones are cast; what cannot be a count counts nothing', () => {
    expect(typedCounts(MOTION, [...counts, { key: 'blank', count: 2 }])).toMatchObject({
      cast: count(8),
      valid: count(6),
      blank: count(2),
    });
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(typedCounts(MOTION, [{ key: 'yes', count: wrong }]).cast).toEqual(count(0));
  });

  test('[V17] where several may be chosen, as many have voted as chose any one of them', () => {
    const poll: PollForm = { method: 'choose', options: abc, limits: { max: 2 } };
    expect(
      typedCounts(poll, [
        { key: 'a', count: 3 },
        { key: 'b', count: 4 },
      ]).valid,
    ).toEqual(count(4));
    expect(
      typedCounts({ ...poll, limits: { max: 1 } }, [
        { key: 'a', count: 3 },
        { key: 'b', count: 4 },
      ]).valid,
    ).toEqual(count(7));
  });

  test('[V17] is not for weights that differ, for colleges, or for objections, points and rankings', () => {
    const unequal = [...seats(2), seat('heavy', { weight: 3_000 })];
    expect(mayShowHands(MOTION, SIMPLE, unequal).ok).toBe(true);
    expect(mayShowHands(MOTION, { ...SIMPLE, unit: 'weight' }, unequal)).toEqual(refused('weights-differ'));
    expect(mayShowHands(MOTION, { ...SIMPLE, perCollege: true }, seats(3))).toEqual(refused('colleges-not-counted'));
    for (const method of ['consent', 'score', 'dots', 'ranked'] as const)
      expect(mayShowHands({ method }, SIMPLE, seats(3))).toEqual(refused('not-by-hands'));
  });

  test('[V17] counts what can be chosen, and no more than may vote', () => {
    expect(checkHands(MOTION, seats(6), counts).ok).toBe(true);
    expect(checkHands(MOTION, [...seats(5), seat('a', away)], counts)).toEqual(refused('more-than-may-vote'));
    expect(checkHands(MOTION, seats(6), [{ key: 'perhaps', count: 1 }])).toEqual(refused('unknown-line'));
  });
});

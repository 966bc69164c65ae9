import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countRanked, ONE_BALLOT, type RankedResult } from './ranked.ts';
import { anyBallot, anyPoll, ballot, options, shuffled, times, vote } from './test/samples.ts';
import type { CountedBallot, PollForm } from './types.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const poll = (seats: number, ids: readonly string[] = IDS): PollForm => ({
  method: 'ranked',
  options: options(...ids),
  limits: { seats },
});
const rank = (...order: readonly string[]): CountedBallot => ballot({ method: 'ranked', order: [...order] });
const papers = (counts: Readonly<Record<string, number>>): readonly CountedBallot[] =>
  Object.entries(counts).flatMap(([order, count]) => times(count, rank(...order.split(' '))));
const anyRanking = fc.shuffledSubarray(IDS).map((order) => rank(...order));
const anyRankings = fc.array(anyRanking, { maxLength: 30 });
const anyLot = fc.shuffledSubarray(IDS, { minLength: IDS.length });
const anySeats = fc.integer({ min: 1, max: 5 });

describe('a count by preferences', () => {
  test('[V31] more than half of the first preferences elect at once', () => {
    const result = countRanked(poll(1), papers({ 'a b': 3, b: 1, c: 1 }));
    expect(result).toMatchObject({ rule: 'irv', elected: ['a'], ballots: 5 });
    expect(result.quota).toBeUndefined();
    expect(result.stages).toHaveLength(1);
    expect(result.stages[0]?.elected).toEqual([{ option: 'a', by: 'majority' }]);
  });

  test('[V31] it is half of the ballots that still name somebody', () => {
    const result = countRanked(poll(1, ['a', 'b', 'c']), papers({ a: 4, b: 3, c: 2 }));
    expect(result.elected).toEqual(['a']);
    expect(result.stages.map(({ nonTransferable }) => nonTransferable)).toEqual([0, 2 * ONE_BALLOT]);
  });

  test('[V33] a transfer value is cut to five decimals; what that loses is told', () => {
    const result = countRanked(poll(2, ['a', 'b', 'c', 'd']), papers({ 'a b c': 3, 'a c': 4, 'b c': 2, d: 1 }));
    expect(result.quota).toBe(4 * ONE_BALLOT);
    const [, second] = result.stages;
    expect(second?.event).toMatchObject({ kind: 'surplus', option: 'a', surplus: 3 * ONE_BALLOT });
    // 3 of the 7 votes are over, 0.42857 a paper: three go to b, four to c, and 0.00001 of a vote is lost.
    expect(second?.lines.map(({ votes }) => votes)).toEqual([400_000, 328_571, 171_428, 100_000]);
    expect(second?.lost).toBe(1);
  });

  test('[V34] when as many candidates are left as seats, they are elected without a quota', () => {
    const result = countRanked(poll(3, ['a', 'b', 'c']), papers({ a: 5 }));
    expect(result.elected).toEqual(['a', 'b', 'c']);
    expect(result.stages[0]?.elected.map(({ by }) => by)).toEqual(['quota', 'last-vacancies', 'last-vacancies']);
  });

  test('[V35] without a lot a tie that nothing decides stops the count, and is told', () => {
    const tied = papers({ a: 3, b: 2, c: 2 });
    expect(countRanked(poll(1, ['a', 'b', 'c']), tied)).toMatchObject({
      elected: [],
      tie: { between: ['b', 'c'], for: 'exclusion' },
    });
    expect(countRanked(poll(1, ['a', 'b', 'c']), tied, ['b']).tie?.between).toEqual(['b', 'c']);
    const drawn = countRanked(poll(1, ['a', 'b', 'c']), tied, ['c', 'a', 'b']);
    expect(drawn.tie).toBeUndefined();
    expect(drawn.stages[1]?.event).toEqual({ kind: 'exclusion', option: 'b', decidedBy: 'lot' });
  });

  test('[V35] of earlier stages it is the most recent that decides, not the first', () => {
    const counts = { 'a b': 2, b: 3, c: 4, 'd c': 1, d: 2, e: 6 };
    const { stages, elected } = countRanked(poll(1, ['a', 'b', 'c', 'd', 'e']), papers(counts));
    // b had fewer than c at first, more after the votes of a, as many after those of d.
    expect(stages[3]?.event).toEqual({ kind: 'exclusion', option: 'c', decidedBy: 'earlier-stage' });
    expect(elected).toEqual(['e']);
  });

  test('[V35] of equal surpluses the lot moves that of its first', () => {
    const papersOf = papers({ 'a c': 5, 'b d': 5, c: 1, d: 1 });
    const three = poll(3, ['a', 'b', 'c', 'd']);
    expect(countRanked(three, papersOf).tie).toEqual({ between: ['a', 'b'], for: 'surplus' });
    expect(countRanked(three, papersOf, ['b', 'a', 'd', 'c']).stages[1]?.event).toMatchObject({
      kind: 'surplus',
      option: 'b',
      decidedBy: 'lot',
    });
  });

  test('[V36] weights do not count; blank and faulty ballots elect nobody', () => {
    const ballots = [
      ballot({ method: 'ranked', order: ['a'] }, { weight: 9_000 }),
      rank('b'),
      rank('b'),
      rank(),
      rank('b', 'b'),
      rank('x'),
      vote('yes'),
    ];
    expect(countRanked(poll(1), ballots)).toMatchObject({ elected: ['b'], ballots: 3, blank: 1, invalid: 3 });
    expect(countRanked(poll(2), [rank(), rank('x')])).toMatchObject({ elected: [], stages: [], ballots: 0 });
  });
});

const total = ({ lines, nonTransferable, lost }: RankedResult['stages'][number]) =>
  lines.reduce((sum, { votes }) => sum + votes, nonTransferable + lost);

describe('any count by preferences', () => {
  test('[V33] no vote comes or goes at any stage', () => {
    fc.assert(
      fc.property(anyRankings, anySeats, anyLot, (ballots, seats, lot) => {
        const result = countRanked(poll(seats), ballots, lot);
        for (const stage of result.stages) {
          expect(total(stage)).toBe(result.ballots * ONE_BALLOT);
          expect(stage.lost).toBeLessThan(stage.lines.length * ballots.length + 1);
        }
      }),
    );
  });

  test('[V34] [V35] with a lot each seat is filled, by different people, and the count ends', () => {
    fc.assert(
      fc.property(anyRankings, anySeats, anyLot, (ballots, seats, lot) => {
        const { elected, tie, stages, ballots: counted } = countRanked(poll(seats), ballots, lot);
        expect(tie).toBeUndefined();
        expect(elected).toHaveLength(counted === 0 ? 0 : seats);
        expect(new Set(elected).size).toBe(elected.length);
        expect(stages.length).toBeLessThanOrEqual(2 * IDS.length);
      }),
    );
  });

  test('[V31] [V32] who has more than half, or the quota, of first preferences is elected', () => {
    fc.assert(
      fc.property(anyRankings, anySeats, anyLot, (ballots, seats, lot) => {
        const { elected, ballots: counted } = countRanked(poll(seats), ballots, lot);
        for (const id of IDS) {
          const first = ballots.filter(({ choice }) => choice.method === 'ranked' && choice.order[0] === id).length;
          if (first * (seats + 1) > counted && first > 0) expect(elected).toContain(id);
        }
      }),
    );
  });

  test('[V32] nobody keeps more than the quota once their surplus has moved', () => {
    fc.assert(
      fc.property(anyRankings, fc.integer({ min: 2, max: 4 }), anyLot, (ballots, seats, lot) => {
        const { stages, quota = 0 } = countRanked(poll(seats), ballots, lot);
        for (const [index, { event }] of stages.entries())
          if (event.kind === 'surplus')
            for (const { lines } of stages.slice(index))
              expect(lines.find(({ option }) => option === event.option)?.votes).toBe(quota);
      }),
    );
  });

  test('[V36] the order of the ballots changes nothing', () => {
    fc.assert(
      fc.property(shuffled(anyRankings), anySeats, anyLot, ([ballots, others], seats, lot) => {
        expect(countRanked(poll(seats), others, lot)).toEqual(countRanked(poll(seats), ballots, lot));
      }),
    );
  });

  test('[V36] whatever comes, the count ends, without and with any lot', () => {
    const anyThing = fc.array(fc.constantFrom(...IDS, 'nobody'), { maxLength: 8 });
    fc.assert(
      fc.property(
        anyPoll,
        fc.array(anyBallot, { maxLength: 20 }),
        anyThing,
        anySeats,
        anyThing,
        (form, ballots, ids, seats, lot) => {
          const given: PollForm = { ...form, method: 'ranked', options: options(...ids), limits: { seats } };
          const result = countRanked(given, ballots, lot);
          expect(result.elected.length).toBeLessThanOrEqual(seats);
          expect(result.ballots + result.blank + result.invalid).toBe(ballots.length);
        },
      ),
    );
  });
});

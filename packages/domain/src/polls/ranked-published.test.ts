import { describe, expect, test } from '@jest/globals';
import { countRanked, ONE_BALLOT, type RankedResult } from './ranked.ts';
import { GPUS_2005 } from './test/gpus-2005.ts';
import { ballot, options, times } from './test/samples.ts';

/** Counts so many papers with each order. */
function count(
  seats: number,
  ids: readonly string[],
  papers: readonly (readonly [number, string])[],
  lot: readonly string[] = [],
) {
  const ballots = papers.flatMap(([number, order]) =>
    times(number, ballot({ method: 'ranked', order: order.split(' ') })),
  );
  return countRanked({ method: 'ranked', options: options(...ids), limits: { seats } }, ballots, lot);
}
/** The votes of each who has some, at each stage. */
const table = ({ stages }: RankedResult) =>
  stages.map(({ lines }) =>
    Object.fromEntries(lines.filter(({ votes }) => votes > 0).map(({ option, votes }) => [option, votes / ONE_BALLOT])),
  );
const event = ({ event: { kind, ...rest } }: RankedResult['stages'][number]) =>
  'option' in rest ? `${kind} ${rest.option} by ${rest.decidedBy}` : kind;

describe('published counts of instant run-offs', () => {
  test('[V31] the capital of Tennessee (the example of Wikipedia, “Instant-runoff voting”): Knoxville', () => {
    const result = count(
      1,
      ['Memphis', 'Nashville', 'Chattanooga', 'Knoxville'],
      [
        [42, 'Memphis Nashville Chattanooga Knoxville'],
        [26, 'Nashville Chattanooga Knoxville Memphis'],
        [15, 'Chattanooga Knoxville Nashville Memphis'],
        [17, 'Knoxville Chattanooga Nashville Memphis'],
      ],
    );
    expect(table(result)).toEqual([
      { Memphis: 42, Nashville: 26, Chattanooga: 15, Knoxville: 17 },
      { Memphis: 42, Nashville: 26, Knoxville: 32 },
      { Memphis: 42, Knoxville: 58 },
    ]);
    expect(result).toMatchObject({ rule: 'irv', elected: ['Knoxville'] });
  });

  // rangevoting.org/Burlington.html gives the ballots as they rank the three who were left in the second round, and the last
  // as 4314 to 4064 (likewise electowiki.org). The city certified 4313 to 4061, from 8 976 ballots; its ballot by ballot
  // data is not here, so the first round, with two more candidates and write-ins, is not checked.
  test('[V31] Burlington’s mayor in 2009, from its second round on: Kiss', () => {
    const result = count(
      1,
      ['Montroll', 'Kiss', 'Wright'],
      [
        [1_332, 'Montroll Kiss Wright'],
        [767, 'Montroll Wright Kiss'],
        [455, 'Montroll'],
        [2_043, 'Kiss Montroll Wright'],
        [371, 'Kiss Wright Montroll'],
        [568, 'Kiss'],
        [1_513, 'Wright Montroll Kiss'],
        [495, 'Wright Kiss Montroll'],
        [1_289, 'Wright'],
      ],
    );
    expect(table(result)).toEqual([
      { Montroll: 2_554, Kiss: 2_982, Wright: 3_297 },
      { Kiss: 4_314, Wright: 4_064 },
    ]);
    expect(result.stages[1]?.nonTransferable).toBe(455 * ONE_BALLOT);
    expect(result.elected).toEqual(['Kiss']);
  });
});

describe('published counts of single transferable votes', () => {
  // The example of the food at a party that Wikipedia’s “Single transferable vote” had for years. It has no fractions that
  // depend on the rules of a country.
  test('[V32] [V33] [V34] twenty guests choose three foods', () => {
    const result = count(
      3,
      ['oranges', 'pears', 'chocolate', 'strawberries', 'sweets'],
      [
        [4, 'oranges'],
        [2, 'pears oranges'],
        [8, 'chocolate strawberries'],
        [4, 'chocolate sweets'],
        [1, 'strawberries'],
        [1, 'sweets'],
      ],
    );
    expect(result.quota).toBe(6 * ONE_BALLOT);
    expect(table(result)).toEqual([
      { oranges: 4, pears: 2, chocolate: 12, strawberries: 1, sweets: 1 },
      { oranges: 4, pears: 2, chocolate: 6, strawberries: 5, sweets: 3 },
      { oranges: 6, chocolate: 6, strawberries: 5, sweets: 3 },
      { oranges: 6, chocolate: 6, strawberries: 5 },
    ]);
    expect(result.elected).toEqual(['chocolate', 'oranges', 'strawberries']);
  });

  // The expected numbers are those of test/ref/dump/SC-scotland-fixed-p5-d5.txt of the Droop package, a count of the same
  // ballots by the Scottish rules in a program that is not ours.
  test('[V32] [V33] [V34] the steering committee of the US Greens in 2005, by the Scottish rules', () => {
    const ids = Array.from({ length: 13 }, (_, index) => `${index + 1}`);
    const result = count(4, ids, GPUS_2005, ['12', '11', '10', '6']);
    expect([result.ballots, result.quota]).toEqual([94, 19 * ONE_BALLOT]);
    const rows = table(result);
    expect(rows[0]).toEqual({ '1': 6, '2': 3, '3': 8, '4': 22, '5': 2, '7': 33, '8': 1, '9': 1, '13': 18 });
    expect(rows[1]).toEqual({
      '1': 6.84848,
      '2': 3.42424,
      '3': 8.42424,
      '4': 22,
      '5': 2.42424,
      '7': 19,
      '8': 12.45448,
      '9': 1.42424,
      '13': 18,
    });
    expect(rows[2]).toEqual({
      '1': 7.803,
      '2': 3.5606,
      '3': 9.2424,
      '4': 19,
      '5': 2.69696,
      '7': 19,
      '8': 12.7272,
      '9': 1.42424,
      '13': 18.54544,
    });
    expect(rows[7]).toEqual({
      '1': 7.803,
      '2': 3.5606,
      '3': 9.2424,
      '4': 19,
      '5': 2.69696,
      '7': 19,
      '8': 14.15144,
      '13': 18.54544,
    });
    expect(rows[8]).toEqual({ '1': 8.803, '2': 3.69696, '3': 9.2424, '4': 19, '7': 19, '8': 14.57568, '13': 19.6818 });
    expect(rows[9]).toEqual({ '1': 9.01084, '2': 3.9536, '3': 9.45496, '4': 19, '7': 19, '8': 14.57568, '13': 19 });
    expect(rows[10]).toEqual({ '1': 9.36448, '3': 10.59132, '4': 19, '7': 19, '8': 15.61032, '13': 19 });
    expect(rows[11]).toEqual({ '3': 16.62204, '4': 19, '7': 19, '8': 16.59988, '13': 19 });
    expect(rows[12]).toEqual({ '3': 18.59172, '4': 19, '7': 19, '13': 19 });
    expect(rows).toHaveLength(13);
    expect(result.elected).toEqual(['7', '4', '13', '3']);
    expect(result.stages.map(event)).toEqual([
      'first-preferences',
      'surplus 7 by votes',
      'surplus 4 by votes',
      'exclusion 6 by lot',
      'exclusion 10 by lot',
      'exclusion 11 by lot',
      'exclusion 12 by votes',
      'exclusion 9 by votes',
      'exclusion 5 by votes',
      'surplus 13 by votes',
      'exclusion 2 by votes',
      'exclusion 1 by votes',
      'exclusion 8 by votes',
    ]);
    expect(result.stages.at(-1)?.elected).toEqual([{ option: '3', by: 'last-vacancies' }]);
    // Droop counts the value of ballots that name nobody more; what cutting lost is not among it. It is the same there.
    const last = result.stages.at(-1);
    expect(last?.nonTransferable).toBe(1_840_808);
  });

  // test/blt/scotland/weak-defeat.blt and weak-surplus.blt of the Droop package, and their reports under test/ref.
  test('[V35] a tie is broken by the most recent stage at which the votes differed', () => {
    const result = count(
      2,
      ['A', 'B', 'C', 'D', 'E'],
      [
        [1, 'A B'],
        [2, 'B'],
        [3, 'C'],
        [4, 'D'],
        [5, 'E'],
      ],
    );
    expect(result.stages.map(event)).toEqual([
      'first-preferences',
      'exclusion A by votes',
      'exclusion B by earlier-stage',
      'exclusion C by votes',
    ]);
    expect(result.elected.toSorted()).toEqual(['D', 'E']);
  });

  test('[V32] [V35] the quota is enough, without a surplus to move; the lot excludes its last', () => {
    const papers = [
      [10, 'A C'],
      [8, 'B'],
      [6, 'C'],
      [5, 'D'],
      [3, 'E D'],
      [3, 'F D'],
    ] as const;
    const result = count(4, ['A', 'B', 'C', 'D', 'E', 'F'], papers, ['F', 'E']);
    expect(result.quota).toBe(8 * ONE_BALLOT);
    expect(result.stages.map(event)).toEqual(['first-preferences', 'surplus A by votes', 'exclusion E by lot']);
    expect(result.elected).toEqual(['A', 'B', 'C', 'D']);
  });
});

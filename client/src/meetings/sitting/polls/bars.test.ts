import { describe, expect, test } from '@jest/globals';
import { aPoll } from '../test/data.ts';
import { motionBar, optionBars, unitShown } from './bars.ts';

const line = (key: string, heads: number, weight = heads * 1_000) => ({ key, heads, weight });

describe('the bars of a result', () => {
  test('of a motion stand for, neither, against, and leave out what nobody said', () => {
    const bar = motionBar([line('no', 1), line('abstain', 0), line('yes', 3)], 'heads');
    expect(bar).toEqual([
      { key: 'yes', tone: 'for', percent: 75 },
      { key: 'no', tone: 'against', percent: 25 },
    ]);
    expect(motionBar([line('yes', 0)], 'heads')).toEqual([]);
  });

  test('follow the weights where seats have different ones', () => {
    expect(motionBar([line('yes', 1, 3_000), line('no', 1, 1_000)], 'weight')[0]?.percent).toBe(75);
    const seat = { seatId: 's', title: 'S', present: true, recused: false };
    expect(
      unitShown(
        aPoll({
          register: [
            { ...seat, weight: 1_000 },
            { ...seat, weight: 2_000 },
          ],
        }),
      ),
    ).toBe('weight');
    expect(
      unitShown(
        aPoll({
          register: [
            { ...seat, weight: 2_000 },
            { ...seat, weight: 2_000 },
          ],
        }),
      ),
    ).toBe('heads');
    expect(unitShown(aPoll())).toBe('heads');
  });

  test('of options begin with the most chosen and end with the blank votes', () => {
    const bars = optionBars([line('blank', 9), line('a', 2), line('b', 4)], 'heads');
    expect(bars.map(({ key }) => key)).toEqual(['b', 'a', 'blank']);
    expect(bars[1]?.percent).toBeCloseTo((2 / 9) * 100);
    expect(optionBars([line('a', 0)], 'heads')[0]?.percent).toBe(0);
  });
});

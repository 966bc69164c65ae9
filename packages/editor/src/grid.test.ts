import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeJson } from './body-json.ts';
import { gridOf } from './grid.ts';

const table = (rows: readonly (readonly (readonly [number, number])[])[]): NodeJson => ({
  type: 'table',
  content: rows.map((cells) => ({
    type: 'tableRow',
    content: cells.map(([colspan, rowspan]) => ({ type: 'tableCell', attrs: { colspan, rowspan } })),
  })),
});

describe('tables on a grid', () => {
  test('a cell that reaches down pushes the next row aside', () => {
    const { rows, columns } = gridOf(
      table([
        [
          [1, 2],
          [2, 1],
        ],
        [[1, 1]],
      ]),
    );
    expect(columns).toBe(3);
    expect(rows[1]?.[0]).toMatchObject({ row: 1, column: 1 });
  });

  test('whatever the spans, cells neither overlap nor leave the table', () => {
    const span = fc.integer({ min: -1, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(span, span), { maxLength: 8 }), { maxLength: 8 }), (source) => {
        const { rows, columns } = gridOf(table(source));
        const taken = new Set<string>();
        for (const { row, column, rowspan, colspan } of rows.flat()) {
          expect(row + rowspan).toBeLessThanOrEqual(source.length);
          expect(column + colspan).toBeLessThanOrEqual(Math.min(columns, 63));
          for (let r = row; r < row + rowspan; r += 1)
            for (let c = column; c < column + colspan; c += 1) {
              expect(taken.has(`${r},${c}`)).toBe(false);
              taken.add(`${r},${c}`);
            }
        }
      }),
    );
  });
});

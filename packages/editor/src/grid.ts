import type { NodeJson } from './body-json.ts';
import { largest } from './export-input.ts';

/** A cell at its place, its spans cut to what the table holds. */
export type GridCell = {
  readonly node: NodeJson;
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
};

export type Grid = { readonly rows: readonly (readonly GridCell[])[]; readonly columns: number };

/** The most columns a word processor accepts. Cells behind it are left out. */
const MAX_COLUMNS = 63;

/**
 * The cells of a table on a grid without overlaps or holes at the ends: other writers may have left spans that cross
 * each other or leave the table, and document formats refuse those.
 */
export function gridOf(table: NodeJson): Grid {
  const source = table.content ?? [];
  const taken = source.map(() => new Set<number>());
  const rows = source.map((tableRow, row) => {
    const cells: GridCell[] = [];
    for (const node of tableRow.content ?? []) {
      const column = firstFree(taken[row]);
      if (column >= MAX_COLUMNS) break;
      const colspan = freeWidth(taken[row], column, spanOf(node, 'colspan'));
      const rowspan = freeHeight(taken, { row, column, colspan }, spanOf(node, 'rowspan'));
      for (let r = row; r < row + rowspan; r += 1) for (let c = column; c < column + colspan; c += 1) taken[r]?.add(c);
      cells.push({ node, row, column, rowspan, colspan });
    }
    return cells;
  });
  return {
    rows,
    columns: largest(
      taken.map((columns) => largest(columns, 0) + 1),
      1,
    ),
  };
}

function firstFree(taken: ReadonlySet<number> | undefined): number {
  let column = 0;
  while (taken?.has(column)) column += 1;
  return column;
}

function freeWidth(taken: ReadonlySet<number> | undefined, column: number, wanted: number): number {
  let width = 1;
  while (width < wanted && column + width < MAX_COLUMNS && !taken?.has(column + width)) width += 1;
  return width;
}

function freeHeight(
  taken: readonly ReadonlySet<number>[],
  { row, column, colspan }: { row: number; column: number; colspan: number },
  wanted: number,
): number {
  const isFree = (at: number): boolean => {
    for (let c = column; c < column + colspan; c += 1) if (taken[at]?.has(c)) return false;
    return true;
  };
  let height = 1;
  while (height < wanted && row + height < taken.length && isFree(row + height)) height += 1;
  return height;
}

function spanOf(node: NodeJson, name: 'colspan' | 'rowspan'): number {
  const span = node.attrs?.[name];
  return typeof span === 'number' && Number.isInteger(span) && span > 0 ? span : 1;
}

import type { Content, ContentTable, ContentText, TableCell } from 'pdfmake/interfaces';
import type { NodeJson } from './body-json.ts';
import {
  clean,
  type ExportImage,
  hasMark,
  headingLevel,
  type Images,
  imageOf,
  innerText,
  largest,
  sizeOf,
} from './export-input.ts';
import { gridOf } from './grid.ts';
import { safeHref } from './safe-href.ts';

/** The width of the text of an A4 page, in points. */
const PAGE_WIDTH = 483;
const AFTER: [number, number, number, number] = [0, 0, 0, 6];

/** Blocks of a text as the library lays them out. Every text passes as text: nothing in it can become layout. */
export const blocksPdf = (blocks: readonly NodeJson[], images: Images): Content[] =>
  blocks.map((block) => blockPdf(block, images));

function blockPdf(node: NodeJson, images: Images): Content {
  const inner = (): Content[] => blocksPdf(node.content ?? [], images);
  switch (node.type) {
    case 'paragraph':
      return { text: runsOf(node), margin: AFTER };
    case 'heading':
      return { text: runsOf(node), style: `h${headingLevel(node)}` };
    case 'bulletList':
      return { ul: inner(), margin: AFTER };
    case 'orderedList':
      return { ol: inner(), start: Number(node.attrs?.start) || 1, margin: AFTER };
    case 'taskList':
      return { ul: inner(), type: 'none', margin: AFTER };
    case 'taskItem':
      return {
        columns: [
          { text: node.attrs?.checked === true ? '[x]' : '[ ]', width: 16 },
          { stack: inner(), width: '*' },
        ],
      };
    case 'blockquote':
      return { stack: inner(), margin: [14, 2, 0, 6], color: '#495057', italics: true };
    case 'codeBlock':
      return { text: innerText(node), preserveLeadingSpaces: true, background: '#f1f3f5', margin: AFTER };
    case 'horizontalRule':
      return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: PAGE_WIDTH, y2: 0, lineWidth: 0.5 }], margin: [0, 6, 0, 8] };
    case 'image':
      return imagePdf(node, images);
    case 'table':
      return bodyTable(node, images);
    default:
      return { stack: inner() };
  }
}

function imagePdf(node: NodeJson, images: Images): Content {
  const { image, alt } = imageOf(node, images);
  if (!image || !isPrintable(image)) return { text: `[${alt}]`, italics: true, margin: AFTER };
  const { width, height } = sizeOf(node, image, PAGE_WIDTH);
  const data = Buffer.from(image.data).toString('base64');
  return { image: `data:${image.type};base64,${data}`, width, height, margin: AFTER };
}

/** The two types PDF knows, by their first bytes: the library throws on anything else. */
function isPrintable({ data, type }: ExportImage): boolean {
  const begins = (...bytes: number[]): boolean => bytes.every((byte, at) => data[at] === byte);
  return (
    (type === 'image/png' && begins(0x89, 0x50, 0x4e, 0x47)) || (type === 'image/jpeg' && begins(0xff, 0xd8, 0xff))
  );
}

const runsOf = (node: NodeJson): Content[] => (node.content ?? []).map(runPdf);

function runPdf(node: NodeJson): ContentText {
  if (node.type === 'hardBreak') return { text: '\n' };
  const { marks } = node;
  const href = safeHref(marks?.find(({ type }) => type === 'link')?.attrs?.href);
  return {
    text: clean(node.text ?? ''),
    bold: hasMark(marks, 'bold'),
    italics: hasMark(marks, 'italic'),
    ...(hasMark(marks, 'strike') ? { decoration: 'lineThrough' } : {}),
    ...(hasMark(marks, 'underline') ? { decoration: 'underline' } : {}),
    ...(hasMark(marks, 'code') ? { background: '#f1f3f5' } : {}),
    ...(href === undefined ? {} : { link: href, color: '#1864ab', decoration: 'underline' }),
  };
}

/** A table of plain texts whose first row is the header. */
export function textTable(rows: readonly (readonly string[])[]): Content {
  const columns = largest(
    rows.map((cells) => cells.length),
    1,
  );
  const body = rows.map((cells, row) =>
    Array.from({ length: columns }, (_, at) => ({ text: clean(cells[at] ?? ''), bold: row === 0, fontSize: 9 })),
  );
  return tableOf(body, columns, 1);
}

function bodyTable(table: NodeJson, images: Images): Content {
  const { rows, columns } = gridOf(table);
  // The library wants an empty cell wherever another one reaches.
  const body: TableCell[][] = rows.map(() => Array.from({ length: columns }, () => ({ text: '' })));
  for (const { node, row, column, colspan, rowspan } of rows.flat()) {
    const stack = blocksPdf(node.content ?? [], images);
    const line = body[row];
    if (line) line[column] = { stack, colSpan: colspan, rowSpan: rowspan, bold: node.type === 'tableHeader' };
  }
  return body.length === 0 ? { text: '' } : tableOf(body, columns, 0);
}

const tableOf = (body: TableCell[][], columns: number, headerRows: number): ContentTable => ({
  table: { headerRows, widths: Array.from({ length: columns }, () => '*'), body },
  layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => '#ced4da', vLineColor: () => '#ced4da' },
  margin: [0, 2, 0, 8],
});

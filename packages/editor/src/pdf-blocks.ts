import type {
  CanvasLine,
  Column,
  Content,
  ContentTable,
  ContentText,
  CustomTableLayout,
  Size,
  TableCell,
} from 'pdfmake/interfaces';
import type { NodeJson } from './body-json.ts';
import {
  type Block,
  clean,
  type ExportImage,
  type ExportLetterhead,
  hasMark,
  headingLevel,
  type Images,
  imageOf,
  innerText,
  largest,
  sizeOf,
} from './export-input.ts';
import { gridOf } from './grid.ts';
import type { RecordedBlock } from './recorded.ts';
import { safeHref } from './safe-href.ts';

/** The width of the text of an A4 page, in points. */
const PAGE_WIDTH = 483;
const AFTER: [number, number, number, number] = [0, 0, 0, 6];

/** Blocks of a text as the library lays them out. Every text passes as text: nothing in it can become layout. */
export function blocksPdf(blocks: readonly Block[], images: Images): Content[] {
  const content = blocks.map((block) => ('said' in block ? recordPdf(block.said) : blockPdf(block, images)));
  return content.flatMap((written, at) => {
    const [before, block, after] = [blocks[at - 1], blocks[at], blocks[at + 1]];
    if (isHeading(before) && isShort(block)) return [];
    const next = content[at + 1];
    // A heading goes to the next page with what it is the heading of.
    const together = isHeading(block) && isShort(after) && next !== undefined;
    return [together ? { stack: [written, next], unbreakable: true } : written];
  });
}

const isHeading = (block: Block | undefined): boolean =>
  block !== undefined && !('said' in block) && block.type === 'heading';

/** What stays on one page is measured as a whole: a few lines. */
const SHORT = 600;

function isShort(block: Block | undefined): boolean {
  if (block === undefined) return false;
  if (!('said' in block)) return block.type === 'paragraph' && innerText(block).length <= SHORT;
  const { lines, table } = block.said;
  return table === undefined && lines.length <= 8 && lines.every(({ text }) => text.length <= SHORT / 4);
}

/** A bar at the left and a shade: what nobody has worded, set off from what people wrote. */
const RECORD_LAYOUT: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: (at) => (at === 0 ? 2.5 : 0),
  vLineColor: () => '#4c6ef5',
  fillColor: () => '#f4f6fa',
  paddingLeft: () => 8,
  paddingRight: () => 8,
  paddingTop: (at) => (at === 0 ? 5 : 1),
  paddingBottom: (at, { table }) => (at === table.body.length - 1 ? 5 : 1),
};

/** A block of a record: a row for each line, so that it breaks between pages where lines do. */
function recordPdf({ caption, lines, table, done }: RecordedBlock): Content {
  const box = done === undefined ? '' : done ? '[x] ' : '[ ] ';
  const said = lines.map(({ label, text }): Content => {
    const name = label === undefined ? [] : [{ text: `${clean(label)}\u00a0: `, bold: true }];
    return { text: [...name, clean(text)], fontSize: 9.5 };
  });
  const rows = table === undefined ? [] : [textTable([table.header, ...table.rows])];
  const title = caption === '' ? [] : [{ text: box + clean(caption), bold: true }];
  const body = [...title, ...said, ...rows].map((line): TableCell[] => [line]);
  return { table: { widths: ['*'], body }, layout: RECORD_LAYOUT, margin: [0, 4, 0, 8] };
}

/** The widest and the highest that a logo is shown, in points. */
const LOGO_FIT: [number, number] = [170, 56];

/** The head of the first page: the logo at the left, the lines beside it, and a rule below. */
export function letterheadPdf({ lines, logo }: ExportLetterhead): Content[] {
  const shown = logo !== undefined && isPrintable(logo) ? logo : undefined;
  const stack = lines.map((text, at) => ({ text, bold: at === 0 }));
  const words: Column = { stack, fontSize: 9, width: '*', alignment: shown === undefined ? 'left' : 'right' };
  return [
    { columns: [...(shown === undefined ? [] : [logoPdf(shown)]), words], columnGap: 16 },
    { canvas: [ruleOf('#adb5bd')], margin: [0, 8, 0, 18] },
  ];
}

const logoPdf = ({ data, type }: ExportImage): Content => ({
  image: `data:${type};base64,${Buffer.from(data).toString('base64')}`,
  fit: LOGO_FIT,
  width: LOGO_FIT[0],
});

const ruleOf = (lineColor: string): CanvasLine => ({
  ...{ type: 'line', x1: 0, y1: 0, x2: PAGE_WIDTH, y2: 0, lineWidth: 0.5 },
  lineColor,
});

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
      return { canvas: [ruleOf('#000000')], margin: [0, 6, 0, 8] };
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
    // What is not said is taken from around it: headings are bold, quotations in italics.
    ...(hasMark(marks, 'bold') ? { bold: true } : {}),
    ...(hasMark(marks, 'italic') ? { italics: true } : {}),
    ...(hasMark(marks, 'strike') ? { decoration: 'lineThrough' } : {}),
    ...(hasMark(marks, 'underline') ? { decoration: 'underline' } : {}),
    ...(hasMark(marks, 'code') ? { background: '#f1f3f5' } : {}),
    ...(href === undefined ? {} : { link: href, color: '#1864ab', decoration: 'underline' }),
  };
}

/** What a line is about stands in its first column, which is as wide as two others. */
const widths = (columns: number): Size[] => [
  '*',
  ...Array.from({ length: columns - 1 }, () => `${100 / (columns + 1)}%`),
];

/** A table of plain texts whose first row is the header. */
export function textTable(rows: readonly (readonly string[])[]): Content {
  const columns = largest(
    rows.map((cells) => cells.length),
    1,
  );
  const body = rows.map((cells, row) =>
    Array.from({ length: columns }, (_, at) => ({
      ...{ text: clean(cells[at] ?? ''), bold: row === 0, fontSize: 9 },
      ...(row === 0 ? { fillColor: '#e9ecf2' } : {}),
    })),
  );
  return tableOf(body, widths(columns), 1);
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
  return body.length === 0
    ? { text: '' }
    : tableOf(
        body,
        Array.from({ length: columns }, () => '*'),
        0,
      );
}

const tableOf = (body: TableCell[][], widths: Size[], headerRows: number): ContentTable => ({
  table: { headerRows, widths, body },
  layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => '#ced4da', vLineColor: () => '#ced4da' },
  margin: [0, 2, 0, 8],
});

import {
  BorderStyle,
  HeadingLevel,
  type ILevelsOptions,
  ImageRun,
  type IParagraphOptions,
  type IRunOptions,
  LevelFormat,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  SimpleField,
  Table,
  TableBorders,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
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
  sizeOf,
} from './export-input.ts';
import { gridOf } from './grid.ts';
import type { RecordedBlock } from './recorded.ts';
import { safeHref } from './safe-href.ts';

/** What is collected while a document is written: ordered lists each need a numbering of their own. */
export type DocxContext = {
  readonly images: Images;
  readonly numberings: { reference: string; levels: ILevelsOptions[] }[];
};

/** Where a block stands: how deep in lists and quotes, and the marker its first paragraph takes. */
type Place = {
  readonly context: DocxContext;
  readonly depth: number;
  readonly quoted?: boolean;
  readonly marker?: Marker;
};
type Marker =
  | { readonly bullet: number }
  | { readonly reference: string; readonly level: number }
  | { readonly box: string };

/** Word processors know nine levels of lists. */
const MAX_LIST_LEVEL = 8;
const INDENT = 400;
/** The width of the text of an A4 page, in pixels at 96 dpi. */
const PAGE_WIDTH = 600;
const WORD_IMAGES = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif' } as const;

const LEVELS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
] as const;

/** Blocks of a text as paragraphs and tables. */
export const blocksDocx = (blocks: readonly Block[], context: DocxContext): (Paragraph | Table)[] =>
  blocks.flatMap((block) => ('said' in block ? recordDocx(block.said) : blockDocx(block, { context, depth: 0 })));

/** A bar at the left and a shade: what nobody has worded, set off from what people wrote. */
const RECORD: IParagraphOptions = {
  border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color: '4c6ef5' } },
  shading: { type: ShadingType.CLEAR, fill: 'f4f6fa', color: 'auto' },
  indent: { left: 200 },
  spacing: { before: 0, after: 0 },
};

/** A block of a record; its lines stay together with the caption above them. */
function recordDocx({ caption, lines, table, done }: RecordedBlock): (Paragraph | Table)[] {
  const box = done === undefined ? [] : [new TextRun(done ? '☑ ' : '☐ ')];
  const title = linesOf(clean(caption), { bold: true });
  const said = lines.map(({ label, text }) => {
    const name = label === undefined ? [] : [new TextRun({ text: `${clean(label)}\u00a0: `, bold: true })];
    return new Paragraph({
      ...RECORD,
      keepNext: table !== undefined,
      children: [...name, ...linesOf(clean(text), {})],
    });
  });
  const keepNext = lines.length > 0 || table !== undefined;
  return [
    ...(caption === '' ? [] : [new Paragraph({ ...RECORD, keepNext, children: [...box, ...title] })]),
    ...said,
    ...(table === undefined ? [] : [tableDocx([table.header, ...table.rows])]),
    new Paragraph({}),
  ];
}

/** The widest and the highest that a logo is shown, in pixels at 96 dpi. */
const LOGO = { width: 226, height: 75 } as const;

/** The head of the first page: the logo at the left, the lines beside it, and a rule below. */
export function letterheadDocx({ lines, logo }: ExportLetterhead): (Paragraph | Table)[] {
  const words = (alignment: 'left' | 'right') =>
    lines.map(
      (text, at) =>
        new Paragraph({
          alignment,
          spacing: { after: 0 },
          children: [new TextRun({ text, bold: at === 0, size: 18 })],
        }),
    );
  const rule = new Paragraph({
    spacing: { after: 240 },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: 'adb5bd' } },
  });
  const picture = logo === undefined ? undefined : logoRun(logo, lines[0] ?? '');
  if (picture === undefined) return [...words('left'), rule];
  const shown = new Paragraph({ spacing: { after: 0 }, children: [picture] });
  if (lines.length === 0) return [shown, rule];
  const cell = (children: Paragraph[], size: number) =>
    new TableCell({ children, width: { size, type: WidthType.PERCENTAGE }, verticalAlign: VerticalAlign.CENTER });
  const cells = [cell([shown], 45), cell(words('right'), 55)];
  const rows = [new TableRow({ children: cells })];
  return [new Table({ width: FULL_WIDTH, borders: TableBorders.NONE, rows }), rule];
}

function logoRun({ data, type, width, height }: ExportImage, name: string): ImageRun | undefined {
  if (type === 'image/webp') return undefined;
  const scale = Math.min(1, LOGO.width / Math.max(1, width), LOGO.height / Math.max(1, height));
  const transformation = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const altText = { name: 'logo', description: name, title: name };
  return new ImageRun({ type: WORD_IMAGES[type], data, transformation, altText });
}

function blockDocx(node: NodeJson, place: Place): (Paragraph | Table)[] {
  switch (node.type) {
    case 'paragraph':
      return [paragraphOf(runsOf(node), place)];
    case 'heading':
      return [
        new Paragraph({ heading: LEVELS[headingLevel(node) - 1] ?? HeadingLevel.HEADING_5, children: runsOf(node) }),
      ];
    case 'bulletList':
      return itemsDocx(node, place, () => ({ bullet: levelOf(place) }));
    case 'orderedList': {
      const reference = numberingFor(node, place.context);
      return itemsDocx(node, place, () => ({ reference, level: levelOf(place) }));
    }
    case 'taskList':
      return itemsDocx(node, place, (item) => ({ box: item.attrs?.checked === true ? '☑ ' : '☐ ' }));
    case 'blockquote':
      return (node.content ?? []).flatMap((child) =>
        blockDocx(child, { ...place, quoted: true, depth: place.depth + 1 }),
      );
    case 'codeBlock':
      return [paragraphOf(linesOf(innerText(node), { font: 'Consolas', size: 20 }), place)];
    case 'horizontalRule':
      return [new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: 'adb5bd' } } })];
    case 'image':
      return [paragraphOf([imageRun(node, place.context)], place)];
    case 'table':
      return [bodyTable(node, place.context), new Paragraph({})];
    default:
      return (node.content ?? []).flatMap((child) => blockDocx(child, place));
  }
}

const levelOf = ({ depth }: Place): number => Math.min(depth, MAX_LIST_LEVEL);

function itemsDocx(list: NodeJson, place: Place, marker: (item: NodeJson) => Marker): (Paragraph | Table)[] {
  return (list.content ?? []).flatMap((item) =>
    (item.content ?? []).flatMap((child, at) => {
      const inside: Place = { context: place.context, depth: place.depth + 1, quoted: place.quoted ?? false };
      return blockDocx(child, at === 0 ? { ...inside, marker: marker(item) } : inside);
    }),
  );
}

function paragraphOf(children: readonly ParagraphChild[], { depth, quoted, marker }: Place): Paragraph {
  const left = { left: Math.min(depth, MAX_LIST_LEVEL) * INDENT };
  const border = quoted ? { border: { left: { style: BorderStyle.SINGLE, size: 12, space: 8, color: 'adb5bd' } } } : {};
  if (marker === undefined) return new Paragraph({ children: [...children], indent: left, ...border });
  if ('bullet' in marker) return new Paragraph({ children: [...children], bullet: { level: marker.bullet } });
  if ('box' in marker) return new Paragraph({ children: [new TextRun(marker.box), ...children], indent: left });
  return new Paragraph({ children: [...children], numbering: { reference: marker.reference, level: marker.level } });
}

/** A numbering that begins where the list does. */
function numberingFor(list: NodeJson, { numberings }: DocxContext): string {
  const reference = `list-${numberings.length + 1}`;
  const levels = Array.from({ length: MAX_LIST_LEVEL + 1 }, (_, level) => ({
    level,
    format: LevelFormat.DECIMAL,
    text: `%${level + 1}.`,
    start: Number(list.attrs?.start) || 1,
    style: { paragraph: { indent: { left: (level + 1) * INDENT, hanging: 300 } } },
  }));
  numberings.push({ reference, levels });
  return reference;
}

function imageRun(node: NodeJson, { images }: DocxContext): ParagraphChild {
  const { image, alt } = imageOf(node, images);
  const type = image && image.type !== 'image/webp' ? WORD_IMAGES[image.type] : undefined;
  if (!image || !type) return new TextRun({ text: `[${alt}]`, italics: true });
  return new ImageRun({
    type,
    data: image.data,
    transformation: sizeOf(node, image, PAGE_WIDTH),
    altText: { name: 'image', description: alt, title: alt },
  });
}

const runsOf = (node: NodeJson): ParagraphChild[] => (node.content ?? []).flatMap(runDocx);

function runDocx(node: NodeJson): ParagraphChild[] {
  if (node.type === 'hardBreak') return [new TextRun({ break: 1 })];
  const { marks } = node;
  const text = clean(node.text ?? '');
  const href = safeHref(marks?.find(({ type }) => type === 'link')?.attrs?.href);
  if (href !== undefined) return [hyperlink(href, text)];
  return linesOf(text, {
    bold: hasMark(marks, 'bold'),
    italics: hasMark(marks, 'italic'),
    strike: hasMark(marks, 'strike'),
    ...(hasMark(marks, 'underline') ? { underline: {} } : {}),
    ...(hasMark(marks, 'code') ? { font: 'Consolas' } : {}),
  });
}

/**
 * A link as a HYPERLINK field: word processors follow it on a click, and the file needs no relationship to the outside.
 * The address has neither quotes nor backslashes (see `safeHref`), so that it cannot end the instruction.
 */
const hyperlink = (href: string, text: string): ParagraphChild => new SimpleField(`HYPERLINK "${href}"`, text);

const linesOf = (text: string, style: IRunOptions): TextRun[] =>
  text.split('\n').map((line, at) => new TextRun({ ...style, text: line, ...(at === 0 ? {} : { break: 1 }) }));

/** Plain text as paragraphs, one per line. */
export const textParagraphs = (text: string): Paragraph[] =>
  text === '' ? [] : text.split('\n').map((line) => new Paragraph({ text: clean(line) }));

const FULL_WIDTH = { size: 100, type: WidthType.PERCENTAGE } as const;

/** A table of plain texts whose first row is the header. What a line is about, its first cell, is twice as wide. */
export function tableDocx(rows: readonly (readonly string[])[]): Table {
  const spacing = { before: 30, after: 30 };
  return new Table({
    width: FULL_WIDTH,
    rows: rows.map((given, row) => {
      const cells = given.length === 0 ? [''] : given;
      const children = cells.map((text, at) => {
        const size = ((at === 0 ? 2 : 1) * 100) / (cells.length + 1);
        const words = linesOf(clean(text), row === 0 ? { bold: true } : {});
        return new TableCell({
          ...(row === 0 ? { shading: { type: ShadingType.CLEAR, fill: 'e9ecf2', color: 'auto' } } : {}),
          width: { size, type: WidthType.PERCENTAGE },
          children: [new Paragraph({ spacing, children: words })],
        });
      });
      return new TableRow({ tableHeader: row === 0, children });
    }),
  });
}

function bodyTable(table: NodeJson, context: DocxContext): Table {
  const { rows } = gridOf(table);
  // Rows of headers at the top are told as such: they are repeated on each page, and read aloud with their cells.
  const body = rows.findIndex((cells) => cells.some(({ node }) => node.type !== 'tableHeader'));
  const headers = Math.max(body, 0);
  return new Table({
    width: FULL_WIDTH,
    rows: rows.map((cells, row) => {
      const children = cells.map(({ node, colspan, rowspan }) => {
        const inner = blocksDocx(node.content ?? [], context);
        // A cell must end with a paragraph.
        if (!(inner.at(-1) instanceof Paragraph)) inner.push(new Paragraph({}));
        return new TableCell({ children: inner, columnSpan: colspan, rowSpan: rowspan });
      });
      return new TableRow({ tableHeader: row < headers, children });
    }),
  });
}

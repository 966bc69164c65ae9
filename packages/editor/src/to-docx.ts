import { Document, Footer, Header, HeadingLevel, Packer, PageNumber, Paragraph, Tab, type Table, TextRun } from 'docx';
import { blocksDocx, type DocxContext, letterheadDocx, tableDocx, textParagraphs } from './docx-blocks.ts';
import {
  assertPrintable,
  clean,
  type ExportField,
  type ExportInput,
  footerOf,
  imagesOf,
  letterheadOf,
  type Part,
  partsOf,
} from './export-input.ts';

/**
 * A document for word processors. It holds no relationship to anything outside: links are fields with an address that
 * was checked, images are inside, and there is no template and no macro.
 */
export async function toDocx(input: ExportInput): Promise<Uint8Array> {
  assertPrintable(input);
  const context: DocxContext = { images: await imagesOf(input), numberings: [] };
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(clean(input.title))] }),
    new Paragraph({ children: [new TextRun({ text: clean(input.kindLabel), italics: true })] }),
    ...fieldsDocx(input.facts ?? []),
    ...partsOf(input).flatMap((part) => partDocx(part, context)),
  ];
  const file = new Document({
    title: clean(input.title),
    creator: 'Concert',
    lastModifiedBy: 'Concert',
    styles: { default: { document: { run: runOf(input), paragraph: { spacing: { after: 120 } } } } },
    numbering: { config: context.numberings },
    sections: [{ ...pagesOf(input), children }],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

/** Word processors spell and read aloud by a language and its country. */
const LANGUAGES: Readonly<Record<string, string>> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

const runOf = ({ locale }: ExportInput) =>
  ({ font: 'Calibri', size: 22, language: { value: LANGUAGES[locale] ?? clean(locale) } }) as const;

/** The head of the first page and the foot of all. A word processor takes the first page's own foot with its head. */
function pagesOf(input: ExportInput) {
  const letterhead = letterheadOf(input);
  const footer = footerOf(input);
  if (letterhead === undefined) return { footers: { default: footOf(footer) } };
  return {
    properties: { titlePage: true },
    headers: { first: new Header({ children: letterheadDocx(letterhead) }) },
    footers: { first: footOf(footer), default: footOf(footer) },
  };
}

/** The width of the text of an A4 page, in twentieths of a point. */
const PAGE_WIDTH = 9026;

const footOf = (text: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: 'right', position: PAGE_WIDTH }],
        children: [
          new TextRun({ text, size: 18 }),
          new TextRun({ children: [new Tab(), PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18 }),
        ],
      }),
    ],
  });

const partDocx = ({ heading, fields, blocks }: Part, context: DocxContext): (Paragraph | Table)[] => [
  ...(heading === undefined ? [] : [new Paragraph({ text: clean(heading), heading: HeadingLevel.HEADING_2 })]),
  ...fieldsDocx(fields),
  ...blocksDocx(blocks, context),
];

function fieldsDocx(fields: readonly ExportField[]): (Paragraph | Table)[] {
  return fields.flatMap(({ label, value }) => {
    const name = new TextRun({ text: clean(label), bold: true });
    if (value.type === 'text') {
      const [first = '', ...others] = value.text.split('\n');
      return [
        new Paragraph({ children: [name, new TextRun(`\u00a0: ${clean(first)}`)] }),
        ...textParagraphs(others.join('\n')),
      ];
    }
    const caption = new Paragraph({ children: [name], keepNext: true });
    return [caption, tableDocx([value.header, ...value.rows]), new Paragraph({})];
  });
}

import { Document, Footer, HeadingLevel, Packer, PageNumber, Paragraph, type Table, TextRun } from 'docx';
import { blocksDocx, type DocxContext, tableDocx, textParagraphs } from './docx-blocks.ts';
import {
  assertPrintable,
  clean,
  type ExportField,
  type ExportInput,
  imagesOf,
  type Part,
  partsOf,
} from './export-input.ts';

/**
 * A document for word processors. It holds no relationship to anything outside: links are fields with an address that
 * was checked, images are inside, and there is no template and no macro.
 */
export async function toDocx(input: ExportInput): Promise<Uint8Array> {
  assertPrintable(input.body);
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
    styles: { default: { document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 120 } } } } },
    numbering: { config: context.numberings },
    sections: [{ children, footers: { default: pageNumbers() } }],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

const pageNumbers = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: 'right',
        children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18 })],
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

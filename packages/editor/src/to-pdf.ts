import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions, TFontDictionary } from 'pdfmake/interfaces';
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
import { blocksPdf, letterheadPdf, textTable } from './pdf-blocks.ts';

/** The fonts that come with the library, by file. */
const fonts: TFontDictionary = createRequire(import.meta.url)('pdfmake/fonts/Roboto.js');
const fontFiles = new Set(Object.values(fonts).flatMap((font) => Object.values(font)));

pdfmake.setFonts(fonts);
// Nothing is fetched and nothing but the fonts is read, whatever a document says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => fontFiles.has(path));

/** A document as PDF, A4, with its title and page numbers on every page. */
export async function toPdf(input: ExportInput): Promise<Uint8Array> {
  assertPrintable(input);
  const images = await imagesOf(input);
  const title = clean(input.title);
  const footer = footerOf(input);
  const letterhead = letterheadOf(input);
  const definition: TDocumentDefinitions = {
    info: { title, creator: 'Concert', producer: 'Concert' },
    language: clean(input.locale),
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 64],
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.25 },
    styles: STYLES,
    footer: (page, pages) => ({
      columns: [
        { text: footer, style: 'footer', width: '*' },
        { text: `${page} / ${pages}`, style: 'footer', width: 50, alignment: 'right' },
      ],
      margin: [56, 20, 56, 0],
    }),
    content: [
      ...(letterhead === undefined ? [] : letterheadPdf(letterhead)),
      { text: title, style: 'title' },
      { text: clean(input.kindLabel), style: 'kind' },
      ...fieldsPdf(input.facts ?? []),
      ...partsOf(input).flatMap((part) => partPdf(part, images)),
    ],
  };
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}

const STYLES: TDocumentDefinitions['styles'] = {
  title: { fontSize: 22, bold: true, margin: [0, 0, 0, 2] },
  kind: { color: '#5c5f66', italics: true, margin: [0, 0, 0, 14] },
  h2: { fontSize: 15, bold: true, margin: [0, 16, 0, 5] },
  h3: { fontSize: 12.5, bold: true, margin: [0, 10, 0, 4] },
  h4: { fontSize: 11.5, bold: true, margin: [0, 8, 0, 3] },
  h5: { fontSize: 10.5, bold: true, italics: true, margin: [0, 6, 0, 3] },
  footer: { fontSize: 8, color: '#5c5f66' },
};

const partPdf = ({ heading, fields, blocks }: Part, images: Parameters<typeof blocksPdf>[1]): Content[] => [
  ...(heading === undefined ? [] : [{ text: clean(heading), style: 'h2' }]),
  ...fieldsPdf(fields),
  ...blocksPdf(blocks, images),
];

const fieldsPdf = (fields: readonly ExportField[]): Content[] =>
  fields.flatMap(({ label, value }): Content[] => {
    const name = clean(label);
    if (value.type === 'text')
      return [{ text: [{ text: `${name}\u00a0: `, bold: true }, clean(value.text)], margin: [0, 0, 0, 4] }];
    return [{ text: name, bold: true, margin: [0, 4, 0, 2] }, textTable([value.header, ...value.rows])];
  });

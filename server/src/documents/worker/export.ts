import type { FieldValues } from '@concert/domain/fields/values.ts';
import { kindOf } from '@concert/domain/kinds.ts';
import type { BodyJson } from '@concert/editor/body-json.ts';
import type { ExportInput as EditorInput, ExportImage } from '@concert/editor/export-input.ts';
import { fieldInWords } from './field-words.ts';
import type { ExportInput, InputImage } from './types.ts';

type Readable = Pick<ExportInput, 'kind' | 'format' | 'locale' | 'images' | 'names' | 'recorded'> & {
  readonly title: string;
  readonly body: BodyJson;
  readonly fields: FieldValues;
};

const isImageType = (type: string): type is ExportImage['type'] =>
  type === 'image/png' || type === 'image/jpeg' || type === 'image/gif' || type === 'image/webp';

const imageOf = ({ bytes, type, width, height }: InputImage): ExportImage | undefined =>
  isImageType(type) ? { data: bytes, type, width, height } : undefined;

/** What a record adds to the text of a document. */
function recordedOf({ recorded }: Readable): Pick<EditorInput, 'records' | 'facts' | 'letterhead' | 'footer'> {
  if (recorded === null) return {};
  const { blocks, facts, footer, letterhead } = recorded;
  const logo = letterhead?.logo && imageOf(letterhead.logo);
  return {
    records: blocks,
    facts: facts.map(({ label, text }) => ({ label, value: { type: 'text', text } })),
    footer,
    ...(letterhead === undefined ? {} : { letterhead: { lines: letterhead.lines, ...(logo ? { logo } : {}) } }),
  };
}

function inputOf(readable: Readable): EditorInput {
  const { kind, locale, images, names, title, body, fields } = readable;
  const layout = kindOf(kind);
  const wording = { locale, names: new Map([...names, ...rowNames(fields)]) };
  return {
    title,
    kindLabel: layout.label[locale],
    locale,
    freeText: layout.freeText !== undefined,
    sections: layout.sections.map((section) => ({
      id: section.id,
      label: section.label[locale],
      // The title stands above everything already.
      fields: section.fields.flatMap((field) => {
        const value = field.id === 'title' ? undefined : fields[field.id];
        return value === undefined ? [] : [fieldInWords(field, value, wording)];
      }),
    })),
    body,
    ...recordedOf(readable),
    loadImage: async (id) => {
      const image = images.get(id);
      return image && imageOf(image);
    },
  };
}

/** Rows that other rows refer to are named by the first thing they say. */
function rowNames(fields: FieldValues): Map<string, string> {
  const names = new Map<string, string>();
  for (const rows of Object.values(fields)) {
    if (!Array.isArray(rows)) continue;
    for (const row of rows) {
      if (typeof row !== 'object') continue;
      const { id, ...cells } = row;
      const said = Object.values(cells).find((cell) => typeof cell === 'string');
      if (typeof said === 'string') names.set(String(id), said);
    }
  }
  return names;
}

// Each format brings a library of its own, loaded when somebody first asks for it.
const WRITE: Readonly<Record<ExportInput['format'], (input: EditorInput) => Promise<Uint8Array | string>>> = {
  markdown: async (input) => (await import('@concert/editor/to-markdown.ts')).toMarkdown(input),
  html: async (input) => (await import('@concert/editor/to-html.ts')).toHtml(input),
  docx: async (input) => (await import('@concert/editor/to-docx.ts')).toDocx(input),
  pdf: async (input) => (await import('@concert/editor/to-pdf.ts')).toPdf(input),
};

/** A document as a file, in the reader's language; nothing is fetched for it. */
export async function exportText(readable: Readable): Promise<Uint8Array> {
  const written = await WRITE[readable.format](inputOf(readable));
  return typeof written === 'string' ? new TextEncoder().encode(written) : written;
}

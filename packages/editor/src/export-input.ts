import { MAX_DEPTH } from './attributes.ts';
import type { BodyJson, MarkJson, NodeJson } from './body-json.ts';
import { isRecord, keyOfRecord, type RecordedBlock, type RecordedBlocks } from './recorded.ts';
import { fileIdOf } from './safe-href.ts';

/** A field in words: a line of text, or a table with a header. */
export type ExportValue =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

export type ExportField = { readonly label: string; readonly value: ExportValue };

/** An image as it goes into a file: PNG and JPEG everywhere; other types only where the format knows them. */
export type ExportImage = {
  readonly data: Uint8Array;
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
};

/** What stands at the head of the first page, above the title: a body's own lines, with its logo beside them. */
export type ExportLetterhead = {
  readonly lines: readonly string[];
  readonly logo?: ExportImage;
};

/** All that an export needs; nothing else is read and nothing is fetched. */
export type ExportInput = {
  readonly title: string;
  /** The name of the kind in the reader's language. */
  readonly kindLabel: string;
  /** BCP 47, e.g. `fr`. */
  readonly locale: string;
  /** What is shown under the title: version, date, authors. */
  readonly facts?: readonly ExportField[];
  /** The sections of the kind with the fields to show, in the order of the kind. */
  readonly sections: readonly {
    readonly id: string;
    readonly label: string;
    readonly fields: readonly ExportField[];
  }[];
  /** True when the sections only group fields and have no place in the text. */
  readonly freeText: boolean;
  readonly body: BodyJson;
  /** What the blocks of a record say to this reader; a block that says nothing is left out. */
  readonly records?: RecordedBlocks;
  /** For pages: at the head of the first one. */
  readonly letterhead?: ExportLetterhead;
  /** For pages: what stands at the foot of each; without, the title. */
  readonly footer?: string;
  /** The bytes of an image of the text, undefined when it is gone: its description then takes its place. */
  readonly loadImage: (fileId: string) => Promise<ExportImage | undefined>;
};

/** A stretch of the document: an optional heading, the fields of its section, then text. */
export type Part = {
  readonly heading: string | undefined;
  readonly fields: readonly ExportField[];
  readonly blocks: readonly Block[];
};

/** A block of the text, or of a record with what it says. */
export type Block = NodeJson | Said;
export type Said = { readonly said: RecordedBlock };

export type Images = ReadonlyMap<string, ExportImage>;

/**
 * The blocks of a text, those of a record with what they say. One that says nothing to the reader is left out, and so is
 * one that stands there again: it would say nothing new, and a file of any size could be made of it.
 */
function blocksOf(body: BodyJson, records: RecordedBlocks | undefined): Block[] {
  const waiting = new Map(records);
  return (body.content ?? []).flatMap((node, at, all): Block[] => {
    if (!isRecord(node)) return [node];
    const key = keyOfRecord(node);
    const block = waiting.get(key);
    waiting.delete(key);
    const said = block === undefined ? undefined : below(all[at - 1], block);
    return said === undefined ? [] : [{ said }];
  });
}

/** Spaces that do not break are put into one and not into the other. */
const sameWords = (one: string, other: string): boolean =>
  one.replace(/\s+/gu, ' ').trim() === other.replace(/\s+/gu, ' ').trim();

/** A block right below a heading that says its caption need not say it again. */
function below(before: NodeJson | undefined, block: RecordedBlock): RecordedBlock | undefined {
  const headed = before?.type === 'heading' && sameWords(innerText(before), clean(block.caption));
  if (!headed || block.done !== undefined) return block;
  return block.lines.length === 0 && block.table === undefined ? undefined : { ...block, caption: '' };
}

/**
 * The document in reading order. A section that is missing from the text still shows its fields, at the end; one that
 * appears twice shows them once.
 */
export function partsOf({ sections, freeText, body, records }: ExportInput): Part[] {
  assertShallow(body);
  const blocks = blocksOf(body, records);
  const waiting = new Map(sections.map((section) => [section.id, section]));
  const parts: Part[] = [];
  if (freeText) {
    return [{ heading: undefined, fields: sections.flatMap(({ fields }) => fields), blocks }];
  }
  for (const node of blocks) {
    if ('said' in node) {
      parts.push({ heading: undefined, fields: [], blocks: [node] });
      continue;
    }
    const id = String(node.attrs?.sectionId);
    const label = sections.find((section) => section.id === id)?.label;
    if (node.type === 'section') {
      parts.push({
        heading: label ?? id,
        fields: waiting.get(id)?.fields ?? [],
        blocks: (node.content ?? []).map(lowered),
      });
      waiting.delete(id);
    } else parts.push({ heading: undefined, fields: [], blocks: [lowered(node)] });
  }
  for (const { label, fields } of waiting.values())
    if (fields.length > 0) parts.push({ heading: label, fields, blocks: [] });
  return parts;
}

/** Under the title (1) and the sections (2), the headings of the text begin at 3. */
const lowered = (node: NodeJson): NodeJson => ({
  ...node,
  ...(node.type === 'heading' ? { attrs: { level: headingLevel(node) + 1 } } : {}),
  ...(node.content ? { content: node.content.map(lowered) } : {}),
});

/** The level at which a heading of a part is shown: 2 to 5. */
export const headingLevel = (node: NodeJson): number => Math.min(Math.max(Number(node.attrs?.level) || 2, 2), 5);

/** Loads every image of the text once, one after the other. */
export async function imagesOf({ body, loadImage }: ExportInput): Promise<Images> {
  const images = new Map<string, ExportImage>();
  for (const node of nodesOf(body)) {
    const id = node.type === 'image' ? fileIdOf(node.attrs?.src) : undefined;
    if (id === undefined || images.has(id)) continue;
    const image = await loadImage(id);
    if (image) images.set(id, image);
  }
  return images;
}

/** The image of a node, or the description that stands for it. */
export function imageOf(node: NodeJson, images: Images): { image: ExportImage | undefined; alt: string } {
  const id = fileIdOf(node.attrs?.src);
  return { image: id === undefined ? undefined : images.get(id), alt: clean(node.attrs?.alt ?? '') };
}

/** The size of an image in points or pixels: as wide as its author made it, at most `most`, in proportion. */
export function sizeOf(node: NodeJson, image: ExportImage, most: number): { width: number; height: number } {
  const asked = typeof node.attrs?.width === 'number' ? node.attrs.width : image.width;
  const width = Math.max(1, Math.min(asked, most));
  return { width, height: Math.max(1, Math.round((width * image.height) / Math.max(1, image.width))) };
}

/** As much as stands on two lines at the foot of a page. */
const MAX_FOOTER = 200;

/** What stands at the foot of each page. */
export function footerOf({ footer, title }: ExportInput): string {
  const text = clean(footer ?? title);
  return text.length > MAX_FOOTER ? `${clean(text.slice(0, MAX_FOOTER - 1))}…` : text;
}

/** The lines and the logo of a letterhead; nothing where it says nothing. */
export function letterheadOf({ letterhead }: ExportInput): ExportLetterhead | undefined {
  const { lines = [], logo } = letterhead ?? {};
  return lines.length === 0 && logo === undefined ? undefined : { lines: lines.map(clean), ...(logo ? { logo } : {}) };
}

/** Exports recurse: a text deeper than the schema allows must not reach them. */
function assertShallow(body: NodeJson): void {
  let level: readonly NodeJson[] = [body];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH + 1) throw new RangeError('the text is nested too deeply to be exported');
    level = level.flatMap((node) => node.content ?? []);
  }
}

/** What laying out pages may take: measured at about 4 kB of memory and 0.1 ms a node. */
const MAX_PAGED_NODES = 30_000;
const MAX_PAGED_CHARACTERS = 2_000_000;

/**
 * Refuses (RangeError) a text that would take hundreds of megabytes to lay out on pages. HTML and Markdown have no such
 * limit: they remain as a way out.
 */
export function assertPrintable({ body, records }: Pick<ExportInput, 'body' | 'records'>): void {
  let nodes = 0;
  let characters = 0;
  for (const text of textsOf(body, records)) {
    nodes += 1;
    characters += text.length;
    if (nodes > MAX_PAGED_NODES || characters > MAX_PAGED_CHARACTERS)
      throw new RangeError('the text is too large for this format');
  }
}

/** The words of every node, and of every line and cell of records. */
function* textsOf(body: NodeJson, records: RecordedBlocks = new Map()): Generator<string> {
  for (const { text = '' } of nodesOf(body)) yield text;
  for (const { caption, lines, table } of records.values()) {
    yield caption;
    for (const { text } of lines) yield text;
    yield* table?.rows.flat() ?? [];
  }
}

function* nodesOf(root: NodeJson): Generator<NodeJson> {
  const waiting: NodeJson[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    for (const child of [...(node.content ?? [])].reverse()) waiting.push(child);
  }
}

// Characters that XML cannot hold, and halves of surrogate pairs: a file with one of them does not open.
const UNPRINTABLE = /[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/gu;

/** A text as any format can hold it. */
export const clean = (text: unknown): string => String(text).replace(UNPRINTABLE, '\uFFFD');

/** The largest of numbers, `least` when there are fewer or smaller ones; a list may be longer than a call takes arguments. */
export const largest = (numbers: Iterable<number>, least: number): number => {
  let most = least;
  for (const number of numbers) most = Math.max(most, number);
  return most;
};

export const hasMark = (marks: readonly MarkJson[] | undefined, type: string): boolean =>
  marks?.some((mark) => mark.type === type) ?? false;

/** The plain text inside a node. */
export const innerText = (node: NodeJson): string =>
  clean([...nodesOf(node)].map(({ text, type }) => (type === 'hardBreak' ? '\n' : (text ?? ''))).join(''));

import type { BodyJson, NodeJson } from './body-json.ts';

/** A block that the platform writes into a text, in words for one reader. */
export type RecordedBlock = {
  /** Empty where a heading above it says the same. */
  readonly caption: string;
  readonly lines: readonly { readonly label?: string; readonly text: string }[];
  readonly table?: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Of a task: whether it is done. */
  readonly done?: boolean;
};

/** What the blocks of a text say, by their keys; a block that is missing says nothing to the reader. */
export type RecordedBlocks = ReadonlyMap<string, RecordedBlock>;

const RECORD = 'record';

/** What a block of a record is about, in one word. */
export const recordKey = ({ part, ref }: { readonly part: unknown; readonly ref: unknown }): string =>
  `${String(part)}/${String(ref)}`;

export const isRecord = ({ type }: NodeJson): boolean => type === RECORD;

/** The key of the block of a record that a node is the place of. */
export const keyOfRecord = ({ attrs }: NodeJson): string => recordKey({ part: attrs?.part, ref: attrs?.ref });

/** The blocks of records that stand in a text, each once. They stand between its blocks, never inside one. */
export function recordsIn(body: BodyJson): readonly { readonly part: string; readonly ref: string }[] {
  const found = new Map<string, { part: string; ref: string }>();
  for (const node of body.content ?? [])
    if (isRecord(node)) found.set(keyOfRecord(node), { part: String(node.attrs?.part), ref: String(node.attrs?.ref) });
  return [...found.values()];
}

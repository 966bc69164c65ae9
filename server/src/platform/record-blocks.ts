import type { Locale } from '@concert/contract';
import type { Asker } from './access/access.ts';
import type { Letterhead } from './bodies.ts';

/** What the platform itself writes into a text, in words: a caption, lines with or without a label, a table. */
export type RecordBlock = {
  readonly caption: string;
  readonly lines: readonly { readonly label?: string; readonly text: string }[];
  readonly table?: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Of a task: whether it is done. */
  readonly done?: boolean;
};

/** What a record says in a document, to one reader in one language. */
export type Recorded = {
  /** What a block says to this reader; null: nothing that is there, or that they may see. */
  readonly block: (part: string, ref: string) => RecordBlock | null;
  /** Under the title: what the document is, of what, and who has approved it. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  /** Of the body whose document it is. */
  readonly letterhead?: Letterhead;
  /** The meeting of which it is, for the foot of each page; without, the title of the document stands there. */
  readonly meeting?: string;
};

/** Records that documents hold blocks of: one slice keeps the records, another the documents. */
export type RecordBlocks = {
  /** Null for a document that belongs to no record, or to one of which the asker may see nothing. */
  of(asker: Asker, documentId: string, locale: Locale): Promise<Recorded | null>;
};

/** The port, and the way for one slice to stand behind it. */
export type RecordBlocksPort = RecordBlocks & { answeredBy(records: RecordBlocks): void };

/** No document belongs to a record until a slice stands behind it. */
export function createRecordBlocks(): RecordBlocksPort {
  let behind: RecordBlocks = { of: async () => null };
  return {
    of: (asker, documentId, locale) => behind.of(asker, documentId, locale),
    answeredBy: (records) => {
      behind = records;
    },
  };
}

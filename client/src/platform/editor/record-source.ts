import type { Icon } from '@tabler/icons-react';
import { createContext, use } from 'react';
import type { HeldLine } from './lines.ts';

/** A block that the platform writes: which part of a record, and of what. */
export type RecordBlock = { readonly part: string; readonly ref: string };

/** What such a block says to this reader. */
export type RecordText = {
  readonly icon: Icon;
  readonly caption: string;
  readonly lines: readonly { readonly label?: string; readonly text: string }[];
  readonly table?: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Of something that is ticked: whether it is done. */
  readonly done?: boolean;
};

/** Something that a line of the text can become. */
export type LineAction = {
  readonly label: string;
  readonly icon: Icon;
  /** As the help shows it. */
  readonly shortcut: string;
  readonly run: (line: HeldLine) => void;
};

/** Where the blocks of a text have their words from. */
export type RecordSource = {
  /** `reading` until the words are known for the first time. */
  readonly state: 'reading' | 'read' | 'failed';
  /** Null for what is not in the record, or is kept from this reader. */
  readonly words: (block: RecordBlock) => RecordText | null;
  readonly mayTick: (block: RecordBlock) => boolean;
  /** Rejects when it was refused. */
  readonly tick: (block: RecordBlock, done: boolean) => Promise<unknown>;
  /** Absent for who may not. */
  readonly lineAction?: LineAction;
};

const RecordContext = createContext<RecordSource | undefined>(undefined);

/** Gives the blocks below their words. */
export const RecordSourceProvider = RecordContext.Provider;

/** Undefined where a text belongs to no record. */
export const useRecordSource = (): RecordSource | undefined => use(RecordContext);

/** The words of a block as they are taken along: a line each, the cells of a table side by side. */
export function plainRecord({ caption, lines, table }: RecordText): readonly string[] {
  const rows = table ? [table.header, ...table.rows] : [];
  return [
    caption,
    ...lines.map(({ label, text }) => (label ? `${label}: ${text}` : text)),
    ...rows.map((cells) => cells.join('\t')),
  ];
}

import type { Locale } from '@concert/contract';
import type { ContentFormat, DocumentKind } from '@concert/domain/documents/api.ts';
import type { RecordedBlocks } from '@concert/editor/recorded.ts';
import type { WantedRecord } from '@concert/editor/records.ts';
import type { Anchor } from '../../platform/passages.ts';
import type { Projection } from '../records.ts';

// What crosses between the main thread and the workers. Only workers ever hold a Y.Doc.

/** The text of a document cannot be read as its schema demands. */
export type Broken = { readonly ok: false; readonly reason: string };

export type Projected = { readonly ok: true; readonly projection: Omit<Projection, 'seq'> };

/** A text as a version keeps it. */
export type Frozen = {
  readonly ok: true;
  /** Canonical JSON (RFC 8785) of `{schema, kind, body, fields}`. */
  readonly content: string;
  /** SHA-256 of `content` in UTF-8, hexadecimal. */
  readonly hash: string;
  readonly title: string;
  readonly wordCount: number;
  /** Ids of the files whose images the text shows. */
  readonly fileIds: readonly string[];
  /** The blocks of records that the text holds. */
  readonly records: readonly { readonly part: string; readonly ref: string }[];
};

/** Plain JSON of a text to begin with, as seeds and copies have it. */
type GivenContent = {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly fields?: Readonly<Record<string, unknown>>;
};

export type BuildInput = {
  readonly kind: DocumentKind;
  readonly title: string;
  readonly locale: Locale;
  readonly given?: GivenContent;
  /** Of minutes: the text is these blocks, without the headings that minutes begin with elsewhere. */
  readonly blocks?: readonly WantedRecord[];
  /** New file ids by the old ones, for copies. */
  readonly files?: ReadonlyMap<string, string>;
};

export type Built = {
  readonly update: Uint8Array;
  readonly projection: Omit<Projection, 'seq'>;
  readonly frozen: Frozen;
};

/** A state that could be read, and what came after it, up to one that cannot. */
export type BrokenInput = {
  readonly kind: DocumentKind;
  readonly state: Uint8Array;
  readonly after: readonly Uint8Array[];
};

/** The last of those states that can be read, and how many of the later updates it holds. */
export type LastValid = { readonly ok: true; readonly frozen: Frozen; readonly taken: number };

export type TextInput = { readonly kind: DocumentKind; readonly state: Uint8Array };

export type RestoreInput = TextInput & {
  /** Of a version. */
  readonly content: string;
  /** What is discussed: marked where its words are back. */
  readonly anchors: readonly Anchor[];
};

/** An image as a worker gets it; sizes in pixels. */
export type InputImage = {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly width: number;
  readonly height: number;
};

export type ExportInput = TextInput & {
  readonly format: Exclude<ContentFormat, 'json'>;
  readonly locale: Locale;
  /** By file id. */
  readonly images: ReadonlyMap<string, InputImage>;
  /** Names of the people, organisations and documents whose ids stand in the fields, as far as the reader may know them. */
  readonly names: ReadonlyMap<string, string>;
  /** What the record says of which the document holds blocks; null where there is none. */
  readonly recorded: InputRecorded | null;
};

/** What a record says in a document, as plain data. */
export type InputRecorded = {
  readonly blocks: RecordedBlocks;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly letterhead?: { readonly lines: readonly string[]; readonly logo?: InputImage };
  /** For the foot of each page. */
  readonly footer: string;
};

export type ProvenanceInput = TextInput & {
  /** Who writes under a Yjs clientID; those of the template and unknown ones are absent. */
  readonly owners: ReadonlyMap<number, string>;
  /** How many runs are passed over, and how many are told at most. */
  readonly from: number;
  readonly limit: number;
};

/** What one person was the last to insert or to set; null for what nobody did. */
export type AuthoredRun = { readonly path: (string | number)[]; readonly personId: string | null } & (
  | { readonly type: 'text'; readonly offset: number; readonly length: number; readonly text: string }
  | { readonly type: 'value' }
);

export type Authored = {
  readonly ok: true;
  readonly runs: readonly AuthoredRun[];
  /** There are more behind the last of these. */
  readonly more: boolean;
  /** Characters of all texts, by person; null for those that nobody inserted. */
  readonly characters: ReadonlyMap<string | null, number>;
};

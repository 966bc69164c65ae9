import type { Locale } from '@concert/contract';
import type { Completeness, DocumentKind, InvalidValue } from '@concert/domain/documents/api.ts';
import type { DenialRecord, GrantRecord, RightsRecord } from '../platform/access/rights-records.ts';

/** A document of whose own rights nobody has heard. */
export const NO_RIGHTS: RightsRecord & { readonly rightsRev: number } = { grants: [], denials: [], rightsRev: 0 };

/** What lists, search and the document page show of a text, read from it a moment after each edit. */
export type Projection = {
  /** Number of the last stored record that it covers. */
  readonly seq: number;
  readonly title: string;
  readonly excerpt: string;
  /** Title, text and fields in words, as they are written, bounded: what is searched, and where passages come from. */
  readonly search: string;
  readonly wordCount: number;
  readonly completeness?: Completeness;
  /** The valid fields. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly invalid: readonly InvalidValue[];
  readonly byteSize: number;
};

/** A document beside its text. */
export type DocumentRecord = {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: DocumentKind;
  /** The language its template was written in. */
  readonly locale: Locale;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
  /** By person: the number of the last stored record that holds an edit of theirs. */
  readonly editors: Readonly<Record<string, number>>;
  readonly projection: Projection;
  readonly trashedAt: Date | null;
  readonly trashedBy: string | null;
  /** The text breaks the schema: read-only until it is returned to a valid version. */
  readonly quarantined: boolean;
  /** [A22] Nobody changes it: a body has its text before it. Absent: they may. */
  readonly sealed?: boolean;
  /** Rights on this document alone. */
  readonly grants: readonly GrantRecord[];
  /** Who is kept out of it by a conflict of interest. */
  readonly denials: readonly DenialRecord[];
  /** Grows with every change of `grants` or `denials`. */
  readonly rightsRev: number;
  /** Grows with every change of this record, for optimistic updates. */
  readonly rev: number;
};

/** A document as lists need it: without what may be big. */
export type DocumentSummary = Omit<DocumentRecord, 'projection' | 'editors' | 'grants' | 'denials' | 'rightsRev'> & {
  readonly projection: Omit<Projection, 'fields' | 'invalid' | 'search'>;
};

/** A frozen state of a text; its content is kept apart. */
export type VersionRecord = {
  readonly id: string;
  readonly documentId: string;
  readonly label: string | null;
  readonly kind: 'named' | 'automatic' | 'restore';
  readonly hash: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly authors: readonly string[];
  readonly title: string;
  readonly wordCount: number;
  /** Number of the last stored record that it covers. */
  readonly seq: number;
};

/** As much of a text as is searched. */
export const searched = (text: string): string => text.slice(0, 100_000);

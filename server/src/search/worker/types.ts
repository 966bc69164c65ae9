import type { FoundKind } from '@concert/domain/search/api.ts';
import type { Segment } from '@concert/domain/search/passages.ts';
import type { SearchEntry } from '../../platform/search.ts';

// What crosses between the main thread and the one that holds the index.

/** An entry with the source it is of: ids are unique within one source alone. */
export type PutInput = { readonly source: string; readonly entries: readonly SearchEntry[] };
export type DropInput = { readonly source: string; readonly ids: readonly string[] };

export type CompareInput = {
  readonly source: string;
  readonly found: readonly { readonly id: string; readonly revision: string }[];
};

/** What somebody may read, as lists; `staff`: in those workspaces also what is for staff alone. */
export type Scope = {
  readonly workspaces: readonly string[];
  readonly documents: readonly string[];
  readonly denied: readonly string[];
  readonly staff: boolean;
  /** Of what slices are asked for: what the searcher may see, by source. Absent while nobody was asked. */
  readonly allowed?: Asked | undefined;
};

/** Entries by their source. */
export type Asked = Readonly<Record<string, readonly string[]>>;

export type QueryInput = {
  readonly question: string;
  readonly scope: Scope;
  readonly kind?: FoundKind | undefined;
  readonly workspaceId?: string | undefined;
  readonly authorId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** An entry that was found, and by which terms. */
export type Match = {
  readonly source: string;
  readonly id: string;
  readonly kind: FoundKind;
  readonly terms: readonly string[];
};

export type QueryAnswer = {
  readonly matches: readonly Match[];
  readonly total: number;
  /** What would answer too if its slice lets the searcher see it (rule Q11). */
  readonly asks: Asked;
};

export type PassageInput = { readonly title: string; readonly text: string; readonly terms: readonly string[] };
export type PassageAnswer = { readonly title: readonly Segment[]; readonly passage: readonly Segment[] };

/** How big the index is. */
export type IndexSize = { readonly entries: number; readonly terms: number; readonly heapBytes: number };

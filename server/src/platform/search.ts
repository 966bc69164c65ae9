import type { FoundKind } from '@concert/domain/search/api.ts';
import type { Bus } from './bus/bus.ts';
import type { Reader } from './mentions.ts';

/** Something that can be found, as the index holds it. */
export type SearchEntry = {
  readonly id: string;
  /** Differs whenever anything else here does. */
  readonly revision: string;
  readonly kind: FoundKind;
  /** Of several entries with the same group the best one is shown. */
  readonly group: string;
  /**
   * Where rights on it come from: a document, which says by itself in which workspace it is, or a workspace. Where neither
   * decides, its slice is asked for each searcher (rule Q11).
   */
  readonly place: { readonly documentId: string } | { readonly workspaceId: string } | { readonly asked: true };
  /** Of what is no message: the workspace that it is in, if it is in one. */
  readonly home?: string;
  /** For staff of the workspace alone (thread rule T2). */
  readonly staff: boolean;
  readonly title: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly authorIds: readonly string[];
};

/** What is shown of an entry that was found. */
export type SearchHit = {
  readonly title: string;
  readonly path: string;
  readonly context?: string;
  /** In which the passage is looked for. */
  readonly text: string;
  readonly at: Date;
  /** Who wrote it, where that is one person. */
  readonly authorId?: string;
};

/** What one slice lets people find. */
export type SearchSource = {
  /** Everything there is with its revision, by which an index knows what it has missed. */
  revisions(): AsyncIterable<{ readonly id: string; readonly revision: string }>;
  /** Those of the ids that there are and that may be found (rule Q10). */
  entries(ids: readonly string[]): Promise<readonly SearchEntry[]>;
  /** Those of the ids that the reader may see now, by id: rights may have changed since they were found. */
  hits(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, SearchHit>>;
  /** Of a slice that is asked: those of the ids that the reader may see now, before anything is ranked or counted. */
  visible?(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>>;
};

/** Hears that entries have changed, come or gone. */
export type SearchListener = (source: string, ids: readonly string[]) => void;

/** What can be found, of slices that do not know who looks. */
export type SearchPort = {
  /** The slice that has these things says what they are. Once, at start. */
  register(name: string, source: SearchSource): void;
  sources(): ReadonlyMap<string, SearchSource>;
  /** Says that these have changed, come or gone. What is lost of it is found by comparing revisions. */
  changed(source: string, ids: readonly string[]): void;
  /** The slice that keeps the index hears what has changed, on any instance. Once, at start. */
  onChanged(listener: SearchListener): void;
  /** Called when changes may have gone unheard. */
  onMissed(listener: () => Promise<void>): void;
};

/** Ids that one message to the other instances names. */
const AT_ONCE = 100;

export function createSearchPort(bus: Bus): SearchPort {
  const sources = new Map<string, SearchSource>();
  let hear: SearchListener = () => undefined;
  bus.on('search.changed', async ({ source, ids }) => hear(source, ids));
  return {
    register: (name, source) => void sources.set(name, source),
    sources: () => sources,
    changed: (source, ids) => {
      if (ids.length > 0) hear(source, ids);
      for (let at = 0; at < ids.length; at += AT_ONCE)
        bus.publish('search.changed', { source, ids: ids.slice(at, at + AT_ONCE) });
    },
    onChanged: (listener) => {
      hear = listener;
    },
    onMissed: bus.onReturn,
  };
}

import type { Actor, Locale } from '@concert/contract';

/** A state of a document that was frozen: what it was and said then, whatever becomes of the document. */
export type FrozenPaper = { readonly versionId: string; readonly hash: string };

/** A frozen state in full. */
export type PaperContent = FrozenPaper & {
  readonly title: string;
  readonly kind: string;
  readonly frozenAt: Date;
  /** Canonical JSON (RFC 8785): its SHA-256 in UTF-8 is the hash. */
  readonly content: string;
};

/** A block of a meeting's record in the text of its minutes; `under`: the item to which it belongs. */
export type PaperBlock = {
  readonly part: string;
  readonly ref: string;
  readonly under?: string;
  readonly heading?: string;
};

/** The minutes of a meeting to be, as a document. */
export type NewMinutes = {
  readonly workspaceId: string;
  readonly title: string;
  readonly locale: Locale;
  /** By field of the kind: date and place of the meeting. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly blocks: readonly PaperBlock[];
};

/** Freezing documents that belong to a meeting. One slice keeps documents, others ask it to freeze them. */
export type Papers = {
  /**
   * Freezes the text as it is now, as a version with this label.
   * @returns null for a document that is gone, or whose text is broken
   */
  freeze(documentId: string, by: string, label: string): Promise<FrozenPaper | null>;
  /** A state of a document that was frozen; null when there is none. */
  content(documentId: string, versionId: string): Promise<PaperContent | null>;
  /**
   * Makes the document of minutes, with these blocks and nothing else.
   * @throws Problem NOT_FOUND, FORBIDDEN where the actor makes no documents
   */
  begin(actor: Actor, minutes: NewMinutes): Promise<string>;
  /** Puts those of the blocks into a text that it lacks. Harmless to repeat, and where the document is gone or broken. */
  place(documentId: string, blocks: readonly PaperBlock[]): Promise<void>;
  /** Keeps everybody from changing a document, or lets them again [A22]. Harmless to repeat, and where it is gone. */
  seal(documentId: string, sealed: boolean): Promise<void>;
  /** The hash of what a document says now; null when it is gone, or its text is broken. */
  current(documentId: string): Promise<string | null>;
  /** Keeps a document from somebody for a conflict of interest that was assessed. Harmless to repeat, and where it is gone. */
  keepFrom(documentId: string, kept: KeptFrom): Promise<void>;
  /** Takes that back. Harmless to repeat. */
  giveBack(documentId: string, kept: Pick<KeptFrom, 'id' | 'personId'>): Promise<void>;
};

/** From whom a document is kept; `id` is that of the denial, the same whenever it is said again. */
export type KeptFrom = { readonly id: string; readonly personId: string; readonly by: string; readonly since: Date };

/** The port, and the way for one slice to stand behind it. */
export type PapersPort = Papers & { carriedOutBy(papers: Papers): void };

/** Nothing is frozen until a slice stands behind it. */
export function createPapers(): PapersPort {
  const nothing = async (): Promise<void> => undefined;
  let behind: Papers = {
    freeze: async () => null,
    content: async () => null,
    begin: async () => {
      throw new Error('nobody keeps documents');
    },
    place: nothing,
    seal: nothing,
    current: async () => null,
    keepFrom: nothing,
    giveBack: nothing,
  };
  return {
    freeze: (documentId, by, label) => behind.freeze(documentId, by, label),
    content: (documentId, versionId) => behind.content(documentId, versionId),
    begin: (actor, minutes) => behind.begin(actor, minutes),
    place: (documentId, blocks) => behind.place(documentId, blocks),
    seal: (documentId, sealed) => behind.seal(documentId, sealed),
    current: (documentId) => behind.current(documentId),
    keepFrom: (documentId, kept) => behind.keepFrom(documentId, kept),
    giveBack: (documentId, kept) => behind.giveBack(documentId, kept),
    carriedOutBy: (papers) => {
      behind = papers;
    },
  };
}

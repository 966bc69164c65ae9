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

/** Freezing documents that belong to a meeting. One slice keeps documents, others ask it to freeze them. */
export type Papers = {
  /**
   * Freezes the text as it is now, as a version with this label.
   * @returns null for a document that is gone, or whose text is broken
   */
  freeze(documentId: string, by: string, label: string): Promise<FrozenPaper | null>;
  /** A state of a document that was frozen; null when there is none. */
  content(documentId: string, versionId: string): Promise<PaperContent | null>;
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
    current: async () => null,
    keepFrom: nothing,
    giveBack: nothing,
  };
  return {
    freeze: (documentId, by, label) => behind.freeze(documentId, by, label),
    content: (documentId, versionId) => behind.content(documentId, versionId),
    current: (documentId) => behind.current(documentId),
    keepFrom: (documentId, kept) => behind.keepFrom(documentId, kept),
    giveBack: (documentId, kept) => behind.giveBack(documentId, kept),
    carriedOutBy: (papers) => {
      behind = papers;
    },
  };
}

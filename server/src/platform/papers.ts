/** A state of a document that was frozen: what it was and said then, whatever becomes of the document. */
export type FrozenPaper = { readonly versionId: string; readonly hash: string };

/** Freezing documents that belong to a meeting. One slice keeps documents, others ask it to freeze them. */
export type Papers = {
  /**
   * Freezes the text as it is now, as a version with this label.
   * @returns null for a document that is gone, or whose text is broken
   */
  freeze(documentId: string, by: string, label: string): Promise<FrozenPaper | null>;
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
  let behind: Papers = { freeze: async () => null, keepFrom: nothing, giveBack: nothing };
  return {
    freeze: (documentId, by, label) => behind.freeze(documentId, by, label),
    keepFrom: (documentId, kept) => behind.keepFrom(documentId, kept),
    giveBack: (documentId, kept) => behind.giveBack(documentId, kept),
    carriedOutBy: (papers) => {
      behind = papers;
    },
  };
}

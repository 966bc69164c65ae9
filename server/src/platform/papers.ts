/** A state of a document that was frozen: what it was and said then, whatever becomes of the document. */
export type FrozenPaper = { readonly versionId: string; readonly hash: string };

/** Freezing documents that belong to a meeting. One slice keeps documents, others ask it to freeze them. */
export type Papers = {
  /**
   * Freezes the text as it is now, as a version with this label.
   * @returns null for a document that is gone, or whose text is broken
   */
  freeze(documentId: string, by: string, label: string): Promise<FrozenPaper | null>;
};

/** The port, and the way for one slice to stand behind it. */
export type PapersPort = Papers & { carriedOutBy(papers: Papers): void };

/** Nothing is frozen until a slice stands behind it. */
export function createPapers(): PapersPort {
  let behind: Papers = { freeze: async () => null };
  return {
    freeze: (documentId, by, label) => behind.freeze(documentId, by, label),
    carriedOutBy: (papers) => {
      behind = papers;
    },
  };
}

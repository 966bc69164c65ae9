import type { Quote } from '@concert/domain/threads/api.ts';

/** Where a passage begins and ends: relative positions of Yjs, encoded. */
export type PassageRange = { readonly start: Uint8Array; readonly end: Uint8Array };

/** Passages of co-edited texts that are discussed: marked by the platform, for people who may not write there too. */
export type Passages = {
  /**
   * Marks a passage and answers its words.
   * @throws Problem CONFLICT `passage-gone`, `document-quarantined`; BAD_REQUEST `passage-too-long`
   */
  mark(documentId: string, id: string, range: PassageRange): Promise<Quote>;
  /** Takes a mark away. Harmless to repeat, and where there is none. */
  unmark(documentId: string, id: string): Promise<void>;
};

/** A passage that is discussed: the id of its mark, and its words when the discussion was opened. */
export type Anchor = Quote & { readonly id: string };

/** Who knows which passages of a document are discussed. */
type Known = (documentId: string) => Promise<readonly Anchor[]>;

/** The port, and the ways for one slice to stand behind it and for another to say what it has marked. */
export type PassagesPort = Passages & {
  carriedOutBy(passages: Passages): void;
  knownBy(known: Known): void;
  /** What ought to be marked in a document, so that a mark that was lost is laid again where its words come back. */
  readonly known: Known;
};

/** Nothing is marked until a slice stands behind it. */
export function createPassages(): PassagesPort {
  let behind: Passages | undefined;
  let known: Known = async () => [];
  const passages = (): Passages => {
    if (behind === undefined) throw new Error('nobody marks passages');
    return behind;
  };
  return {
    mark: (documentId, id, range) => passages().mark(documentId, id, range),
    unmark: (documentId, id) => passages().unmark(documentId, id),
    carriedOutBy: (given) => {
      behind = given;
    },
    knownBy: (given) => {
      known = given;
    },
    known: (documentId) => known(documentId),
  };
}

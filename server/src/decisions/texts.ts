import type { Collection, Db, IndexDescription } from 'mongodb';

const TEXTS = 'decision_texts';

type Part = { readonly _id: string; readonly decisionId: string; readonly text: string };

export const textIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [TEXTS]: [{ key: { decisionId: 1 } }],
};

/** Characters of content in one record: at most 12 MB in UTF-8, where MongoDB takes 16. */
const PART_LENGTH = 4_000_000;

/** The texts cut so that each piece is a record, and none ends in half a character. */
function pieces(content: string): readonly string[] {
  const found: string[] = [];
  for (let start = 0; start < content.length; ) {
    let end = Math.min(start + PART_LENGTH, content.length);
    // Half a surrogate pair would not survive UTF-8.
    if (end < content.length && (content.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
    found.push(content.slice(start, end));
    start = end;
  }
  return found;
}

const idOf = (decisionId: string, documentId: string, part: number): string => `${decisionId}:${documentId}:${part}`;

/** [R5] The register's own copies of the texts that were voted on: the documents may change, or go. */
export function textStore(db: Db) {
  const collection: Collection<Part> = db.collection(TEXTS);
  return {
    /** Harmless to repeat. */
    keep: async (decisionId: string, documentId: string, content: string): Promise<void> => {
      for (const [part, text] of pieces(content).entries())
        await collection.replaceOne(
          { _id: idOf(decisionId, documentId, part) },
          { decisionId, text },
          { upsert: true },
        );
    },
    content: async (decisionId: string, documentId: string): Promise<string> => {
      const texts: string[] = [];
      for (;;) {
        const part = await collection.findOne({ _id: { $eq: idOf(decisionId, documentId, texts.length) } });
        if (part === null) return texts.join('');
        texts.push(part.text);
      }
    },
    /** What a draft had kept for an adoption that did not come about. */
    remove: async (decisionId: string): Promise<void> => {
      await collection.deleteMany({ decisionId: { $eq: decisionId } });
    },
  };
}
export type TextStore = ReturnType<typeof textStore>;

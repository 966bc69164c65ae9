import type { Collection, Db, IndexDescription } from 'mongodb';

type Part = { readonly _id: string; readonly ownerId: string; readonly text: string };

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

const idOf = (ownerId: string, name: string, part: number): string => `${ownerId}:${name}:${part}`;

export const longTextIndexes: readonly IndexDescription[] = [{ key: { ownerId: 1 } }];

/** Texts that may be longer than a record can be, by what they belong to and by name: kept once, and read byte for byte. */
export function longTexts(db: Db, name: string) {
  const collection: Collection<Part> = db.collection(name);
  return {
    /** Harmless to repeat. */
    keep: async (ownerId: string, textName: string, content: string): Promise<void> => {
      for (const [part, text] of pieces(content).entries())
        await collection.replaceOne({ _id: idOf(ownerId, textName, part) }, { ownerId, text }, { upsert: true });
    },
    /** Empty where there is none. */
    content: async (ownerId: string, textName: string): Promise<string> => {
      const texts: string[] = [];
      for (;;) {
        const part = await collection.findOne({ _id: { $eq: idOf(ownerId, textName, texts.length) } });
        if (part === null) return texts.join('');
        texts.push(part.text);
      }
    },
    remove: async (ownerId: string): Promise<void> => {
      await collection.deleteMany({ ownerId: { $eq: ownerId } });
    },
  };
}
export type LongTexts = ReturnType<typeof longTexts>;

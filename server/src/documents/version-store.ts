import type { Collection, Db, IndexDescription } from 'mongodb';
import type { DatedPlace } from '../platform/http/cursor.ts';
import { behind } from '../platform/http/cursor.ts';
import type { VersionRecord } from './records.ts';

type Stored = Omit<VersionRecord, 'id'> & { readonly _id: string; readonly parts: number };
type Part = { readonly _id: string; readonly text: string };

export const versionIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  versions: [{ key: { documentId: 1, createdAt: -1, _id: -1 } }],
};

/** Characters of content in one record: at most 12 MB in UTF-8, where MongoDB takes 16. */
const PART_LENGTH = 4_000_000;

/** Frozen states of texts. A version is never changed, and is there only when all of its content is. */
export type VersionStore = {
  add(record: VersionRecord, content: string): Promise<void>;
  /** Newest first; one more than `limit` when there are more. */
  list(documentId: string, after: DatedPlace | undefined, limit: number): Promise<VersionRecord[]>;
  newest(documentId: string): Promise<VersionRecord | null>;
  /** A version of this very document; another document's version does not exist here. */
  get(documentId: string, versionId: string): Promise<VersionRecord | null>;
  /** The canonical JSON of a version, as it was hashed. */
  content(versionId: string): Promise<string>;
};

const toRecord = ({ _id, parts: _, ...rest }: Stored): VersionRecord => ({ id: _id, ...rest });

function partsOf(id: string, content: string): Part[] {
  const parts: Part[] = [];
  for (let start = 0; start < content.length; ) {
    let end = Math.min(start + PART_LENGTH, content.length);
    // Half a surrogate pair would not survive UTF-8.
    if (end < content.length && (content.charCodeAt(end) & 0xfc00) === 0xdc00) end -= 1;
    parts.push({ _id: `${id}:${parts.length}`, text: content.slice(start, end) });
    start = end;
  }
  return parts;
}

/** Versions in MongoDB: what lists show in one collection, contents in another. */
export function createVersionStore(db: Db): VersionStore {
  const versions: Collection<Stored> = db.collection('versions');
  const contents: Collection<Part> = db.collection('version_contents');
  return {
    add: async ({ id, ...rest }, content) => {
      const parts = partsOf(id, content);
      for (const part of parts) await contents.replaceOne({ _id: part._id }, { text: part.text }, { upsert: true });
      await versions.replaceOne({ _id: id }, { ...rest, parts: parts.length }, { upsert: true });
    },
    list: async (documentId, after, limit) => {
      const filter = { documentId: { $eq: documentId }, ...behind('createdAt', after) };
      const found = versions.find(filter).sort({ createdAt: -1, _id: -1 });
      return (await found.limit(limit + 1).toArray()).map(toRecord);
    },
    newest: async (documentId) => {
      const [found] = await versions
        .find({ documentId: { $eq: documentId } })
        .sort({ createdAt: -1, _id: -1 })
        .limit(1)
        .toArray();
      return found === undefined ? null : toRecord(found);
    },
    get: async (documentId, versionId) => {
      const found = await versions.findOne({ _id: { $eq: versionId }, documentId: { $eq: documentId } });
      return found === null ? null : toRecord(found);
    },
    content: async (versionId) => {
      const found = await versions.findOne({ _id: { $eq: versionId } });
      const ids = Array.from({ length: found?.parts ?? 0 }, (_, at) => `${versionId}:${at}`);
      const parts = new Map((await contents.find({ _id: { $in: ids } }).toArray()).map(({ _id, text }) => [_id, text]));
      return ids
        .map((id) => {
          const text = parts.get(id);
          if (text === undefined) throw new Error(`a part of version ${versionId} is missing`);
          return text;
        })
        .join('');
    },
  };
}

import { randomBytes } from 'node:crypto';
import { Problem } from '@concert/contract';
import type { Attachment } from '@concert/domain/threads/api.ts';
import { ATTACHMENTS } from '@concert/domain/threads/rules.ts';
import { type Db, GridFSBucket, type GridFSFile, type IndexDescription, MongoRuntimeError } from 'mongodb';
import { z } from 'zod';
import { safeName } from '../platform/files/names.ts';

const BUCKET = 'attachments';
/** 192 random bits: an id that cannot be guessed, although knowing one gives no right either. */
const ID_BYTES = 24;
const EXTENSION = /\.([A-Za-z0-9]{1,10})$/;
const TYPE = /^[a-z]+\/[a-z0-9.+-]{1,100}$/;
const ANY_TYPE = 'application/octet-stream';

const Meta = z.object({ personId: z.string(), name: z.string(), type: z.string() });

export const attachmentIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  'attachments.files': [{ key: { filename: 1 } }, { key: { uploadDate: 1 } }, { key: { 'metadata.personId': 1 } }],
  'attachments.chunks': [{ key: { files_id: 1, n: 1 }, unique: true }],
};

/** A name that any system may give a file, with the ending that it came with: what it opens with is its reader's affair. */
function nameOf(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const extension = EXTENSION.exec(last)?.[1];
  return safeName(extension === undefined ? last : last.slice(0, -extension.length - 1), extension ?? 'bin', 'file');
}

const typeOf = (given: string): string => (TYPE.test(given) ? given : ANY_TYPE);

/** Files that are sent with replies, in GridFS. What no reply carries is let go of. */
export function attachmentStore(db: Db) {
  const bucket = new GridFSBucket(db, { bucketName: BUCKET });
  const find = async (id: string): Promise<GridFSFile | undefined> =>
    (await bucket.find({ filename: { $eq: id } }, { limit: 1 }).toArray())[0];
  const shown = (file: GridFSFile): Attachment & { readonly personId: string } => {
    const { name, type, personId } = Meta.parse(file.metadata);
    return { id: file.filename, name, type, size: file.length, personId };
  };
  const removeAll = async (files: readonly GridFSFile[]): Promise<void> => {
    for (const { _id } of files)
      await bucket.delete(_id).catch((error: unknown) => {
        // Somebody else was faster; whatever else goes wrong is tried again by who asked for it.
        if (!(error instanceof MongoRuntimeError)) throw error;
      });
  };
  return {
    put: async (file: File, personId: string): Promise<Attachment> => {
      const id = randomBytes(ID_BYTES).toString('base64url');
      const meta = { personId, name: nameOf(file.name), type: typeOf(file.type) };
      const bytes = Buffer.from(await file.arrayBuffer());
      await new Promise<void>((resolve, reject) => {
        const stream = bucket.openUploadStream(id, { metadata: meta });
        stream.once('error', reject);
        stream.once('finish', () => resolve());
        stream.end(bytes);
      });
      return { id, name: meta.name, type: meta.type, size: bytes.length };
    },
    /**
     * [T18] What somebody has uploaded, in the order in which they name it.
     * @throws Problem BAD_REQUEST `unknown-attachment` when one of it is not theirs
     */
    ownedBy: async (personId: string, ids: readonly string[]): Promise<readonly Attachment[]> => {
      if (ids.length === 0) return [];
      const found = await bucket.find({ filename: { $in: [...ids] } }).toArray();
      const own = new Map(
        found
          .map(shown)
          .flatMap(({ personId: owner, ...rest }) => (owner === personId ? [[rest.id, rest] as const] : [])),
      );
      return ids.map((id) => {
        const one = own.get(id);
        if (one === undefined) throw new Problem('BAD_REQUEST', 'unknown-attachment');
        return one;
      });
    },
    read: async (id: string): Promise<Uint8Array<ArrayBuffer> | null> => {
      const file = await find(id);
      if (file === undefined) return null;
      const chunks: Uint8Array[] = [];
      for await (const chunk of bucket.openDownloadStream(file._id)) chunks.push(chunk);
      return new Uint8Array(Buffer.concat(chunks));
    },
    remove: async (ids: readonly string[]): Promise<void> => {
      if (ids.length > 0) await removeAll(await bucket.find({ filename: { $in: [...ids] } }).toArray());
    },
    /** Those that have been there since before an instant, in portions. */
    before: async function* (instant: Date): AsyncGenerator<readonly string[]> {
      let portion: string[] = [];
      for await (const { filename } of bucket.find({ uploadDate: { $lt: instant } })) {
        portion.push(filename);
        if (portion.length < 100) continue;
        yield portion;
        portion = [];
      }
      if (portion.length > 0) yield portion;
    },
    of: async (personId: string): Promise<readonly Attachment[]> =>
      (await bucket.find({ 'metadata.personId': { $eq: personId } }).toArray()).map((file) => {
        const { personId: _, ...rest } = shown(file);
        return rest;
      }),
  };
}
export type AttachmentStore = ReturnType<typeof attachmentStore>;

/** Refuses what is too big before anything is done with it. */
export function requireSmall(file: File): void {
  if (file.size > ATTACHMENTS.bytes) throw new Problem('PAYLOAD_TOO_LARGE', 'too-big');
}

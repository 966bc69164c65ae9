import { randomBytes } from 'node:crypto';
import type { Db, GridFSFile } from 'mongodb';
import { GridFSBucket } from 'mongodb';
import { z } from 'zod';
import type { FileStore, StoredMeta } from './file-store.ts';

const BUCKET = 'files';
/** 192 random bits: an id that cannot be guessed, although knowing one gives no right either. */
const ID_BYTES = 24;

const Meta = z.object({
  documentId: z.string(),
  personId: z.string(),
  name: z.string(),
  type: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
});

async function readAll(bucket: GridFSBucket, file: GridFSFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bucket.openDownloadStream(file._id)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const write = (bucket: GridFSBucket, id: string, bytes: Uint8Array, meta: StoredMeta): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = bucket.openUploadStream(id, { metadata: { ...meta } });
    stream.once('error', reject);
    stream.once('finish', () => resolve());
    stream.end(bytes);
  });

/** Files in GridFS, found by their random name: GridFS's own ids tell when they were made. */
export function createFileStore({ db }: { db: Db }): FileStore {
  const bucket = new GridFSBucket(db, { bucketName: BUCKET });
  const find = async (id: string): Promise<GridFSFile | null> => {
    const [file] = await bucket.find({ filename: { $eq: id } }, { limit: 1 }).toArray();
    return file ?? null;
  };
  return {
    async put(bytes, meta) {
      const id = randomBytes(ID_BYTES).toString('base64url');
      await write(bucket, id, bytes, meta);
      return { id, size: bytes.length };
    },
    async meta(id) {
      const file = await find(id);
      return file === null ? null : { size: file.length, meta: Meta.parse(file.metadata) };
    },
    async get(id) {
      const file = await find(id);
      if (file === null) return null;
      return { bytes: await readAll(bucket, file), size: file.length, meta: Meta.parse(file.metadata) };
    },
  };
}

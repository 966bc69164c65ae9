import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { GridFSBucket, type GridFSBucketReadStream, ObjectId } from 'mongodb';
import { ENGINES, useServer } from '../server.ts';

const CHUNK = 1000;

async function read(stream: GridFSBucketReadStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

describe.each(ENGINES)('[G1] GridFS by the driver on %s', (engine) => {
  const server = useServer(engine);
  const bucket = (bucketName = 'fs') => new GridFSBucket(server().db, { bucketName, chunkSizeBytes: CHUNK });

  async function upload(name: string, content: Buffer, metadata?: Record<string, unknown>): Promise<ObjectId> {
    const stream = bucket().openUploadStream(name, metadata ? { metadata } : {});
    await new Promise<void>((resolve, reject) => {
      Readable.from([content]).pipe(stream).once('finish', resolve).once('error', reject);
    });
    return stream.id;
  }

  test.each([0, 1, CHUNK, CHUNK + 1, 25 * CHUNK + 7])('%d bytes come back as they went', async (length) => {
    const content = randomBytes(length);
    const id = await upload('file', content);
    expect((await read(bucket().openDownloadStream(id))).equals(content)).toBe(true);
    const chunks = await server().db.collection('fs.chunks').countDocuments({ files_id: id });
    expect(chunks).toBe(Math.ceil(length / CHUNK));
    expect(await bucket().find({ _id: id }).next()).toMatchObject({ filename: 'file', length, chunkSize: CHUNK });
  });

  test('the indexes that the driver wants are made once', async () => {
    await upload('a', Buffer.from('a'));
    await upload('b', Buffer.from('b'));
    const names = async (collection: string) =>
      (await server().db.collection(collection).listIndexes().toArray()).map(({ name }) => name);
    expect(await names('fs.files')).toEqual(['_id_', 'filename_1_uploadDate_1']);
    expect(await names('fs.chunks')).toEqual(['_id_', 'files_id_1_n_1']);
  });

  test.each([
    [0, 10],
    [995, 1005],
    [1000, 2000],
    [2500, 2501],
    [0, 3456],
    [3000, 3456],
  ])('the bytes from %d to %d', async (start, end) => {
    const content = randomBytes(3456);
    const id = await upload('file', content);
    const part = await read(bucket().openDownloadStream(id, { start, end }));
    expect(part.equals(content.subarray(start, end))).toBe(true);
  });

  test('revisions of one name', async () => {
    await upload('doc', Buffer.from('first'));
    await upload('doc', Buffer.from('second'));
    const at = (revision: number) => read(bucket().openDownloadStreamByName('doc', { revision }));
    expect(String(await at(0))).toBe('first');
    expect(String(await at(1))).toBe('second');
    expect(String(await at(-1))).toBe('second');
    expect(String(await at(-2))).toBe('first');
    await expect(at(2)).rejects.toThrow(/FileNotFound/);
  });

  test('metadata, renaming and deleting', async () => {
    const id = await upload('old', randomBytes(2500), { kind: 'picture' });
    await bucket().rename(id, 'new');
    expect(await bucket().find({ 'metadata.kind': 'picture' }).toArray()).toMatchObject([{ filename: 'new' }]);
    await bucket().delete(id);
    expect(await server().db.collection('fs.chunks').countDocuments()).toBe(0);
    await expect(bucket().delete(id)).rejects.toThrow(/File not found/);
    await expect(bucket().rename(new ObjectId(), 'x')).rejects.toThrow(/not found/);
    await expect(read(bucket().openDownloadStream(id))).rejects.toThrow(/FileNotFound/);
  });

  test('an upload that is given up leaves nothing', async () => {
    const stream = bucket().openUploadStream('half');
    await new Promise<void>((resolve, reject) => {
      stream.write(randomBytes(3 * CHUNK), (error) => (error ? reject(error) : resolve()));
    });
    await stream.abort();
    expect(await server().db.collection('fs.chunks').countDocuments()).toBe(0);
    expect(await bucket().find().toArray()).toEqual([]);
  });

  test('a missing chunk is noticed', async () => {
    const id = await upload('file', randomBytes(5 * CHUNK));
    await server().db.collection('fs.chunks').deleteOne({ files_id: id, n: 2 });
    await expect(read(bucket().openDownloadStream(id))).rejects.toThrow(/ChunkIsMissing|ChunkIsWrongSize|ExtraChunk/);
  });

  test('one chunk number is there once', async () => {
    const id = await upload('file', randomBytes(10));
    const twice = server()
      .db.collection('fs.chunks')
      .insertOne({ files_id: id, n: 0, data: Buffer.alloc(1) });
    await expect(twice).rejects.toMatchObject({ code: 11000 });
  });

  test('a bucket is dropped, and another one stays', async () => {
    await upload('file', randomBytes(10));
    const other = bucket('other').openUploadStream('x');
    await new Promise<void>((resolve) => other.end('text', () => resolve()));
    await bucket().drop();
    expect(await bucket().find().toArray()).toEqual([]);
    expect(await bucket('other').find().toArray()).toHaveLength(1);
  });
});

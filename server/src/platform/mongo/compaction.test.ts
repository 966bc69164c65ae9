import { randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { describe, expect, test } from '@jest/globals';
import { type Db, MongoClient, MongoServerError } from 'mongodb';
import { createLog } from '../log.ts';
import { createCompaction } from './compaction.ts';

const lines = () => {
  const written: Record<string, unknown>[] = [];
  return { written, log: createLog('info', { write: (line) => written.push(JSON.parse(line)) }) };
};

describe('compaction', () => {
  test('takes earlier versions of a document off the disk of the embedded database', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'concert-compaction-'));
    const embedded = await startEmbeddedMongo({ dataDir });
    const client = await new MongoClient(embedded.url).connect();
    const holds = (text: string): boolean =>
      readdirSync(dataDir)
        .map((name) => join(dataDir, name))
        .some((file) => lstatSync(file).isFile() && readFileSync(file).includes(text));
    try {
      const db = client.db('concert');
      const secret = randomBytes(16).toString('hex');
      const boxes = db.collection<{ _id: string; votes: string }>('ballot_boxes');
      await boxes.insertOne({ _id: 'one', votes: secret });
      await boxes.updateOne({ _id: 'one' }, { $set: { votes: 'told' } });
      expect(holds(secret)).toBe(true);
      const { written, log } = lines();
      const { compact } = createCompaction(db, log);
      expect(await compact('ballot_boxes')).toBe('done');
      expect(holds(secret)).toBe(false);
      expect(await boxes.findOne()).toEqual({ _id: 'one', votes: 'told' });
      expect(await compact('never-written')).toBe('done');
      expect(written).toEqual([]);
    } finally {
      await client.close();
      await embedded.stop();
      rmSync(dataDir, { recursive: true });
    }
  });

  /** A database whose commands end when they are told to. */
  function scripted() {
    const asked: { readonly name: unknown; end(error?: unknown): void }[] = [];
    const command = ({ compact }: { compact: unknown }): Promise<unknown> =>
      new Promise((resolve, reject) =>
        asked.push({ name: compact, end: (error) => (error === undefined ? resolve({ ok: 1 }) : reject(error)) }),
      );
    return { asked, db: { command } as unknown as Db };
  }
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('runs one at a time, and who asks during a run gets one that began later', async () => {
    const { asked, db } = scripted();
    const { compact } = createCompaction(db, lines().log);
    const ended: string[] = [];
    const ask = (name: string): Promise<unknown> => compact('boxes').then(() => ended.push(name));
    const first = ask('first');
    await turn();
    expect(asked).toHaveLength(1);
    const others = ['second', 'third'].map(ask);
    await turn();
    expect(asked).toHaveLength(1);
    asked[0]?.end();
    await first;
    await turn();
    expect(ended).toEqual(['first']);
    expect(asked).toHaveLength(2);
    const last = ask('last');
    asked[1]?.end();
    await Promise.all(others);
    await turn();
    expect(ended).toEqual(['first', 'second', 'third']);
    asked[2]?.end();
    await last;
    expect(asked.map(({ name }) => name)).toEqual(['boxes', 'boxes', 'boxes']);
  });

  test('a failure is told to those who share it, and to nobody else', async () => {
    const { asked, db } = scripted();
    const { compact } = createCompaction(db, lines().log);
    const both = Promise.allSettled([compact('boxes'), compact('boxes')]);
    await turn();
    asked[0]?.end(new MongoServerError({ message: 'full', code: 14031 }));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = compact('boxes');
    await turn();
    asked[1]?.end();
    expect(await again).toBe('done');
  });

  test.each([59, 13, 115, 8000])('a database that answers %s does not do it; that is logged once', async (code) => {
    const { asked, db } = scripted();
    const { written, log } = lines();
    const { compact } = createCompaction(db, log);
    for (const at of [0, 1]) {
      const outcome = compact('boxes');
      await turn();
      asked[at]?.end(new MongoServerError({ message: 'no', code }));
      expect(await outcome).toBe('unsupported');
    }
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ level: 'warn', collection: 'boxes', code });
  });
});

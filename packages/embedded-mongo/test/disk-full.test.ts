import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Collection, MongoClient } from 'mongodb';
import type { EmbeddedMongo } from '../src/index.ts';
import { useMounts } from './mounts.ts';
import { useProcesses } from './processes.ts';

const { start } = useProcesses();
const { mount } = useMounts();
const withMount = mount ? test : test.skip;

const OUT_OF_DISK_SPACE = 14031;

type Thing = { _id: string; text: string; n: number };

// Errors of node itself are of another realm than the test's Error.
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : error;

/** Takes all the space that is left, and gives it back. */
function filler(path: string): { fill(): void; free(): void } {
  const file = join(path, 'of-another-program');
  return {
    fill: () => {
      const descriptor = openSync(file, 'a');
      try {
        for (const block of [Buffer.alloc(65_536), Buffer.alloc(4096), Buffer.alloc(1)]) writeAll(descriptor, block);
      } finally {
        closeSync(descriptor);
      }
    },
    free: () => rmSync(file, { force: true }),
  };
}

function writeAll(descriptor: number, block: Buffer): void {
  try {
    while (writeSync(descriptor, block) > 0);
  } catch (error) {
    if (codeOf(error) !== 'ENOSPC') throw error;
  }
}

async function open(
  dataDir: string,
): Promise<{ server: EmbeddedMongo; client: MongoClient; things: Collection<Thing> }> {
  const server = await start({ dataDir });
  const client = new MongoClient(server.url);
  return { server, client, things: client.db('t').collection<Thing>('things') };
}

describe('[S3] trap 2: a full disk', () => {
  withMount(
    'refuses writes with 14031 while reads go on, loses nothing, and lets writes resume when there is space',
    async () => {
      const { path } = mount?.('8m') ?? { path: '' };
      const dataDir = join(path, 'data');
      const { server, client, things } = await open(dataDir);
      let exits = 0;
      server.onExit(() => exits++);
      await things.createIndex({ n: 1 });
      const acknowledged: string[] = [];
      const insertOne = async (name: string, n: number): Promise<unknown> => {
        try {
          await things.insertOne({ _id: name, text: 'x'.repeat(2000), n });
          acknowledged.push(name);
          return undefined;
        } catch (error) {
          return codeOf(error);
        }
      };
      let codes: unknown[] = [];
      for (let n = 0; codes.length === 0; n += 8) {
        const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => insertOne(`own-${n + i}`, n + i)));
        codes = answers.filter((code) => code !== undefined);
      }
      expect(new Set(codes)).toEqual(new Set([OUT_OF_DISK_SPACE]));
      expect(acknowledged.length).toBeGreaterThan(100);
      expect(await things.countDocuments()).toBe(acknowledged.length);

      const other = filler(path);
      other.fill();
      expect(statfsSync(path).bavail).toBe(0);
      const refused = await Promise.all(Array.from({ length: 20 }, (_, n) => insertOne(`refused-${n}`, n)));
      expect(new Set(refused)).toEqual(new Set([OUT_OF_DISK_SPACE]));
      expect(
        await things
          .find({ n: { $gte: 0 } })
          .sort({ n: 1 })
          .limit(5)
          .toArray(),
      ).toHaveLength(5);
      expect(await things.countDocuments({ _id: /^refused/ })).toBe(0);

      other.free();
      await client.db('t').command({ drop: 'nothing' });
      // What the database itself has filled stays filled: the space of another program is what is given back.
      const { path: second } = mount?.('16m') ?? { path: '' };
      const more = await open(join(second, 'data'));
      const guest = filler(second);
      guest.fill();
      expect(await more.things.insertOne({ _id: 'a', text: '', n: 1 }).then(() => undefined, codeOf)).toBe(
        OUT_OF_DISK_SPACE,
      );
      guest.free();
      expect(await more.things.insertOne({ _id: 'a', text: '', n: 1 })).toMatchObject({ acknowledged: true });
      await more.client.close();
      await more.server.stop();

      expect(exits).toBe(0);
      await client.close();
      await server.stop();
      const again = await open(dataDir);
      expect((await again.things.find().project({ _id: 1 }).toArray()).map(({ _id }) => _id).sort()).toEqual(
        acknowledged.sort(),
      );
      expect(await again.client.db('t').command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
      await again.client.close();
      await again.server.stop();
    },
    120_000,
  );

  withMount(
    'that another program fills at any moment ends nothing and loses nothing',
    async () => {
      const { path } = mount?.('32m') ?? { path: '' };
      const dataDir = join(path, 'data');
      const { server, client, things } = await open(dataDir);
      const exits: unknown[] = [];
      server.onExit((exit) => exits.push(exit));
      await things.createIndex({ n: 1 });
      const acknowledged = new Set<string>();
      const codes = new Map<unknown, number>();
      const other = filler(path);
      const until = Date.now() + 5000;
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0; Date.now() < until && exits.length === 0; i++) {
          const _id = `${writer}-${i}`;
          await things.insertOne({ _id, text: 'x'.repeat(500), n: i }).then(
            () => acknowledged.add(_id),
            (error) => codes.set(codeOf(error), (codes.get(codeOf(error)) ?? 0) + 1),
          );
          if (i % 3 === 2)
            await things.deleteOne({ _id: `${writer}-${i - 2}` }).then(
              () => acknowledged.delete(`${writer}-${i - 2}`),
              () => undefined,
            );
        }
      });
      let rounds = 0;
      while (Date.now() < until && exits.length === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        other.fill();
        rounds++;
        await new Promise((resolve) => setImmediate(resolve));
        other.free();
      }
      await Promise.all(writers);
      expect(exits).toEqual([]);
      expect([...codes.keys()].filter((code) => code !== OUT_OF_DISK_SPACE)).toEqual([]);
      expect(rounds).toBeGreaterThan(10);
      expect(codes.get(OUT_OF_DISK_SPACE)).toBeGreaterThan(0);
      other.free();
      await client.close();
      await server.stop();
      const again = await open(dataDir);
      const found = new Set((await again.things.find().toArray()).map(({ _id }) => _id));
      expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
      expect(await again.client.db('t').command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
      await again.client.close();
      await again.server.stop();
    },
    120_000,
  );

  withMount(
    'is no hindrance to starting on data that are there, to read them; a new directory is refused in one line',
    async () => {
      const { path } = mount?.('12m') ?? { path: '' };
      const dataDir = join(path, 'data');
      const first = await open(dataDir);
      await first.things.insertOne({ _id: 'a', text: '', n: 1 });
      await first.client.close();
      await first.server.stop();
      filler(path).fill();
      const { server, client, things } = await open(dataDir);
      expect(await things.countDocuments()).toBe(1);
      expect(await things.insertOne({ _id: 'b', text: '', n: 2 }).then(() => undefined, codeOf)).toBe(
        OUT_OF_DISK_SPACE,
      );
      await client.close();
      await server.stop();
      await expect(open(join(path, 'new'))).rejects.toThrow(/new cannot be used: the disk is full$/);
    },
    120_000,
  );
});

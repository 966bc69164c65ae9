import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { marking, STEPS } from '../../../test/entries/migrating.ts';
import { createLog } from '../log.ts';
import { systemPorts } from '../ports.ts';
import { DataTooNew, inOrder, type Migration, migrate } from './migrations.ts';

const log = createLog('silent');
const ENTRY = fileURLToPath(new URL('../../../test/entries/migrating.ts', import.meta.url));
const DOCUMENTS = 8;

let client: MongoClient;
let db: Db;
beforeAll(async () => {
  client = await new MongoClient(process.env.TEST_MONGODB_URL ?? '').connect();
});
beforeEach(async () => {
  if (db !== undefined) await db.dropDatabase();
  db = client.db(`m_${randomBytes(6).toString('hex')}`);
  await db
    .collection('things')
    .insertMany(Array.from({ length: DOCUMENTS }, (_, at) => ({ at, marks: [] as number[] })));
});
afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

const run = (migrations: readonly Migration[], leaseMs?: number): Promise<void> =>
  migrate({ db, migrations, log, ports: systemPorts, ...(leaseMs === undefined ? {} : { leaseMs }) });
const meta = () => db.collection<{ _id: string; version: number }>('meta').findOne({ _id: 'data' });
const allMarked = async (): Promise<void> => {
  const things = await db.collection('things').find().toArray();
  expect(things).toHaveLength(DOCUMENTS);
  for (const { marks } of things) expect(marks).toEqual([1, 2, 3, 4, 5]);
};

describe('migrations of stored data', () => {
  test('run once each, in their order, and leave the version behind', async () => {
    const order: number[] = [];
    await run(marking(DOCUMENTS, (version, at) => at === 0 && order.push(version)));
    await run(marking(DOCUMENTS, (version) => order.push(version)));
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(await meta()).toMatchObject({ version: STEPS, migratedAt: expect.any(Date) });
    expect(await meta()).not.toHaveProperty('leaseOwner');
    await allMarked();
  });

  test('[F16] broken off at ten places, they go on where they were and change nothing twice', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      let writes = 0;
      const broken = run(
        marking(DOCUMENTS, () => {
          writes += 1;
          if (writes > attempt * 3) throw new Error('broken off');
        }),
      );
      const before = (await meta())?.version ?? 0;
      await broken.then(
        () => undefined,
        (error: Error) => expect(error.message).toBe('broken off'),
      );
      expect((await meta())?.version ?? 0).toBeGreaterThanOrEqual(before);
    }
    await run(marking(DOCUMENTS));
    await allMarked();
    expect(await meta()).toMatchObject({ version: STEPS });
  });

  test('[F16] killed ten times in the middle, they are complete in the end, and nothing is done twice', async () => {
    const url = `${process.env.TEST_MONGODB_URL}`;
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, url, db.databaseName, String(DOCUMENTS)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let writes = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        writes += chunk.length;
        if (writes > 1 + attempt * 4) child.kill('SIGKILL');
      });
      await once(child, 'close');
    }
    await run(marking(DOCUMENTS), 300);
    await allMarked();
    expect(await meta()).toMatchObject({ version: STEPS });
  }, 120_000);

  test('[F16] of five instances that start together one migrates, and the others wait for it', async () => {
    const by: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, (_, instance) =>
        run(marking(DOCUMENTS, (_version, at) => at === 0 && by.push(instance))),
      ),
    );
    expect(new Set(by).size).toBe(1);
    expect(by).toHaveLength(STEPS);
    await allMarked();
  });

  test('[F16] when the one that migrates has died, another takes over once its lease has ended', async () => {
    await db.collection<{ _id: string; version: number; leaseOwner: string; leaseUntil: Date }>('meta').insertOne({
      _id: 'data',
      version: 2,
      leaseOwner: 'somebody who has died',
      leaseUntil: new Date(Date.now() + 500),
    });
    const began = performance.now();
    const versions = new Set<number>();
    await run(marking(DOCUMENTS, (version) => versions.add(version)));
    expect(performance.now() - began).toBeGreaterThan(400);
    expect([...versions]).toEqual([3, 4, 5]);
  });

  test('the lease is kept for as long as a migration takes', async () => {
    let other: Promise<void> | undefined;
    let second = 0;
    const counted = (): void => {
      second += 1;
    };
    const slow = inOrder([
      {
        version: 1,
        name: 'slow',
        run: async () => {
          other ??= run(inOrder([{ version: 1, name: 'slow', run: async () => counted() }]), 150);
          const end = performance.now() + 600;
          while (performance.now() < end) await db.command({ ping: 1 });
        },
      },
    ]);
    await run(slow, 150);
    await other;
    expect(second).toBe(0);
  });

  test('[F16] data of a newer version are refused in one line, and nothing is written', async () => {
    await run(marking(DOCUMENTS));
    const before = JSON.stringify([await meta(), await db.collection('things').find().toArray()]);
    const refused = await run(marking(DOCUMENTS).slice(0, 3)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataTooNew);
    expect(String(refused)).toMatch(/version 5 .* up to 3/);
    expect(String(refused)).not.toContain('\n');
    expect(JSON.stringify([await meta(), await db.collection('things').find().toArray()])).toBe(before);
  });

  test('a list with a gap is no list of migrations', () => {
    const step = (version: number): Migration => ({ version, name: `step-${version}`, run: async () => undefined });
    expect(() => inOrder([step(1), step(3)])).toThrow(/must have version 2/);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { MongoStore } from '@concert/sync/mongo-store';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import sharp from 'sharp';
import { clientOf, until } from './harness.ts';
import { type Running, runServer } from './process.ts';
import { numbersIn, openWriter } from './writer.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WRITERS = 4;

type Told = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `npm run backup` or `npm run restore`, without the launcher. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Told> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/backup.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

let folder: string;
let server: Running;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'concert-drill-'));
  server = runServer({ dataDir: join(folder, 'data') });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Documents with a writer each, and a picture. */
async function installation() {
  const { url, cookie } = await server.administrator();
  const { workspaces, documents, files } = clientOf(url, { cookie });
  const { id: workspaceId } = await workspaces.create({ name: 'Drill' });
  const ids: string[] = [];
  for (let n = 0; n < WRITERS; n += 1)
    ids.push((await documents.create({ workspaceId, kind: 'note', title: `Drill ${n}` })).id);
  const dot = { create: { width: 9, height: 9, channels: 3, background: '#123456' } } as const;
  const png = new Uint8Array(await sharp(dot).png().toBuffer());
  const file = await files.upload({ id: ids[0] ?? '', file: new File([png], 'dot.png') });
  const picture = Buffer.from(await (await fetch(url + file.url, { headers: { cookie } })).arrayBuffer());
  const writers = ids.map((id) => openWriter(url, cookie, id));
  await until('all documents are open', () => writers.every(({ provider }) => provider.synced));
  return { cookie, ids, writers, file, picture };
}

/** How far the text of each document was read for its record, and how far the database has it. */
async function recordsAgainstTexts(dataDir: string): Promise<{ id: string; seq: number; head: number }[]> {
  const database = await startEmbeddedMongo({ dataDir });
  const client = await MongoClient.connect(database.url);
  try {
    const db = client.db('concert');
    const texts = new MongoStore(db);
    const records = await db.collection<{ _id: string; projection: { seq: number } }>('documents').find().toArray();
    return await Promise.all(
      records.map(async ({ _id: id, projection: { seq } }) => ({ id, seq, head: await texts.head(id) })),
    );
  } finally {
    await client.close();
    await database.stop();
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('a drill of backup and restore', () => {
  test('[F15] a backup under load is a consistent instant with all that was acknowledged before it', async () => {
    const { ids, writers, file, picture, ...before } = await installation();
    const timer = setInterval(() => {
      for (const writer of writers) writer.write();
    }, 5);
    await until('there is load', () => writers.every((writer) => writer.acknowledged() > 50));
    const acknowledged = writers.map((writer) => writer.acknowledged());
    const backup = join(folder, 'backup');
    const began = performance.now();
    const made = await run(['backup', '--to', backup, '--data', server.dataDir]);
    const backupMs = performance.now() - began;
    await until('it goes on', () =>
      writers.every((writer, at) => writer.acknowledged() > (acknowledged[at] ?? 0) + 10),
    );
    clearInterval(timer);
    for (const writer of writers) writer.close();
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/^backup written to .*: \d+ records in \d+ collections/);
    expect(made.out).toContain('keep it where only administrators can read it');
    // The journal is there only while text waits in it.
    expect(readdirSync(backup).filter((name) => name !== 'journal')).toEqual([
      'auth-secret',
      'concert-backup.json',
      'db',
    ]);
    for (const name of ['auth-secret', 'concert-backup.json'])
      expect(statSync(join(backup, name)).mode & 0o077).toBe(0);
    expect(await run(['backup', 'verify', backup])).toMatchObject({ code: 0, out: expect.stringContaining('is good') });

    const restored = join(folder, 'restored');
    const restoring = performance.now();
    expect(await run(['restore', '--from', backup, '--data', restored])).toMatchObject({ code: 0, err: '' });
    const restoreMs = performance.now() - restoring;
    const again = runServer({ dataDir: restored });
    const restoredUrl = await again.ready();
    // A session that has been ended since would otherwise be good again.
    expect((await fetch(`${restoredUrl}/api/me`, { headers: { cookie: before.cookie } })).status).toBe(401);
    const { url, cookie } = await again.administrator();
    const found: number[] = [];
    for (const [at, id] of ids.entries()) {
      const reader = openWriter(url, cookie, id);
      await until('a document is read', () => reader.provider.synced);
      const numbers = numbersIn(reader.doc);
      expect(numbers).toEqual(upTo(numbers.length));
      expect(numbers.length).toBeGreaterThanOrEqual(acknowledged[at] ?? 0);
      found.push(numbers.length);
      reader.close();
    }
    const got = Buffer.from(await (await fetch(url + file.url, { headers: { cookie } })).arrayBuffer());
    expect(got.equals(picture)).toBe(true);
    expect(await again.stop()).toBe(0);
    const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);
    process.stdout.write(
      `backup ${Math.round(backupMs)} ms, restore ${Math.round(restoreMs)} ms; acknowledged before ${sum(acknowledged)}, found ${sum(found)}\n`,
    );
  }, 120_000);

  test('[F15] a damaged backup is recognised, and is not restored', async () => {
    const backup = join(folder, 'backup');
    const data = join(backup, 'db', readdirSync(join(backup, 'db')).find((name) => name.endsWith('.mdb')) ?? '');
    for (const path of [data, join(backup, 'auth-secret'), join(backup, 'concert-backup.json')]) {
      const whole = readFileSync(path);
      const damaged = Buffer.from(whole);
      damaged[Math.floor(damaged.length / 2)] = (damaged[Math.floor(damaged.length / 2)] ?? 0) ^ 0x40;
      writeFileSync(path, damaged);
      const told = await run(['backup', 'verify', backup]);
      expect({ path, code: told.code, err: told.err.trim().split('\n').length }).toEqual({ path, code: 1, err: 1 });
      const target = join(folder, 'never');
      expect((await run(['restore', '--from', backup, '--data', target])).code).toBe(1);
      expect(() => readdirSync(join(target, 'db'))).toThrow();
      writeFileSync(path, whole);
    }
    expect((await run(['backup', 'verify', backup])).code).toBe(0);
  }, 120_000);
});

describe('text that is in the journal alone', () => {
  test('[S57] [S58] [F15] is backed up, checked and restored, and is in the database after the next start', async () => {
    const dataDir = join(folder, 'killed');
    const killed = runServer({ dataDir });
    const { url, cookie } = await killed.administrator();
    const { workspaces, documents } = clientOf(url, { cookie });
    const { id: workspaceId } = await workspaces.create({ name: 'Killed' });
    const { id } = await documents.create({ workspaceId, kind: 'note', title: 'Killed' });
    const writer = openWriter(url, cookie, id);
    await until('it is open', () => writer.provider.synced);
    const timer = setInterval(() => writer.write(), 5);
    await until('there is text', () => writer.acknowledged() > 100);
    killed.child.kill('SIGKILL');
    await killed.exited;
    clearInterval(timer);
    const acknowledged = writer.acknowledged();
    writer.close();
    expect(readdirSync(join(dataDir, 'journal'))).not.toEqual([]);
    // What the database says of a text rests on text that the database has.
    const projected = await recordsAgainstTexts(join(dataDir, 'db'));
    expect(projected).toContainEqual(expect.objectContaining({ id }));
    for (const { seq, head } of projected) expect(head).toBeGreaterThanOrEqual(seq);

    const [first = ''] = readdirSync(join(dataDir, 'journal'));
    const journal = readFileSync(join(dataDir, 'journal', first));
    const damaged = Buffer.from(journal);
    damaged[60] = (damaged[60] ?? 0) ^ 1;
    writeFileSync(join(dataDir, 'journal', first), damaged);
    const refused = runServer({ dataDir });
    expect(await refused.exited).toBe(1);
    expect(refused.said.err).toMatch(/^Concert cannot start: the journal is damaged: \d{12}\.log at byte 32$/m);
    writeFileSync(join(dataDir, 'journal', first), journal);

    const backup = join(folder, 'journalled');
    expect(await run(['backup', '--to', backup, '--data', dataDir])).toMatchObject({ code: 0, err: '' });
    const [segment = ''] = readdirSync(join(backup, 'journal'));
    expect(statSync(join(backup, 'journal')).mode & 0o077).toBe(0);
    const path = join(backup, 'journal', segment);
    expect(statSync(path).mode & 0o077).toBe(0);
    const whole = readFileSync(path);
    for (const damage of [() => writeFileSync(path, whole.subarray(0, -1)), () => rmSync(path)]) {
      damage();
      expect((await run(['backup', 'verify', backup])).err).toMatch(/is damaged: journal/);
      expect((await run(['restore', '--from', backup, '--data', join(folder, 'never')])).code).toBe(1);
    }
    writeFileSync(path, whole, { mode: 0o600 });

    const restored = join(folder, 'journal-restored');
    expect(await run(['restore', '--from', backup, '--data', restored])).toMatchObject({ code: 0, err: '' });
    expect(statSync(join(restored, 'journal')).mode & 0o077).toBe(0);
    for (const folderOfOne of [restored, dataDir]) {
      const again = runServer({ dataDir: folderOfOne });
      const reader = await again.administrator().then((one) => openWriter(one.url, one.cookie, id));
      await until('it is read', () => reader.provider.synced);
      const numbers = numbersIn(reader.doc);
      expect(numbers).toEqual(upTo(numbers.length));
      expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
      reader.close();
      expect(await again.stop()).toBe(0);
      expect(readdirSync(join(folderOfOne, 'journal'))).toEqual([]);
    }
  }, 120_000);
});

describe('what is refused', () => {
  test('targets that are not empty, folders that hold nothing, and options that there are not', async () => {
    const backup = join(folder, 'backup');
    const refused: readonly (readonly [string[], Record<string, string>, RegExp])[] = [
      [['backup', '--to', backup, '--data', server.dataDir], {}, /is not empty/],
      [['restore', '--from', backup, '--data', server.dataDir], {}, /is not empty/],
      [['backup', '--to', join(folder, 'x'), '--data', folder], {}, /holds no data of Concert/],
      [['backup', 'verify', folder], {}, /is no backup of Concert/],
      [['backup'], {}, /--to is missing/],
      [['restore', '--from', backup], {}, /--from and --data/],
      [['backup', '--too', 'x'], {}, /--too/],
      [['backup', '--to', join(folder, 'y')], { MONGODB_URL: 'mongodb://127.0.0.1:1/' }, /mongodump/],
    ];
    for (const [args, env, why] of refused) {
      const told = await run(args, env);
      expect({ args, code: told.code, out: told.out }).toEqual({ args, code: 1, out: '' });
      expect(told.err).toMatch(why);
      expect(told.err).not.toMatch(/\n {4}at /);
    }
  }, 120_000);

  test('a folder in which a restore was broken off is no installation', async () => {
    const broken = join(folder, 'broken');
    expect(
      (await run(['backup', '--to', join(folder, 'bare'), '--data', server.dataDir, '--without-secret'])).out,
    ).toContain('does not hold the secret');
    expect((await run(['restore', '--from', join(folder, 'bare'), '--data', broken])).out).toContain('AUTH_SECRET');
    writeFileSync(join(broken, 'restore-unfinished'), '');
    const started = runServer({ dataDir: broken });
    expect(await started.exited).toBe(1);
    expect(started.said.err.trim()).toMatch(/^Concert cannot start: .* holds an unfinished restore.*$/);
  }, 120_000);
});

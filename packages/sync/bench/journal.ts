import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { MongoClient } from 'mongodb';
import { openJournaledStore } from '../src/journal-store.ts';
import { MongoStore, storeIndexes } from '../src/mongo-store.ts';
import type { UpdateStore } from '../src/ports.ts';

/**
 * What one group commit costs with the journal and without it, in turns in one run: CPU of this process and of the
 * database's, and time until it is durable. `--rounds 4 --commits 300 --rooms 10 --pause 12` (ms between commits).
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    commits: { type: 'string', default: '300' },
    rooms: { type: 'string', default: '10' },
    pause: { type: 'string', default: '12' },
  },
});
const [rounds = 0, commits = 0, rooms = 0, pause = 0] = [values.rounds, values.commits, values.rooms, values.pause].map(
  Number,
);

const TICK_MS = 10;
const quiet = { warn: () => undefined, error: () => undefined };

/** CPU time of a process and its children in milliseconds. */
function cpuOf(pid: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [{ pid: Number(name), fields: line.slice(line.lastIndexOf(')') + 2).split(' ') }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  const mine = stats.filter((stat) => stat.pid === pid || Number(stat.fields[1]) === pid);
  return mine.reduce((sum, { fields }) => sum + Number(fields[11]) + Number(fields[12]), 0) * TICK_MS;
}

type Cost = { cpuMs: number; latencies: number[]; commits: number };

async function measure(store: UpdateStore, name: string, from: number, cost: Cost): Promise<void> {
  const update = new Uint8Array(30).fill(7);
  const before = cpuOf(process.pid);
  for (let seq = from + 1; seq <= from + commits; seq++) {
    const began = performance.now();
    await store.append(
      Array.from({ length: rooms }, (_, room) => ({ documentId: `${name}-${room}`, seq, updates: [update] })),
    );
    cost.latencies.push(performance.now() - began);
    if (pause > 0) await wait(pause);
  }
  if (name === 'journal') await store.compact('nothing', { snapshot: update, digest: update, throughSeq: 1, fence: 1 });
  cost.cpuMs += cpuOf(process.pid) - before;
  cost.commits += commits;
}

const folder = mkdtempSync(join(tmpdir(), 'sync-bench-'));
const database = await startEmbeddedMongo({ dataDir: join(folder, 'db') });
const client = await MongoClient.connect(database.url);
const db = client.db('bench');
for (const [collection, indexes] of Object.entries(storeIndexes))
  await db.collection(collection).createIndexes(indexes);
const direct = new MongoStore(db);
const journal = await openJournaledStore({ files: join(folder, 'journal'), inner: direct, log: quiet });
const costs = new Map<string, Cost>();
for (let round = 0; round < rounds; round++) {
  for (const [name, store] of Object.entries({ direct, journal })) {
    const cost = costs.get(name) ?? { cpuMs: 0, latencies: [], commits: 0 };
    costs.set(name, cost);
    await measure(store, name, round * commits, cost);
  }
}
for (const [name, { cpuMs, latencies, commits: count }] of costs) {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  process.stdout.write(
    `${name}: ${(cpuMs / count).toFixed(3)} ms of CPU a commit of ${rooms} rooms (pauses included), durable in ${at(0.5)} ms (p95 ${at(0.95)} ms)\n`,
  );
}
await journal.close();
await client.close();
await database.stop();
rmSync(folder, { recursive: true, force: true });

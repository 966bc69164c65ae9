import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { memoryKib, untilIdle } from '../process-tree.ts';
import { closeAll, freshClientId, measured, textHash, waitFor } from './crowd.ts';
import type { HistoryName } from './histories.ts';
import { historyOf } from './histories.ts';
import type { Arrival } from './light-client.ts';
import { LightClient } from './light-client.ts';
import type { Metrics } from './metrics.ts';
import { Room, Tally } from './room.ts';
import type { Target } from './target.ts';

export type SeedJob = { readonly history: HistoryName; readonly edits: number; readonly restMs: number };
export type Seeded = { readonly hash: string; readonly stateBytes: number; readonly metrics: Metrics };

const IN_FLIGHT = 500;
const TAKEN_MS = 120_000;

/** Writes a history into the first document, edit by edit, and waits until the server has put it away. */
export async function seed(target: Target, job: SeedJob): Promise<Seeded> {
  const history = historyOf(job.history, job.edits);
  const client = new LightClient(new Room(target, 0, new Tally()), freshClientId());
  await client.open();
  await wait(200);
  const before = client.taken;
  const window = await measured(target.pid, async () => {
    for (const update of history.updates) {
      client.sendUpdate(update);
      if (client.updates % 100 === 0)
        await waitFor(() => client.taken - before >= client.updates - IN_FLIGHT, TAKEN_MS);
    }
    if (!(await waitFor(() => client.taken - before >= client.updates, TAKEN_MS)))
      throw new Error(`the server took in ${client.taken - before} of ${client.updates} edits`);
  });
  await client.close();
  await wait(job.restMs);
  await untilIdle(target.pid, 3_000, 60_000);
  return {
    hash: history.hash,
    stateBytes: history.stateBytes,
    metrics: { seedPerSecond: client.updates / window.seconds, seedCpu: window.cpuSeconds },
  };
}

export type OpenJob = { readonly clients: number; readonly hash: string; readonly stateBytes: number };

const OPEN_MS = 90_000;
const QUIET_MS = 1_500;

/** After how many arrivals a text was complete, -1 when never; the same arrivals are looked at once. */
function completion(hash: string): (arrivals: readonly Arrival[]) => number {
  const known = new Map<string, number>();
  return (arrivals) => {
    const key = arrivals.map(({ payload }) => createHash('sha1').update(payload).digest('base64')).join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const doc = new Y.Doc();
    const index = arrivals.findIndex(({ payload }) => {
      Y.applyUpdate(doc, payload);
      return textHash(doc) === hash;
    });
    known.set(key, index);
    return index;
  };
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Opens the first document of a server that has just started, by everybody at once. */
export async function open(target: Target, job: OpenJob): Promise<Metrics> {
  const tally = new Tally();
  const warm = new LightClient(new Room(target, 1, tally), freshClientId());
  await warm.open();
  await warm.close();
  await untilIdle(target.pid, 1_000, 10_000);
  const room = new Room(target, 0, tally);
  const clients = Array.from({ length: job.clients }, () => new LightClient(room, freshClientId(), { keeps: true }));
  let peak = 0;
  const window = await measured(target.pid, async () => {
    const opened = Promise.all(clients.map((client) => client.open()));
    await opened;
    const quiet = (client: LightClient): boolean =>
      client.contentBytes > job.stateBytes / 2 && performance.now() - client.lastArrival > QUIET_MS;
    await waitFor(() => clients.every(quiet), OPEN_MS);
    peak = memoryKib(target.pid);
  });
  const completeAfter = completion(job.hash);
  const looked = clients.map(({ arrivals, openedAt, contentBytes }) => {
    const kept = arrivals ?? [];
    const index = completeAfter(kept);
    const answered = kept.findIndex(({ answer }) => answer);
    return {
      ms: (kept[index]?.at ?? Number.NaN) - openedAt,
      copies: contentBytes / job.stateBytes,
      early: answered >= 0 && (index < 0 || answered < index),
    };
  });
  const times = looked.map(({ ms }) => ms).sort((a, b) => a - b);
  await closeAll(clients);
  return {
    completeMedian: median(times),
    completeMax: times.at(-1) ?? null,
    copies: Math.max(...looked.map(({ copies }) => copies)),
    announcedEarly: looked.filter(({ early }) => early).length,
    openCpu: window.cpuSeconds,
    memoryMb: peak / 1_024,
    complete: times.every((ms) => Number.isFinite(ms)),
  };
}

import { setTimeout as wait } from 'node:timers/promises';
import { ownMemoryKib } from '../process-tree.ts';
import { closeAll, drive, freshClientId, gather, measured, openAll, waitFor } from './crowd.ts';
import { LightClient } from './light-client.ts';
import type { Metrics } from './metrics.ts';
import { Room, Tally } from './room.ts';
import type { Target } from './target.ts';

export type IdleJob = {
  readonly connections: number;
  readonly documents: number;
  /** So long a server that has just started makes its threads, and V8 gives back what starting took. */
  readonly startMs: number;
  /** So long the same takes after all have connected. */
  readonly settleMs: number;
};

/** So long the cost of doing nothing is measured. */
const STILL_MS = 5_000;

/** Connections that do nothing: what each costs the server in memory. The last document is for warming up. */
export async function idle(target: Target, job: IdleJob): Promise<Metrics> {
  const tally = new Tally();
  const client = (document: number): LightClient => new LightClient(new Room(target, document, tally), freshClientId());
  const warm = Array.from({ length: 50 }, () => client(job.documents));
  await openAll(warm);
  await closeAll(warm);
  await wait(job.startMs);
  const before = ownMemoryKib(target.pid);
  const clients = Array.from({ length: job.connections }, (_, index) => client(index % job.documents));
  const opening = await measured(target.pid, () => openAll(clients));
  await wait(job.settleMs);
  const after = ownMemoryKib(target.pid);
  const still = await measured(target.pid, () => wait(Math.min(job.settleMs, STILL_MS)));
  const metrics: Metrics = {
    kibPerConnection: (after - before) / job.connections,
    memoryBeforeMb: before / 1_024,
    memoryAfterMb: after / 1_024,
    connectsPerSecond: job.connections / opening.seconds,
    cpuToConnect: opening.cpuSeconds,
    idleCores: still.cpuSeconds / still.seconds,
    closed: tally.closed,
  };
  await closeAll(clients);
  return metrics;
}

export type PresenceJob = {
  readonly clients: number;
  readonly perSecond: number;
  readonly warmMs: number;
  readonly ms: number;
};

/** Everybody in one document moves their caret. */
export async function presence(target: Target, job: PresenceJob): Promise<Metrics> {
  const crowd = await gather(target, { documents: 1, clients: job.clients, writers: 0, checkers: 0 });
  const { tally, clients } = crowd;
  const rate = job.clients * job.perSecond;
  await drive(clients, rate, job.warmMs, (client) => client.present());
  tally.begin(performance.now());
  const window = await measured(target.pid, async () => {
    await drive(clients, rate, job.ms, (client) => client.present());
    tally.until = performance.now();
  });
  const expected = tally.sent * (job.clients - 1);
  await waitFor(() => tally.delivered >= expected, 5_000);
  const metrics: Metrics = {
    cpuPerSecond: window.cpuSeconds / window.seconds,
    p50: tally.presence.quantile(0.5),
    p99: tally.presence.quantile(0.99),
    deliveredShare: tally.delivered / expected,
    framesPerSecond: tally.frames / window.seconds,
    loadCores: window.loadCpuSeconds / window.seconds,
  };
  await closeAll(clients);
  return metrics;
}

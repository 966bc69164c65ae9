import { setTimeout as wait } from 'node:timers/promises';
import { cpuSeconds } from '../process-tree.ts';
import type { Crowd, CrowdShape, Window } from './crowd.ts';
import { allArrived, assertOpen, closeAll, converged, drive, gather, measured } from './crowd.ts';
import type { Metrics } from './metrics.ts';
import type { Target } from './target.ts';

export type EditsJob = {
  readonly shape: CrowdShape;
  readonly rate: number;
  /** How long everybody writes {@link WARM_TIMES} as much before, and then for half as long at the rate. */
  readonly warmMs: number;
  readonly ms: number;
};

/**
 * A server that has just begun spends more on compiling its own code than on edits. Servers run for weeks, so each is
 * warmed until that is over.
 */
const WARM_TIMES = 5;
const ARRIVAL_MS = 10_000;
const MICROSECONDS = 1e6;

/** Writes at a rate for a time, and waits until everybody has everything. */
async function write(crowd: Crowd, pid: number, rate: number, ms: number): Promise<Window & { late: number }> {
  let late = 0;
  crowd.tally.begin(performance.now());
  const window = await measured(pid, async () => {
    late = await drive(crowd.writers, rate, ms, (client) => client.type());
    crowd.tally.until = performance.now();
  });
  return { ...window, late };
}

/** Several people write at a steady rate; latency, acknowledgement and the server's cost. */
export async function edits(target: Target, job: EditsJob): Promise<Metrics> {
  const crowd = await gather(target, job.shape);
  await drive(crowd.writers, job.rate * WARM_TIMES, job.warmMs, (client) => client.type());
  await drive(crowd.writers, job.rate, job.warmMs / 2, (client) => client.type());
  const {
    cpuSeconds: cpu,
    mainCpuSeconds,
    seconds,
    loadCpuSeconds,
    late,
  } = await write(crowd, target.pid, job.rate, job.ms);
  const complete = await allArrived(crowd, ARRIVAL_MS);
  const { tally } = crowd;
  assertOpen(tally);
  const expected = tally.sent * (job.shape.clients - 1);
  const metrics: Metrics = {
    p50: tally.latency.quantile(0.5),
    p99: tally.latency.quantile(0.99),
    max: tally.latency.max,
    ackP50: tally.acknowledgement.quantile(0.5),
    ackP99: tally.acknowledgement.quantile(0.99),
    delivered: tally.delivered,
    undelivered: expected - tally.delivered,
    framesPerSecond: tally.frames / seconds,
    serverCores: cpu / seconds,
    mainCores: mainCpuSeconds / seconds,
    cpuPerDelivered: (cpu * MICROSECONDS) / tally.delivered,
    loadCores: loadCpuSeconds / seconds,
    loadLate: late,
    converged: complete && (await converged(crowd)),
  };
  await closeAll(crowd.clients);
  return metrics;
}

export type SaturationJob = {
  readonly shape: CrowdShape;
  /** Edits a second over all writers, ascending. */
  readonly rates: readonly number[];
  readonly ms: number;
  /** The rate at which the cost of an edit is told. */
  readonly costAt: number;
};

const LATEST_P99 = 200;
const LEAST_DELIVERED = 0.98;

type Step = { rate: number; held: boolean; p50: number; p99: number; cpuPerEdit: number; loadCores: number };

async function step(crowd: Crowd, target: Target, job: SaturationJob, rate: number): Promise<Step> {
  const others = job.shape.clients - 1;
  await drive(crowd.writers, rate, job.ms / 4, (client) => client.type());
  const window = await write(crowd, target.pid, rate, job.ms);
  const before = cpuSeconds(target.pid);
  // What is still under way counts, and what it costs.
  const arrived = await allArrived(crowd, ARRIVAL_MS);
  const { tally } = crowd;
  const accepted = tally.sent / window.seconds;
  const p99 = tally.latency.quantile(0.99);
  const late = cpuSeconds(target.pid) - before;
  return {
    rate: accepted,
    held: arrived && p99 <= LATEST_P99 && accepted >= rate * LEAST_DELIVERED && tally.delivered >= tally.sent * others,
    p50: tally.latency.quantile(0.5),
    p99,
    cpuPerEdit: ((window.cpuSeconds + (p99 > LATEST_P99 ? late : 0)) * MICROSECONDS) / tally.sent,
    loadCores: window.loadCpuSeconds / window.seconds,
  };
}

/**
 * Raises the rate until the slowest hundredth of deliveries takes longer than 200 ms, or something is missing, twice in
 * a row.
 */
export async function saturation(target: Target, job: SaturationJob): Promise<Metrics> {
  const crowd = await gather(target, job.shape);
  let best: Step | null = null;
  let last: Step | null = null;
  let cost: number | null = null;
  for (const rate of job.rates) {
    last = await step(crowd, target, job, rate);
    // One pause of the machine is not the end of what a server can do: the step that it fell into is tried once more.
    if (!last.held) last = await step(crowd, target, job, rate);
    if (!last.held) break;
    best = last;
    if (rate === job.costAt) cost = last.cpuPerEdit;
    await wait(200);
  }
  const metrics: Metrics = {
    editsPerSecond: best?.rate ?? 0,
    p50: best?.p50 ?? null,
    p99: best?.p99 ?? null,
    cpuPerEdit: cost,
    loadCores: best?.loadCores ?? null,
    failedP99: last?.held ? null : (last?.p99 ?? null),
    endOfTest: last?.held ?? false,
    converged: last?.held ? await converged(crowd) : null,
  };
  await closeAll(crowd.clients);
  return metrics;
}

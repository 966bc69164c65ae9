import type { Health } from '@concert/domain/administration/health.ts';
import type { z } from 'zod';

export type HealthView = z.input<typeof Health>;

/** How a figure is to be taken: `unknown` where nothing was measured. */
export type Judgement = 'good' | 'slow' | 'bad' | 'unknown';

const among = (value: number | undefined, good: number, slow: number): Judgement =>
  value === undefined ? 'unknown' : value <= good ? 'good' : value <= slow ? 'slow' : 'bad';

/** An edit is felt as kept at once up to a tenth of a second; above one second people wonder whether it was. */
export const ofAcknowledgement = ({ ackLatency }: HealthView): Judgement => among(ackLatency.p95, 100, 1_000);

/** The time for which the process attends to nothing else; everything on the installation waits that long. */
export const ofEventLoop = ({ eventLoopLag }: HealthView): Judgement => among(eventLoopLag.p99, 50, 250);

export const ofDatabase = ({ database }: HealthView): Judgement =>
  database.reachable ? among(database.pingMs, 50, 500) : 'bad';

/** Letters and notifications wait a moment at most; what was put aside needs a person to look at it. */
export const ofQueues = ({ queues }: HealthView): Judgement =>
  (queues.failed ?? 0) > 0 ? 'bad' : among(queues.pending, 100, Number.POSITIVE_INFINITY);

/** Compaction and backups need room beside the data. */
export function ofDisk({ disk }: HealthView): Judgement {
  if (!disk) return 'unknown';
  const free = disk.freeBytes / disk.totalBytes;
  return free >= 0.15 ? 'good' : free >= 0.05 ? 'slow' : 'bad';
}

/** Text that was accepted and is not on disk yet; it grows only while the store fails or cannot keep up. */
export const ofBacklog = ({ backlogBytes }: HealthView): Judgement => among(backlogBytes, 256_000, 8_000_000);

const RANK: readonly Judgement[] = ['bad', 'slow', 'good'];

/** The whole is as good as its worst part; what is about to stop or has lost the others is not well. */
export function overall(health: HealthView): Judgement {
  if (!health.ready || health.bus === 'away') return 'bad';
  const all = [ofAcknowledgement, ofEventLoop, ofDatabase, ofQueues, ofDisk, ofBacklog].map((judge) => judge(health));
  return RANK.find((judgement) => all.includes(judgement)) ?? 'unknown';
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in the largest unit of which there is at least one, as `Intl.NumberFormat` wants them. */
export function sizeOf(bytes: number): { value: number; unit: (typeof UNITS)[number] } {
  const at = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return { value: bytes / 1000 ** at, unit: UNITS[at] ?? 'byte' };
}

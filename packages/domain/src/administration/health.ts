import { Instant } from '@concert/contract';
import { z } from 'zod';

const Count = z.number().int().min(0);
const Milliseconds = z.number().min(0);

/** Percentiles of a duration over the last minutes, in milliseconds; absent where nothing was measured. */
export const Percentiles = z.object({
  count: Count,
  p50: Milliseconds.optional(),
  p95: Milliseconds.optional(),
  p99: Milliseconds.optional(),
});
export type Percentiles = z.infer<typeof Percentiles>;

/** How the instance that answers is doing, and the database that all instances share. Sizes are bytes. */
export const Health = z.object({
  at: Instant,
  version: z.string(),
  node: z.string(),
  instanceId: z.string(),
  /** What `/readyz` says: database and bus answer, and nobody is stopping the instance. */
  ready: z.boolean(),
  /** The way to the other instances: `none` for a single one. */
  bus: z.enum(['none', 'connected', 'away']),
  startedAt: Instant,
  uptimeSeconds: z.number().min(0),
  database: z.object({
    kind: z.enum(['embedded', 'mongodb']),
    reachable: z.boolean(),
    /** How long a ping took; absent when the database does not answer. */
    pingMs: Milliseconds.optional(),
    /** Of the stored documents, before compression. */
    dataBytes: Count.optional(),
    /** What the database occupies on disk. */
    storageBytes: Count.optional(),
    indexBytes: Count.optional(),
    collections: z.array(z.object({ name: z.string(), documents: Count, dataBytes: Count.optional() })),
  }),
  /** Open connections of this instance. */
  sockets: z.object({ documents: Count, live: Count }),
  documentsOpen: Count,
  /** Bytes of text accepted that are not durable yet. */
  backlogBytes: Count,
  /** From the arrival of an edit to its acknowledgement, when it is durable. */
  ackLatency: Percentiles,
  /** From the arrival of an edit to its writing to the others' sockets. */
  relayLatency: Percentiles,
  /** How late timers came: what everybody here waits at most for everybody else. */
  eventLoopLag: z.object({ p50: Milliseconds, p99: Milliseconds, max: Milliseconds }),
  memory: z.object({ rssBytes: Count, heapUsedBytes: Count, heapTotalBytes: Count }),
  queues: z.object({
    /** Events that wait to be carried out, letters among them. */
    pending: Count.optional(),
    /** Events put aside after too many failures. */
    failed: Count.optional(),
    /** What was put aside, by kind of event, newest first. */
    failures: z.array(z.object({ type: z.string(), count: Count, lastAt: Instant })),
  }),
  /** Counted since the instance started. */
  errors: z.object({
    /** Answers with a status from 500 on. */
    requests: Count,
    failedCommits: Count,
    refusedEdits: Count,
  }),
  /** Of the folder that holds the embedded database; absent with a database elsewhere. */
  disk: z.object({ freeBytes: Count, totalBytes: Count }).optional(),
  /** When the last backup that is known here was completed. */
  lastBackupAt: Instant.optional(),
});
export type Health = z.infer<typeof Health>;

import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Health, Percentiles } from '@concert/domain/administration/health.ts';
import type { Db } from 'mongodb';
import { lastBackup } from '../platform/backup/last-backup.ts';
import type { Platform } from '../platform/module.ts';
import type { Latency } from '../platform/recent.ts';
import { version } from '../platform/version.ts';

type Collections = Health['database']['collections'];

/** Failed events that are looked at; an installation in order has none. */
const MAX_FAILURES = 200;

/** The histogram of all requests. */
const REQUESTS = 'http_request_duration_seconds';

type FailedEvent = { readonly _id: string; readonly event: { readonly type: string }; readonly at: Date };

const percentiles = (latency: Latency): Percentiles => latency ?? { count: 0 };

/** Bytes of the files of a folder, whatever its depth; a file that goes meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function collectionsOf(db: Db): Promise<Collections> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  return Promise.all(
    names.map(async (name) => ({ name, documents: await db.collection(name).estimatedDocumentCount() })),
  );
}

/** What MongoDB says of its sizes; the embedded database says nothing, its folder does. */
async function sizesOf({ db, config }: Pick<Platform, 'db' | 'config'>): Promise<Partial<Health['database']>> {
  if (config.mongodbUrl === undefined) return { storageBytes: await sizeOf(join(config.dataDir, 'db')) };
  const { dataSize, storageSize, indexSize } = await db.command({ dbStats: 1 });
  const bytes = (value: unknown): number | undefined => (typeof value === 'number' ? Math.round(value) : undefined);
  return { dataBytes: bytes(dataSize), storageBytes: bytes(storageSize), indexBytes: bytes(indexSize) };
}

/** The kinds of the events that were put aside last, newest first. */
async function failuresOf(db: Db): Promise<Health['queues']['failures']> {
  const failed = db.collection<FailedEvent>('outbox_failed');
  const kinds = new Map<string, { count: number; lastAt: Date }>();
  for (const { event, at } of await failed.find({}).sort({ at: -1 }).limit(MAX_FAILURES).toArray()) {
    const kind = kinds.get(event.type) ?? { count: 0, lastAt: at };
    kinds.set(event.type, { ...kind, count: kind.count + 1 });
  }
  return [...kinds].map(([type, { count, lastAt }]) => ({ type, count, lastAt: lastAt.toISOString() }));
}

async function diskOf(folder: string): Promise<Health['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Answers with a status from 500 on, of all methods. */
async function failedRequests({ metrics }: Pick<Platform, 'metrics'>): Promise<number> {
  const found = await metrics.getSingleMetric(REQUESTS)?.get();
  return (found?.values ?? [])
    .filter((one) => 'metricName' in one && one.metricName === `${REQUESTS}_count` && Number(one.labels.status) >= 500)
    .reduce((sum, { value }) => sum + value, 0);
}

/** Reads how this instance and its database are now. What the database does not answer is absent, not a failure. */
export async function readHealth(platform: Platform, instanceId: string): Promise<Health> {
  const { config, db, ports } = platform;
  const { database, documents, ...now } = await platform.health();
  const there = database.answers;
  const [collections, sizes, failures, disk, requests, lastBackupAt] = await Promise.all([
    there ? collectionsOf(db) : [],
    there ? sizesOf(platform) : {},
    there ? failuresOf(db) : [],
    config.mongodbUrl === undefined ? diskOf(config.dataDir) : undefined,
    failedRequests(platform),
    config.mongodbUrl === undefined ? lastBackup(config.dataDir) : undefined,
  ]);
  const { heapTotal } = process.memoryUsage();
  return {
    at: ports.now().toISOString(),
    version,
    node: process.version,
    instanceId,
    ready: now.ready,
    bus: now.bus,
    startedAt: now.startedAt.toISOString(),
    uptimeSeconds: Math.round(process.uptime()),
    database: {
      kind: config.mongodbUrl === undefined ? 'embedded' : 'mongodb',
      reachable: there,
      pingMs: database.ms ?? undefined,
      collections,
      ...sizes,
    },
    sockets: { documents: documents.sockets, live: now.liveSockets },
    documentsOpen: documents.open,
    backlogBytes: documents.backlogBytes,
    ackLatency: percentiles(documents.acknowledgement),
    relayLatency: percentiles(documents.relay),
    eventLoopLag: now.eventLoop,
    memory: { rssBytes: now.memory.rss, heapUsedBytes: now.memory.heapUsed, heapTotalBytes: heapTotal },
    queues: { pending: now.events.waiting ?? undefined, failed: now.events.failed ?? undefined, failures },
    errors: { requests, failedCommits: documents.failedCommits, refusedEdits: documents.refusedEdits },
    disk,
    lastBackupAt,
  };
}

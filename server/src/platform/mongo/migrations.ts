import { setTimeout as pause } from 'node:timers/promises';
import type { Collection, Db } from 'mongodb';
import type { Log } from '../log.ts';
import type { Ports } from '../ports.ts';
import { isDuplicate } from './errors.ts';

/**
 * One change of stored data, from the version before to `version`. It may be killed at any point and is then run again
 * from its beginning, so each of its writes must do no harm when it has been done already.
 */
export type Migration = {
  /** 1, 2, 3, … in the order of the list. */
  readonly version: number;
  /** What it does, for the log: kebab-case. */
  readonly name: string;
  readonly run: (db: Db) => Promise<void>;
};

/** Data that a newer Concert has written: this one does not know what it means, and must not touch it. */
export class DataTooNew extends Error {
  override readonly name = 'DataTooNew';
  constructor(found: number, known: number) {
    super(
      `the data are of version ${found} and this Concert knows versions up to ${known}. Nothing was touched: start the newer Concert again, or restore a backup from before the upgrade`,
    );
  }
}

type Meta = {
  _id: string;
  /** The last migration that is complete. */
  version: number;
  /** Which instance migrates now, and until when nobody else may. */
  leaseOwner?: string;
  leaseUntil?: Date;
  migratedAt?: Date;
};

export type MigrateOptions = {
  readonly db: Db;
  readonly migrations: readonly Migration[];
  readonly log: Log;
  readonly ports: Ports;
  /** For tests of an owner that has died; renewed at a third of this time. */
  readonly leaseMs?: number;
};

const ID = 'data';
const LEASE_MS = 60_000;
const LOOK_MS = 100;

const recordOf = (db: Db): Collection<Meta> => db.collection<Meta>('meta');

/**
 * Brings stored data to the version of this program, before anything else reads or writes them. Of several instances
 * that start together one migrates and the others wait; when it dies, another one goes on where it stopped.
 * @throws DataTooNew, without having written anything
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { db, migrations, log } = options;
  const wanted = migrations.at(-1)?.version ?? 0;
  const meta = recordOf(db);
  let told = false;
  for (;;) {
    const found = (await meta.findOne({ _id: ID }))?.version ?? 0;
    if (found > wanted) throw new DataTooNew(found, wanted);
    if (found === wanted) return;
    const owner = options.ports.newRandomId();
    if (await take(meta, owner, options)) {
      await runAll(meta, owner, options);
      continue;
    }
    if (!told) log.info('waiting for another instance that migrates the data');
    told = true;
    await pause(LOOK_MS);
  }
}

/** Takes the lease, which is free at first and again when its owner has died. */
async function take(meta: Collection<Meta>, owner: string, options: MigrateOptions): Promise<boolean> {
  const now = options.ports.now();
  try {
    await meta.updateOne({ _id: ID }, { $setOnInsert: { version: 0 } }, { upsert: true });
  } catch (error) {
    // Somebody else made it in the same moment.
    if (!isDuplicate(error)) throw error;
  }
  const taken = await meta.updateOne(
    { _id: ID, $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: now } }] },
    { $set: { leaseOwner: owner, leaseUntil: new Date(now.getTime() + (options.leaseMs ?? LEASE_MS)) } },
  );
  return taken.modifiedCount === 1;
}

/** Runs what is missing, each step recorded before the next begins; gives the lease back also when one fails. */
async function runAll(meta: Collection<Meta>, owner: string, options: MigrateOptions): Promise<void> {
  const { db, migrations, log, ports } = options;
  const renewal = renew(meta, owner, options);
  try {
    const from = (await meta.findOne({ _id: ID }))?.version ?? 0;
    for (const { version, name, run } of migrations.filter((migration) => migration.version > from)) {
      const begun = performance.now();
      log.info({ version, migration: name }, 'migrating the data');
      await run(db);
      const recorded = await meta.updateOne(
        { _id: ID, leaseOwner: owner, version: version - 1 },
        { $set: { version, migratedAt: ports.now() } },
      );
      if (recorded.matchedCount === 0)
        throw new Error(`another instance took over the migration to version ${version}`);
      log.info({ version, migration: name, ms: Math.round(performance.now() - begun) }, 'the data are migrated');
    }
  } finally {
    clearInterval(renewal);
    await meta.updateOne({ _id: ID, leaseOwner: owner }, { $unset: { leaseOwner: '', leaseUntil: '' } });
  }
}

function renew(meta: Collection<Meta>, owner: string, { ports, log, leaseMs = LEASE_MS }: MigrateOptions) {
  return setInterval(() => {
    const leaseUntil = new Date(ports.now().getTime() + leaseMs);
    meta
      .updateOne({ _id: ID, leaseOwner: owner }, { $set: { leaseUntil } })
      .catch((error: unknown) => log.warn({ err: error }, 'the lease of the migration could not be renewed'));
  }, leaseMs / 3).unref();
}

/** What a list of migrations must be: numbered without gaps, so that "the version after" is one and the same for all. */
export function inOrder(migrations: readonly Migration[]): readonly Migration[] {
  migrations.forEach(({ version, name }, at) => {
    if (version !== at + 1) throw new Error(`migration ${name} must have version ${at + 1}, not ${version}`);
  });
  return migrations;
}

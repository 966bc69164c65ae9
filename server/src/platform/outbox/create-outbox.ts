import type { Collection, Db } from 'mongodb';
import type { DomainEvent } from '../events.ts';
import type { Log } from '../log.ts';
import type { Ports } from '../ports.ts';
import type { Outbox, Reactions } from './outbox.ts';

type OutboxDoc = {
  _id: string;
  outbox?: DomainEvent[];
  /** Until when one instance works on this document's events, or when the next try is due. */
  outboxUntil?: Date;
  outboxTries?: number;
};

/** How often every watched collection is looked through, for events whose instance died before telling. */
const POLL_MS = 5_000;
/** Longer than any reaction takes: after it another instance takes over. */
const LEASE_MS = 60_000;
/** After so many failures an event is put aside for a person to look at, so that it does not hold up the others. */
const MAX_TRIES = 10;
const MAX_BACKOFF_MS = 300_000;
/** Documents worked on at a time, so that one slow mail server does not hold up the rest. */
const LANES = 4;

const backoff = (tries: number): number => Math.min(1000 * 2 ** tries, MAX_BACKOFF_MS);

/** Works through the events of one collection. */
function worker(options: { db: Db; log: Log; ports: Ports; reactions: readonly Reactions[] }, name: string) {
  const { db, log, ports, reactions } = options;
  const collection: Collection<OutboxDoc> = db.collection(name);

  const lease = async (): Promise<OutboxDoc | null> => {
    const now = ports.now();
    return collection.findOneAndUpdate(
      // Ids are strings: this is "has any" in the words that an index answers everywhere.
      { 'outbox.id': { $gt: '' }, $or: [{ outboxUntil: { $exists: false } }, { outboxUntil: { $lte: now } }] },
      { $set: { outboxUntil: new Date(now.getTime() + LEASE_MS) } },
      { returnDocument: 'after', projection: { outbox: 1, outboxUntil: 1, outboxTries: 1 } },
    );
  };

  const react = async (event: DomainEvent): Promise<void> => {
    for (const table of reactions) await table[event.type]?.(event);
  };

  const done = (doc: OutboxDoc, event: DomainEvent) =>
    collection.updateOne(
      { _id: { $eq: doc._id } },
      { $pull: { outbox: { id: event.id } }, $unset: { outboxTries: '' } },
    );

  const failed = async (doc: OutboxDoc, event: DomainEvent, error: unknown): Promise<void> => {
    const tries = (doc.outboxTries ?? 0) + 1;
    log.error({ err: error, event: event.id, type: event.type, tries }, 'a reaction failed');
    if (tries >= MAX_TRIES) {
      await db
        .collection<{ _id: string } & Record<string, unknown>>('outbox_failed')
        .updateOne({ _id: event.id }, { $set: { event, collection: name, at: ports.now() } }, { upsert: true });
      await done(doc, event);
      return;
    }
    const outboxUntil = new Date(ports.now().getTime() + backoff(tries));
    await collection.updateOne({ _id: { $eq: doc._id } }, { $set: { outboxUntil, outboxTries: tries } });
  };

  /** One document's events in their order; stops at the first that fails. */
  const carryOut = async (doc: OutboxDoc): Promise<void> => {
    for (const event of doc.outbox ?? []) {
      try {
        await react(event);
      } catch (error) {
        return failed(doc, event, error);
      }
      await done(doc, event);
    }
    await collection.updateOne(
      { _id: { $eq: doc._id }, outboxUntil: { $eq: doc.outboxUntil } },
      { $unset: { outboxUntil: '' } },
    );
  };

  const lane = async (stopped: () => boolean): Promise<void> => {
    while (!stopped()) {
      const doc = await lease();
      if (doc === null) return;
      await carryOut(doc);
    }
  };
  return async (stopped: () => boolean): Promise<void> => {
    await Promise.all(Array.from({ length: LANES }, () => lane(stopped)));
  };
}

type Options = {
  readonly db: Db;
  readonly log: Log;
  readonly ports: Ports;
  /** There is no other instance: whoever had leases when this one starts was an earlier run of it. */
  readonly alone?: boolean;
};

/** Events pushed into the documents they change, carried out at least once each, also after a crash. */
export function createOutbox({ db, log, ports, alone = false }: Options): Outbox {
  const watched = new Set<string>();
  let run: ((name: string) => void) | undefined;

  const release = (name: string): Promise<unknown> =>
    db.collection<OutboxDoc>(name).updateMany({ 'outbox.id': { $gt: '' } }, { $unset: { outboxUntil: '' } });

  const start = async (reactions: readonly Reactions[]): Promise<() => Promise<void>> => {
    if (alone) await Promise.all([...watched].map(release));
    let stopping = false;
    const busy = new Map<string, Promise<void>>();
    const again = new Set<string>();
    run = (name) => {
      if (stopping) return;
      if (busy.has(name)) {
        again.add(name);
        return;
      }
      const turn = worker(
        { db, log, ports, reactions },
        name,
      )(() => stopping)
        .catch((error: unknown) =>
          log.warn({ err: error, collection: name }, 'events wait: the database does not answer'),
        )
        .finally(() => {
          busy.delete(name);
          if (again.delete(name)) run?.(name);
        });
      busy.set(name, turn);
    };
    const timer = setInterval(() => {
      for (const name of watched) run?.(name);
    }, POLL_MS);
    timer.unref();
    for (const name of watched) run(name);
    return async () => {
      stopping = true;
      clearInterval(timer);
      await Promise.all(busy.values());
    };
  };

  return {
    event: (type, data, actorId) => ({
      id: ports.newId(),
      type,
      at: ports.now(),
      ...(actorId === undefined ? {} : { actorId }),
      data,
    }),
    watch: (collection) => {
      watched.add(collection);
    },
    wake: (collection) => {
      watched.add(collection);
      run?.(collection);
    },
    waiting: async () => {
      const counts = await Promise.all(
        [...watched].map((name) => db.collection(name).countDocuments({ 'outbox.id': { $gt: '' } })),
      );
      const failed = await db.collection('outbox_failed').estimatedDocumentCount();
      return { waiting: counts.reduce((sum, count) => sum + count, 0), failed };
    },
    start,
  };
}

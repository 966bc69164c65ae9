import { EDITOR_SCHEMA } from '@concert/contract';
import type { SyncEngine } from '@concert/sync';
import { createBus, createSyncEngine, defaultLimits, withoutRateLimits } from '@concert/sync';
import { MongoStore, storeIndexes } from '@concert/sync/mongo-store';
import type { Db } from 'mongodb';
import type { Registry } from 'prom-client';
import type { Access } from '../access/access.ts';
import type { Audit } from '../audit/audit.ts';
import type { Auth } from '../auth/auth.ts';
import type { Bus } from '../bus/bus.ts';
import type { Config } from '../config.ts';
import type { Site } from '../http/site.ts';
import type { Log } from '../log.ts';
import { answers, inStoreTime, inStoreTimeBut } from '../mongo/patience.ts';
import type { Ports } from '../ports.ts';
import { serveFallback } from './fallback.ts';
import { createRoomsMeter } from './measure.ts';
import { noteRefusedEdits } from './refused-edits.ts';
import { type RightsChange, type RunningRooms, SYSTEM_AUTHOR } from './rooms.ts';
import { openStore } from './store.ts';
import { createTurns } from './turns.ts';
import { syncUpgrades, type UpgradeOptions } from './upgrade.ts';

export type RoomsOptions = {
  readonly db: Db;
  readonly config: Config;
  readonly site: Site;
  readonly log: Log;
  readonly access: Access;
  readonly auth: Auth;
  readonly bus: Bus;
  readonly metrics: Registry;
  readonly audit: Audit;
  readonly ports: Ports;
};

type Person = { readonly id: string; readonly name: string; readonly color: string };

/** Everybody present, by document. */
function byDocument(engine: SyncEngine): ReadonlyMap<string, readonly Person[]> {
  const people = new Map<string, Person[]>();
  for (const { documentId, personId, name, color } of engine.presence()) {
    const there = people.get(documentId) ?? [];
    there.push({ id: personId, name, color });
    people.set(documentId, there);
  }
  return people;
}

/** The engine tells of every move of a caret; slices want to hear who has come and gone. */
function comingsAndGoings(engine: SyncEngine, tell: (documentId: string) => void): void {
  const before = new Map<string, string>();
  engine.onPresence((documentId) => {
    const now = engine
      .presence(documentId)
      .map(({ personId }) => personId)
      .sort()
      .join(' ');
    if (now === (before.get(documentId) ?? '')) return;
    if (now === '') before.delete(documentId);
    else before.set(documentId, now);
    tell(documentId);
  });
}

/** How often sessions are looked for that have ended without anybody saying so. */
const LOOK_MS = 5_000;
/** In so many looks everybody's rights are judged again, some people at each; all at once while instances cannot talk. */
const LOOKS_A_ROUND = 12;
/** A database that takes longer to say that it is there has better things to do. */
const BUSY_MS = 250;

/** The people whose turn it is: everybody once in a round. */
function turnOf(people: readonly string[], look: number, looks: number): readonly string[] {
  const size = Math.ceil(people.length / looks);
  const start = (look % looks) * size;
  return people.slice(start, start + size);
}

/**
 * Judges open sockets again. Rights that end at a known instant have a timer (`access.lookAgain`), and every change is
 * told; this finds what nobody tells: sessions that have run out, all asked for at once, and what an instance that
 * could not be heard has changed, a few people at a time, so that nobody's typing waits for the rights of all others.
 * While the database is away or busy nobody is judged: that nothing can be asked ends no right. Answers how to stop.
 */
function judgeAgain(engine: SyncEngine, { db, log, auth, bus }: RoomsOptions): () => void {
  let judging = false;
  let looks = 0;
  const hasTime = async (): Promise<boolean> => {
    const asked = performance.now();
    return (await answers(() => db.command({ ping: 1 }))) && performance.now() - asked <= BUSY_MS;
  };
  const look = async (): Promise<void> => {
    looks += 1;
    const sessions = engine.sessions();
    if (sessions.size === 0 || !(await hasTime())) return;
    for (const sessionId of await auth.ended(sessions)) await engine.invalidate({ sessionId });
    const people = [...new Set(engine.presence().map(({ personId }) => personId))].sort();
    for (const personId of turnOf(people, looks, bus.isReady() ? LOOKS_A_ROUND : 1)) {
      if (!(await hasTime())) return;
      await engine.review({ personId });
    }
  };
  const timer = setInterval(() => {
    if (judging) return;
    judging = true;
    look()
      .catch((error: unknown) => log.warn({ err: error }, 'rights of open documents could not be judged again'))
      .finally(() => {
        judging = false;
      });
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const withPerson = <Match extends object>(match: Match, personId: string | undefined) =>
  personId === undefined ? match : { ...match, personId };

/** The live documents over the database, and the sockets through which people work on them. */
export async function createRooms(options: RoomsOptions): Promise<RunningRooms> {
  const { db, config, site, log, access, auth, bus } = options;
  const database = new MongoStore(db, { shared: bus.documents !== undefined });
  const { store, settle, waitingBytes, close } = await openStore(database, config, log);
  const measures = createRoomsMeter(options.metrics);
  const engine = createSyncEngine({
    store,
    ...(bus.documents === undefined ? {} : { bus: createBus(bus.documents) }),
    limits: config.rateLimits ? defaultLimits : withoutRateLimits(defaultLimits),
    log,
    meter: measures.meter,
    onRefused: noteRefusedEdits(options),
    schema: EDITOR_SCHEMA,
  });
  /** What has changed during each decision that is under way. */
  const deciding = new Set<RightsChange[]>();
  const noteChanges = () => {
    const changes: RightsChange[] = [];
    deciding.add(changes);
    return { changes, stop: () => void deciding.delete(changes) };
  };
  const presenceListeners: ((documentId: string) => void)[] = [];
  comingsAndGoings(engine, (documentId) => {
    for (const listener of presenceListeners) listener(documentId);
  });
  measures.watch(engine, waitingBytes);
  const stopJudging = judgeAgain(engine, options);
  const inTurn: UpgradeOptions['inTurn'] = config.rateLimits ? createTurns() : (_asker, work) => work();
  const doors = { engine, auth, access, site, log, noteChanges, inTurn };
  return {
    indexes: storeIndexes,
    handleUpgrade: syncUpgrades(doors),
    serveFallback: (namespace) => serveFallback(namespace, doors),
    read: async (documentId) => {
      const { update, seq } = await inStoreTime(engine.readState(documentId));
      await inStoreTime(settle(documentId));
      return { update, seq };
    },
    authors: async (documentId, among) => {
      const owners = await inStoreTime(database.owners(documentId, among));
      return new Map([...owners].filter(([, personId]) => personId !== SYSTEM_AUTHOR));
    },
    readAfter: async (documentId, seq) => {
      const records = await inStoreTime(store.loadAfter(documentId, seq));
      await inStoreTime(settle(documentId));
      return records;
    },
    head: (documentId) => store.head(documentId),
    edit: async (documentId, personId, edit) => {
      await inStoreTimeBut((aside) =>
        engine.applyServerUpdate(documentId, (state) => aside(async () => edit(state)), { personId }),
      );
      await inStoreTime(settle(documentId));
    },
    onDurable: (listener) => {
      engine.onDurable((documentId, { seq, personIds }) => {
        listener(documentId, { seq, personIds: personIds.filter((personId) => personId !== SYSTEM_AUTHOR) });
      });
    },
    onPresence: (listener) => {
      presenceListeners.push(listener);
    },
    isOpen: (documentId) => engine.presence(documentId).length > 0,
    present: () => byDocument(engine),
    measured: () => measures.read(engine),
    invalidate: async (change) => {
      for (const changes of deciding) changes.push(change);
      const { credentialId, personIds, ...match } = change;
      const one = { ...match, ...(credentialId === undefined ? {} : { sessionId: credentialId }) };
      await Promise.all((personIds ?? [undefined]).map((personId) => engine.invalidate(withPerson(one, personId))));
    },
    stop: async () => {
      stopJudging();
      const lost = await engine.drain();
      await engine.stop();
      await close();
      if (lost > 0)
        throw new Error(`${lost} bytes of text could not be saved; their authors were not told that they are`);
    },
  };
}

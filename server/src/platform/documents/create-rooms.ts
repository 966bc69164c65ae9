import { EDITOR_SCHEMA } from '@concert/contract';
import type { SyncEngine } from '@concert/sync';
import { createBus, createSyncEngine, defaultLimits, withoutRateLimits } from '@concert/sync';
import { MongoStore, storeIndexes } from '@concert/sync/mongo-store';
import type { Db } from 'mongodb';
import type { Registry } from 'prom-client';
import type { Access } from '../access/access.ts';
import type { Auth } from '../auth/auth.ts';
import type { Bus } from '../bus/bus.ts';
import type { Config } from '../config.ts';
import type { Site } from '../http/site.ts';
import type { Log } from '../log.ts';
import { answers, inStoreTime, inStoreTimeBut } from '../mongo/patience.ts';
import { createRoomsMeter } from './measure.ts';
import type { RightsChange, RunningRooms } from './rooms.ts';
import { syncUpgrades } from './upgrade.ts';

export type RoomsOptions = {
  readonly db: Db;
  readonly config: Config;
  readonly site: Site;
  readonly log: Log;
  readonly access: Access;
  readonly auth: Auth;
  readonly bus: Bus;
  readonly metrics: Registry;
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

/** How often rights that end by themselves (sessions, memberships with an end) are looked for. */
const RECHECK_MS = 5_000;
/** A database that takes longer to say that it is there has better things to do. */
const BUSY_MS = 250;

/**
 * Judges open sockets again, one person after the other, so that nobody's typing waits for the rights of all others.
 * While the database is away or busy nobody is judged: that nothing can be asked ends no right. Answers how to stop.
 */
function judgeAgain(engine: SyncEngine, { db, log }: Pick<RoomsOptions, 'db' | 'log'>): () => void {
  let judging = false;
  const round = async (): Promise<void> => {
    for (const personId of new Set(engine.presence().map((present) => present.personId))) {
      const asked = performance.now();
      if (!(await answers(() => db.command({ ping: 1 }))) || performance.now() - asked > BUSY_MS) return;
      await engine.invalidate({ personId });
    }
  };
  const timer = setInterval(() => {
    if (judging) return;
    judging = true;
    round()
      .catch((error: unknown) => log.warn({ err: error }, 'rights of open documents could not be judged again'))
      .finally(() => {
        judging = false;
      });
  }, RECHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const withPerson = <Match extends object>(match: Match, personId: string | undefined) =>
  personId === undefined ? match : { ...match, personId };

/** The live documents over the database, and the sockets through which people work on them. */
export async function createRooms(options: RoomsOptions): Promise<RunningRooms> {
  const { db, config, site, log, access, auth, bus } = options;
  const store = new MongoStore(db, { shared: bus.documents !== undefined });
  const measures = createRoomsMeter(options.metrics);
  const engine = createSyncEngine({
    store,
    ...(bus.documents === undefined ? {} : { bus: createBus(bus.documents) }),
    limits: config.rateLimits ? defaultLimits : withoutRateLimits(defaultLimits),
    log,
    meter: measures.meter,
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
  measures.watch(engine);
  const stopJudging = judgeAgain(engine, options);
  return {
    indexes: storeIndexes,
    handleUpgrade: syncUpgrades({ engine, auth, access, site, log, noteChanges }),
    read: async (documentId) => {
      const { update, seq } = await inStoreTime(engine.readState(documentId));
      return { update, seq };
    },
    head: (documentId) => store.head(documentId),
    edit: (documentId, personId, edit) =>
      inStoreTimeBut((aside) =>
        engine.applyServerUpdate(documentId, (state) => aside(async () => edit(state)), { personId }),
      ),
    onDurable: (listener) => {
      engine.onDurable(listener);
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
      if (lost > 0)
        throw new Error(`${lost} bytes of text could not be saved; their authors were not told that they are`);
    },
  };
}

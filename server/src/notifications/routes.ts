import { type Actor, Problem } from '@concert/contract';
import { type Notification, notificationsApi } from '@concert/domain/notifications/api.ts';
import type { Mailed, MailMode } from '@concert/domain/notifications/preferences.ts';
import { isPushService } from '@concert/domain/notifications/push.ts';
import { levelOf, type WatchLevel } from '@concert/domain/notifications/rules.ts';
import { implement } from '@orpc/server';
import { z } from 'zod';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActor, requireActorWithinLimits, tokenLimited } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import type { Card, Step } from '../platform/subjects.ts';
import type { PreferencesStore } from './preferences-store.ts';
import type { DeviceStore } from './push/devices.ts';
import { areKeys, type Push } from './push/push.ts';
import { type NotificationPlace, type NotificationRecord, type NotificationStore, placeOf } from './store.ts';
import { readStopKey, stoppedKinds } from './unsubscribe.ts';

type Parts = {
  readonly platform: Platform;
  readonly store: NotificationStore;
  readonly preferences: PreferencesStore;
  /** [N13] Sends somebody's digests now; answers how many there are. */
  readonly sendDigests: (personId: string) => Promise<number>;
  readonly devices: DeviceStore;
  readonly push: Pick<Push, 'publicKey'>;
};

const Place = z.tuple([
  z.union([z.literal(0), z.literal(1)]),
  z.number().int().min(0).max(8.64e15),
  z.string().min(1).max(64),
]);

const placeFrom = (cursor: string | undefined): NotificationPlace | undefined => {
  if (cursor === undefined) return undefined;
  const [unread, at, id] = readCursor(cursor, Place);
  return { unread: unread === 1, at, id };
};

/** So many unread ones are counted at most: beyond it "more than" is what anybody wants to know. */
const COUNTED = 100;
const NO_COLOR = '#495057';
const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

/** [N5] Shows what somebody was told, as far as they may see it now. */
function createViews({ auth, subjects }: Platform) {
  const cardsFor = async (actor: Actor, records: readonly NotificationRecord[]): Promise<ReadonlyMap<string, Card>> => {
    const kinds = [...new Set(records.map(({ subject }) => subject.kind))];
    const found = await Promise.all(
      kinds.map(async (kind) => {
        const ids = records.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.id);
        const cards = (await subjects.of(kind)?.cards(actor, ids)) ?? new Map<string, Card>();
        return [...cards].map(([id, card]) => [`${kind}:${id}`, card] as const);
      }),
    );
    return new Map(found.flat());
  };
  return {
    visible: async (actor: Actor, records: readonly NotificationRecord[]) => {
      const cards = await cardsFor(actor, records);
      return records.flatMap((record) => {
        const card = cards.get(`${record.subject.kind}:${record.subject.id}`);
        return card === undefined ? [] : [{ record, card }];
      });
    },
    show: async (shown: readonly { record: NotificationRecord; card: Card }[]): Promise<Notification[]> => {
      const ids = shown.flatMap(({ record }) => record.events.flatMap(({ by }) => by ?? []));
      const people = await auth.people.byIds([...new Set(ids)]);
      return shown.map(({ record: { id, subject, unread, lastAt, events, snoozedUntil }, card }) => ({
        id,
        subject: { ...subject, title: card.title, path: card.path, ...(card.context ? { context: card.context } : {}) },
        unread,
        lastAt: lastAt.toISOString(),
        events: events.map(({ by, at, ...event }) => ({
          ...event,
          ...(by === undefined
            ? {}
            : { by: { id: by, name: people.get(by)?.name ?? '', color: people.get(by)?.color ?? NO_COLOR } }),
          at: at.toISOString(),
        })),
        ...(snoozedUntil === null ? {} : { snoozedUntil: snoozedUntil.toISOString() }),
      }));
    },
  };
}

/** The inbox, and how much of what one wants to hear. */
export function notificationRoutes(parts: Parts) {
  const { platform, store, preferences, sendDigests } = parts;
  const { auth, limits, live, mail, ports } = platform;
  const os = implement(notificationsApi).$context<Context>();
  const own = os.use(requireActor);
  const views = createViews(platform);
  const changed = (personId: string): void => live.toPerson(personId, 'notifications.changed', {});

  /** Those that may be seen now, up to `limit` of them, however many lie between that may not. */
  const page = async (actor: Actor, state: 'unread' | 'all' | 'snoozed', limit: number, cursor: string | undefined) => {
    const kept: { record: NotificationRecord; card: Card }[] = [];
    let after = placeFrom(cursor);
    for (let more = true; more && kept.length <= limit; ) {
      const found = await store.list(actor.personId, { state, now: ports.now(), after, limit });
      more = found.length > limit;
      const batch = found.slice(0, limit);
      kept.push(...(await views.visible(actor, batch)));
      const last = batch.at(-1);
      if (last === undefined) break;
      after = placeOf(last);
    }
    return kept;
  };

  return os.router({
    list: own.list.handler(async ({ input: { state, limit, cursor }, context: { actor } }) => {
      const kept = await page(actor, state, limit, cursor);
      const shown = kept.slice(0, limit);
      const items = await views.show(shown);
      const last = shown.at(-1);
      if (kept.length <= limit || last === undefined) return { items };
      const { unread, at, id } = placeOf(last.record);
      return { items, next: writeCursor([unread ? 1 : 0, at, id]) };
    }),
    count: own.count.handler(async ({ context: { actor } }) => ({
      unread: Math.min((await page(actor, 'unread', COUNTED, undefined)).length, COUNTED),
    })),
    update: own.update.handler(async ({ input: { id, read, snoozedUntil }, context: { actor } }) => {
      const before = await store.get(actor.personId, id);
      const known = before === null ? [] : await views.visible(actor, [before]);
      if (known.length === 0) throw notFound();
      const until = snoozedUntil == null ? null : new Date(snoozedUntil);
      if (until !== null && until <= ports.now()) throw new Problem('BAD_REQUEST', 'ends-in-the-past');
      const after = await store.change(actor.personId, id, {
        ...(read === undefined ? {} : { unread: !read }),
        ...(snoozedUntil === undefined ? {} : { snoozedUntil: until }),
      });
      const [shown] = after === null ? [] : await views.show(await views.visible(actor, [after]));
      if (shown === undefined) throw notFound();
      changed(actor.personId);
      return shown;
    }),
    readAll: own.readAll.handler(async ({ input: { until }, context: { actor } }) => {
      await store.readAll(actor.personId, new Date(until));
      changed(actor.personId);
      return {};
    }),
    readAbout: own.readAbout.handler(async ({ input: { subjects }, context: { actor } }) => {
      if (await store.markRead(actor.personId, subjects)) changed(actor.personId);
      return {};
    }),
    preferences: own.preferences.handler(async ({ context: { actor } }) => ({
      ...(await preferences.of(actor.personId)),
      delivers: mail.delivers,
    })),
    setPreferences: own.setPreferences.handler(async ({ input, context: { actor } }) => ({
      ...(await preferences.change(actor.personId, input)),
      delivers: mail.delivers,
    })),
    sendDigest: own.sendDigest.handler(async ({ context: { actor } }) => {
      await limits.require('signsOfPerson', actor.personId, 'too-many-signs');
      return { letters: await sendDigests(actor.personId) };
    }),
    // Anybody who holds the link: a mail program has no session. It stops letters, and nothing else.
    unsubscribe: os.unsubscribe.handler(async ({ input: { stopKey } }) => {
      const stopped = readStopKey(auth, stopKey);
      if (stopped === null) throw notFound();
      if ((await auth.people.byId(stopped.personId)) === null) throw notFound();
      const { mail: modes } = await preferences.of(stopped.personId);
      const kinds = stoppedKinds(stopped.of, modes);
      const off = Object.fromEntries(kinds.map((kind): [Mailed, MailMode] => [kind, 'off']));
      await preferences.change(stopped.personId, { mail: off });
      return { stopped: [...kinds] };
    }),
    push: pushRoutes(parts),
    watches: watchRoutes({ platform, store }),
  });
}

/** [N14] In which browsers somebody is told while the page is closed. It is a browser's affair: tokens have none. */
function pushRoutes({ platform: { config, ports, limits }, devices, push }: Parts) {
  const os = implement(notificationsApi)
    .$context<Context>()
    .use(requireActor)
    .use(({ context, next }) => {
      if (context.actor.via !== 'session') throw tokenLimited();
      return next();
    });
  const stateOf = async (personId: string) => ({
    publicKey: push.publicKey,
    devices: (await devices.of(personId)).length,
  });
  return {
    get: os.push.get.handler(({ context: { actor } }) => stateOf(actor.personId)),
    add: os.push.add.handler(async ({ input: { endpoint, keys }, context: { actor } }) => {
      const { personId, credentialId: sessionId } = actor;
      if (!isPushService(endpoint, config.pushServices)) throw new Problem('BAD_REQUEST', 'not-a-push-service');
      if (!areKeys(keys)) throw new Problem('BAD_REQUEST', 'invalid-input');
      await limits.require('signsOfPerson', personId, 'too-many-signs');
      await devices.add({ endpoint, keys, personId, sessionId, createdAt: ports.now() });
      return stateOf(personId);
    }),
    remove: os.push.remove.handler(async ({ input: { endpoint }, context: { actor } }) => {
      await devices.remove(actor.personId, endpoint);
      return stateOf(actor.personId);
    }),
  };
}

/** [N2] How much somebody hears of a subject that they may see. */
function watchRoutes({ platform: { subjects }, store }: Pick<Parts, 'platform' | 'store'>) {
  const os = implement(notificationsApi).$context<Context>().use(requireActorWithinLimits);
  const pathOf = async (actor: Actor, kind: string, id: string): Promise<readonly Step[]> => {
    const path = await subjects.of(kind)?.path(actor, id);
    if (!path) throw notFound();
    return path;
  };
  const watchAt = async ({ personId }: Actor, path: readonly Step[]) => {
    const levels = await store.levels([personId], path);
    const settings = path.map((step) => levels.get(store.levelKey(personId, step)));
    return { level: levelOf(settings), own: settings[0] ?? null };
  };
  const set = async (actor: Actor, kind: string, { id, level }: { id: string; level: WatchLevel | null }) => {
    const path = await pathOf(actor, kind, id);
    await store.setLevel(actor.personId, { kind, id }, level);
    return watchAt(actor, path);
  };
  const { workspaces, documents, threads } = os.watches;
  return {
    workspaces: {
      get: workspaces.get.handler(async ({ input, context: { actor } }) =>
        watchAt(actor, await pathOf(actor, 'workspace', input.id)),
      ),
      set: workspaces.set.handler(({ input, context: { actor } }) => set(actor, 'workspace', input)),
    },
    documents: {
      get: documents.get.handler(async ({ input, context: { actor } }) =>
        watchAt(actor, await pathOf(actor, 'document', input.id)),
      ),
      set: documents.set.handler(({ input, context: { actor } }) => set(actor, 'document', input)),
    },
    threads: {
      get: threads.get.handler(async ({ input, context: { actor } }) =>
        watchAt(actor, await pathOf(actor, 'thread', input.id)),
      ),
      set: threads.set.handler(({ input, context: { actor } }) => set(actor, 'thread', input)),
    },
  };
}

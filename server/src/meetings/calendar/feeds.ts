import { timingSafeEqual } from 'node:crypto';
import { Problem } from '@concert/contract';
import { meetingsApi } from '@concert/domain/meetings/api.ts';
import { implement } from '@orpc/server';
import type { Db } from 'mongodb';
import type { Auth } from '../../platform/auth/auth.ts';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { calledIn, type Parts } from '../parts.ts';
import { feed } from './ics.ts';

const FEEDS = 'calendar_feeds';

/** More than somebody is called to in a year and a half. */
const MAX_ENTRIES = 500;
const PAST_MS = 180 * 86_400_000;

type FeedDoc = { _id: string; turn: number; open: boolean };

/** Which address of somebody's calendar is good: the one of its last turn, while it is open. */
function feedStore(db: Db) {
  const collection = db.collection<FeedDoc>(FEEDS);
  return {
    turn: async (personId: string): Promise<number | undefined> => {
      const doc = await collection.findOne({ _id: { $eq: personId } });
      return doc?.open === true ? doc.turn : undefined;
    },
    next: async (personId: string): Promise<number> => {
      const update = { $inc: { turn: 1 }, $set: { open: true } };
      const doc = await collection.findOneAndUpdate({ _id: { $eq: personId } }, update, {
        upsert: true,
        returnDocument: 'after',
      });
      return doc?.turn ?? 1;
    },
    close: async (personId: string): Promise<void> => {
      await collection.updateOne({ _id: { $eq: personId } }, { $set: { open: false } });
    },
    remove: async (personId: string): Promise<void> => {
      await collection.deleteOne({ _id: { $eq: personId } });
    },
  };
}
export const calendarFeeds = feedStore;

const secretOf = (auth: Pick<Auth, 'derive'>, personId: string, turn: number): string =>
  auth.derive(`meetings-calendar:${turn}:${personId}`);

/** The end of the address of somebody's calendar: whose it is, and a secret of 256 bits. */
const pathOf = (auth: Pick<Auth, 'derive'>, personId: string, turn: number): string =>
  `/api/calendar/${personId}.${secretOf(auth, personId, turn)}`;

const same = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** [M28] Somebody's meetings that a calendar shows: those to which they are called, and that are more than prepared. */
async function entriesOf({ platform, store }: Parts, personId: string) {
  const { bodies, ports, site } = platform;
  const now = ports.now();
  const own = await bodies.ofPerson(personId);
  const listed = { allOf: [], convenedOf: own.map(({ id }) => id), guestId: personId };
  const [coming, past] = await Promise.all(
    [false, true].map((gone) => store.list(listed, { past: gone, limit: MAX_ENTRIES })),
  );
  const found = [...(coming ?? []), ...(past ?? [])].filter(({ sortAt }) => sortAt.getTime() > now.getTime() - PAST_MS);
  const known = await bodies.byIds(found.map(({ bodyId }) => bodyId));
  return found.flatMap((meeting) => {
    const body = known.get(meeting.bodyId);
    if (body === undefined) return [];
    if (!calledIn({ meeting, body, now }).some((one) => one.personId === personId)) return [];
    return [{ meeting, bodyName: body.name, url: `${site.url()}/meetings/${meeting.id}` }];
  });
}

/** [M28] Calendars of meetings. */
export function calendarRoutes(parts: Parts) {
  const { auth, db, ports } = parts.platform;
  const open = implement(meetingsApi).$context<Context>();
  const os = open.use(requireActor);
  const feeds = feedStore(db);
  return {
    calendar: os.calendar.handler(async ({ context: { actor } }) => {
      const turn = await feeds.turn(actor.personId);
      return turn === undefined ? {} : { path: pathOf(auth, actor.personId, turn) };
    }),
    openCalendar: os.openCalendar.handler(async ({ context: { actor } }) => ({
      path: pathOf(auth, actor.personId, await feeds.next(actor.personId)),
    })),
    closeCalendar: os.closeCalendar.handler(async ({ context: { actor } }) => {
      await feeds.close(actor.personId);
      return {};
    }),
    // Whoever has the address: a calendar has no session.
    readCalendar: open.readCalendar.handler(async ({ input: { feedKey } }) => {
      const [personId = '', secret = ''] = feedKey.split('.');
      const turn = /^[A-Za-z0-9_-]{1,64}$/.test(personId) ? await feeds.turn(personId) : undefined;
      const person = turn === undefined ? null : await auth.people.byId(personId);
      const good = turn !== undefined && same(secret, secretOf(auth, personId, turn));
      if (!good || person === null || person.suspended) throw new Problem('NOT_FOUND', 'not-found');
      const content = feed(await entriesOf(parts, personId), 'Concert', ports.now());
      return {
        headers: { 'cache-control': 'private, no-store', 'content-disposition': 'inline; filename="concert.ics"' },
        body: new Blob([content], { type: 'text/calendar; charset=utf-8' }),
      };
    }),
  };
}

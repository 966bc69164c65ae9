import { type Actor, Problem } from '@concert/contract';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { meetingsApi } from '@concert/domain/meetings/api.ts';
import type { RoomProvider } from '@concert/domain/meetings/shapes.ts';
import { isTimeZone, mayConvene, TRANSITIONS } from '@concert/domain/meetings/states.ts';
import { implement } from '@orpc/server';
import type { BodyFacts } from '../../platform/bodies.ts';
import { pageByDate, readDateCursor } from '../../platform/http/cursor.ts';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import type { Reader as PlatformReader } from '../../platform/mentions.ts';
import { readerOf } from '../../platform/rule-answers.ts';
import { freezePapers } from '../papers.ts';
import { enforce, type Held, held, meetingParts, mustNotBeOver, type Parts } from '../parts.ts';
import { openVotesOf } from '../polls/waiting.ts';
import type { MeetingRecord } from '../records.ts';
import { newRoom, plannedRoom } from '../rooms/links.ts';
import { FOUND_MEETINGS, tellSearch } from '../searching.ts';
import type { Listed, MeetingChange } from '../store.ts';
import { itemStep, meetingStep } from '../subjects.ts';
import { lineView, quorumNow } from '../views.ts';

/** What an entry of a calendar holds. */
const IN_CALENDARS = ['title', 'place', 'roomUrl', 'endAt'] as const;

/** By which meetings without a date come last. */
const FAR = new Date('9999-12-31T00:00:00.000Z');

/** @throws Problem BAD_REQUEST `bad-time-zone` */
function mustBeTimeZone(name: string | undefined): void {
  if (name !== undefined && !isTimeZone(name)) throw new Problem('BAD_REQUEST', 'bad-time-zone');
}

function mustEndAfterStart(startAt: Date | undefined, endAt: Date | undefined): void {
  if (endAt !== undefined && startAt !== undefined && endAt <= startAt)
    throw new Problem('BAD_REQUEST', 'ends-before-it-begins');
}

type Change = {
  readonly [Key in 'title' | 'mode' | 'timeZone' | 'note']?: string | undefined;
} & { readonly [Key in 'startAt' | 'endAt' | 'place' | 'roomUrl' | 'workspaceId']?: string | null | undefined } & {
  readonly room?: RoomProvider | null | undefined;
};

const dateAfter = (before: Date | undefined, change: string | null | undefined): Date | undefined =>
  change === undefined ? before : change === null ? undefined : new Date(change);

/** The change of what was planned. [M4] What was convened keeps its date: it is put off, and convened anew. */
function planned(platform: Parts['platform'], { meeting }: Held, change: Change): MeetingChange {
  const startAt = dateAfter(meeting.startAt, change.startAt);
  const endAt = dateAfter(meeting.endAt, change.endAt);
  mustEndAfterStart(startAt, endAt);
  // What was convened to be voted on in a room is not voted on in writing, where everybody counts as there.
  const written = change.mode !== undefined && (change.mode === 'written') !== (meeting.mode === 'written');
  const fixed = meeting.state !== 'draft' && meeting.state !== 'postponed';
  if (written && fixed) throw new Problem('CONFLICT', 'meeting-not-draft');
  const moved = startAt?.getTime() !== meeting.startAt?.getTime();
  if (moved && fixed) throw new Problem('CONFLICT', 'meeting-not-draft');
  const optional = (name: 'place' | 'workspaceId') =>
    change[name] === undefined ? {} : { [name]: change[name] ?? undefined };
  return {
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.mode === undefined ? {} : { mode: change.mode as MeetingRecord['mode'] }),
    ...(change.timeZone === undefined ? {} : { timeZone: change.timeZone }),
    ...(change.note === undefined ? {} : { note: change.note }),
    ...optional('place'),
    ...plannedRoom(platform, meeting, change),
    ...optional('workspaceId'),
    startAt,
    endAt,
    sortAt: startAt ?? FAR,
    sequence: meeting.sequence + (meeting.state === 'draft' ? 0 : 1),
  };
}

/** Guests of the platform see no bodies (governance rule G1) but those in which they have a mandate. */
export async function mustSeeBody({ platform }: Parts, actor: Actor, bodyId: string): Promise<void> {
  const body = (await platform.bodies.byIds([bodyId])).get(bodyId);
  const own = body?.mandates.some((one) => one.personId === actor.personId && isRunning(one, platform.ports.now()));
  if (body === undefined || (actor.platformRole === 'guest' && !own)) throw new Problem('NOT_FOUND', 'not-found');
}

/** [M2] Which meetings somebody may be shown in lists. */
export async function listedFor(
  { platform }: Pick<Parts, 'platform'>,
  actor: PlatformReader,
  bodyId: string | undefined,
): Promise<Listed> {
  const reader = readerOf(actor);
  const now = platform.ports.now();
  const own = await platform.bodies.ofPerson(actor.personId);
  const others = await platform.bodies.all(bodyId === undefined ? undefined : [bodyId]);
  const known = new Map([...own, ...others].map((body) => [body.id, body]));
  const all = (body: BodyFacts): boolean => conducts(body, reader, now) || own.some(({ id }) => id === body.id);
  return {
    allOf: [...known.values()].filter(all).map(({ id }) => id),
    convenedOf: [...known.values()]
      .filter((body) => !all(body) && body.publicity === 'members' && actor.platformRole !== 'guest')
      .map(({ id }) => id),
    guestId: actor.personId,
  };
}

/** What a meeting may refer to. */
function referring(parts: Parts) {
  const { access } = parts.platform;
  const { visible } = meetingParts(parts);
  const mustReach = async (actor: Actor, workspaceId: string | null | undefined): Promise<void> => {
    if (typeof workspaceId !== 'string') return;
    if ((await access.standing(actor, { kind: 'workspace', id: workspaceId })) === null)
      throw new Problem('NOT_FOUND', 'no-such-workspace');
  };
  const mustFollow = async (actor: Actor, bodyId: string, id: string | undefined): Promise<void> => {
    if (id === undefined) return;
    const first = await visible(actor, id);
    const { asked, reached } = quorumNow(first);
    // [M9] One that lacked the quorum when it ended, and was no second call itself.
    if (first.meeting.bodyId !== bodyId || first.meeting.state !== 'ended' || !asked || reached)
      throw new Problem('CONFLICT', 'not-a-second-call');
  };
  return { mustReach, mustFollow };
}

/** Lists, and new meetings. */
function listRoutes(parts: Parts) {
  const { periods, platform, store, telling } = parts;
  const { bodies, ports } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { sees, shown } = meetingParts(parts);
  const { mustReach, mustFollow } = referring(parts);
  return {
    list: os.list.handler(async ({ input: { bodyId, when = 'coming', limit, cursor }, context: { actor } }) => {
      const now = ports.now();
      if (bodyId !== undefined) await mustSeeBody(parts, actor, bodyId);
      const listed = await listedFor(parts, actor, bodyId);
      const after = readDateCursor(cursor);
      const found = await store.list(listed, { bodyId, past: when === 'past', limit, after });
      const named = await bodies.byIds(found.map((one) => one.bodyId));
      const page = pageByDate(found, limit, ({ sortAt, id }) => ({ at: sortAt, id }));
      const seen = page.items.flatMap((meeting) => {
        const body = named.get(meeting.bodyId);
        const one = body === undefined ? undefined : held(meeting, body, [], now);
        return one !== undefined && sees(actor, one) ? [one] : [];
      });
      const votes = await openVotesOf(parts, actor, seen);
      return { ...page, items: seen.map((one) => lineView(one, actor.personId, votes.get(one.meeting.id) ?? 0)) };
    }),
    create: os.create.handler(async ({ input, context: { actor } }) => {
      const { bodyId, title, mode, timeZone, place, note = '', workspaceId, secondCallOf } = input;
      const now = ports.now();
      const body = (await bodies.byIds([bodyId])).get(bodyId);
      const reader = readerOf(actor);
      const mandated = body?.mandates.some(({ personId }) => personId === actor.personId) ?? false;
      if (body === undefined || (actor.platformRole === 'guest' && !mandated))
        throw new Problem('NOT_FOUND', 'no-such-body');
      if (!conducts(body, reader, now)) throw new Problem('FORBIDDEN', 'not-a-conductor');
      if (body.state === 'archived') throw new Problem('FORBIDDEN', 'body-archived');
      mustBeTimeZone(timeZone);
      await mustReach(actor, workspaceId);
      await mustFollow(actor, bodyId, secondCallOf);
      const startAt = dateAfter(undefined, input.startAt);
      const endAt = dateAfter(undefined, input.endAt);
      mustEndAfterStart(startAt, endAt);
      const meeting: MeetingRecord = {
        ...{ id: ports.newId(), rev: 0, bodyId, title, mode, timeZone, note, state: 'draft', sequence: 0 },
        ...(startAt === undefined ? {} : { startAt }),
        ...(endAt === undefined ? {} : { endAt }),
        ...(place === undefined ? {} : { place }),
        ...newRoom(platform, input),
        ...(workspaceId === undefined ? {} : { workspaceId }),
        ...(secondCallOf === undefined ? {} : { secondCallOf }),
        ...{ agenda: [], attendance: [], proxies: [], conflicts: [], speeches: [], openPollIds: [] },
        ...{ guestIds: [], answers: [], dateOptions: [] },
        ...{ createdBy: actor.personId, createdAt: now, sortAt: startAt ?? FAR },
      };
      await store.insert(meeting);
      platform.search.changed(FOUND_MEETINGS, [meeting.id]);
      const made = held(meeting, body, await periods.of(bodyId), now);
      telling.tell(made);
      return shown(actor, made);
    }),
  };
}

/** Meetings themselves: changing, convening, cancelling. */
function meetingRoutes(parts: Parts) {
  const { platform, store, telling } = parts;
  const { outbox } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { conduct, visible, shown, mustConduct } = meetingParts(parts);
  const { mustReach } = referring(parts);
  return {
    get: os.get.handler(async ({ input: { id }, context: { actor } }) => shown(actor, await visible(actor, id))),
    update: os.update.handler(async ({ input: { id, ...change }, context: { actor } }) => {
      mustConduct(actor, await visible(actor, id));
      mustBeTimeZone(change.timeZone);
      await mustReach(actor, change.workspaceId);
      return conduct(actor, id, (found) => {
        mustNotBeOver(found);
        const after = planned(platform, found, change);
        // [M27] What calendars show is told again; a message that was reworded is not worth a letter.
        const inCalendars = IN_CALENDARS.some((name) => name in after && after[name] !== found.meeting[name]);
        const event = outbox.event('meetings.convened', { meetingId: id, what: 'changed' }, actor.personId);
        if (found.meeting.state !== 'convened' || !inCalendars) return { ...after, sequence: found.meeting.sequence };
        return { ...after, events: [event] };
      });
    }),
    remove: os.remove.handler(async ({ input: { id }, context: { actor } }) => {
      const found = await visible(actor, id);
      mustConduct(actor, found);
      if (!(await store.removeDraft(id))) throw new Problem('CONFLICT', 'meeting-not-draft');
      tellSearch(platform, found.meeting, undefined);
      const { agenda } = found.meeting;
      for (const step of [meetingStep(id), ...agenda.map((item) => itemStep(item.id))])
        await platform.notices.forget(step);
      telling.tell(found);
      return {};
    }),
    convene: os.convene.handler(async ({ input: { id, urgency }, context: { actor } }) => {
      const before = await visible(actor, id);
      mustConduct(actor, before);
      enforce(mayConvene({ ...before.facts, timeZone: before.meeting.timeZone }, before.now, urgency));
      const frozen = await freezePapers(parts, actor, before.meeting);
      return conduct(actor, id, ({ meeting, body, facts, now }) => {
        enforce(mayConvene({ ...facts, timeZone: meeting.timeZone }, now, urgency));
        return {
          ...{ state: 'convened', convenedAt: now, rulesKept: body.rules, sequence: meeting.sequence + 1, urgency },
          ...{ cancelReason: undefined, putOffFrom: undefined, answers: [], agenda: frozen(meeting.agenda) },
          events: [outbox.event('meetings.convened', { meetingId: id, what: 'convened' }, actor.personId)],
        };
      });
    }),
    cancel: os.cancel.handler(({ input: { id, how, reason }, context: { actor } }) =>
      conduct(actor, id, ({ meeting, facts }) => {
        if (TRANSITIONS.cancel[facts.state] === undefined || facts.state === how)
          throw new Problem('CONFLICT', 'meeting-not-convened');
        if (meeting.openPollIds.length > 0) throw new Problem('CONFLICT', 'open-poll');
        const { startAt, endAt } = meeting;
        const from =
          startAt === undefined ? {} : { putOffFrom: { startAt, ...(endAt === undefined ? {} : { endAt }) } };
        return {
          ...{ state: how, cancelReason: reason, sequence: meeting.sequence + 1, roomConnections: undefined },
          // [M3] What is put off has no date until it is convened anew.
          ...(how === 'postponed' ? { ...from, startAt: undefined, endAt: undefined, sortAt: FAR } : {}),
          events: [outbox.event('meetings.cancelled', { meetingId: id, how }, actor.personId)],
        };
      }),
    ),
  };
}

export const planningRoutes = (parts: Parts) => ({ ...listRoutes(parts), ...meetingRoutes(parts) });

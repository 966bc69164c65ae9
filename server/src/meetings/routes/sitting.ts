import { Problem } from '@concert/contract';
import { meetingsApi } from '@concert/domain/meetings/api.ts';
import { presenceAt } from '@concert/domain/meetings/attendance.ts';
import { extended, halted, running, started, stopped } from '@concert/domain/meetings/clock.ts';
import type { ClockState, Item, Speech } from '@concert/domain/meetings/model.ts';
import {
  floorClosed,
  floorFrom,
  floorHeld,
  floorTo,
  mayAskToSpeak,
  placeAt,
} from '@concert/domain/meetings/speakers.ts';
import { afterTheEnd, mayRise, mayTurnTo, TRANSITIONS } from '@concert/domain/meetings/states.ts';
import { implement } from '@orpc/server';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { enforce, type Held, meetingParts, type Parts } from '../parts.ts';
import { arrivedBefore, MAX_LOG, MAX_OWN, noted } from '../rooms/presence.ts';
import type { MeetingChange } from '../store.ts';

const MAX_SPEECHES = 5_000;
/** States of a poll whose votes were counted. */
const COUNTED: ReadonlySet<string> = new Set(['closed', 'published']);

/** The item that is open, if any. */
const currentOf = ({ meeting }: Held): Item | undefined =>
  meeting.agenda.find(({ id }) => id === meeting.currentItemId);

/** Its clock and its time stand still, and go on. */
const still = (item: Item, now: Date): Item => ({
  ...halted(item, now),
  ...(item.clock === undefined ? {} : { clock: stopped(item.clock, now) }),
});
const going = (item: Item, now: Date): Item => ({
  ...started(item, now),
  ...(item.clock === undefined ? {} : { clock: running(item.clock, now) }),
});

/** [M17] The meeting once it has left its current item for another, or for none. */
function turned(found: Held, itemId: string | undefined, leave: 'done' | 'paused'): MeetingChange {
  const { meeting, now } = found;
  const left = meeting.currentItemId;
  const agenda = meeting.agenda.map((item): Item => {
    if (item.id === itemId) {
      const { endedAt: _, ...open } = item;
      const clock: ClockState = item.clock ?? { remainingMs: item.plannedSec * 1_000 };
      return going({ ...open, clock, state: 'active', startedAt: item.startedAt ?? now }, now);
    }
    if (item.id !== left) return item;
    return { ...still(item, now), state: leave, ...(leave === 'done' ? { endedAt: now } : {}) };
  });
  const close = leave === 'paused' ? floorHeld : floorClosed;
  const speeches = left === undefined || left === itemId ? meeting.speeches : close(meeting.speeches, left, now);
  return { agenda, speeches, currentItemId: itemId };
}

/** [M12] What is done to the clock of the item that is open. */
function clockAfter(item: Item, what: 'run' | 'stop' | 'reset' | 'add', seconds: number, now: Date): ClockState {
  const clock: ClockState = item.clock ?? { remainingMs: item.plannedSec * 1_000 };
  if (what === 'run') return running(clock, now);
  if (what === 'stop') return stopped(clock, now);
  if (what === 'add') return extended(clock, seconds * 1_000);
  const fresh = { remainingMs: (seconds === 0 ? item.plannedSec : seconds) * 1_000 };
  return 'endsAt' in clock ? running(fresh, now) : fresh;
}

/** Opening and ending, the pointer and its clock. */
function pointerRoutes(parts: Parts) {
  const { platform, polls } = parts;
  const { outbox, ports } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { conduct } = meetingParts(parts);
  return {
    open: os.open.handler(({ input: { id }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        const { meeting, now } = found;
        if (TRANSITIONS.open[meeting.state] === undefined) throw new Problem('CONFLICT', 'meeting-not-convened');
        const item = currentOf(found);
        return {
          ...(meeting.openedAt === undefined ? arrivedBefore(found, ports.newId) : {}),
          ...{ state: 'in-session', openedAt: meeting.openedAt ?? now },
          ...(item === undefined
            ? {}
            : { agenda: meeting.agenda.map((one) => (one.id === item.id ? going(one, now) : one)) }),
          events: [outbox.event('meetings.opened', { meetingId: id }, actor.personId)],
        };
      }),
    ),
    suspend: os.suspend.handler(({ input: { id }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        const { meeting, now } = found;
        enforce(mayRise(found.facts, 'suspend'));
        const agenda = meeting.agenda.map((one) => (one.id === meeting.currentItemId ? still(one, now) : one));
        return { state: 'suspended', agenda, speeches: floorHeld(meeting.speeches, meeting.currentItemId ?? '', now) };
      }),
    ),
    end: os.end.handler(async ({ input: { id }, context: { actor } }) => {
      const voted = new Set(
        (await polls.ofMeeting(id)).filter(({ state }) => COUNTED.has(state)).map((one) => one.itemId),
      );
      return conduct(actor, id, (found) => {
        enforce(mayRise(found.facts, 'end'));
        const left = turned(found, undefined, 'done');
        // In writing an item is dealt with by its vote.
        const dealtWith = (item: Item): Item =>
          found.meeting.mode === 'written' && item.state === 'scheduled' && voted.has(item.id)
            ? { ...item, state: 'done', endedAt: found.now }
            : item;
        return {
          ...left,
          ...{
            roomConnections: undefined,
            state: 'ended',
            endedAt: found.now,
            agenda: (left.agenda ?? []).map(dealtWith).map(afterTheEnd),
          },
          // [M54] What was given for a time and counted here stays as it was, whatever becomes of it.
          proxies: found.facts.proxies,
          events: [outbox.event('meetings.ended', { meetingId: id }, actor.personId)],
        };
      });
    }),
    turnTo: os.turnTo.handler(({ input: { id, itemId, leave = 'done' }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        const wanted = itemId ?? undefined;
        enforce(mayTurnTo(found.facts, wanted));
        return wanted !== undefined && wanted === found.meeting.currentItemId ? {} : turned(found, wanted, leave);
      }),
    ),
    clock: os.clock.handler(({ input: { id, do: what, seconds = 0 }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        const item = currentOf(found);
        if (found.meeting.state !== 'in-session' || item === undefined) throw new Problem('CONFLICT', 'item-not-open');
        const clock = clockAfter(item, what, seconds, found.now);
        return { agenda: found.meeting.agenda.map((one) => (one.id === item.id ? { ...one, clock } : one)) };
      }),
    ),
  };
}

/** Who is there, and who speaks. */
function floorRoutes(parts: Parts) {
  const { ports } = parts.platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { actingFor, alter, conducting, visible } = meetingParts(parts);
  return {
    attend: os.attend.handler(({ input: { id, what, personId }, context: { actor } }) =>
      alter(actor, id, (found) => {
        const { meeting } = found;
        const who = actingFor(actor, found, personId);
        if (meeting.state !== 'in-session' && meeting.state !== 'suspended' && meeting.state !== 'convened')
          throw new Problem('CONFLICT', 'meeting-not-in-session');
        if ((presenceAt(meeting.attendance).get(who) ?? 'out') === what) return {};
        const own = meeting.attendance.filter(({ by }) => by === actor.personId).length;
        // One person must not use up the log for all; who conducts notes for many.
        if (meeting.attendance.length >= MAX_LOG || (!conducting(actor, found) && own >= MAX_OWN))
          throw new Problem('CONFLICT', 'too-busy');
        return noted(found, ports.newId, { personId: who, what, by: actor.personId });
      }),
    ),
    attendance: os.attendance.handler(async ({ input: { id }, context: { actor } }) => ({
      items: (await visible(actor, id)).meeting.attendance.map(({ at, ...event }) => ({
        ...event,
        at: at.toISOString(),
      })),
    })),
    askToSpeak: os.askToSpeak.handler(({ input, context: { actor } }) =>
      alter(actor, input.id, (found) => {
        const { kind, stance, note } = input;
        const { meeting, now } = found;
        const personId = actingFor(actor, found, input.personId);
        enforce(mayAskToSpeak(found.facts, { personId, kind }, conducting(actor, found)));
        const own = meeting.speeches.filter((one) => one.personId === personId).length;
        if (meeting.speeches.length >= MAX_SPEECHES || (!conducting(actor, found) && own >= MAX_OWN))
          throw new Problem('CONFLICT', 'too-busy');
        const speech: Speech = {
          ...{ id: ports.newId(), itemId: meeting.currentItemId ?? '', personId, kind, state: 'waiting' },
          ...{ askedAt: now, place: 0, spentMs: 0 },
          ...(stance === undefined ? {} : { stance }),
          ...(note === undefined || note === '' ? {} : { note }),
        };
        return { speeches: [...meeting.speeches, speech] };
      }),
    ),
    speaker: os.speaker.handler(({ input: { id, speakerId, do: what }, context: { actor } }) =>
      alter(actor, id, (found) => {
        const { meeting, now } = found;
        const speech = meeting.speeches.find((one) => one.id === speakerId);
        if (speech === undefined) throw new Problem('NOT_FOUND', 'no-such-speaker');
        // Who waits takes the hand down; who has the floor, or was interrupted, ends.
        const mayOwn = speech.state === 'waiting' ? 'remove' : 'end';
        const own = speech.personId === actor.personId && what === mayOwn;
        if (!own && !conducting(actor, found)) throw new Problem('FORBIDDEN', 'not-a-conductor');
        if (meeting.state !== 'in-session') throw new Problem('CONFLICT', 'meeting-not-in-session');
        return { speeches: afterWord(meeting.speeches, speech, what, now) };
      }),
    ),
  };
}

type Word = 'start' | 'pause' | 'resume' | 'end' | 'remove' | 'first' | 'last';

/** [M11] The list after something was done to one of its speeches. What was spoken is never taken off it. */
function afterWord(speeches: readonly Speech[], speech: Speech, what: Word, now: Date): readonly Speech[] {
  const change = (after: Speech) => speeches.map((one) => (one.id === speech.id ? after : one));
  if (speech.state === 'done') throw new Problem('CONFLICT', 'item-dealt-with');
  switch (what) {
    case 'start':
    case 'resume':
      return floorTo(speeches, speech.id, now);
    case 'pause':
      return speech.state === 'speaking' ? floorHeld(speeches, speech.itemId, now) : speeches;
    case 'end':
      return floorFrom(speeches, speech.id, now);
    case 'remove':
      return speech.state === 'waiting'
        ? speeches.filter(({ id }) => id !== speech.id)
        : floorFrom(speeches, speech.id, now);
    default:
      return change({ ...speech, place: placeAt(speeches, speech.itemId, what) });
  }
}

export const sittingRoutes = (parts: Parts) => ({ ...pointerRoutes(parts), ...floorRoutes(parts) });

import { no, type Verdict, yes } from '@concert/contract';
import { isThere, presenceAt, sentOut } from './attendance.ts';
import { halted, spentOf, started } from './clock.ts';
import type { MeetingFacts, Speech } from './model.ts';
import { SPEECH_KINDS } from './shapes.ts';

export type SpeechRefusal =
  | 'meeting-not-in-session'
  | 'item-not-open'
  | 'queue-closed'
  | 'already-waiting'
  | 'not-present'
  | 'no-such-speaker';

const rankOf = ({ kind }: Speech): number => SPEECH_KINDS.indexOf(kind);

/**
 * [M11] The list of speakers of an item: who has the floor, who was interrupted, then who waits: questions before points of
 * order before speeches; among equals in the order of the chair, then of asking. Who has spoken comes last, as they spoke.
 */
export function inOrderOfSpeaking(speeches: readonly Speech[]): readonly Speech[] {
  const turn = { speaking: 0, paused: 1, waiting: 2, done: 3 } as const;
  return speeches.toSorted(
    (one, other) =>
      turn[one.state] - turn[other.state] ||
      (one.state === 'waiting' ? rankOf(one) - rankOf(other) || one.place - other.place : 0) ||
      one.askedAt.getTime() - other.askedAt.getTime() ||
      (one.id < other.id ? -1 : one.id > other.id ? 1 : 0),
  );
}

/** [M10] [M11] Whether somebody may be put on the list of the item that is open; the chair also after it was closed. */
export function mayAskToSpeak(
  meeting: Pick<MeetingFacts, 'state' | 'agenda' | 'currentItemId' | 'attendance' | 'conflicts' | 'speeches'>,
  wanted: Pick<Speech, 'personId' | 'kind'>,
  byChair: boolean,
): Verdict<SpeechRefusal> {
  if (meeting.state !== 'in-session') return no('meeting-not-in-session');
  const item = meeting.agenda.find(({ id }) => id === meeting.currentItemId);
  if (item === undefined) return no('item-not-open');
  const there = isThere(presenceAt(meeting.attendance).get(wanted.personId));
  if (!there || sentOut(meeting.conflicts, item.id).has(wanted.personId)) return no('not-present');
  // A point of order is about the way the meeting is held: no closed list keeps it out.
  if (!item.queueOpen && !byChair && wanted.kind !== 'order') return no('queue-closed');
  const waits = meeting.speeches.some(
    (one) =>
      one.itemId === item.id && one.personId === wanted.personId && one.kind === wanted.kind && one.state === 'waiting',
  );
  return waits ? no('already-waiting') : yes;
}

/**
 * [M11] Gives somebody the floor. A question or a point of order interrupts who speaks, who goes on afterwards; any other
 * speech ends theirs. Who loses the floor is put last, so that of those who were interrupted the last one is found last.
 */
export function floorTo(speeches: readonly Speech[], id: string, now: Date): readonly Speech[] {
  const next = speeches.find((one) => one.id === id);
  if (next === undefined || next.state === 'speaking') return speeches;
  const interrupts = next.kind !== 'speech';
  const others = speeches.filter(({ state }) => state !== 'speaking');
  const before = speeches.filter(({ state }) => state === 'speaking');
  return [
    ...others.map((one): Speech => (one.id === id ? { ...started(one, now), state: 'speaking' } : one)),
    ...before.map((one): Speech => ({ ...halted(one, now), state: interrupts ? 'paused' : 'done' })),
  ];
}

/** [M11] Ends a speech; who was interrupted for it last has the floor again. */
export function floorFrom(speeches: readonly Speech[], id: string, now: Date): readonly Speech[] {
  const ended = speeches.find((one) => one.id === id);
  const after = speeches.map((one): Speech => (one.id === id ? { ...halted(one, now), state: 'done' } : one));
  if (ended?.state !== 'speaking') return after;
  const back = after.findLast(({ state, itemId }) => state === 'paused' && itemId === ended.itemId);
  return back === undefined ? after : floorTo(after, back.id, now);
}

/** [M11] All speeches of an item that is left: whoever waits does so no more, and nobody has the floor. */
export const floorClosed = (speeches: readonly Speech[], itemId: string, now: Date): readonly Speech[] =>
  speeches
    .filter((one) => one.itemId !== itemId || one.state !== 'waiting')
    .map((one) => (one.itemId === itemId && one.state !== 'done' ? { ...halted(one, now), state: 'done' } : one));

/** [M11] [M17] The list of an item that is set aside, or of a sitting that is suspended: who speaks is interrupted. */
export function floorHeld(speeches: readonly Speech[], itemId: string, now: Date): readonly Speech[] {
  const held = speeches.filter((one) => one.itemId === itemId && one.state === 'speaking');
  // Last, so that who was interrupted last is the first to go on.
  return [
    ...speeches.filter((one) => !held.includes(one)),
    ...held.map((one): Speech => ({ ...halted(one, now), state: 'paused' })),
  ];
}

/** [M11] The place that puts a waiting speech before or behind all others of its item. */
export function placeAt(speeches: readonly Speech[], itemId: string, where: 'first' | 'last'): number {
  const places = speeches.filter((one) => one.itemId === itemId && one.state === 'waiting').map(({ place }) => place);
  return where === 'first' ? Math.min(0, ...places) - 1 : Math.max(0, ...places) + 1;
}

/** [M11] What each college has spoken on an item, in milliseconds; questions and points of order are free. */
export function spentByCollege(
  speeches: readonly Speech[],
  itemId: string,
  collegeOf: (personId: string) => string | undefined,
  now: Date,
): ReadonlyMap<string, number> {
  const spent = new Map<string, number>();
  for (const one of speeches) {
    const college = one.itemId === itemId && one.kind === 'speech' ? collegeOf(one.personId) : undefined;
    if (college !== undefined) spent.set(college, (spent.get(college) ?? 0) + spentOf(one, now));
  }
  return spent;
}

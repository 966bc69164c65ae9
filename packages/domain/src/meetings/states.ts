import { no, type Verdict, yes } from '@concert/contract';
import type { Item, MeetingFacts, StoredState } from './model.ts';
import type { MeetingState } from './shapes.ts';

/** What can be done to a meeting as a whole. */
export const MEETING_EVENTS = ['convene', 'cancel', 'open', 'suspend', 'end'] as const;
export type MeetingEvent = (typeof MEETING_EVENTS)[number];

/** [M3] From which states each of them leads, and where to. */
export const TRANSITIONS: { readonly [Event in MeetingEvent]: { readonly [From in StoredState]?: StoredState } } = {
  convene: { draft: 'convened', postponed: 'convened' },
  cancel: { convened: 'cancelled', postponed: 'cancelled' },
  open: { convened: 'in-session', suspended: 'in-session' },
  suspend: { 'in-session': 'suspended' },
  end: { 'in-session': 'ended', suspended: 'ended' },
};

/** In which an agenda, a guest list and a date may still be changed. */
const BEFORE: ReadonlySet<StoredState> = new Set(['draft', 'convened', 'postponed']);
const OVER: ReadonlySet<StoredState> = new Set(['ended', 'cancelled']);

export const isOver = ({ state }: Pick<MeetingFacts, 'state'>): boolean => OVER.has(state);
export const isBefore = ({ state }: Pick<MeetingFacts, 'state'>): boolean => BEFORE.has(state);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** [M6] When the agenda is fixed, for a meeting that has a beginning. */
export const freezesAt = ({ startAt, rules }: Pick<MeetingFacts, 'startAt' | 'rules'>): Date | undefined =>
  startAt === undefined ? undefined : new Date(startAt.getTime() - rules.freezeHours * HOUR_MS);

/** [M6] The state as people see it. */
export function stateShown(meeting: Pick<MeetingFacts, 'state' | 'startAt' | 'rules'>, now: Date): MeetingState {
  if (meeting.state !== 'convened') return meeting.state;
  const at = freezesAt(meeting);
  return at !== undefined && at <= now ? 'frozen' : 'convened';
}

/** [M6] Whether an item that is added now is late. */
export const isFrozen = (meeting: Pick<MeetingFacts, 'state' | 'startAt' | 'rules'>, now: Date): boolean => {
  const state = stateShown(meeting, now);
  return state === 'frozen' || state === 'in-session' || state === 'suspended';
};

/** The day of an instant in a time zone, as a number of days. */
function dayIn(instant: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(instant)
    .map(({ type, value }) => [type, Number(value)] as const);
  const { year = 0, month = 1, day = 1 } = Object.fromEntries(parts);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/**
 * [M4] Clear days between two instants, in the days of a time zone: neither the day of the one nor that of the other counts,
 * as in CGCT art. L2121-11 and L4132-18 ("jours francs").
 */
export const clearDays = (from: Date, until: Date, timeZone: string): number =>
  Math.max(0, dayIn(until, timeZone) - dayIn(from, timeZone) - 1);

/** Whether this is the name of a time zone here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export type ConveneRefusal =
  | 'meeting-not-draft'
  | 'no-date'
  | 'ends-before-it-begins'
  | 'no-agenda'
  | 'notice-too-short'
  | 'in-the-past';

/** [M4] Whether a meeting may be convened now; with a reason, urgency shortens the notice. */
export function mayConvene(
  meeting: Pick<MeetingFacts, 'state' | 'startAt' | 'endAt' | 'rules' | 'agenda'> & { readonly timeZone: string },
  now: Date,
  urgency: string | undefined,
): Verdict<ConveneRefusal> {
  const { state, startAt, endAt, rules, agenda, timeZone } = meeting;
  if (TRANSITIONS.convene[state] === undefined) return no('meeting-not-draft');
  if (startAt === undefined) return no('no-date');
  if (endAt !== undefined && endAt <= startAt) return no('ends-before-it-begins');
  if (startAt <= now) return no('in-the-past');
  if (!agenda.some((item) => item.state === 'scheduled')) return no('no-agenda');
  return urgency === undefined && clearDays(now, startAt, timeZone) < rules.noticeDays ? no('notice-too-short') : yes;
}

export type TurnRefusal =
  | 'meeting-not-in-session'
  | 'no-such-item'
  | 'item-dealt-with'
  | 'item-not-accepted'
  | 'open-poll';

/** [M17] [M57] Whether the sitting may turn to an item, or to none. What is only proposed is accepted first. */
export function mayTurnTo(meeting: MeetingFacts, itemId: string | undefined): Verdict<TurnRefusal> {
  if (meeting.state !== 'in-session') return no('meeting-not-in-session');
  if (meeting.openPollIds.length > 0) return no('open-poll');
  if (itemId === undefined) return yes;
  const item = meeting.agenda.find(({ id }) => id === itemId);
  if (item === undefined) return no('no-such-item');
  if (item.state === 'proposed') return no('item-not-accepted');
  return item.state === 'refused' || item.state === 'withdrawn' ? no('item-dealt-with') : yes;
}

/** [M57] Whether the body votes on taking this item: proposed late, where the rules ask for two thirds. */
export const isVotedIn = (
  { state, late }: Pick<Item, 'state' | 'late'>,
  { lateItems }: Pick<MeetingFacts['rules'], 'lateItems'>,
): boolean => state === 'proposed' && late && lateItems === 'two-thirds';

/** [M18] Whether the sitting may be suspended or ended: no vote is under way. What is held in writing ends without a sitting. */
export function mayRise(
  meeting: MeetingFacts,
  event: 'suspend' | 'end',
): Verdict<'meeting-not-in-session' | 'open-poll'> {
  const inWriting = event === 'end' && meeting.mode === 'written' && meeting.state === 'convened';
  if (TRANSITIONS[event][meeting.state] === undefined && !inWriting) return no('meeting-not-in-session');
  return meeting.openPollIds.length > 0 ? no('open-poll') : yes;
}

/** [M18] What has not been dealt with when a meeting ends is put off to the next. */
export const afterTheEnd = (item: Item): Item =>
  item.state === 'scheduled' || item.state === 'paused' ? { ...item, state: 'deferred' } : item;

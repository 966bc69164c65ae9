import { no, type Verdict, yes } from '@concert/contract';
import type { z } from 'zod';
import type { Presence, StoredState } from './model.ts';
import type { MeetingMode, Quality } from './shapes.ts';

const MINUTE_MS = 60_000;

/** [M41] So long before a meeting begins its room can be entered. */
export const ROOM_OPENS_MS = 30 * MINUTE_MS;
/** [M41] A meeting without an end that nobody opens: so long after its beginning its room closes. */
const ROOM_STAYS_MS = 24 * 60 * MINUTE_MS;
/** [M41] So long a link into a room is good: enough to try camera and microphone before one goes in. */
export const ROOM_LINK_MS = 10 * MINUTE_MS;

/** As what somebody is in a room. */
export type RoomPart = 'moderates' | 'speaks' | 'listens';

/** [M41] As what somebody enters the room, by their quality in the meeting; who is not called does not. */
export function roomPart(quality: z.infer<typeof Quality> | undefined, conducts: boolean): RoomPart | undefined {
  if (quality === undefined) return undefined;
  if (conducts) return 'moderates';
  return quality === 'observer' ? 'listens' : 'speaks';
}

/** A meeting as far as it matters for its room; pages know it with its dates as texts. */
type Roomed = {
  readonly mode: MeetingMode;
  readonly state: StoredState | 'frozen';
  readonly startAt?: Date | string | undefined;
  readonly endAt?: Date | string | undefined;
};

/** [M40] [M41] Whether the room of a meeting is open now: shortly before it begins and while it is held, never in writing. */
export function roomIsOpen(meeting: Roomed, now: Date): Verdict<'no-such-room' | 'room-not-open'> {
  const { mode, state, startAt, endAt } = meeting;
  if (mode === 'written') return no('no-such-room');
  if (state === 'in-session' || state === 'suspended') return yes;
  if ((state !== 'convened' && state !== 'frozen') || startAt === undefined) return no('room-not-open');
  const begins = new Date(startAt).getTime();
  const ends = endAt === undefined ? begins + ROOM_STAYS_MS : new Date(endAt).getTime();
  const at = now.getTime();
  return at >= begins - ROOM_OPENS_MS && at < ends ? yes : no('room-not-open');
}

/** One device of somebody in a room, as its provider names it. Those that have gone are remembered: they do not come back. */
export type RoomConnection = { readonly id: string; readonly personId: string; readonly gone: boolean };

/** What a provider tells of somebody. */
export type RoomNews = {
  readonly connection: string;
  readonly personId: string;
  readonly what: 'joined' | 'left';
};

/** [M43] So many devices of one person are remembered in one meeting. */
export const MAX_CONNECTIONS = 50;

/** Without the oldest of somebody's devices once there are too many; those that have gone go first. */
function bounded(all: readonly RoomConnection[], personId: string): readonly RoomConnection[] {
  const own = all.filter((one) => one.personId === personId);
  if (own.length <= MAX_CONNECTIONS) return all;
  const least = own.find(({ gone }) => gone) ?? own[0];
  return all.filter((one) => one !== least);
}

/**
 * [M43] The devices in a room after some news; the same list where it tells nothing new: a second time, or that somebody
 * has joined by a device that has left already.
 */
export function connectionsAfter(
  known: readonly RoomConnection[],
  { connection: id, personId, what }: RoomNews,
): readonly RoomConnection[] {
  const gone = what === 'left';
  const found = known.find((one) => one.id === id && one.personId === personId);
  if (found === undefined) return bounded([...known, { id, personId, gone }], personId);
  if (found.gone || !gone) return known;
  return known.map((one) => (one === found ? { ...found, gone } : one));
}

/** [M43] The devices in a room that has been closed by its provider. */
export const allGone = (known: readonly RoomConnection[]): readonly RoomConnection[] =>
  known.every(({ gone }) => gone) ? known : known.map((one) => ({ ...one, gone: true }));

const devicesOf = (all: readonly RoomConnection[], personId: string): number =>
  all.filter((one) => one.personId === personId && !one.gone).length;

/** [M42] Who is in a room with a device at least. */
export const inRoom = (all: readonly RoomConnection[]): readonly string[] => [
  ...new Set(all.filter(({ gone }) => !gone).map(({ personId }) => personId)),
];

/**
 * [M42] What the log of attendance gets to know by a change in the room: who was not there and joins is there at a
 * distance; who was, and leaves with their last device, is gone. Who sits in the room stays there, whatever they open.
 */
export function presenceByRoom(
  before: readonly RoomConnection[],
  after: readonly RoomConnection[],
  personId: string,
  presence: Presence,
): Presence | undefined {
  const [had, has] = [devicesOf(before, personId), devicesOf(after, personId)];
  if (presence === 'out' && has > had) return 'remote';
  if (presence === 'remote' && had > 0 && has === 0) return 'out';
  return undefined;
}

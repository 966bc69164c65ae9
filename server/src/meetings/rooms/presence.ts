import { Problem } from '@concert/contract';
import { presenceAt } from '@concert/domain/meetings/attendance.ts';
import type { Presence } from '@concert/domain/meetings/model.ts';
import { afterArrival } from '@concert/domain/meetings/proxies.ts';
import {
  allGone,
  connectionsAfter,
  presenceByRoom,
  type RoomConnection,
  type RoomNews,
} from '@concert/domain/meetings/rooms.ts';
import type { RoomProvider } from '@concert/domain/meetings/shapes.ts';
import { calledIn, type Held, held, type Parts } from '../parts.ts';
import type { MeetingRecord } from '../records.ts';
import { MEETINGS, type MeetingChange } from '../store.ts';

export const MAX_LOG = 20_000;
/** Comings and goings, or speeches, of one person in one meeting. */
export const MAX_OWN = 200;

type Line = {
  readonly personId: string;
  readonly what: Presence;
  readonly by: string;
  readonly source?: RoomProvider;
};

/** The log of attendance with one line more; who comes votes themself [M16]. */
export function noted({ meeting, now }: Held, newId: () => string, line: Line): MeetingChange {
  const itemId = meeting.currentItemId;
  const event = { id: newId(), at: now, ...line, ...(itemId === undefined ? {} : { itemId }) };
  return {
    attendance: [...meeting.attendance, event],
    ...(line.what === 'out' ? {} : { proxies: afterArrival(meeting.proxies, line.personId) }),
  };
}

const SITTING: ReadonlySet<string> = new Set(['in-session', 'suspended']);
/** Who has joined is remembered for when the sitting opens. */
const HEARD: ReadonlySet<string> = new Set(['convened', ...SITTING]);

/** [M42] What the log gets to know when the devices in a room have become others. A full log takes nothing more. */
function notedByRoom(
  found: Held,
  newId: () => string,
  source: RoomProvider,
  [before, after]: readonly [readonly RoomConnection[], readonly RoomConnection[]],
): MeetingChange {
  let { meeting } = found;
  let change: MeetingChange = {};
  for (const personId of new Set(after.map((one) => one.personId))) {
    const presence = presenceAt(meeting.attendance).get(personId) ?? 'out';
    const what = presenceByRoom(before, after, personId, presence);
    const own = meeting.attendance.filter(({ by }) => by === personId).length;
    if (what === undefined || meeting.attendance.length >= MAX_LOG || own >= MAX_OWN) continue;
    change = noted({ ...found, meeting }, newId, { personId, what, by: personId, source });
    meeting = { ...meeting, ...change } as MeetingRecord;
  }
  return change;
}

/** [M42] Who is in the room when the sitting opens. */
export function arrivedBefore(found: Held, newId: () => string): MeetingChange {
  const { roomConnections = [], room } = found.meeting;
  return notedByRoom(found, newId, room?.provider ?? 'jitsi', [[], roomConnections]);
}

/** What came from a room: of one person, or that it was closed. */
export type Told = RoomNews | 'closed';

type Needed = Pick<Parts, 'platform' | 'store' | 'periods' | 'telling'>;

/** Takes in what rooms tell. */
export function roomPresence({ platform, store, periods, telling }: Needed) {
  const { bodies, outbox, ports } = platform;
  const decide = (found: Held, source: RoomProvider, told: Told): MeetingChange => {
    const { state, roomConnections: known = [] } = found.meeting;
    const become = (after: readonly RoomConnection[]): MeetingChange => {
      if (!HEARD.has(state) || after === known) return {};
      const lines = SITTING.has(state) ? notedByRoom(found, ports.newId, source, [known, after]) : {};
      return { ...lines, roomConnections: after };
    };
    if (told === 'closed') return become(allGone(known));
    // Who was called when they joined may leave, even if they are called no more.
    const before = known.some((one) => one.id === told.connection && one.personId === told.personId);
    if (!before && !calledIn(found).some(({ personId }) => personId === told.personId))
      throw new Problem('NOT_FOUND', 'no-such-person');
    return become(connectionsAfter(known, told));
  };
  return {
    /**
     * Notes what a room tells of a meeting; what is not new writes nothing.
     * @throws Problem NOT_FOUND for somebody who is not called
     */
    hear: async (meeting: MeetingRecord, source: RoomProvider, told: Told): Promise<void> => {
      const body = (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
      if (body === undefined) throw new Problem('NOT_FOUND', 'not-found');
      const now = ports.now();
      const given = await periods.of(body.id);
      if (Object.keys(decide(held(meeting, body, given, now), source, told)).length === 0) return;
      const saved = await store.change(meeting.id, (latest) => decide(held(latest, body, given, now), source, told));
      outbox.wake(MEETINGS);
      telling.tell(held(saved, body, given, now));
    },
  };
}

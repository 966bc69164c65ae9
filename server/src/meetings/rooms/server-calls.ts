import { Problem } from '@concert/contract';
import { roomsApi } from '@concert/domain/meetings/rooms-api.ts';
import type { RoomProvider } from '@concert/domain/meetings/shapes.ts';
import { implement } from '@orpc/server';
import { z } from 'zod';
import type { Context } from '../../platform/http/route.ts';
import { networkOf, tooMany } from '../../platform/limits.ts';
import type { Parts } from '../parts.ts';
import type { MeetingRecord } from '../records.ts';
import { eventsIn, isFromBbb } from './bbb.ts';
import { hookAddress, hookSecret } from './links.ts';
import { roomPresence, type Told } from './presence.ts';
import { isFromLiveKit, personOfIdentity, sameSecret } from './tokens.ts';

const MINUTE_MS = 60_000;

/** As much of an event of LiveKit as is needed; of most of them nothing. */
const LiveKitEvent = z.object({
  event: z.string(),
  room: z.object({ name: z.string() }).optional(),
  participant: z.object({ sid: z.string().max(100), identity: z.string().max(300) }).optional(),
});

/** Refuses who says to be a provider and is not: told to the log and the audit once a minute, and counted. */
function refusing({ platform: { audit, limits, log, ports } }: Parts) {
  return {
    /** @throws Problem TOO_MANY_REQUESTS for a network from which much was forged lately */
    mayTry: async (ip: string): Promise<void> => {
      const wait = await limits.exhausted('forgedCallsOfNetwork', networkOf(ip));
      if (wait !== undefined) throw tooMany('too-many-attempts', wait);
    },
    refuse: async (provider: RoomProvider, ip: string): Promise<Problem> => {
      await limits.spend('forgedCallsOfNetwork', networkOf(ip));
      log.warn({ provider }, 'a call about a room was refused: it is not signed as it should be');
      const id = `room-call-refused:${provider}:${Math.floor(ports.now().getTime() / MINUTE_MS)}`;
      await audit.record({ id, event: 'meetings.room-call-refused', actorId: null, data: { provider } });
      return new Problem('UNAUTHORIZED', 'not-signed');
    },
  };
}

/** [M43] What providers tell of their rooms. Anybody may call; only what is signed by the provider is heard. */
export function serverCalls(parts: Parts) {
  const { platform, store } = parts;
  const { config, ports } = platform;
  const os = implement(roomsApi).$context<Context>();
  const { mayTry, refuse } = refusing(parts);
  const { hear } = roomPresence(parts);
  const meetingAt = async (provider: RoomProvider, name: string): Promise<MeetingRecord> => {
    const meeting = await store.ofRoom(name);
    if (meeting?.room?.provider !== provider) throw new Problem('NOT_FOUND', 'no-such-room');
    return meeting;
  };
  return {
    fromLiveKit: os.fromLiveKit.handler(async ({ input, context: { ip } }) => {
      const { livekit } = config.video;
      if (livekit === undefined) throw new Problem('NOT_FOUND', 'not-found');
      await mayTry(ip);
      const { raw } = input.body;
      const { authorization } = input.headers;
      if (!(await isFromLiveKit(livekit, { authorization, raw, now: ports.now() }))) throw await refuse('livekit', ip);
      const { event, room, participant } = readEvent(raw);
      const told = toldByLiveKit(event, participant);
      if (told !== undefined) await hear(await meetingAt('livekit', room?.name ?? ''), 'livekit', told);
      return {};
    }),
    fromBigBlueButton: os.fromBigBlueButton.handler(async ({ input, context: { ip } }) => {
      const { bbb } = config.video;
      if (bbb === undefined) throw new Problem('NOT_FOUND', 'not-found');
      await mayTry(ip);
      const { raw } = input.body;
      const [room = '', key = ''] = input.params.hookKey.split('.');
      const { checksum } = input.query;
      const { authorization } = input.headers;
      const call = { callbackURL: hookAddress(platform, room), checksum, authorization, raw };
      if (!sameSecret(key, hookSecret(platform, room)) || !isFromBbb(bbb, call)) throw await refuse('bbb', ip);
      const told = eventsIn(raw, ports.now());
      if (told === undefined) throw new Problem('BAD_REQUEST', 'invalid-input');
      if (told.stale) throw await refuse('bbb', ip);
      const meeting = await meetingAt('bbb', room);
      for (const { what, room: of, personId, connection } of told.events) {
        if (of !== room) continue;
        if (what === 'meeting-ended') await hear(meeting, 'bbb', 'closed');
        else if (what === 'user-joined' || what === 'user-left') {
          const news = { connection, personId: personId || personBehind(meeting, connection) };
          await hear(meeting, 'bbb', { ...news, what: what === 'user-left' ? 'left' : 'joined' }).catch(finally401);
        }
      }
      return {};
    }),
  };
}

/** @throws Problem BAD_REQUEST for what is no event */
function readEvent(raw: string): z.infer<typeof LiveKitEvent> {
  try {
    return LiveKitEvent.parse(JSON.parse(raw));
  } catch {
    throw new Problem('BAD_REQUEST', 'invalid-input');
  }
}

const OF_SOMEBODY: ReadonlyMap<string, 'joined' | 'left'> = new Map([
  ['participant_joined', 'joined'],
  ['participant_left', 'left'],
  ['participant_connection_aborted', 'left'],
]);

/** What an event of LiveKit says of who is in the room; most say nothing of it. */
function toldByLiveKit(event: string, participant: z.infer<typeof LiveKitEvent>['participant']): Told | undefined {
  if (event === 'room_finished') return 'closed';
  const what = OF_SOMEBODY.get(event);
  if (what === undefined || participant === undefined) return undefined;
  const { sid: connection, identity } = participant;
  return { connection, personId: personOfIdentity(identity), what };
}

/** BigBlueButton may have forgotten whose device has left. */
const personBehind = ({ roomConnections = [] }: MeetingRecord, connection: string): string =>
  roomConnections.find(({ id }) => id === connection)?.personId ?? '';

/** To BigBlueButton's module 401 is a last word; what else is refused it repeats for minutes, and then tells nothing more. */
function finally401(error: unknown): never {
  throw error instanceof Problem ? new Problem('UNAUTHORIZED', error.reason) : error;
}

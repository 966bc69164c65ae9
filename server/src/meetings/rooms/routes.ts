import { Problem } from '@concert/contract';
import { type RoomPart, roomIsOpen, roomPart } from '@concert/domain/meetings/rooms.ts';
import { roomsApi } from '@concert/domain/meetings/rooms-api.ts';
import { implement } from '@orpc/server';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { calledIn, enforce, type Held, meetingParts, type Parts } from '../parts.ts';
import { linkInto, providersIn, roomOf } from './links.ts';
import { roomPresence } from './presence.ts';
import { serverCalls } from './server-calls.ts';

/** [M41] Who goes into the room of a meeting, and what providers say of it. */
export function roomRoutes(parts: Parts) {
  const { platform } = parts;
  const { config, limits } = platform;
  const os = implement(roomsApi).$context<Context>().use(requireActor);
  const { conducting, visible } = meetingParts(parts);
  const { hear } = roomPresence(parts);
  const partIn = (found: Held, personId: string, conducts: boolean): RoomPart => {
    const quality = calledIn(found).find((one) => one.personId === personId)?.quality;
    const part = roomPart(quality, conducts);
    if (part === undefined) throw new Problem('FORBIDDEN', 'not-taking-part');
    return part;
  };
  return {
    providers: os.providers.handler(() => ({ items: providersIn(config.video) })),
    enter: os.enter.handler(async ({ input: { id }, context: { actor } }) => {
      const found = await visible(actor, id);
      const { meeting, now } = found;
      const part = partIn(found, actor.personId, conducting(actor, found));
      const room = roomOf(config.video, meeting);
      if (room === undefined) throw new Problem('NOT_FOUND', 'no-such-room');
      enforce(roomIsOpen(meeting, now));
      await limits.require('roomsOfPerson', actor.personId, 'too-busy');
      const { provider } = room;
      if (meeting.room === undefined) return { url: meeting.roomUrl ?? '', embed: true, provider };
      const { personId, name } = actor;
      return linkInto(platform, provider, { room: meeting.room.name, personId, name, part, now }, meeting.title);
    }),
    // Jitsi calls no server: the page that shows it tells what the frame tells it, of its own person alone.
    tell: os.tell.handler(async ({ input: { id, what, connection }, context: { actor } }) => {
      const found = await visible(actor, id);
      partIn(found, actor.personId, conducting(actor, found));
      if (roomOf(config.video, found.meeting)?.provider !== 'jitsi') throw new Problem('NOT_FOUND', 'no-such-room');
      await limits.require('roomsOfPerson', actor.personId, 'too-busy');
      await hear(found.meeting, 'jitsi', { connection, personId: actor.personId, what });
      return {};
    }),
    ...serverCalls(parts),
  };
}

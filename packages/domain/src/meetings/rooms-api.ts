import { Id } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { RoomProvider } from './shapes.ts';

const route = (method: 'GET' | 'POST', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['meetings'], summary });

const meeting = z.object({ id: Id });
const done = z.object({});

/** A body as it came: what it is signed by covers its bytes. */
const Raw = z.object({ raw: z.string() });
const Signature = z.string().max(4_096);

/** A link of one's own into a room, for the next minutes. */
export const RoomLink = z.object({
  url: z.string(),
  /** Whether it may be opened beside the agenda; else in a tab of its own. */
  embed: z.boolean(),
  provider: RoomProvider,
});
export type RoomLink = z.infer<typeof RoomLink>;

export const roomsApi = {
  providers: route('GET', '/rooms', 'Where meetings can have a room for voice and video here')
    .input(z.object({}).strict())
    .output(z.object({ items: z.array(z.object({ provider: RoomProvider, host: z.string() })) })),
  enter: route('POST', '/meetings/{id}/room', 'A link of one’s own into the room of a meeting, good for a few minutes')
    .input(meeting.strict())
    .output(RoomLink),
  tell: route('POST', '/meetings/{id}/room/presence', 'Say that one has joined or left by the room that the page shows')
    .input(
      meeting
        .extend({
          what: z.enum(['joined', 'left']),
          /** Names this opening of the room: who joins by two devices leaves with the last. */
          connection: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
        })
        .strict(),
    )
    .output(done),
  fromLiveKit: oc
    .route({
      method: 'POST',
      path: '/rooms/livekit',
      tags: ['meetings'],
      summary: 'What LiveKit tells of its rooms, signed by it',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: z.object({ authorization: Signature.optional() }), body: Raw }))
    .output(done),
  fromBigBlueButton: oc
    .route({
      method: 'POST',
      path: '/rooms/bbb/{hookKey}',
      tags: ['meetings'],
      summary: 'What BigBlueButton tells of a room, signed by it, at an address that it alone was given',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        params: z.object({ hookKey: z.string().max(200) }),
        query: z.object({ checksum: z.string().max(200).optional() }),
        headers: z.object({ authorization: Signature.optional() }),
        body: Raw,
      }),
    )
    .output(done),
};

import { Problem } from '@concert/contract';
import type { RoomLink } from '@concert/domain/meetings/rooms-api.ts';
import type { RoomProvider } from '@concert/domain/meetings/shapes.ts';
import type { Platform } from '../../platform/module.ts';
import type { VideoProviders } from '../../platform/video.ts';
import type { MeetingRecord } from '../records.ts';
import type { MeetingChange } from '../store.ts';
import { askToBeTold, joinLink, makeRoom } from './bbb.ts';
import { type Entering, jitsiToken, liveKitToken } from './tokens.ts';

/** The address that people see of a provider. */
const pageOf = (video: VideoProviders, provider: RoomProvider): string | undefined =>
  provider === 'livekit' ? video.livekit?.page : video[provider]?.url;

const ALL: readonly RoomProvider[] = ['jitsi', 'bbb', 'livekit'];

/** The providers of this installation, with the names under which people know them. */
export const providersIn = (video: VideoProviders): { provider: RoomProvider; host: string }[] =>
  ALL.flatMap((provider) => {
    const page = pageOf(video, provider);
    return page === undefined ? [] : [{ provider, host: new URL(page).host }];
  });

/**
 * [M40] The room of a meeting that opens beside its agenda: the one that was made for it, or its own address where that is at
 * one of our providers. An address that somebody typed gets no token: it may name any room there is.
 */
export function roomOf(
  video: VideoProviders,
  { mode, room, roomUrl }: Pick<MeetingRecord, 'mode' | 'room' | 'roomUrl'>,
): { provider: RoomProvider; made: boolean } | undefined {
  if (mode === 'written') return undefined;
  if (room !== undefined) return video[room.provider] && { provider: room.provider, made: true };
  if (roomUrl === undefined) return undefined;
  const { origin } = new URL(roomUrl);
  const provider = ALL.find((one) => {
    const page = pageOf(video, one);
    return page !== undefined && new URL(page).origin === origin;
  });
  return provider && { provider, made: false };
}

type RoomChange = { readonly room?: RoomProvider | null | undefined; readonly roomUrl?: string | null | undefined };

type Making = Pick<Platform, 'config' | 'ports'>;

/** @throws Problem BAD_REQUEST for a provider that there is not */
function made({ config, ports }: Making, provider: RoomProvider): NonNullable<MeetingRecord['room']> {
  if (config.video[provider] === undefined) throw new Problem('BAD_REQUEST', 'no-room-provider');
  return { provider, name: `concert-${ports.newRandomId()}` };
}

/**
 * [M40] The room of a new meeting.
 * @throws Problem BAD_REQUEST for a provider that there is not
 */
export function newRoom(
  making: Making,
  { room, roomUrl }: { readonly room?: RoomProvider | undefined; readonly roomUrl?: string | undefined },
): Pick<MeetingRecord, 'room' | 'roomUrl'> {
  if (room !== undefined) return { room: made(making, room) };
  return roomUrl === undefined ? {} : { roomUrl };
}

/**
 * [M40] What becomes of the room of a meeting when it is planned otherwise: there is one, so the last that was asked for.
 * @throws Problem BAD_REQUEST for a provider that there is not
 */
export function plannedRoom(
  making: Making,
  held: Pick<MeetingRecord, 'room'>,
  { room, roomUrl }: RoomChange,
): Pick<MeetingChange, 'room' | 'roomUrl' | 'roomConnections'> {
  if (typeof room === 'string') {
    // Who changes something else keeps the room in which people may be.
    if (held.room?.provider === room) return { roomUrl: undefined };
    return { room: made(making, room), roomUrl: undefined, roomConnections: undefined };
  }
  const own = roomUrl === undefined ? {} : { roomUrl: roomUrl ?? undefined };
  return {
    ...(room === null || typeof roomUrl === 'string' ? { room: undefined, roomConnections: undefined } : {}),
    ...own,
  };
}

/** The address at which a room of BigBlueButton is told of: it alone knows it. */
export const hookSecret = ({ auth }: Pick<Platform, 'auth'>, room: string): string =>
  auth.derive(`meetings-room:${room}`);
export const hookAddress = ({ auth, site }: Pick<Platform, 'auth' | 'site'>, room: string): string =>
  `${site.url()}/api/rooms/bbb/${room}.${hookSecret({ auth }, room)}`;

/** @throws Problem SERVICE_UNAVAILABLE when the server of the room does not answer */
async function bbbLink(platform: Platform, entering: Entering, title: string): Promise<string> {
  const { bbb } = platform.config.video;
  const madeAt = bbb && (await makeRoom(bbb, entering.room, title));
  if (bbb === undefined || madeAt === undefined) {
    platform.log.warn('BigBlueButton does not make a room');
    throw new Problem('SERVICE_UNAVAILABLE', 'room-unavailable');
  }
  // Without its module for webhooks the room is as good; nobody is noted as there by it.
  if (!(await askToBeTold(bbb, entering.room, hookAddress(platform, entering.room))))
    platform.log.warn('BigBlueButton does not tell who joins: bbb-webhooks may be missing');
  return joinLink(bbb, entering, madeAt);
}

/** [M41] A link of somebody's own into the room that was made for a meeting. */
export async function linkInto(
  platform: Platform,
  provider: RoomProvider,
  entering: Entering,
  title: string,
): Promise<RoomLink> {
  const { jitsi, livekit } = platform.config.video;
  if (provider === 'jitsi' && jitsi !== undefined) {
    const url = new URL(`${jitsi.url}/${entering.room}`);
    url.searchParams.set('jwt', await jitsiToken(jitsi, entering));
    // Jitsi knows nobody who only listens: they come in silent.
    if (entering.part === 'listens') url.hash = 'config.startWithAudioMuted=true&config.startWithVideoMuted=true';
    return { url: url.href, embed: true, provider };
  }
  if (provider === 'livekit' && livekit !== undefined) {
    const url = new URL(livekit.page);
    url.searchParams.set('liveKitUrl', livekit.url);
    url.searchParams.set('token', await liveKitToken(livekit, entering, platform.ports.newRandomId()));
    return { url: url.href, embed: true, provider };
  }
  return { url: await bbbLink(platform, entering, title), embed: true, provider };
}

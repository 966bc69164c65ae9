import { createHash, timingSafeEqual } from 'node:crypto';
import { ROOM_LINK_MS, type RoomPart } from '@concert/domain/meetings/rooms.ts';
import { jwtVerify, SignJWT } from 'jose';
import type { VideoProviders } from '../../platform/video.ts';

type Jitsi = NonNullable<VideoProviders['jitsi']>;
type LiveKit = NonNullable<VideoProviders['livekit']>;

/** Clocks of two machines differ. */
const CLOCKS_APART_S = 30;

/** Somebody at the door of a room: what its provider is told of them. */
export type Entering = {
  readonly room: string;
  readonly personId: string;
  readonly name: string;
  readonly part: RoomPart;
  readonly now: Date;
};

/** Whether two secrets are the same, in a time that says nothing of either. */
export function sameSecret(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);

const signed = (claims: Record<string, unknown>, secret: string, { now }: Entering): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(seconds(now))
    .setNotBefore(seconds(now) - CLOCKS_APART_S)
    .setExpirationTime(seconds(now) + ROOM_LINK_MS / 1_000)
    .sign(new TextEncoder().encode(secret));

/**
 * A token for Jitsi's Prosody plugin (`jitsi-meet-tokens`): `sub` is the tenant of the address, or its domain; who moderates
 * is told in both of the ways that its modules read.
 */
export function jitsiToken({ url, appId, secret }: Jitsi, entering: Entering): Promise<string> {
  const { hostname, pathname } = new URL(url);
  const moderates = entering.part === 'moderates';
  const user = {
    ...{ id: entering.personId, name: entering.name },
    ...{ moderator: moderates, affiliation: moderates ? 'owner' : 'member' },
  };
  // Nothing of a meeting is recorded or sent on by its room: what is kept of it are its minutes.
  const features = {
    ...{ recording: false, livestreaming: false, transcription: false, 'outbound-call': false },
    'screen-sharing': entering.part !== 'listens',
  };
  const tenant = pathname.split('/')[1];
  const claims = {
    ...{ aud: appId, iss: appId, sub: (tenant || hostname).toLowerCase(), room: entering.room },
    context: { user, features },
  };
  return signed(claims, secret, entering);
}

/** Between whose identity this is, and which of their devices. */
const OF_DEVICE = '~';

/** [M43] Two devices of one person are two participants: LiveKit would throw the first out for the second. */
export function liveKitToken({ key, secret }: LiveKit, entering: Entering, device: string): Promise<string> {
  const { room, personId, name, part } = entering;
  const speaks = part !== 'listens';
  const video = {
    ...{ room, roomJoin: true, canSubscribe: true, canPublish: speaks, canPublishData: speaks },
    ...{ canUpdateOwnMetadata: false, ...(part === 'moderates' ? { roomAdmin: true } : {}) },
  };
  return signed({ iss: key, sub: `${personId}${OF_DEVICE}${device}`, name, video }, secret, entering);
}

/** Whose identity it is at LiveKit. */
export const personOfIdentity = (identity: string): string => identity.split(OF_DEVICE)[0] ?? '';

/** Whether LiveKit has signed this body, and a short time ago: its token holds the body's SHA-256, and ends. */
export async function isFromLiveKit(
  { key, secret }: LiveKit,
  { authorization, raw, now }: { authorization: string | undefined; raw: string; now: Date },
): Promise<boolean> {
  if (authorization === undefined) return false;
  try {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), new TextEncoder().encode(secret), {
      ...{ algorithms: ['HS256'], issuer: key, requiredClaims: ['exp', 'sha256'] },
      ...{ currentDate: now, clockTolerance: CLOCKS_APART_S },
    });
    return sameSecret(String(payload.sha256), createHash('sha256').update(raw).digest('base64'));
  } catch {
    return false;
  }
}

import { createHash } from 'node:crypto';
import type { VideoProviders } from '../../platform/video.ts';
import { type Entering, sameSecret } from './tokens.ts';

type Bbb = NonNullable<VideoProviders['bbb']>;

/** It is waited for while somebody wants to go in. */
const PATIENCE_MS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Its module repeats what was not taken for about five minutes, always with the same time. */
const STALE_MS = 15 * 60_000;

type Parameters = Readonly<Record<string, string>>;

/** The address of a call: what it asks for, and the SHA-256 of it with the secret. */
export function callOf({ url, secret }: Bbb, name: string, parameters: Parameters): string {
  const query = new URLSearchParams(parameters).toString();
  const checksum = createHash('sha256').update(`${name}${query}${secret}`).digest('hex');
  const base = url.endsWith('/bigbluebutton') ? url : `${url}/bigbluebutton`;
  return `${base}/api/${name}?${query}&checksum=${checksum}`;
}

/** Its answer as far as it may be read; undefined where it refuses, says nothing sensible or nothing in time. */
async function ask(bbb: Bbb, name: string, parameters: Parameters): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(callOf(bbb, name, parameters), { signal, redirect: 'error' });
    let text = '';
    for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += piece;
      if (text.length > MAX_ANSWER_BYTES) return undefined;
    }
    return answer.ok && text.includes('<returncode>SUCCESS</returncode>') ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes the room, or finds it made (the call may be repeated). Answers when it was made: links into it are good for that
 * room alone, and not for one that is made later under the same name.
 */
export async function makeRoom(bbb: Bbb, room: string, title: string): Promise<string | undefined> {
  const answer = await ask(bbb, 'create', {
    // It wants two letters at least.
    ...{ name: title.length < 2 ? `${title} –` : title, meetingID: room, guestPolicy: 'ALWAYS_ACCEPT' },
    ...{ record: 'false', autoStartRecording: 'false', allowStartStopRecording: 'false' },
  });
  return /<createTime>(\d{1,20})<\/createTime>/.exec(answer ?? '')?.[1];
}

/** Asks to be told who joins and leaves; answers whether the server will. Asked again and again, because it may forget. */
export const askToBeTold = async (bbb: Bbb, room: string, callbackURL: string): Promise<boolean> =>
  (await ask(bbb, 'hooks/create', {
    ...{ callbackURL, meetingID: room, eventID: 'user-joined,user-left,meeting-ended' },
  })) !== undefined;

/** The link by which somebody joins. */
export const joinLink = (bbb: Bbb, { room, personId, name, part }: Entering, createTime: string): string =>
  callOf(bbb, 'join', {
    ...{ meetingID: room, fullName: name, userID: personId, createTime, redirect: 'true' },
    role: part === 'moderates' ? 'MODERATOR' : 'VIEWER',
    ...(part === 'listens' ? { 'userdata-bbb_force_listen_only': 'true' } : {}),
  });

const ALGORITHMS: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256', 96: 'sha384', 128: 'sha512' };

type Call = {
  readonly callbackURL: string;
  readonly checksum: string | undefined;
  readonly authorization: string | undefined;
  readonly raw: string;
};

/**
 * Whether its webhooks module has sent this. Versions of it put different things under the checksum: the fields as JSON, the
 * fields as they came, and, since 3.0, an empty object in their place; and where it is set to, it sends the secret itself.
 * So the checksum alone does not vouch for what is said: that the address is known to nobody else must come to it.
 */
export function isFromBbb({ secret }: Bbb, { callbackURL, checksum, authorization, raw }: Call): boolean {
  if (authorization !== undefined) return sameSecret(authorization, `Bearer ${secret}`);
  const algorithm = ALGORITHMS[checksum?.length ?? 0];
  if (checksum === undefined || algorithm === undefined) return false;
  const fields = [...new URLSearchParams(raw)];
  const value = (name: string, text: string): string | number => (name === 'timestamp' ? Number(text) : text);
  const said = [
    '{}',
    JSON.stringify(Object.fromEntries(fields.map(([name, text]) => [name, value(name, text)]))),
    fields.map(([name, text]) => `${name}=${text}`).join('&'),
  ];
  return said.some((text) =>
    sameSecret(checksum, createHash(algorithm).update(`${callbackURL}${text}${secret}`).digest('hex')),
  );
}

/** Something that happened in a room; of a person, by the name of their device. */
export type BbbEvent = {
  readonly what: string;
  readonly room: string;
  readonly personId: string;
  readonly connection: string;
};

type Loose = { readonly [key: string]: unknown } | undefined;
const within = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Loose)?.[key] : undefined),
    value,
  );
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a call tells, and whether it was sent lately; undefined for what is no such call. */
export function eventsIn(
  raw: string,
  now: Date,
): { readonly events: readonly BbbEvent[]; readonly stale: boolean } | undefined {
  const fields = new URLSearchParams(raw);
  const sent = Number(fields.get('timestamp') ?? Number.NaN);
  let told: unknown;
  try {
    told = JSON.parse(fields.get('event') ?? '');
  } catch {
    return undefined;
  }
  if (!Number.isFinite(sent)) return undefined;
  const events = (Array.isArray(told) ? told : [told]).map((one: unknown) => ({
    what: text(within(one, 'data', 'id')),
    room: text(within(one, 'data', 'attributes', 'meeting', 'external-meeting-id')),
    personId: text(within(one, 'data', 'attributes', 'user', 'external-user-id')),
    connection: text(within(one, 'data', 'attributes', 'user', 'internal-user-id')).slice(0, 100),
  }));
  return { events, stale: Math.abs(now.getTime() - sent) > STALE_MS };
}

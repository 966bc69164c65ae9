import { createHash, createHmac } from 'node:crypto';
import type { RoomLink } from '@concert/domain/meetings/rooms-api.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import type { TestPerson } from '../../../test/harness.ts';
import { type Board, inHours, startBoard } from '../../../test/meetings.ts';
import { type FakeBbb, SECRETS, startBbb, videoEnv } from '../../../test/video.ts';

let board: Board;
let bbb: FakeBbb;
let guest: TestPerson;
let observer: TestPerson;
const lines: string[] = [];
type Stored = { _id: string; room?: { name: string } };

beforeAll(async () => {
  bbb = await startBbb();
  board = await startBoard({ env: { ...videoEnv(bbb.url), LOG_LEVEL: 'trace' }, onLog: (line) => lines.push(line) });
  [guest, observer] = await Promise.all([board.app.as('guest', { platformRole: 'guest' }), board.app.as('observer')]);
});
afterAll(async () => {
  await board.app.stop();
  await bbb.stop();
});

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });
const soon = (): string => inHours(0.4);

/** What a token says, read without the library that has signed it. */
function claimsOf(token: string, secret: string) {
  const [head = '', body = '', signature] = token.split('.');
  expect(createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url')).toBe(signature);
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

describe('the room of a meeting', () => {
  test('[M40] is made at a provider of the installation, under a name that says nothing and is shown to nobody', async () => {
    const { chair, ada, aMeeting } = board;
    expect((await ada.api.rooms.providers({})).items).toEqual([
      { provider: 'jitsi', host: 'jitsi.test.example' },
      { provider: 'bbb', host: new URL(bbb.url).host },
      { provider: 'livekit', host: 'meet.test.example' },
    ]);
    const { id, meeting } = await aMeeting({ room: 'jitsi' });
    expect(meeting.room).toEqual({ provider: 'jitsi', made: true });
    const stored = () => board.app.app.platform.db.collection<Stored>('meetings').findOne({ _id: id });
    const first = (await stored())?.room?.name;
    expect(first).toMatch(/^concert-[0-9a-f-]{36}$/);
    for (const text of [meeting, await ada.api.meetings.list({})])
      expect(JSON.stringify(text)).not.toContain(first as string);
    // It stays the same as long as it is there: people may be in it.
    await chair.api.meetings.update({ id, room: 'jitsi', title: 'February' });
    expect((await stored())?.room?.name).toBe(first);
    const own = await chair.api.meetings.update({ id, roomUrl: 'https://elsewhere.example/room' });
    expect([own.room, own.roomUrl]).toEqual([undefined, 'https://elsewhere.example/room']);
    const again = await chair.api.meetings.update({ id, room: 'livekit' });
    expect([again.room, again.roomUrl]).toEqual([{ provider: 'livekit', made: true }, undefined]);
    expect((await stored())?.room?.name).not.toBe(first);
    expect((await chair.api.meetings.update({ id, room: null })).room).toBeUndefined();
  });

  test('[M40] at an address of its own is recognised where that is at a provider, and gets no token there', async () => {
    const { ada, aMeeting } = board;
    const { id, meeting } = await aMeeting({ startAt: soon(), roomUrl: 'https://jitsi.test.example/Closed-Session' });
    expect(meeting.room).toEqual({ provider: 'jitsi', made: false });
    expect(await ada.api.rooms.enter({ id })).toEqual({
      ...{ url: 'https://jitsi.test.example/Closed-Session', embed: true, provider: 'jitsi' },
    });
    const other = await aMeeting({ startAt: soon(), roomUrl: 'https://jitsi.test.example.evil.example/room' });
    expect(other.meeting.room).toBeUndefined();
    await expect(ada.api.rooms.enter({ id: other.id })).rejects.toMatchObject(refused(404, 'no-such-room'));
  });

  test('[M40] is at no provider that there is not', async () => {
    const without = await startBoard();
    const { chair, aBody } = without;
    const { body } = await aBody();
    const terms = { bodyId: body.id, title: 'June', mode: 'remote', timeZone: 'Europe/Paris' } as const;
    const gone = refused(400, 'no-room-provider');
    await expect(chair.api.meetings.create({ ...terms, room: 'jitsi' })).rejects.toMatchObject(gone);
    const { id } = await chair.api.meetings.create(terms);
    await expect(chair.api.meetings.update({ id, room: 'bbb' })).rejects.toMatchObject(gone);
    expect((await chair.api.rooms.providers({})).items).toEqual([]);
    for (const path of ['/api/rooms/livekit', '/api/rooms/bbb/x.y']) {
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(without.app.url + path, { method: 'POST', headers, body: '{}' })).status).toBe(404);
    }
    await without.app.stop();
  });
});

describe('who goes in', () => {
  const enter = async (id: string, person: TestPerson): Promise<RoomLink> => person.api.rooms.enter({ id });
  const jitsiClaims = async (id: string, person: TestPerson) =>
    claimsOf(new URL((await enter(id, person)).url).searchParams.get('jwt') ?? '', SECRETS.jitsi);

  test('[M41] gets a token for that room, under their name, for ten minutes: Jitsi', async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: soon(), room: 'jitsi' });
    const { url, embed, provider } = await enter(id, ada);
    expect({ embed, provider }).toEqual({ embed: true, provider: 'jitsi' });
    const { origin, pathname, searchParams, hash } = new URL(url);
    expect([origin, hash]).toEqual(['https://jitsi.test.example', '']);
    const token = searchParams.get('jwt') ?? '';
    const claims = claimsOf(token, SECRETS.jitsi);
    expect(claims).toMatchObject({
      ...{ aud: 'concert', iss: 'concert', sub: 'jitsi.test.example', room: pathname.slice(1) },
      context: { user: { id: ada.id, name: 'ada', moderator: false, affiliation: 'member' } },
    });
    expect(claims.context.features).toMatchObject({ recording: false, livestreaming: false, 'screen-sharing': true });
    expect(claims.exp - claims.iat).toBe(600);
    expect(claims.nbf).toBeLessThan(claims.iat);
    expect(JSON.stringify(claims)).not.toContain('@');
    const verified = await jwtVerify(token, new TextEncoder().encode(SECRETS.jitsi), { audience: 'concert' });
    expect(verified.payload).toEqual(claims);
    expect((await jitsiClaims(id, chair)).context.user).toMatchObject({ moderator: true, affiliation: 'owner' });
  });

  test('[M41] gets a token for that room, as one device of theirs: LiveKit', async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: soon(), room: 'livekit' });
    const claims = async (person: TestPerson) => {
      const url = new URL((await enter(id, person)).url);
      expect(`${url.origin}${url.pathname}`).toBe('https://meet.test.example/custom');
      expect(url.searchParams.get('liveKitUrl')).toBe('wss://livekit.test.example');
      return claimsOf(url.searchParams.get('token') ?? '', SECRETS.livekit);
    };
    const [first, second, conducting] = await Promise.all([claims(ada), claims(ada), claims(chair)]);
    expect(first).toMatchObject({ iss: 'APIconcert', name: 'ada' });
    expect(first.sub.split('~')[0]).toBe(ada.id);
    expect(first.sub).not.toBe(second.sub);
    expect(first.video).toEqual({
      ...{ room: expect.stringMatching(/^concert-/), roomJoin: true, canSubscribe: true },
      ...{ canPublish: true, canPublishData: true, canUpdateOwnMetadata: false },
    });
    expect(conducting.video).toMatchObject({ room: first.video.room, roomAdmin: true });
    expect(first.exp - first.iat).toBe(600);
  });

  test('[M41] finds the room made, and a link for it alone: BigBlueButton', async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: soon(), room: 'bbb', title: 'A very long & odd title?' });
    const calls = bbb.calls.length;
    const { url } = await enter(id, ada);
    const [create, hook] = bbb.calls.slice(calls);
    expect(create).toMatchObject({
      name: 'create',
      parameters: { name: 'A very long & odd title?', record: 'false', allowStartStopRecording: 'false' },
    });
    const room = create?.parameters.meetingID ?? '';
    expect(hook).toMatchObject({ name: 'hooks/create', parameters: { meetingID: room } });
    expect(hook?.parameters.callbackURL).toMatch(new RegExp(`^${board.app.url}/api/rooms/bbb/${room}\\.[\\w-]{40,}$`));
    const { pathname, search, searchParams } = new URL(url);
    expect(pathname).toBe('/bigbluebutton/api/join');
    const [query, checksum] = search.slice(1).split('&checksum=');
    expect(createHash('sha256').update(`join${query}${SECRETS.bbb}`).digest('hex')).toBe(checksum);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ meetingID: room, fullName: 'ada', userID: ada.id, role: 'VIEWER', createTime: '1531155809613' },
    });
    expect(new URL((await enter(id, chair)).url).searchParams.get('role')).toBe('MODERATOR');
  });

  test('[M41] hears that the room does not open, where its server fails; without its webhooks it opens', async () => {
    const { ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: soon(), room: 'bbb' });
    bbb.broken.create = true;
    await expect(enter(id, ada)).rejects.toMatchObject(refused(503, 'room-unavailable'));
    bbb.broken.create = false;
    bbb.broken.hooks = true;
    expect((await enter(id, ada)).provider).toBe('bbb');
    bbb.broken.hooks = false;
  });

  test('[M41] is called, and nobody else: not who only sees the meeting, nor who conducts it for the platform', async () => {
    const { app, office, chair, ada, aMeeting } = board;
    const outsider = await app.as('outsider');
    const { id, body } = await aMeeting({ startAt: soon(), room: 'jitsi' });
    for (const person of [outsider, office])
      await expect(enter(id, person)).rejects.toMatchObject(refused(403, 'not-taking-part'));
    await expect(enter(id, guest)).rejects.toMatchObject(refused(404, 'not-found'));
    await chair.api.meetings.addGuest({ id, personId: guest.id });
    expect((await jitsiClaims(id, guest)).context.user).toMatchObject({ moderator: false });
    // Who is removed gets no new one.
    await chair.api.meetings.removeGuest({ id, personId: guest.id });
    await expect(enter(id, guest)).rejects.toMatchObject(refused(404, 'not-found'));
    const { items } = await office.api.governance.mandates({ id: body.id });
    const mandate = items.find(({ personId }) => personId === ada.id);
    await office.api.governance.endMandate({ id: body.id, mandateId: mandate?.id ?? '' });
    await expect(enter(id, ada)).rejects.toMatchObject({ status: 403 });
  });

  test('[M41] only listens as an observer', async () => {
    const { office, aMeeting } = board;
    const asObserver = async (room: 'jitsi' | 'bbb' | 'livekit') => {
      const { id, body } = await aMeeting({ startAt: soon(), room });
      await office.api.governance.giveMandate({ id: body.id, personId: observer.id, role: 'observer' });
      return new URL((await enter(id, observer)).url);
    };
    const livekit = claimsOf((await asObserver('livekit')).searchParams.get('token') ?? '', SECRETS.livekit);
    expect(livekit.video).toMatchObject({ canPublish: false, canPublishData: false, canSubscribe: true });
    expect((await asObserver('bbb')).searchParams.get('userdata-bbb_force_listen_only')).toBe('true');
    const jitsi = await asObserver('jitsi');
    expect(jitsi.hash).toContain('config.startWithAudioMuted=true');
    const { context } = claimsOf(jitsi.searchParams.get('jwt') ?? '', SECRETS.jitsi);
    expect(context.features['screen-sharing']).toBe(false);
  });

  test('[M41] waits until half an hour before, and finds it closed after the end; in writing there is none', async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: inHours(0.6), room: 'jitsi' });
    await expect(enter(id, ada)).rejects.toMatchObject(refused(409, 'room-not-open'));
    await chair.api.meetings.open({ id });
    expect((await enter(id, ada)).provider).toBe('jitsi');
    await chair.api.meetings.end({ id });
    await expect(enter(id, ada)).rejects.toMatchObject(refused(409, 'room-not-open'));
    const written = await aMeeting({ startAt: soon(), mode: 'written', room: 'jitsi' });
    expect(written.meeting.room).toBeUndefined();
    await expect(enter(written.id, ada)).rejects.toMatchObject(refused(404, 'no-such-room'));
  });

  test('[M41] asks for no more than sixty links a minute', async () => {
    const { cleo, aMeeting } = board;
    const { id } = await aMeeting({ startAt: soon(), room: 'jitsi' });
    const answers = await Promise.allSettled(Array.from({ length: 61 }, () => enter(id, cleo)));
    const last = answers.filter(({ status }) => status === 'rejected');
    expect(last).toMatchObject([{ reason: refused(429, 'too-busy') }]);
  });

  test('[M41] no token and no name of a room is in the log, the feeds, the letters or the database', async () => {
    const { ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: soon(), room: 'jitsi' });
    const { url } = await enter(id, ada);
    const token = new URL(url).searchParams.get('jwt') ?? '';
    const room = new URL(url).pathname.slice(1);
    const { path } = await ada.api.meetings.openCalendar({});
    const feed = await (await fetch(board.app.url + path)).text();
    expect(feed).toContain(id);
    const { db } = board.app.app.platform;
    const all = await Promise.all(
      (await db.listCollections({}, { nameOnly: true }).toArray()).map(async ({ name }) => ({
        name,
        text: JSON.stringify(await db.collection(name).find().toArray()),
      })),
    );
    expect(all.filter(({ text }) => text.includes(token)).map(({ name }) => name)).toEqual([]);
    expect(all.filter(({ text }) => text.includes(room)).map(({ name }) => name)).toEqual(['meetings']);
    expect(lines.length).toBeGreaterThan(100);
    for (const text of [feed, ...lines]) for (const secret of [token, room]) expect(text).not.toContain(secret);
  });
});

describe('the page', () => {
  test('[M41] may show the configured providers inside it and lend them camera and microphone, and nobody else', async () => {
    const { headers } = await fetch(`${board.app.url}/healthz`);
    const origins = ['https://jitsi.test.example', new URL(bbb.url).origin, 'https://meet.test.example'];
    expect(headers.get('content-security-policy')).toContain(`frame-src ${origins.join(' ')};`);
    const lent = `(self ${origins.map((origin) => `"${origin}"`).join(' ')})`;
    expect(headers.get('permissions-policy')).toBe(`camera=${lent}, microphone=${lent}, display-capture=${lent}`);
  });
});

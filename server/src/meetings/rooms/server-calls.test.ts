import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestPerson } from '../../../test/harness.ts';
import { type Board, inHours, startBoard } from '../../../test/meetings.ts';
import { type FakeBbb, fromLiveKit, SECRETS, type Signing, startBbb, videoEnv } from '../../../test/video.ts';

let board: Board;
let bbb: FakeBbb;

beforeAll(async () => {
  bbb = await startBbb();
  board = await startBoard({ env: { ...videoEnv(bbb.url), RATE_LIMITS: 'off' } });
});
afterAll(async () => {
  await board.app.stop();
  await bbb.stop();
});

type Stored = { _id: string; rev: number; room: { name: string }; roomConnections?: unknown[] };
const stored = async (id: string): Promise<Stored> => {
  const found = await board.app.app.platform.db.collection<Stored>('meetings').findOne({ _id: id });
  if (found === null) throw new Error('no such meeting');
  return found;
};
const roomName = async (id: string): Promise<string> => (await stored(id)).room.name;

const reasonOf = async (answer: Response): Promise<string> =>
  `${answer.status} ${((await answer.json()) as { data?: { reason: string } }).data?.reason ?? ''}`.trim();

/** Where somebody is, and what the log says of them: by whom it was told. */
const presenceOf = async (id: string, person: TestPerson) =>
  (await person.api.meetings.get({ id })).attendees.find(({ personId }) => personId === person.id)?.presence;
const logOf = async (id: string, person: TestPerson) =>
  (await person.api.meetings.attendance({ id })).items
    .filter(({ personId }) => personId === person.id)
    .map(({ what, source }) => `${what}${source ? ` by ${source}` : ''}`);

const send = (body: string, authorization?: string, type = 'application/webhook+json'): Promise<Response> =>
  fetch(`${board.app.url}/api/rooms/livekit`, {
    method: 'POST',
    headers: { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) },
    body,
  });
const sendLiveKit = async (event: object, signing?: Signing): Promise<string> => {
  const { body, token } = await fromLiveKit(event, signing);
  return reasonOf(await send(body, token));
};

const participant = ({ id }: TestPerson, device = 'phone') => ({ sid: `PA_${device}`, identity: `${id}~${device}` });

describe('LiveKit', () => {
  const inRoom = async () => {
    const { chair, aMeeting } = board;
    const { id } = await aMeeting({ startAt: inHours(0.4), room: 'livekit' });
    const room = { name: await roomName(id) };
    const tell = (event: string, person: TestPerson, device?: string) =>
      sendLiveKit({ event, room, participant: participant(person, device) });
    return { id, room, tell, open: () => chair.api.meetings.open({ id }), end: () => chair.api.meetings.end({ id }) };
  };

  test('[M42] tells who joins and who leaves, and the log says by whom it was told', async () => {
    const { ada } = board;
    const { id, tell, open } = await inRoom();
    await open();
    const live = await ada.live();
    const heard = new Promise((resolve) =>
      live.on('meeting.changed', ({ meetingId }) => meetingId === id && resolve(id)),
    );
    expect(await tell('participant_joined', ada)).toBe('200');
    await heard;
    expect(await presenceOf(id, ada)).toBe('remote');
    expect(await tell('participant_left', ada)).toBe('200');
    expect(await presenceOf(id, ada)).toBe('out');
    expect(await logOf(id, ada)).toEqual(['remote by livekit', 'out by livekit']);
  });

  test('[M42] is heard of two devices: who leaves by one is still there', async () => {
    const { ada } = board;
    const { id, tell, open } = await inRoom();
    await open();
    await tell('participant_joined', ada, 'phone');
    await tell('participant_joined', ada, 'laptop');
    await tell('participant_left', ada, 'phone');
    expect(await logOf(id, ada)).toEqual(['remote by livekit']);
    await tell('participant_connection_aborted', ada, 'laptop');
    expect(await logOf(id, ada)).toEqual(['remote by livekit', 'out by livekit']);
  });

  test('[M42] who has joined before the sitting is there when it opens; afterwards nothing is heard', async () => {
    const { ada, bob, cleo } = board;
    const { id, tell, open, end } = await inRoom();
    await tell('participant_joined', ada);
    await tell('participant_joined', bob);
    await tell('participant_left', bob);
    expect(await logOf(id, ada)).toEqual([]);
    await cleo.api.meetings.attend({ id, what: 'in' });
    await tell('participant_joined', cleo);
    await open();
    expect(await Promise.all([ada, bob, cleo].map((one) => logOf(id, one)))).toEqual([
      ...[['remote by livekit'], [], ['in']],
    ]);
    await end();
    expect(await tell('participant_left', ada)).toBe('200');
    expect(await logOf(id, ada)).toEqual(['remote by livekit']);
    expect((await stored(id)).roomConnections).toBeUndefined();
  });

  test('[M42] who sits in the room stays there, whatever they open and close', async () => {
    const { chair, ada } = board;
    const { id, tell, open } = await inRoom();
    await open();
    await chair.api.meetings.attend({ id, what: 'in', personId: ada.id });
    await tell('participant_joined', ada);
    await tell('participant_left', ada);
    expect(await logOf(id, ada)).toEqual(['in']);
    expect(await presenceOf(id, ada)).toBe('in');
  });

  test('[M16] [M42] who joins votes themself: their proxy for the meeting is taken back', async () => {
    const { chair, ada, bob, aMeeting } = board;
    const { id } = await aMeeting({ startAt: inHours(0.4), room: 'livekit' });
    const given = await ada.api.meetings.giveProxy({ id, toId: bob.id });
    await bob.api.meetings.settleProxy({ id, proxyId: given.proxies[0]?.id ?? '', as: 'accepted' });
    await chair.api.meetings.open({ id });
    await sendLiveKit({
      ...{ event: 'participant_joined', room: { name: await roomName(id) }, participant: participant(ada) },
    });
    expect((await ada.api.meetings.get({ id })).proxies.map(({ state }) => state)).toEqual(['revoked']);
  });

  test('[M43] twice, in another order, or of what is nothing to us changes nothing', async () => {
    const { ada } = board;
    const { id, room, tell, open } = await inRoom();
    await open();
    await tell('participant_left', ada);
    await tell('participant_joined', ada);
    expect(await logOf(id, ada)).toEqual([]);
    const joined = await fromLiveKit({ event: 'participant_joined', room, participant: participant(ada, 'laptop') });
    for (let times = 0; times < 3; times += 1) expect((await send(joined.body, joined.token)).status).toBe(200);
    expect(await logOf(id, ada)).toEqual(['remote by livekit']);
    const { rev } = await stored(id);
    expect((await send(joined.body, joined.token)).status).toBe(200);
    expect(await tell('track_published', ada)).toBe('200');
    expect(await sendLiveKit({ event: 'room_started', room })).toBe('200');
    expect((await stored(id)).rev).toBe(rev);
    expect(await sendLiveKit({ event: 'room_finished', room })).toBe('200');
    expect(await logOf(id, ada)).toEqual(['remote by livekit', 'out by livekit']);
  });

  test('[M43] is refused where it is not signed by it, for this body, a short time ago', async () => {
    const { ada } = board;
    const { id, room, open } = await inRoom();
    await open();
    const { rev } = await stored(id);
    const event = { event: 'participant_joined', room, participant: participant(ada) };
    const forged: Signing[] = [
      { secret: 'another secret, which is long enough too' },
      { issuer: 'APIother' },
      { of: '{}' },
      { endsAt: Math.floor(Date.now() / 1_000) - 60 },
    ];
    for (const signing of forged) expect(await sendLiveKit(event, signing)).toBe('401 not-signed');
    const { body, token } = await fromLiveKit(event);
    const [, claims = ''] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
    for (const authorization of [undefined, '', 'Bearer x', unsigned, token.slice(0, -4)])
      expect(await reasonOf(await send(body, authorization))).toBe('401 not-signed');
    const other = body.replace(ada.id, board.bob.id);
    expect(await reasonOf(await send(other, token))).toBe('401 not-signed');
    expect((await stored(id)).rev).toBe(rev);
    const { db } = board.app.app.platform;
    const told = await db.collection('audit').find({ event: 'meetings.room-call-refused' }).toArray();
    // Once a minute, however often it is tried.
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(4);
    expect(told[0]).toMatchObject({ actorId: null, data: { provider: 'livekit' } });
  });

  test('[M43] is refused about a room or a person that is not of the meeting', async () => {
    const { ada, app, aMeeting } = board;
    const outsider = await app.as('outsider');
    const { id, room, tell, open } = await inRoom();
    await open();
    const { rev } = await stored(id);
    const joins = { event: 'participant_joined', participant: participant(ada) };
    expect(await tell('participant_joined', outsider)).toBe('404 no-such-person');
    expect(await sendLiveKit({ ...joins, room: { name: 'concert-of-nobody' } })).toBe('404 no-such-room');
    expect(await sendLiveKit(joins)).toBe('404 no-such-room');
    const other = await aMeeting({ startAt: inHours(0.4), room: 'jitsi' });
    expect(await sendLiveKit({ ...joins, room: { name: await roomName(other.id) } })).toBe('404 no-such-room');
    const strange = { event: 'participant_joined', room, participant: { sid: 7, identity: {} } };
    expect(await sendLiveKit(strange)).toBe('400 invalid-input');
    const { token } = await fromLiveKit({}, { of: 'not JSON' });
    expect(await reasonOf(await send('not JSON', token))).toBe('400 invalid-input');
    expect((await stored(id)).rev).toBe(rev);
  });
});

describe('BigBlueButton', () => {
  /** A room that somebody has opened, and the address at which it is told of. */
  const inRoom = async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: inHours(0.4), room: 'bbb' });
    await ada.api.rooms.enter({ id });
    const parameters = bbb.calls.filter(({ name }) => name === 'hooks/create').at(-1)?.parameters ?? {};
    await chair.api.meetings.open({ id });
    return { id, callbackURL: parameters.callbackURL ?? '', room: parameters.meetingID ?? '' };
  };
  type Room = Awaited<ReturnType<typeof inRoom>>;
  const event = ({ room }: Pick<Room, 'room'>, what: string, person?: TestPerson, device = 'w_one') => ({
    data: {
      type: 'event',
      id: what,
      attributes: {
        meeting: { 'internal-meeting-id': 'internal', 'external-meeting-id': room },
        ...(person ? { user: { 'internal-user-id': device, 'external-user-id': person.id, name: 'x' } } : {}),
      },
      event: { ts: Date.now() },
    },
  });
  type How = { readonly at?: number; readonly of?: 'fields' | 'nothing' | 'text'; readonly algorithm?: string };
  /** A call as versions of its webhooks module make them. */
  const post = ({ callbackURL }: Pick<Room, 'callbackURL'>, events: object[], how: How = {}) => {
    const { at = Date.now(), of = 'nothing', algorithm = 'sha256' } = how;
    const data = { event: JSON.stringify(events), timestamp: at, domain: 'bbb.test.example' };
    const said = {
      fields: JSON.stringify(data),
      nothing: '{}',
      text: Object.entries(data)
        .map(([name, value]) => `${name}=${value}`)
        .join('&'),
    }[of];
    const checksum = createHash(algorithm).update(`${callbackURL}${said}${SECRETS.bbb}`).digest('hex');
    const body = new URLSearchParams(Object.entries(data).map(([name, value]) => [name, String(value)]));
    return fetch(`${callbackURL}?checksum=${checksum}`, { method: 'POST', body });
  };

  test('[M42] tells who joins and leaves, in the ways of all versions of its module', async () => {
    const { ada, bob } = board;
    const room = await inRoom();
    const ways: How[] = [{ of: 'fields', algorithm: 'sha1' }, { of: 'text' }, { of: 'nothing', algorithm: 'sha512' }];
    for (const [n, how] of ways.entries()) {
      expect((await post(room, [event(room, 'user-joined', ada, `w_${n}`)], how)).status).toBe(200);
      expect(await presenceOf(room.id, ada)).toBe('remote');
      // Whose device it was may be forgotten there.
      const nobody = event(room, 'user-left', { ...ada, id: '' }, `w_${n}`);
      expect((await post(room, [nobody], how)).status).toBe(200);
      expect(await presenceOf(room.id, ada)).toBe('out');
    }
    expect(await logOf(room.id, ada)).toEqual(Array(3).fill(['remote by bbb', 'out by bbb']).flat());
    await post(room, [event(room, 'user-joined', ada, 'w_x'), event(room, 'user-joined', bob, 'w_y')]);
    await post(room, [event(room, 'chat-group-message-sent')]);
    await post(room, [event(room, 'meeting-ended')]);
    expect(await presenceOf(room.id, bob)).toBe('out');
  });

  test('[M42] may send the secret in place of a checksum, where it is set up so', async () => {
    const room = await inRoom();
    const body = new URLSearchParams({
      event: JSON.stringify([event(room, 'user-joined', board.ada)]),
      timestamp: `${Date.now()}`,
    });
    const call = (secret: string) =>
      fetch(room.callbackURL, { method: 'POST', body, headers: { authorization: `Bearer ${secret}` } });
    expect((await call('another')).status).toBe(401);
    expect((await call(SECRETS.bbb)).status).toBe(200);
    expect(await presenceOf(room.id, board.ada)).toBe('remote');
  });

  test('[M43] is refused without its signature, at an address that was made up, and late', async () => {
    const { ada } = board;
    const room = await inRoom();
    const { rev } = await stored(room.id);
    const joins = [event(room, 'user-joined', ada)];
    const made = { callbackURL: room.callbackURL.replace(/\.[^.]{10}([^.]*)$/, '.aaaaaaaaaa$1') };
    expect(made.callbackURL).not.toBe(room.callbackURL);
    expect(await reasonOf(await post(made, joins))).toBe('401 not-signed');
    expect(await reasonOf(await post(room, joins, { at: Date.now() - 16 * 60_000 }))).toBe('401 not-signed');
    const body = new URLSearchParams({ event: JSON.stringify(joins), timestamp: `${Date.now()}` });
    for (const query of ['', '?checksum=', `?checksum=${'0'.repeat(64)}`])
      expect(await reasonOf(await fetch(room.callbackURL + query, { method: 'POST', body }))).toBe('401 not-signed');
    expect((await stored(room.id)).rev).toBe(rev);
  });

  test('[M43] is refused for good about who is not called; of another room nothing is heard', async () => {
    const outsider = await board.app.as('outsider');
    const room = await inRoom();
    const other = await inRoom();
    const { rev } = await stored(room.id);
    const unknown = await post(room, [event(room, 'user-joined', outsider)]);
    expect(await reasonOf(unknown)).toBe('401 no-such-person');
    expect((await post(room, [event(other, 'user-joined', board.ada)])).status).toBe(200);
    expect(await reasonOf(await post(room, []))).toBe('200');
    expect((await stored(room.id)).rev).toBe(rev);
    expect(await presenceOf(other.id, board.ada)).toBe('out');
  });
});

describe('Jitsi', () => {
  const tell = (id: string, person: TestPerson, what: 'joined' | 'left', connection = 'opening-1') =>
    person.api.rooms.tell({ id, what, connection });
  const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });

  test('[M42] tells its page, which tells it of its own person; who leaves by one window may be there by another', async () => {
    const { chair, ada, aMeeting } = board;
    const { id } = await aMeeting({ startAt: inHours(0.4), room: 'jitsi' });
    await tell(id, ada, 'joined');
    expect(await logOf(id, ada)).toEqual([]);
    await chair.api.meetings.open({ id });
    await tell(id, ada, 'joined', 'opening-2');
    await tell(id, ada, 'left');
    expect(await logOf(id, ada)).toEqual(['remote by jitsi']);
    await tell(id, ada, 'left', 'opening-2');
    expect(await logOf(id, ada)).toEqual(['remote by jitsi', 'out by jitsi']);
  });

  test('[M42] is told of by who is called, about a room that is there', async () => {
    const { app, chair, ada, aMeeting } = board;
    const outsider = await app.as('outsider');
    const { id } = await aMeeting({ startAt: inHours(0.4), room: 'jitsi' });
    await expect(tell(id, outsider, 'joined')).rejects.toMatchObject(refused(403, 'not-taking-part'));
    await chair.api.meetings.update({ id, room: 'livekit' });
    await expect(tell(id, ada, 'joined')).rejects.toMatchObject(refused(404, 'no-such-room'));
    await chair.api.meetings.update({ id, roomUrl: 'https://jitsi.test.example/Board' });
    await chair.api.meetings.open({ id });
    await tell(id, ada, 'joined');
    expect(await presenceOf(id, ada)).toBe('remote');
  });
});

describe('calls of servers', () => {
  test('[check 46] are taken from no browser, and not in masses', async () => {
    const { body, token } = await fromLiveKit({ event: 'room_started' });
    const from = (headers: Record<string, string>) =>
      fetch(`${board.app.url}/api/rooms/livekit`, {
        method: 'POST',
        headers: { 'content-type': 'application/webhook+json', authorization: token, ...headers },
        body,
      });
    expect((await from({})).status).toBe(200);
    expect((await from({ origin: board.app.url })).status).toBe(415);
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ cookie: board.ada.cookie })).status).toBe(403);
    expect((await from({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send('x'.repeat(70_000), token)).status).toBe(413);
  });

  test('[M43] are heard no more from where too much was forged', async () => {
    const limited = await startBoard({ env: videoEnv(bbb.url) });
    const call = async () => {
      const { body, token } = await fromLiveKit({ event: 'room_started' }, { secret: 'another secret of some length' });
      const headers = { 'content-type': 'application/webhook+json', authorization: token };
      return (await fetch(`${limited.app.url}/api/rooms/livekit`, { method: 'POST', headers, body })).status;
    };
    const answers: number[] = [];
    for (let times = 0; times < 31; times += 1) answers.push(await call());
    expect([...new Set(answers)]).toEqual([401, 429]);
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
    await limited.app.stop();
  });
});

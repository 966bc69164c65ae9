import { once } from 'node:events';
import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { closesOf, storedText, synced, textOf } from '../../test/editing.ts';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
});
afterAll(() => app.stop());

const UNKNOWN = '01890000-0000-7000-8000-000000000000';

const create = async (title = 'Shared'): Promise<string> =>
  (await cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title, locale: 'en' })).id;

const syncUrl = (path: string) => `${app.url.replace('http', 'ws')}/sync/${path}`;

/** A socket without a protocol on top; `end` is the close code, or the status of a refused upgrade. */
function raw(path: string, headers: Record<string, string>) {
  const socket = new WebSocket(syncUrl(path), { headers });
  socket.binaryType = 'nodebuffer';
  const received: Buffer[] = [];
  socket.on('message', (data) => received.push(data as Buffer));
  const end = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.on('close', (code) => resolve(code));
    socket.on('error', () => undefined);
  });
  return { socket, received, end };
}

const own = (person: TestPerson) => ({ cookie: person.cookie, origin: app.url });

describe('working together', () => {
  test('two stock clients converge, and a third reads the same after a restart', async () => {
    const id = await create();
    const [anna, ben] = [await synced(cast.owner, id), await synced(cast.editor, id)];
    for (let at = 0; at < 50; at += 1) {
      anna.doc.getText('test').insert(0, `a${at} `);
      ben.doc.getText('test').insert(ben.doc.getText('test').length, `b${at} `);
    }
    await until('both have everything', () => textOf(anna.doc) === textOf(ben.doc) && textOf(anna.doc).length > 350);
    const text = textOf(anna.doc);
    await until('it is durable', async () => (await storedText(app, id)) === text);
    await app.restart();
    const names = [cast.owner, cast.editor, cast.commenter, cast.viewer, cast.outsider].map(
      ({ email }) => email.split('@')[0] ?? '',
    );
    const [owner, editor, commenter, viewer, outsider] = await Promise.all(names.map((name) => app.as(name)));
    if (!owner || !editor || !commenter || !viewer || !outsider) throw new Error('somebody is missing');
    cast = { ...cast, owner, editor, commenter, viewer, outsider };
    const third = await synced(cast.viewer, id);
    expect(textOf(third.doc)).toBe(text);
    expect(third.doc.getMap('fields').get('title')).toBe('Shared');
    third.close();
  });

  test('message 4 says what is durable, to those who ask for it', async () => {
    const id = await create();
    const { socket, received, end } = raw(`${id}?saved=1`, own(cast.editor));
    await once(socket, 'open');
    const doc = new Y.Doc();
    doc.getText('test').insert(0, 'kept');
    const step2 = encoding.createEncoder();
    encoding.writeVarUint(step2, 0);
    encoding.writeVarUint(step2, 1);
    encoding.writeVarUint8Array(step2, Y.encodeStateAsUpdate(new Y.Doc()));
    socket.send(encoding.toUint8Array(step2));
    const update = encoding.createEncoder();
    encoding.writeVarUint(update, 0);
    encoding.writeVarUint(update, 2);
    encoding.writeVarUint8Array(update, Y.encodeStateAsUpdate(doc));
    socket.send(encoding.toUint8Array(update));
    const saved = await until('a message 4 that counts it', () =>
      received
        .map((frame) => decoding.createDecoder(frame))
        .filter((decoder) => decoding.readVarUint(decoder) === 4)
        .map((decoder) => ({
          updates: decoding.readVarUint(decoder),
          step2s: decoding.readVarUint(decoder),
          vector: Y.decodeStateVector(decoding.readVarUint8Array(decoder)),
        }))
        .find(({ updates }) => updates === 1),
    );
    expect(saved.vector.get(doc.clientID)).toBe(4);
    socket.close();
    await end;
  });

  test('presence carries the name the server knows, whatever a client says', async () => {
    const id = await create();
    const [anna, ben] = [await synced(cast.owner, id), await synced(cast.editor, id)];
    anna.provider.awareness.setLocalState({
      user: { name: '<img src=x>', color: 'red;x', id: 'somebody' },
      cursor: null,
    });
    const state = await until('it is seen', () => ben.provider.awareness.getStates().get(anna.doc.clientID));
    expect(state).toMatchObject({ user: { id: cast.owner.id, name: cast.owner.email.split('@')[0] } });
    expect(JSON.stringify(state)).not.toContain('<img');
    anna.close();
    ben.close();
  });
});

describe('who may open a socket', () => {
  test.each([
    ['no origin', undefined],
    ['a null origin', 'null'],
    ['a foreign origin', 'http://evil.example'],
    ['our name as a prefix', 'PREFIX'],
    ['our host on another port', 'http://127.0.0.1:1'],
    ['our host over https', 'HTTPS'],
  ])('[check 2] a cookie with %s gets no upgrade', async (_what, origin) => {
    const id = await create();
    const meant =
      origin === 'PREFIX' ? `${app.url}.evil.example` : origin === 'HTTPS' ? app.url.replace('http', 'https') : origin;
    const headers = { cookie: cast.editor.cookie, ...(meant === undefined ? {} : { origin: meant }) };
    expect(await raw(id, headers).end).toBe(403);
  });

  test('[check 1] nobody, and whoever shows a cookie or a token that is not good, is told 4401', async () => {
    const id = await create();
    const [name = ''] = cast.editor.cookie.split('=');
    const attempts: Record<string, string>[] = [
      { origin: app.url },
      { origin: app.url, cookie: `${name}=forged.signature` },
      { origin: app.url, cookie: cast.editor.cookie.replace('=', '=x') },
      { origin: app.url, cookie: cast.editor.cookie.replace(/\..*$/, `.${Buffer.alloc(32).toString('base64')}`) },
      { authorization: 'Bearer nothing' },
      { authorization: `Bearer ${'a'.repeat(60)}`, cookie: cast.editor.cookie },
    ];
    const sockets = attempts.map((headers) => raw(id, headers));
    expect(await Promise.all(sockets.map(({ end }) => end))).toEqual(attempts.map(() => CLOSE.noSession));
    expect(sockets.flatMap(({ received }) => received)).toEqual([]);
  });

  test('a token opens a socket without an origin', async () => {
    const id = await create();
    const { token } = await cast.editor.api.accounts.createToken({ name: 'script' });
    const { socket, end } = raw(id, { authorization: `Bearer ${token}` });
    await once(socket, 'open');
    socket.close();
    expect(await end).toBe(1005);
  });

  test('[check 3] foreign, unknown and impossible documents are one answer', async () => {
    const id = await create();
    const paths = [id, UNKNOWN, `${id}/`, '', '..%2Fx', `x${'y'.repeat(300)}`, '__proto__', `${id}%00`, `${id}/${id}`];
    const codes = await Promise.all(paths.map((path) => raw(path, own(cast.outsider)).end));
    expect(new Set(codes)).toEqual(new Set([CLOSE.noDocument]));
  });

  test('[check 22] a client built for an older schema is told so', async () => {
    const id = await create();
    expect(await raw(`${id}?schema=0`, own(cast.editor)).end).toBe(CLOSE.clientTooOld);
    expect(await raw(`${id}?schema=abc`, own(cast.editor)).end).toBe(CLOSE.clientTooOld);
    const { socket, end } = raw(`${id}?schema=1`, own(cast.editor));
    await once(socket, 'open');
    socket.close();
    await end;
  });
});

describe('rights on open sockets', () => {
  const personalities = ['commenter', 'viewer'] as const;
  test.each(personalities)('[check 6] a %s reads and writes nothing', async (role) => {
    const id = await create();
    const writer = await synced(cast.editor, id);
    const reader = await synced(cast[role], id);
    const codes = closesOf(reader);
    reader.doc.getText('test').insert(0, 'forbidden');
    await until('the socket is closed', () => codes.length > 0);
    expect(codes[0]).toBe(CLOSE.noRight);
    writer.doc.getText('test').insert(0, 'allowed');
    await until('it is durable', async () => (await storedText(app, id)) === 'allowed');
    writer.close();
    reader.close();
  });

  test('[check 7] a removed member is put out, and so is everybody when the document moves away', async () => {
    const person = await app.as('leaving');
    const { workspaceId } = cast;
    await cast.owner.api.workspaces.addMember({ id: workspaceId, email: person.email, role: 'editor' });
    const id = await create();
    const [first, second] = [raw(id, own(person)), raw(id, own(cast.viewer))];
    await Promise.all([once(first.socket, 'open'), once(second.socket, 'open')]);
    await cast.owner.api.workspaces.removeMember({ id: workspaceId, personId: person.id });
    expect(await first.end).toBe(CLOSE.noDocument);
    const { id: elsewhere } = await cast.editor.api.workspaces.create({ name: 'Away' });
    await cast.editor.api.documents.update({ id, workspaceId: elsewhere });
    expect(await second.end).toBe(CLOSE.noDocument);
  });

  test('[check 44] signing out closes the sockets of that session, and of no other', async () => {
    const id = await create();
    const [leaving, staying] = [await app.as('two-sessions'), await app.as('two-sessions')];
    await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: leaving.email, role: 'editor' });
    const [first, second] = [raw(id, own(leaving)), raw(id, own(staying))];
    await Promise.all([once(first.socket, 'open'), once(second.socket, 'open')]);
    const answer = await leaving.fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(200);
    expect(await first.end).toBe(CLOSE.noSession);
    expect(second.socket.readyState).toBe(WebSocket.OPEN);
    second.socket.close();
    await second.end;
  });

  test('an archived workspace is read-only for those who have it open', async () => {
    const { id: workspaceId } = await cast.owner.api.workspaces.create({ name: 'Soon archived' });
    const { id } = await cast.owner.api.documents.create({ workspaceId, kind: 'note', title: 'Final' });
    const open = await synced(cast.owner, id);
    await cast.owner.api.workspaces.update({ id: workspaceId, state: 'archived' });
    open.close();
    const late = await synced(cast.owner, id);
    const codes = closesOf(late);
    late.doc.getText('test').insert(0, 'too late');
    await until('it is closed', () => codes.length > 0);
    expect(codes[0]).toBe(CLOSE.noRight);
    late.close();
  });
});

describe('garbage', () => {
  test.each([
    ['text', 'hello'],
    ['nothing', Buffer.alloc(0)],
    ['an unknown message', Buffer.from([99, 1, 2, 3])],
    ['an update that is none', Buffer.from([0, 2, 5, 255, 255, 255, 255, 255])],
    [
      '[check 15] seven bytes that claim thirty million structs',
      Buffer.from([0, 2, 7, 1, 0x80, 0xe1, 0xa6, 0x0e, 1, 0, 0]),
    ],
    ['a step 2 that ends too early', Buffer.from([0, 1, 200, 1])],
  ])('%s closes one socket and harms nobody', async (_what, frame) => {
    const id = await create();
    const honest = await synced(cast.owner, id);
    const { socket, end } = raw(id, own(cast.editor));
    await once(socket, 'open');
    socket.send(frame);
    const codes: number[] = [];
    void end.then((code) => codes.push(code));
    honest.doc.getText('test').insert(0, 'fine');
    const reader = await synced(cast.viewer, id);
    await until('the honest text arrives', () => textOf(reader.doc) === 'fine');
    expect(codes.filter((code) => code !== CLOSE.badUpdate && code !== CLOSE.tooBig)).toEqual([]);
    socket.close();
    honest.close();
    reader.close();
  });

  test('[check 11] a frame beyond every limit is not taken in', async () => {
    const id = await create();
    const { socket, end } = raw(id, own(cast.editor));
    await once(socket, 'open');
    socket.send(Buffer.alloc(9_000_000));
    expect(await end).toBe(CLOSE.tooBig);
  });
});

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import WebSocket from 'ws';
import { startApp, type TestApp, until } from '../../../test/harness.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const polling = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${app.url}/socket.io/?EIO=4&transport=polling`, { headers });

/** The status that an upgrade is answered with; 101 when it is let through. */
const upgrade = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}${path}`, { headers });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', (error) => {
      if (!error.message.includes('closed before')) reject(error);
    });
  });

const WEBSOCKET = '/socket.io/?EIO=4&transport=websocket';

describe('who may connect', () => {
  test('a cookie from a foreign page opens nothing, by any transport', async () => {
    const { cookie } = await app.as('anna');
    const port = new URL(app.url).port;
    const origins = [
      'null',
      'http://evil.example',
      `${app.url}.evil.example`,
      app.url.slice(0, -1),
      `http://127.0.0.1:${Number(port) + 1}`,
      app.url.toUpperCase(),
      `https://127.0.0.1:${port}`,
    ];
    for (const origin of origins) {
      expect((await polling({ cookie, origin })).status).toBe(403);
      expect(await upgrade(WEBSOCKET, { cookie, origin })).toBe(403);
    }
    expect((await polling({ cookie })).status).toBe(403);
    expect(await upgrade(WEBSOCKET, { cookie })).toBe(403);
    expect((await polling({ cookie, origin: app.url })).status).toBe(200);
    expect(await upgrade(WEBSOCKET, { cookie, origin: app.url })).toBe(101);
  });

  test('without a good session or token there is no socket', async () => {
    const origin = app.url;
    expect((await polling({ origin })).status).toBe(403);
    expect(await upgrade(WEBSOCKET, { origin })).toBe(401);
    expect(await upgrade(WEBSOCKET, { origin, cookie: 'concert.session=abc.def' })).toBe(401);
    expect(await upgrade(WEBSOCKET, { authorization: 'Bearer cct_nothing' })).toBe(401);
  });

  test('a token opens a socket without an origin, and its revocation closes it', async () => {
    const anna = await app.as('anna');
    const { id, token } = await anna.api.accounts.createToken({ name: 'listener' });
    const socket: Socket = io(app.url, {
      transports: ['websocket'],
      extraHeaders: { authorization: `Bearer ${token}` },
      reconnection: false,
    });
    await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined));
      socket.once('connect_error', reject);
    });
    const ended = new Promise((resolve) => socket.once('session.ended', resolve));
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    await anna.api.accounts.revokeToken({ id });
    await Promise.all([ended, closed]);
  });

  test('a socket stays within its person’s number', async () => {
    const crowd = await app.as('crowd');
    for (let i = 0; i < 60; i += 1) await crowd.live();
    await expect(crowd.live()).rejects.toThrow('full');
  });
});

describe('what is heard', () => {
  test('news of a workspace reach its members and nobody else', async () => {
    const [anna, bruno, stranger] = [await app.as('anna'), await app.as('bruno'), await app.as('stranger')];
    const { id } = await anna.api.workspaces.create({ name: 'Secret plans' });
    await anna.api.workspaces.addMember({ id, email: bruno.email, role: 'viewer' });
    const [inside, outside] = [await bruno.live(), await stranger.live()];
    const heardOutside: unknown[] = [];
    outside.onAny((...event: unknown[]) => heardOutside.push(event));
    const heard = new Promise((resolve) => inside.once('workspace.changed', resolve));
    await anna.api.workspaces.update({ id, name: 'Other plans' });
    expect(await heard).toEqual({ workspaceId: id });
    await stranger.api.workspaces.create({ name: 'Own' });
    await until('the stranger’s own news', () => heardOutside.length > 0);
    expect(JSON.stringify(heardOutside)).not.toContain(id);
  });

  test('who is added hears of the workspace from then on, without connecting again', async () => {
    const [anna, late] = [await app.as('anna'), await app.as('late')];
    const socket = await late.live();
    const { id } = await anna.api.workspaces.create({ name: 'Open' });
    const told = new Promise((resolve) => socket.once('access.changed', resolve));
    await anna.api.workspaces.addMember({ id, email: late.email, role: 'viewer' });
    await told;
    const news = new Promise((resolve) => socket.once('workspace.changed', resolve));
    await anna.api.workspaces.update({ id, description: 'News' });
    expect(await news).toEqual({ workspaceId: id });
  });
});

describe('what a client may say', () => {
  test('nothing: events change nothing, and a flood ends the connection', async () => {
    const [anna, forger] = [await app.as('anna'), await app.as('forger')];
    const { id } = await anna.api.workspaces.create({ name: 'Not the forger’s' });
    const socket = (await forger.live()) as unknown as Socket;
    const heard: unknown[] = [];
    socket.onAny((...event: unknown[]) => heard.push(event));
    for (const name of ['join', 'subscribe', 'workspace.changed', 'constructor', '__proto__'])
      socket.emit(name, `workspace:${id}`);
    await anna.api.workspaces.update({ id, name: 'Still not' });
    await forger.api.workspaces.create({ name: 'Own' });
    await until('own news', () => heard.length > 0);
    expect(JSON.stringify(heard)).not.toContain(id);
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    for (let i = 0; i < 100; i += 1) socket.emit('noise', i);
    await closed;
  });

  test.each([
    '40{"__proto__":1}',
    '42[]',
    '42[null]',
    '451000000-["x"]',
    '42["error"]',
    '42["connect"]',
    'garbage',
    '4',
    '',
  ])('a malformed packet %j harms nobody', async (packet) => {
    const { cookie } = await app.as('anna');
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}${WEBSOCKET}`, {
      headers: { cookie, origin: app.url },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('40');
    socket.send(packet);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    socket.terminate();
  });

  test('a packet beyond measure ends the connection', async () => {
    const { cookie } = await app.as('anna');
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}${WEBSOCKET}`, {
      headers: { cookie, origin: app.url },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send('4'.repeat(100_000));
    await closed;
  });

  test('an upgrade to an address of nobody is refused', async () => {
    const { port } = new URL(app.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 404/);
  });
});

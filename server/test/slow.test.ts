import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';

let app: TestApp;
let anna: TestPerson;
let port: number;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  anna = await app.as('anna');
  port = Number(new URL(app.url).port);
});
afterAll(() => app.stop());

type Held = { readonly socket: Socket; readonly opened: number; cutAfter: number | null; answer: string };

/** Opens a socket, sends this and then a byte now and then, for as long as it is let. */
async function hold(first: string, drop: string): Promise<Held> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const held: Held = { socket, opened: performance.now(), cutAfter: null, answer: '' };
  const drip = setInterval(() => socket.write(drop), 1_000);
  socket.on('data', (chunk) => {
    held.answer += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(drip);
    held.cutAfter = performance.now() - held.opened;
  });
  socket.write(first);
  return held;
}

const post = (length: number): string =>
  `POST /api/workspaces HTTP/1.1\r\nHost: x\r\nOrigin: ${app.url}\r\nCookie: ${anna.cookie}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

test('[check 48] five hundred slow sockets are cut, and nobody honest waits for them', async () => {
  const kinds: readonly (readonly [string, string])[] = [
    ['', ''],
    ['GET /api/me HTTP/1.1\r\n', 'X-A: b\r\n'],
    ['G', 'E'],
    [post(1_000), '{'],
    [`${post(1_000).replace('application/json', 'multipart/form-data; boundary=b')}--b`, ''],
  ];
  const sockets = await Promise.all(
    Array.from({ length: 500 }, (_, at) => hold(...(kinds[at % kinds.length] ?? ['', '']))),
  );
  const times: number[] = [];
  await until(
    'all are cut',
    async () => {
      const began = performance.now();
      expect((await anna.fetch('/api/me')).status).toBe(200);
      times.push(performance.now() - began);
      return sockets.every(({ cutAfter }) => cutAfter !== null);
    },
    60_000,
  );
  const longest = Math.max(...sockets.map(({ cutAfter }) => cutAfter ?? Number.POSITIVE_INFINITY));
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.ceil(times.length * share) - 1] ?? 0);
  process.stdout.write(
    `500 slow sockets: the last was cut after ${Math.round(longest)} ms; meanwhile ${times.length} honest requests, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms\n`,
  );
  // How long it takes is of the settings; a busy machine adds to it what it likes.
  const { headersTimeout, keepAliveTimeout } = app.app.server;
  expect([headersTimeout, keepAliveTimeout]).toEqual([8_000, 10_000]);
  expect((await anna.api.workspaces.list({})).items).toEqual([]);
}, 120_000);

describe('[check 48] bodies', () => {
  const send = (body: RequestInit['body'], headers: Record<string, string> = {}): Promise<Response> =>
    anna.fetch('/api/workspaces', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const zipped = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));

  test('are refused when they are packed, whatever is in them', async () => {
    for (const coding of ['gzip', 'deflate', 'br', 'x-gzip', 'gzip, identity'])
      expect((await send(zipped(' '.repeat(50_000_000)), { 'content-encoding': coding })).status).toBe(415);
    expect((await send(zipped('{"name":"Packed"}'), { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('are refused when two programs could read them differently', async () => {
    const bad = [
      '{"name":"One","name":"Two"}',
      new Uint8Array([...Buffer.from('{"name":"'), 0xff, 0xfe, ...Buffer.from('"}')]),
      `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      '{"name":"Tail"} trailing',
      '\ufeff\ufeff{"name":"Marks"}',
    ];
    for (const body of bad) {
      const answer = await send(body);
      expect({ body: String(body).slice(0, 40), status: answer.status }).toEqual({
        body: String(body).slice(0, 40),
        status: 400,
      });
      expect(await answer.json()).toMatchObject({ data: { reason: 'invalid-input' } });
    }
  });

  test('may come in pieces of unknown length, an empty one too', async () => {
    const pieces = (text: string): ReadableStream =>
      new ReadableStream({
        start(controller) {
          for (const letter of text) controller.enqueue(new TextEncoder().encode(letter));
          controller.close();
        },
      });
    const chunked = (text: string): Promise<Response> =>
      anna.fetch('/api/workspaces', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: pieces(text),
        duplex: 'half',
      } as RequestInit);
    expect((await chunked('')).status).toBe(400);
    expect((await chunked('{"name":"Pieces"}')).status).toBe(200);
  });

  test('of a hundred megabytes are 413 and are not kept in memory', async () => {
    const before = process.memoryUsage().rss;
    const chunk = new Uint8Array(1_000_000).fill(0x20);
    let left = 101;
    const stream = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const answer = await anna
      .fetch('/api/workspaces', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: stream,
        duplex: 'half',
      } as RequestInit)
      .catch(() => null);
    expect([413, undefined]).toContain(answer?.status);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });
});

/** Sends bytes as they are and reads until the server hangs up, or has answered as often as it should. */
async function raw(bytes: string, answers = 1): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk.toString();
  });
  let closed = false;
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await until('it is answered', () => closed || (said.match(/HTTP\/1\.1 \d/g)?.length ?? 0) >= answers);
  socket.destroy();
  return said;
}
const statuses = (said: string): number[] => [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));

describe('[check 48] methods and framing', () => {
  test('methods that there are not change nothing and are 4xx', async () => {
    for (const method of ['TRACE', 'PUT', 'PROPFIND', 'CONNECT', 'LINK', 'FOO', 'get', 'OPTIONS'])
      for (const path of ['/api/me', '/', '/healthz', '/api/workspaces']) {
        const said = await raw(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
        const [status = 400] = statuses(said);
        const fine = status >= 400 && status < 500;
        expect({ method, path, fine: fine || (method === 'OPTIONS' && status < 500) }).toEqual({
          method,
          path,
          fine: true,
        });
        expect(said).not.toMatch(/access-control-allow-origin/i);
      }
  });

  test('a request that says its length in two ways is refused, and nothing is smuggled behind it', async () => {
    const smuggled = 'GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n';
    const attempts = [
      `POST /api/workspaces HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `POST /api/workspaces HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${smuggled}`,
      `POST /api/workspaces HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n${smuggled}`,
      `POST /api/workspaces HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `POST /api/workspaces HTTP/1.1\r\nHost: x\r\nContent-Length: +6\r\n\r\nabcdef${smuggled}`,
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\rX-Smuggled: c\r\n\r\n`,
      `GET /healthz HTTP/1.1\nHost: x\n Folded: y\n\n`,
    ];
    for (const attempt of attempts) {
      const said = await raw(attempt, 2);
      expect({ attempt, statuses: statuses(said) }).toEqual({ attempt, statuses: [expect.any(Number)] });
      expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
  });

  test('requests in a row on one connection are answered in their order', async () => {
    const one = (path: string, last = false): string =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
    const said = await raw(one('/healthz') + one('/api/me') + one('/api/nothing') + one('/healthz', true), 4);
    expect(statuses(said)).toEqual([200, 401, 404, 200]);
  });

  test('headers of a hundred kilobytes are refused', async () => {
    for (const header of [`X-Big: ${'x'.repeat(100_000)}`, `Cookie: ${'a=b; '.repeat(20_000)}`])
      expect(statuses(await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n`))).toEqual([431]);
  });
});

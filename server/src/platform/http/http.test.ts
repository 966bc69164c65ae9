import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestApp, TestPerson } from '../../../test/harness.ts';
import { startApp } from '../../../test/harness.ts';

let app: TestApp;
let person: TestPerson;

beforeAll(async () => {
  app = await startApp();
  person = await app.as('ada');
});
afterAll(() => app.stop());

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const bodyOf = async (response: Response) =>
  (await response.json()) as { code: string; status: number; data: { reason: string } };

/** Sends raw bytes and reads the first line of the answer, or 'closed' when the server just hangs up. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.includes('\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(answer.split('\r\n')[0] || 'closed'));
    socket.on('error', reject);
  });

describe('health and description', () => {
  test('the server is alive, ready, and measured from this machine', async () => {
    expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' });
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('nodejs_eventloop_lag_seconds');
    expect(metrics).toContain('document_sockets');
  });

  test('what is measured is shown to nobody who comes through a proxy, or under a foreign name', async () => {
    const attempts: Record<string, string>[] = [{ 'x-forwarded-for': '203.0.113.7' }, { via: '1.1 proxy' }];
    for (const headers of attempts)
      expect(await (await fetch(`${app.url}/metrics`, { headers })).text()).not.toContain('nodejs_');
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('GET /metrics HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).not.toContain('nodejs_');
  });

  test('every route is described by OpenAPI 3.1, the authentication ones included', async () => {
    const document = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    for (const route of [
      'GET /workspaces',
      'POST /workspaces/{id}/members',
      'GET /documents/{id}/content',
      'POST /documents/{id}/files',
      'GET /me',
    ])
      expect(described).toContain(route);
    expect(described.some((route) => route.includes('sign-in/email'))).toBe(true);
  });
});

describe('[check 46] cross-site requests change nothing', () => {
  const attempts: [string, RequestInit][] = [
    ['no origin', { headers: { origin: '' } }],
    ['origin null', { headers: { origin: 'null' } }],
    ['a foreign origin', { headers: { origin: 'http://evil.example' } }],
    ['our origin as a prefix', { headers: { origin: 'OWN.evil.example' } }],
    ['another port', { headers: { origin: 'http://127.0.0.1:1' } }],
  ];

  test.each(attempts)('with %s a cookie is not enough', async (_name, init) => {
    const origin = String((init.headers as Record<string, string>).origin).replace('OWN', app.url);
    const headers: Record<string, string> = {
      cookie: person.cookie,
      'content-type': 'application/json',
      ...(origin === '' ? {} : { origin }),
    };
    const response = await fetch(`${app.url}/api/workspaces`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'Stolen' }),
    });
    expect(response.status).toBe(403);
    expect((await bodyOf(response)).data.reason).toBe('cross-site');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded'])('a body of %s is refused', async (type) => {
    const response = await person.fetch('/api/workspaces', {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"name":"Stolen"}',
    });
    expect(response.status).toBe(415);
  });

  test('nothing was created by any of them', async () => {
    expect((await person.api.workspaces.list({})).items).toEqual([]);
  });

  test('a method cannot be overridden by a header', async () => {
    const response = await person.fetch('/api/workspaces', { headers: { 'x-http-method-override': 'POST' } });
    expect(response.status).toBe(200);
    expect((await person.api.workspaces.list({})).items).toEqual([]);
  });
});

describe('[check 47] headers', () => {
  test.each(['/', '/api/me', '/api/nothing', '/healthz', '/documents/x'])(
    '%s carries the security headers',
    async (path) => {
      const { headers } = await fetch(`${app.url}${path}`, { headers: { accept: 'text/html' } });
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('behind https, browsers are told to stay there and cookies are bound to the host', async () => {
    const secure = await startApp({ env: { PUBLIC_URL: 'https://concert.example.org' } });
    const own = { origin: 'https://concert.example.org', 'content-type': 'application/json' };
    const page = await fetch(
      `${secure.url.startsWith('https') ? `http://127.0.0.1:${portOf(secure)}` : secure.url}/healthz`,
    );
    expect(page.headers.get('strict-transport-security')).toContain('max-age=31536000');
    const signedUp = await fetch(`http://127.0.0.1:${portOf(secure)}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: own,
      body: JSON.stringify({ email: 'secure@test.example', password: 'a long enough password', name: 'Secure' }),
    });
    const [cookie = ''] = signedUp.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-/);
    expect(cookie).toMatch(/; Secure/i);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    await secure.stop();
  });
});

const portOf = (running: TestApp): number => {
  const address = running.app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

describe('[check 48] [check 49] bad input is answered, in one shape, without a stack', () => {
  test('a body that is not JSON', async () => {
    const response = await person.fetch('/api/workspaces', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":',
    });
    expect(response.status).toBe(400);
    const body = await bodyOf(response);
    expect(body).toMatchObject({ status: 400, data: { reason: expect.any(String) } });
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\bat \w+ \(/);
  });

  test.each([
    ['nothing', {}],
    ['a wrong type', { name: 7 }],
    ['an operator', { name: { $ne: null } }],
    ['an unknown field', { name: 'Fine', owner: 'somebody else' }],
    ['an array', ['name']],
    ['null', null],
    ['a prototype', JSON.parse('{"name":"Fine","__proto__":{"role":"owner"},"constructor":{"prototype":{}}}')],
  ])('%s is 400 with a reason', async (_name, body) => {
    const response = await person.fetch('/api/workspaces', json(body));
    expect(response.status).toBe(400);
    expect(await bodyOf(response)).toMatchObject({
      code: 'BAD_REQUEST',
      status: 400,
      data: { reason: 'invalid-input' },
    });
  });

  test('ten thousand levels of nesting', async () => {
    const body = `{"name":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const response = await person.fetch('/api/workspaces', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
  });

  test('a body over a megabyte is 413, whether or not it says how long it is', async () => {
    const big = JSON.stringify({ name: 'x'.repeat(2_000_000) });
    const told = await person.fetch('/api/workspaces', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: big,
    });
    expect(told.status).toBe(413);
    expect((await bodyOf(told)).data.reason).toBe('too-big');
    const stream = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < big.length; sent += 65_536)
          controller.enqueue(new TextEncoder().encode(big.slice(sent, sent + 65_536)));
        controller.close();
      },
    });
    const untold = await person.fetch('/api/workspaces', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(untold.status).toBe(413);
  });

  test('unknown routes and methods are 404 in the same shape', async () => {
    for (const [path, method] of [
      ['/api/nothing', 'GET'],
      ['/api/workspaces/x/y/z', 'POST'],
      ['/api/me', 'PUT'],
    ]) {
      const response = await person.fetch(path ?? '', { method: method ?? 'GET' });
      expect(response.status).toBe(404);
      expect(await bodyOf(response)).toMatchObject({ status: 404, data: { reason: 'not-found' } });
    }
  });

  test('queries are checked like bodies', async () => {
    for (const query of ['limit=0', 'limit=1e9', 'limit[$gt]=1', 'unknown=1', 'cursor=%00', 'limit=abc']) {
      const response = await person.fetch(`/api/workspaces?${query}`);
      expect([query, response.status]).toEqual([query, 400]);
    }
  });

  test('an answer to nobody is 401 on every route that is not public', async () => {
    for (const path of [
      '/api/me',
      '/api/workspaces',
      '/api/documents',
      '/api/tokens',
      '/api/people',
      '/api/presence',
    ]) {
      const response = await fetch(`${app.url}${path}`);
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  test('requests that are no HTTP, or try to smuggle a second one, are closed', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/);
    expect(
      await raw(
        'POST /api/workspaces HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
    ).toMatch(/400/);
    expect(await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(/431|400/);
    expect(
      await raw(
        'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 404/);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  });
});

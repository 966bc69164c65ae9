import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { idsIn } from './fixture.ts';
import { startApp, type TestApp, type TestPerson } from './harness.ts';
import { castOf } from './people.ts';
import { routesOf } from './routes.ts';

let app: TestApp;
/** Whose sessions and tokens do not outlive the test that calls every route. */
let visitor: TestPerson;
let owner: TestPerson;
let fileUrl: string;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  const cast = await castOf(app);
  owner = cast.owner;
  visitor = cast.commenter;
  const ids = await idsIn({ app, owner, workspaceId: cast.workspaceId });
  fileUrl = `/api/files/${ids.files}`;
});
afterAll(() => app.stop());

/** What is wrong with the headers of an answer; nothing, as a rule. */
function faults({ headers }: Response): string[] {
  const policy = new Map(
    (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values.join(' ')] as const;
    }),
  );
  const wanted: readonly (readonly [string, boolean])[] = [
    ['object-src', policy.get('object-src') === "'none'" || policy.get('default-src') === "'none'"],
    ['base-uri', policy.get('base-uri') === "'none'" || policy.has('sandbox')],
    ['frame-ancestors', policy.get('frame-ancestors') === "'none'" || policy.has('sandbox')],
    ['no unsafe', ![...policy.values()].some((value) => value.includes('unsafe'))],
    ['scripts', ["'self'", "'none'"].includes(policy.get('script-src') ?? policy.get('default-src') ?? '')],
    ['nosniff', headers.get('x-content-type-options') === 'nosniff'],
    ['referrer', headers.get('referrer-policy') === 'no-referrer'],
    ['powered by', !headers.has('x-powered-by') && !headers.has('server')],
    ['cors', !headers.has('access-control-allow-origin') && !headers.has('access-control-allow-credentials')],
    ['request id', /^[\w-]{8,36}$/.test(headers.get('x-request-id') ?? '')],
  ];
  return wanted.flatMap(([name, fine]) => (fine ? [] : [name]));
}

describe('[check 47] headers', () => {
  test('are on the answer of every route, whatever it answers', async () => {
    const missing: string[] = [];
    const look = async (what: string, answer: Response): Promise<void> => {
      await answer.arrayBuffer();
      const wrong = faults(answer);
      if (wrong.length > 0) missing.push(`${what} ${answer.status}: ${wrong.join(', ')}`);
    };
    const evil = { origin: 'https://evil.example' };
    for (const { method, path } of await routesOf(app.url)) {
      const address = `/api${path.replace(/\{\w+\}/g, 'x')}`;
      await look(`${method} ${path}`, await visitor.fetch(address, { method }));
      await look(`${method} ${path} from elsewhere`, await fetch(app.url + address, { method, headers: evil }));
    }
    const others = [
      '/',
      '/claim/x',
      '/api',
      '/api/',
      '/api/nothing',
      '/healthz',
      '/readyz',
      '/metrics',
      '/assets/none.js',
      '/favicon.ico',
      '/%zz',
      '/api/%zz',
      '/..%2f..%2fetc/passwd',
      '/api/openapi.json',
      fileUrl,
    ];
    for (const path of others)
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'])
        await look(`${method} ${path}`, await visitor.fetch(path, { method, headers: evil }));
    expect(missing).toEqual([]);
  }, 120_000);

  test('a file goes out as what it is, to be looked at alone, and is kept by nobody', async () => {
    const { headers, status } = await owner.fetch(fileUrl);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/sandbox|default-src 'none'/);
    expect(headers.get('content-disposition')).toMatch(/^(attachment|inline)/);
    expect(headers.get('cache-control')).toContain('private');
  });

  test('a refused WebSocket says nothing beyond its status', async () => {
    for (const path of ['/sync/x', '/socket.io/?EIO=4&transport=websocket', '/nowhere']) {
      const socket = new WebSocket(app.url.replace('http', 'ws') + path, {
        headers: { origin: 'https://evil.example' },
      });
      socket.on('error', () => undefined);
      const headers = await new Promise<Record<string, unknown>>((resolve) =>
        socket.on('unexpected-response', (_request, response) => {
          expect(response.statusCode).toBeGreaterThanOrEqual(400);
          resolve(response.headers);
          response.destroy();
        }),
      );
      for (const name of ['access-control-allow-origin', 'x-powered-by', 'server', 'set-cookie'])
        expect(headers[name]).toBeUndefined();
    }
  });

  test('live news by polling has the same protection', async () => {
    const answer = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const asked = request(`${app.url}/socket.io/?EIO=4&transport=polling`, {
        headers: { origin: 'https://evil.example' },
      });
      asked.on('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode, ...response.headers });
      });
      asked.on('error', reject).end();
    });
    expect(answer.status).toBe(403);
    expect(answer['access-control-allow-origin']).toBeUndefined();
  });
});

describe('[check 47] the built page', () => {
  test('needs no script but our own files, and styles by the nonce of the answer', async () => {
    const answer = await fetch(`${app.url}/`, { headers: { accept: 'text/html' } });
    // Without a built client there is no page to look at.
    if (answer.status !== 200) return;
    const html = await answer.text();
    for (const [tag, attributes = '', content = ''] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect({ tag, own: /src="\/(?!\/)/.test(attributes) }).toEqual({ tag, own: true });
      expect(content.trim()).toBe('');
    }
    expect(html).not.toMatch(/\son\w+=|javascript:/i);
    expect(html).not.toContain('__CSP_NONCE__');
    const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(html).toContain(nonce);
    const other = await fetch(`${app.url}/`, { headers: { accept: 'text/html' } });
    expect(other.headers.get('content-security-policy')).not.toContain(nonce);
  });
});

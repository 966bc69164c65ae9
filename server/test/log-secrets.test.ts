import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { from } from './drive.ts';
import { type Ids, idNamesOf, idsIn } from './fixture.ts';
import { PASSWORD, startApp, type TestApp } from './harness.ts';
import { type Cast, castOf } from './people.ts';
import { type Route, routesOf, sample } from './routes.ts';

const lines: string[] = [];
let app: TestApp;
let cast: Cast;
let ids: Ids;
let routes: Route[];
beforeAll(async () => {
  app = await startApp({
    env: { RATE_LIMITS: 'off', TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'trace' },
    onLog: (line) => lines.push(line),
  });
  cast = await castOf(app);
  ids = await idsIn({ app, owner: cast.owner, workspaceId: cast.workspaceId });
  routes = await routesOf(app.url);
}, 120_000);
afterAll(() => app.stop());

/** All at once: what ends a line, what a terminal obeys, what looks like a line of its own. */
const FORGED = [
  'a\r\n{"level":"fatal","time":0,"msg":"forged"}',
  '\u001b[2J\u001b[31mred\u0007',
  '{"level":60}',
  '"},{"level":60,"msg":"forged',
  '%s %d %j %o {{7*7}}',
].join(' ');
/** Long enough for any minimum, and for nothing else. */
const CANARY = 'canary-Zx9-canary-Zx9-canary-Zx9-canary-Zx9';

const send = async (path: string, init: RequestInit): Promise<Response> => {
  const answer = await cast.owner.fetch(path, init);
  await answer.arrayBuffer();
  return answer;
};

const isText = (schema: Parameters<typeof sample>[1]): boolean =>
  schema.type === 'string' && schema.format !== 'date-time';

/** Calls a route with this text in every field that takes text, in its query, its path and its headers. */
async function callWith(route: Route, text: string): Promise<void> {
  const body = Object.fromEntries(
    Object.entries(route.body ?? {}).map(([name, schema]) => [
      name,
      isText(schema) && !idNamesOf(route).includes(name) ? text : sample(name, schema, {}),
    ]),
  );
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => from(route, ids)(name));
  const headers = {
    'content-type': 'application/json',
    'user-agent': encodeURIComponent(text),
    'x-request-id': encodeURIComponent(text),
    'accept-language': encodeURIComponent(text),
  };
  const init = route.method === 'GET' ? { headers } : { method: route.method, headers, body: JSON.stringify(body) };
  await send(`/api${path}`, init);
  await send(`/api${path}?q=${encodeURIComponent(text)}&token=${encodeURIComponent(text)}`, init);
  await send(`/api${route.path.replace(/\{\w+\}/g, encodeURIComponent(text))}`, init);
}

test('[check 50] whatever stands in a field, each event is one line of JSON, and says no more than it should', async () => {
  const harmless = routes.filter(
    ({ method, path }) => method !== 'DELETE' && !path.includes('revoke') && !path.includes('sign-out'),
  );
  for (const route of harmless) await callWith(route, FORGED);
  expect(lines.length).toBeGreaterThan(harmless.length * 3);
  for (const line of lines) {
    expect(line.endsWith('\n') && !line.slice(0, -1).includes('\n')).toBe(true);
    expect(line).not.toMatch(/"level":"?(60|fatal)/);
    for (const mark of ['\r', '\u001b', '\u0007']) expect(line).not.toContain(mark);
    expect(typeof JSON.parse(line)).toBe('object');
  }
  process.stdout.write(`log: ${harmless.length} routes, ${lines.length} lines\n`);
}, 240_000);

test('[check 50] no password, token, cookie, mailed secret or address of a person is in any line', async () => {
  const { url } = app;
  const json = { 'content-type': 'application/json', origin: url };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const personal = await cast.editor.api.accounts.createToken({ name: 'script' });
  const cookieValue = cast.owner.cookie.split('=')[1] ?? '';
  await post('/api/auth/sign-in/email', { email: 'canary@canary.example', password: CANARY });
  await post('/api/auth/sign-up/email', { name: 'Canary', email: 'canary@canary.example', password: `${CANARY}1` });
  await post('/api/auth/reset-password', { token: CANARY, newPassword: CANARY });
  await post('/api/auth/verify-email', { token: CANARY });
  await post('/api/claim', { token: CANARY, name: 'C', email: 'canary@canary.example', password: CANARY });
  await post('/api/invitations/look', { token: ids.token });
  for (const path of ['/claim/', '/invitations/', '/reset?token=', '/api/invitations/', '/verify#'])
    await fetch(`${url}${path}${CANARY}`);
  await fetch(`${url}/api/me?token=${CANARY}`, { headers: { authorization: `Bearer ${CANARY}` } });
  await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${personal.token}` } });
  await fetch(`${url}/api/me`, { headers: { cookie: `concert.session_token=${CANARY}` } });
  const all = lines.join('');
  const secrets = [
    CANARY,
    encodeURIComponent(CANARY),
    'canary@',
    PASSWORD,
    personal.token,
    cookieValue,
    decodeURIComponent(cookieValue),
    ids.token ?? '',
    '@test.example',
  ];
  for (const secret of secrets)
    expect({ secret, found: secret !== '' && all.includes(secret) }).toEqual({ secret, found: false });
}, 120_000);

test('each request has an id that its answer and its lines carry; a trusted proxy may give it, if it is one', async () => {
  const withId = (id: string) => fetch(`${app.url}/api/nothing-here`, { headers: { 'x-request-id': id } });
  const given = 'f47ac10b58cc4372a5670e02b2c3d479';
  const answer = await withId(given);
  expect(answer.headers.get('x-request-id')).toBe(given);
  expect(lines.some((line) => JSON.parse(line).requestId === given)).toBe(true);
  for (const bad of ['short', 'x'.repeat(37), 'with space and more', '{"level":60}aa', 'ümlautümlaut']) {
    const own = (await withId(encodeURIComponent(bad).slice(0, 200))).headers.get('x-request-id') ?? '';
    expect(own).not.toBe(bad);
    expect(own).toMatch(/^[A-Za-z0-9-]{8,36}$/);
  }
  const plain = await startApp();
  const untrusted = await fetch(`${plain.url}/healthz`, { headers: { 'x-request-id': given } });
  expect(untrusted.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  await plain.stop();
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ONE_CLICK_PATH } from '../src/platform/http/guards.ts';
import { from } from './drive.ts';
import { type Ids, idNamesOf, idsIn } from './fixture.ts';
import { startApp, type TestApp } from './harness.ts';
import { type Cast, castOf } from './people.ts';
import { type Route, routesOf, sample } from './routes.ts';

let app: TestApp;
let cast: Cast;
let routes: Route[];
let ids: Ids;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  await app.as('owner1');
  routes = (await routesOf(app.url)).filter(({ method }) => method !== 'GET');
  ids = await idsIn({ app, owner: cast.owner, workspaceId: cast.workspaceId, memberId: cast.editor.id });
}, 120_000);
afterAll(() => app.stop());

/** Everything stored, by collection. */
async function stored(): Promise<Readonly<Record<string, string>>> {
  const { db } = app.app.platform;
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  const hashes: Record<string, string> = {};
  // How the texts are kept may change by itself: the log of a document that nobody has open is made into a snapshot.
  for (const name of names.filter((one) => !/^doc_(updates|snapshots|heads|turns)$/.test(one))) {
    const all = await db.collection(name).find().sort({ _id: 1 }).toArray();
    // When a session or a person was last seen is written down whatever they ask for.
    const text = JSON.stringify(all, (key, value) => (/^(updatedAt|last\w*At)$/.test(key) ? undefined : value));
    hashes[name] = createHash('sha256').update(text).digest('hex');
  }
  return hashes;
}

const pathOf = (route: Route): string =>
  `/api${route.path.replace(/\{(\w+)\}/g, (_, name: string) => from(route, ids)(name))}`;

/** A body with which our own page would have its way. */
const validBody = (route: Route): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(route.body ?? {}).map(([name, schema]) => [
        name,
        idNamesOf(route).includes(name) ? from(route, ids)(name) : sample(name, schema, { email: 'new@x.example' }),
      ]),
    ),
  );

const EVIL = 'https://evil.example';

/** What a page elsewhere can make a browser send: the cookie always goes along. */
const ATTEMPTS: readonly (readonly [string, (route: Route) => RequestInit])[] = [
  ['plain text', (route) => ({ headers: { origin: EVIL, 'content-type': 'text/plain' }, body: validBody(route) })],
  [
    'plain text, our origin',
    (route) => ({ headers: { origin: app.url, 'content-type': 'text/plain' }, body: validBody(route) }),
  ],
  [
    'a form',
    () => ({ headers: { origin: EVIL, 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=x' }),
  ],
  [
    'a form, our origin',
    () => ({ headers: { origin: app.url, 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=x' }),
  ],
  [
    'multipart',
    () => ({ headers: { origin: EVIL, 'content-type': 'multipart/form-data; boundary=b' }, body: '--b--\r\n' }),
  ],
  ['no origin', (route) => ({ headers: { 'content-type': 'application/json' }, body: validBody(route) })],
  ['no origin, no body', () => ({ headers: {} })],
  [
    'origin null',
    (route) => ({ headers: { origin: 'null', 'content-type': 'application/json' }, body: validBody(route) }),
  ],
  [
    'a foreign origin',
    (route) => ({ headers: { origin: EVIL, 'content-type': 'application/json' }, body: validBody(route) }),
  ],
  [
    'our origin as a prefix',
    (route) => ({
      headers: { origin: `${app.url}.evil.example`, 'content-type': 'application/json' },
      body: validBody(route),
    }),
  ],
  [
    'a foreign site, told by the browser',
    (route) => ({
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
      body: validBody(route),
    }),
  ],
];

test('[check 46] no page elsewhere changes anything: every route that changes something, with nothing but the cookie', async () => {
  expect(routes.length).toBeGreaterThan(30);
  const before = await stored();
  const passed: string[] = [];
  let driven = 0;
  for (const route of routes)
    for (const [what, init] of ATTEMPTS) {
      const { headers, ...rest } = init(route);
      const answer = await fetch(app.url + pathOf(route), {
        ...rest,
        method: route.method,
        headers: { ...(headers as Record<string, string>), cookie: cast.owner.cookie },
      });
      driven += 1;
      // Mail programs send a form there, with these words (RFC 8058); any other is refused for what it says.
      const refused = route.path.startsWith(ONE_CLICK_PATH) ? [400, 403, 415] : [403, 415];
      if (!refused.includes(answer.status)) passed.push(`${route.name}: ${what} ${answer.status}`);
      await answer.body?.cancel();
    }
  expect(passed).toEqual([]);
  expect(await stored()).toEqual(before);
  process.stdout.write(`cross-site: ${routes.length} routes, ${driven} requests, 0 changes\n`);
}, 120_000);

test('[check 46] nor does a GET that says it is something else', async () => {
  const before = await stored();
  for (const route of routes)
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const headers = { cookie: cast.owner.cookie, [name]: route.method };
      for (const path of [pathOf(route), `${pathOf(route)}?_method=${route.method}`])
        await (await fetch(app.url + path, { headers })).body?.cancel();
    }
  expect(await stored()).toEqual(before);
}, 120_000);

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { startApp, type TestApp, type TestPerson } from './harness.ts';
import { type Cast, castOf } from './people.ts';
import { type Route, routesOf, sample } from './routes.ts';

/** Routes that answer whoever asks; all others want a session or a token. */
const PUBLIC = new Set([
  'GET /boot',
  'POST /claim',
  'GET /invitations/{token}',
  'POST /auth/sign-up/email',
  'POST /auth/sign-in/email',
  'POST /auth/sign-out',
  'GET /auth/get-session',
]);
/** The secret of an invitation is a right by itself; an organisation is open to everybody who is signed in. */
const NOT_SOMEBODYS = new Set(['token', 'organisationId']);

/** Ids by the place in which a route takes them: `workspaces`, `documents`, `personId` and so on. */
type Ids = Readonly<Record<string, string>>;

let app: TestApp;
let cast: Cast;
let routes: Route[];
/** What is in the workspace of the cast; what the outsider has; what nobody has. */
let theirs: Ids;
let own: Ids;
const nobodys: Ids = Object.fromEntries(
  ['workspaces', 'documents', 'files', 'tokens', 'auth', 'personId', 'versionId', 'invitationId'].map((place, at) => [
    place,
    `01890000-0000-7000-8000-00000000000${at}`,
  ]),
);

async function idsOf(person: TestPerson, workspaceId: string): Promise<Ids> {
  const { documents, workspaces, files, accounts } = person.api;
  const { id: documentId } = await documents.create({ workspaceId, kind: 'note', title: 'Canary', locale: 'en' });
  const { id: versionId } = await documents.createVersion({ id: documentId });
  const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: '#123456' } })
    .png()
    .toBuffer();
  const file = await files.upload({ id: documentId, file: new File([new Uint8Array(png)], 'canary.png') });
  const added = await workspaces.addMember({
    id: workspaceId,
    email: `guest-${workspaceId}@x.example`,
    role: 'viewer',
  });
  if (added.outcome !== 'invited') throw new Error('nobody was invited');
  const sessions = await (await person.fetch('/api/auth/list-sessions')).json();
  return {
    workspaces: workspaceId,
    documents: documentId,
    files: file.id,
    tokens: (await accounts.createToken({ name: 'canary' })).id,
    auth: sessions[0].id,
    personId: person.id,
    versionId,
    invitationId: added.invitation.id,
    token: app.app.platform.auth.derive(`workspace-invitation:${added.invitation.id}`),
  };
}

beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
  routes = await routesOf(app.url);
  theirs = await idsOf(cast.owner, cast.workspaceId);
  own = await idsOf(cast.outsider, cast.foreignWorkspaceId);
});
afterAll(() => app.stop());

/** What an id in this place of a route names. */
const placeOf = (route: Route, name: string): string =>
  name === 'id' ? (route.path.split('/')[1] ?? '') : name === 'workspaceId' ? 'workspaces' : name;

/** The places of a route that name something of somebody's. */
const idNamesOf = (route: Route): string[] =>
  [...route.pathParameters, ...route.query, ...Object.keys(route.body ?? {})].filter(
    (name) => (name === 'id' || name.endsWith('Id')) && !NOT_SOMEBODYS.has(name),
  );

type Call = {
  /** Id by the name of the place. */
  readonly ids: (name: string) => string;
  readonly query?: string;
  readonly body?: (valid: Record<string, unknown>) => unknown;
};

const KNOWN = { email: 'somebody@test.example', password: 'not the right one', currentPassword: 'not the right one' };

function requestFor(route: Route, call: Call): { path: string; init: RequestInit } {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => call.ids(name));
  const idQuery = route.query.filter((name) => name.endsWith('Id')).map((name) => `${name}=${call.ids(name)}`);
  const query = [...idQuery, ...(call.query === undefined ? [] : [call.query])].join('&');
  const headers: Record<string, string> = {};
  const init: RequestInit = { method: route.method, headers };
  if (route.method !== 'GET') {
    const valid = Object.fromEntries(
      Object.entries(route.body ?? {}).map(([name, schema]) => [
        name,
        idNamesOf(route).includes(name) ? call.ids(name) : sample(name, schema, KNOWN),
      ]),
    );
    if (route.upload && call.body === undefined) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array([1, 2, 3])]), 'x.png');
      init.body = form;
    } else if (route.body !== undefined || call.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(call.body === undefined ? valid : call.body(valid));
    }
  }
  return { path: `/api${path}${query === '' ? '' : `?${query}`}`, init };
}

let driven = 0;
type Answer = { readonly status: number; readonly text: string };
async function drive(person: TestPerson | null, route: Route, call: Call): Promise<Answer> {
  driven += 1;
  const { path, init } = requestFor(route, call);
  const send = person?.fetch ?? ((to: string, how: RequestInit) => fetch(app.url + to, how));
  const answer = await send(path, init);
  const text = await answer.text();
  const told = `${route.name} with ${path} ${String(init.body)}: ${answer.status} ${text}`;
  expect(answer.status < 500 ? '' : told).toBe('');
  expect(text).not.toMatch(/Canary|\bat .*\.ts:|node_modules|MongoServerError/);
  return { status: answer.status, text };
}

/** Byte by byte the same, but for the ids that the question named itself. */
const sameBut = (text: string, ids: Ids): string =>
  Object.values(ids).reduce((clean, id) => clean.replaceAll(id, 'ID'), text);

const from =
  (route: Route, ids: Ids) =>
  (name: string): string =>
    ids[placeOf(route, name)] ?? 'nothing';

const report = (what: string): void => {
  process.stdout.write(`${what}: ${routes.length} routes, ${driven} requests\n`);
  driven = 0;
};

describe('every route there is', () => {
  test('[26] without a session answers 401, unless it is one of the few that are public', async () => {
    expect(routes.length).toBeGreaterThan(40);
    for (const name of PUBLIC) expect(routes.map((route) => route.name)).toContain(name);
    for (const route of routes) {
      const { status } = await drive(null, route, { ids: from(route, theirs) });
      const told = `${route.name} ${status}`;
      if (route.path.startsWith('/demo/')) expect(told).toBe(`${route.name} 404`);
      else if (!PUBLIC.has(route.name)) expect(told).toBe(`${route.name} 401`);
    }
    report('without a session');
  }, 60_000);

  test('[26] [27] answers about what is somebody else’s as about what does not exist, in every place it takes an id', async () => {
    for (const route of routes) {
      const names = idNamesOf(route);
      if (names.length === 0) continue;
      // Every mixture of one's own ids with those of somebody else, but the one that is all one's own.
      for (let mask = 1; mask < 2 ** names.length; mask += 1) {
        const mixed = (foreign: Ids) => (name: string) =>
          from(route, mask & (1 << names.indexOf(name)) ? foreign : own)(name);
        const real = await drive(cast.outsider, route, { ids: mixed(theirs) });
        const random = await drive(cast.outsider, route, { ids: mixed(nobodys) });
        const shown = (answer: Answer, ids: Ids) =>
          `${route.name} ${mask} ${answer.status} ${sameBut(answer.text, ids)}`;
        expect(shown(real, theirs)).toBe(shown(random, nobodys));
        expect(`${route.name} ${mask} ${real.status} ${real.text}`).toContain(' 404 ');
      }
    }
    expect((await cast.owner.api.documents.get({ id: theirs.documents ?? '' })).title).toBe('Canary');
    expect((await cast.outsider.api.workspaces.get({ id: own.workspaces ?? '' })).memberCount).toBe(1);
    report('with the ids of others');
  }, 120_000);

  test('[34] refuses ids that are none', async () => {
    const BAD = [
      '%7B%22$ne%22%3Anull%7D',
      '%00',
      '..%2F..%2Fx',
      '%zz',
      '%ff',
      'x'.repeat(300),
      '__proto__',
      '$where',
      'é',
    ];
    for (const route of routes)
      for (const name of route.pathParameters)
        for (const bad of BAD) {
          const ids = (asked: string) => (asked === name ? bad : from(route, theirs)(asked));
          const { status } = await drive(cast.owner, route, { ids });
          expect(`${route.name} ${bad} ${status >= 400}`).toBe(`${route.name} ${bad} true`);
        }
    report('with ids that are none');
  }, 120_000);

  test('[31] [34] refuses values of wrong types, operators and fields it does not know', async () => {
    const BAD: unknown[] = [
      { $ne: null },
      { $gt: '' },
      { $regex: '^.*' },
      [],
      ['x'],
      7.5,
      { constructor: { prototype: 1 } },
    ];
    for (const route of routes) {
      const refused = async (call: Omit<Call, 'ids'>): Promise<void> => {
        const { status } = await drive(cast.owner, route, { ids: from(route, theirs), ...call });
        const told = `${route.name} ${call.query ?? JSON.stringify(call.body?.({}))}`;
        expect(`${told} ${status}`).toMatch(/ (400|415)$/);
      };
      if (route.path.startsWith('/demo/')) continue;
      if (!route.path.startsWith('/auth/'))
        for (const query of ['unknown=1', 'limit[$ne]=1', '__proto__[x]=1'])
          if (route.method === 'GET') await refused({ query });
      if (route.method === 'GET') continue;
      for (const unknown of ['$where', 'createdAt', 'platformRole', '__proto__'])
        await refused({
          body: (valid) => JSON.parse(`{"${unknown}":1,${JSON.stringify(valid).slice(1)}`.replace(',}', '}')),
        });
      for (const name of Object.keys(route.body ?? {}))
        for (const bad of BAD) await refused({ body: (valid) => ({ ...valid, [name]: bad }) });
    }
    report('with wrong types');
  }, 180_000);
});

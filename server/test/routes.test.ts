import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ORPCError } from '@orpc/client';
import { SERVER_CALLS_PATH } from '../src/platform/http/guards.ts';
import { type Answer, type Call, drive, from, type Sender } from './drive.ts';
import { type Ids, idNamesOf, idsIn, nobodys } from './fixture.ts';
import { startApp, type TestApp, type TestPerson } from './harness.ts';
import { type Cast, castOf } from './people.ts';
import { type Level, POLICY } from './policy.ts';
import { type Route, routesOf } from './routes.ts';

/** Who asks, weakest first; those of a workspace are members of the one whose ids they use. */
const ROLES = [
  'nobody',
  'suspended',
  'guest',
  'stranger',
  'viewer',
  'commenter',
  'editor',
  'token of the editor',
  'owner',
  'secretariat',
  'administrator',
] as const;
type Role = (typeof ROLES)[number];

const PERSONS_OF_WORKSPACE: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner'];
const WORKSPACE_LEVELS: readonly Level[] = ['viewer', 'commenter', 'editor', 'owner'];
const MEMBERS: readonly Role[] = ROLES.slice(ROLES.indexOf('stranger'));

let app: TestApp;
let cast: Cast;
let routes: Route[];
let senders: Readonly<Record<Role, Sender>>;
let people: Readonly<Record<'member' | 'suspended' | 'guest' | 'secretariat' | 'administrator', TestPerson>>;

beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  routes = await routesOf(app.url);
  // A second session of each, so that there is one to end.
  for (const who of ['owner1', 'outsider1']) await app.as(who);
  people = {
    member: await app.as('member'),
    suspended: await app.as('suspended'),
    guest: await app.as('guest', { platformRole: 'guest' }),
    secretariat: await app.as('secretariat', { platformRole: 'secretariat' }),
    administrator: await app.as('administrator', { platformRole: 'administrator' }),
  };
  await app.app.platform.db
    .collection<{ _id: string }>('users')
    .updateOne({ _id: people.suspended.id }, { $set: { suspendedAt: new Date() } });
  const { token } = await cast.editor.api.accounts.createToken({ name: 'driving' });
  const bare: Sender = (path, init) =>
    fetch(app.url + path, { ...init, headers: { ...(init.headers as Record<string, string>), origin: app.url } });
  senders = {
    nobody: bare,
    suspended: people.suspended.fetch,
    guest: people.guest.fetch,
    stranger: cast.outsider.fetch,
    viewer: cast.viewer.fetch,
    commenter: cast.commenter.fetch,
    editor: cast.editor.fetch,
    'token of the editor': (path, init) =>
      fetch(app.url + path, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` },
      }),
    owner: cast.owner.fetch,
    secretariat: people.secretariat.fetch,
    administrator: people.administrator.fetch,
  };
});
afterAll(() => app.stop());

/** What each test has driven, and with how many requests. */
const driven: Record<'roles' | 'foreign ids' | 'wrong types', Set<string>> = {
  roles: new Set(),
  'foreign ids': new Set(),
  'wrong types': new Set(),
};
let requests = 0;
const call = (who: Sender, route: Route, how: Call, mayRead = false): Promise<Answer> => {
  requests += 1;
  return drive(who, route, how, mayRead);
};

/** Things of every kind, and a member who may be removed. */
async function newWorld(route?: Route): Promise<Ids> {
  const { owner, workspaceId } = cast;
  await owner.api.workspaces.addMember({ id: workspaceId, email: people.member.email, role: 'viewer' }).catch(isThere);
  return idsIn({ app, owner, workspaceId, memberId: people.member.id, administrator: people.administrator }, route);
}
const isThere = (error: unknown): void => {
  if (!(error instanceof ORPCError && error.code === 'CONFLICT')) throw error;
};

const isPublic = (level: Level | undefined): boolean => level === 'public' || level === 'demo';

/** Whether somebody in this role may call a route of this level with the ids of the cast's workspace. */
function mayCall(role: Role, level: Level): boolean {
  if (level === 'public') return true;
  if (level === 'demo' || role === 'nobody' || role === 'suspended') return false;
  if (level === 'signed-in') return true;
  if (level === 'session') return role !== 'token of the editor';
  if (level === 'member') return MEMBERS.includes(role);
  if (level === 'own') return role === 'owner';
  if (level === 'seat') return false;
  if (level === 'administrator') return role === 'administrator';
  if (level === 'secretariat') return role === 'administrator' || role === 'secretariat';
  const as = role === 'token of the editor' ? 'editor' : role;
  return PERSONS_OF_WORKSPACE.includes(as) && WORKSPACE_LEVELS.indexOf(level) <= PERSONS_OF_WORKSPACE.indexOf(as);
}

/** What a refusal must look like: who is in the workspace may know that the thing exists, nobody else may. */
function refusalOf(role: Role, level: Level): readonly number[] {
  if (level === 'demo') return [404];
  if (role === 'nobody' || role === 'suspended') return [401];
  if (role === 'token of the editor' && (level === 'session' || level === 'own')) return [401, 403, 404];
  if (level === 'own') return [404];
  if (WORKSPACE_LEVELS.includes(level)) return mayCall(role, 'viewer') ? [403] : [404];
  return [403, 404];
}

describe('every route there is', () => {
  test('[check 26] the router, its description and the policy name the same routes', () => {
    const described = routes.map(({ name }) => name).sort();
    expect(described).toEqual([...app.app.routes].sort());
    expect(described).toEqual(Object.keys(POLICY).sort());
  });

  test('[check 26] each role may do what the policy says, with the ids of its workspace, and nothing else', async () => {
    const wrong: string[] = [];
    let shared: Ids | undefined;
    for (const route of routes) {
      const level = POLICY[route.name] ?? 'public';
      shared ??= await newWorld();
      const ids = route.method === 'GET' || isPublic(level) ? shared : await newWorld(route);
      const allowed = ROLES.filter((role) => mayCall(role, level));
      for (const role of ROLES) {
        // One of those who may is enough for a change: the next ones would find it made.
        if (route.method !== 'GET' && allowed.includes(role) && role !== allowed[0]) continue;
        // A request that is allowed to end one's own session would end the test.
        if (allowed.includes(role) && ENDS_SESSION.has(route.name)) continue;
        const { status, text } = await call(senders[role], route, { ids: from(route, ids) }, allowed.includes(role));
        const good = allowed.includes(role) ? ![401, 403].includes(status) : refusalOf(role, level).includes(status);
        if (!good) wrong.push(`${route.name} by ${role}: ${status} ${text.slice(0, 200)}`);
      }
      driven.roles.add(route.name);
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test('[check 26] [check 27] [check 28] ids of others are answered like ids of nothing, in every place and every mixture', async () => {
    const wrong: string[] = [];
    const theirs = await idsIn({ app, owner: cast.owner, workspaceId: cast.workspaceId });
    const own = await idsIn({ app, owner: cast.outsider, workspaceId: cast.foreignWorkspaceId });
    for (const route of routes) {
      driven['foreign ids'].add(route.name);
      const level = POLICY[route.name] ?? 'public';
      const names = idNamesOf(route);
      if (names.length === 0 || level === 'administrator' || level === 'secretariat') continue;
      // Every mixture of one's own ids with those of somebody else, but the one that is all one's own.
      for (let mask = 1; mask < 2 ** names.length; mask += 1) {
        const mixed = (foreign: Ids) => (name: string) =>
          from(route, mask & (1 << names.indexOf(name)) ? foreign : own)(name);
        const asked: readonly Role[] =
          mask === 2 ** names.length - 1 ? ['stranger', 'guest', 'secretariat', 'administrator'] : ['stranger'];
        for (const role of asked) {
          const real = await call(senders[role], route, { ids: mixed(theirs) });
          const random = await call(senders[role], route, { ids: mixed(nobodys) });
          const same = real.status === random.status && sameBut(real.text, theirs) === sameBut(random.text, nobodys);
          if (real.status !== 404 || !same)
            wrong.push(
              `${route.name} ${mask} by ${role}: ${real.status} ${real.text} / ${random.status} ${random.text}`,
            );
        }
      }
    }
    expect(wrong).toEqual([]);
    expect((await cast.owner.api.documents.get({ id: theirs.documents ?? '' })).title).toBe('Canary');
    expect((await cast.outsider.api.workspaces.get({ id: cast.foreignWorkspaceId })).memberCount).toBe(1);
  }, 300_000);

  test('[check 34] ids that are none are refused', async () => {
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
    const ids = await idsIn({ app, owner: cast.owner, workspaceId: cast.workspaceId });
    for (const route of routes)
      for (const name of route.pathParameters)
        for (const bad of BAD) {
          const mixed = (asked: string) => (asked === name ? bad : from(route, ids)(asked));
          const { status } = await call(strongest(route), route, { ids: mixed });
          expect(`${route.name} ${bad} ${status >= 400}`).toBe(`${route.name} ${bad} true`);
        }
  }, 300_000);

  test('[check 31] [check 34] values of wrong types, operators and unknown fields are refused, whoever sends them', async () => {
    const BAD: unknown[] = [
      { $ne: null },
      { $gt: '' },
      { $regex: '^.*' },
      [],
      ['x'],
      7.5,
      { constructor: { prototype: 1 } },
    ];
    const wrong: string[] = [];
    const ids = await idsIn({ app, owner: cast.owner, workspaceId: cast.workspaceId });
    for (const route of routes) {
      driven['wrong types'].add(route.name);
      const level = POLICY[route.name] ?? 'public';
      if (level === 'demo') continue;
      const refused = async (how: Omit<Call, 'ids'>): Promise<void> => {
        const { status } = await call(strongest(route), route, { ids: from(route, ids), ...how });
        // What is signed as it came is bytes until it is verified; here there is no provider who could have signed it.
        const good = route.path.startsWith(SERVER_CALLS_PATH) ? [404] : [400, 415];
        if (!good.includes(status))
          wrong.push(`${route.name} ${how.query ?? JSON.stringify(how.body?.({}))}: ${status}`);
      };
      if (route.method === 'GET') {
        if (!route.path.startsWith('/auth/'))
          for (const query of ['unknown=1', 'limit[$ne]=1', '__proto__[x]=1']) await refused({ query });
        continue;
      }
      for (const unknown of ['$where', 'createdAt', 'authorId', '__proto__'])
        await refused({
          body: (valid) => JSON.parse(`{"${unknown}":1,${JSON.stringify(valid).slice(1)}`.replace(',}', '}')),
        });
      for (const [name, { type, items, minItems = 0 }] of Object.entries(route.body ?? {})) {
        // No list is too short where it may be empty.
        const mayBeEmpty = type === 'array' && minItems === 0;
        // A word is what a list of words takes.
        const takesWords = type === 'array' && (items as { type?: string } | undefined)?.type === 'string';
        const fits = (value: unknown): boolean =>
          Array.isArray(value) && (value.length === 0 ? mayBeEmpty : takesWords);
        for (const bad of BAD.filter((value) => !fits(value)))
          await refused({ body: (valid) => ({ ...valid, [name]: bad }) });
      }
      // The weaker roles learn nothing from a wrong type either: no fault, and nothing done.
      for (const role of ROLES) {
        const { status } = await call(senders[role], route, {
          ids: from(route, ids),
          body: (valid) => ({ ...valid, $where: '1' }),
        });
        if (status < 400) wrong.push(`${route.name} by ${role} with $where: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  test('[check 26] what was driven is what is served', () => {
    process.stdout.write(
      `routes: ${app.app.routes.length} in the router, ${routes.length} in the OpenAPI document, ` +
        `${driven.roles.size} driven with ${ROLES.length} roles, ${driven['foreign ids'].size} with foreign ids, ` +
        `${driven['wrong types'].size} with wrong types; ${requests} requests\n`,
    );
    for (const set of Object.values(driven)) expect(set.size).toBe(app.app.routes.length);
    expect(routes.length).toBe(app.app.routes.length);
  });
});

/** Routes whose success ends the session that asks, or the account. */
const ENDS_SESSION = new Set(['POST /auth/sign-out', 'POST /auth/revoke-sessions']);

/** Byte by byte the same, but for the ids that the question named itself. */
const sameBut = (text: string, ids: Ids): string =>
  Object.values(ids).reduce((clean, id) => clean.replaceAll(id, 'ID'), text);

/** Somebody who may call the route, so that nothing but the input can be the reason of a refusal. */
const strongest = (route: Route): Sender =>
  ['administrator', 'secretariat'].includes(POLICY[route.name] ?? '') ? senders.administrator : senders.owner;

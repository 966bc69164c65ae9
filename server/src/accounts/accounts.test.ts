import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOf, PASSWORD, signIn, startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url, ...headers },
    body: JSON.stringify(body),
  });

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

/** Everything the database holds, as text. */
async function everythingStored(): Promise<string> {
  const { db } = app.app.platform;
  const collections = await db.listCollections().toArray();
  const docs = await Promise.all(collections.map(({ name }) => db.collection(name).find().toArray()));
  return JSON.stringify(docs);
}

async function sessionIdOf(person: TestPerson): Promise<string> {
  const { session } = (await (await person.fetch('/api/auth/get-session')).json()) as { session: { id: string } };
  return session.id;
}

let counter = 0;
const newcomer = () => {
  counter += 1;
  return { name: `Person ${counter}`, email: `newcomer${counter}@test.example`, password: PASSWORD };
};

describe('opening an account and signing in', () => {
  test('a newcomer is signed in by signing up, in the language of the browser', async () => {
    const response = await post('/api/auth/sign-up/email', newcomer(), { 'accept-language': 'it' });
    expect(response.status).toBe(200);
    const me = await clientOf(app.url, { cookie: cookieOf(response) }).accounts.me({});
    expect(me).toMatchObject({ locale: 'it', platformRole: 'member', scheme: 'auto' });
    expect(me.color).toMatch(/^#[0-9a-f]{6}$/);
  });

  test('the password is stored as an argon2id hash that carries its parameters', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', { ...person, password: 'canary password of this test' });
    const account = await app.app.platform.db.collection('accounts').findOne({ password: { $exists: true } });
    expect(account?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await everythingStored()).not.toContain('canary password of this test');
  });

  test('the session token is in the cookie alone: not in answers, not in the store', async () => {
    const person = newcomer();
    const up = await post('/api/auth/sign-up/email', person);
    const signed = await post('/api/auth/sign-in/email', { email: person.email, password: person.password });
    const cookie = cookieOf(signed);
    const token = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
    expect(token.length).toBeGreaterThanOrEqual(32);
    const session = await fetch(`${app.url}/api/auth/get-session`, { headers: { cookie } });
    const sessions = await fetch(`${app.url}/api/auth/list-sessions`, { headers: { cookie } });
    const bodies = [await up.text(), await signed.text(), await session.text(), await sessions.text()];
    for (const body of bodies) {
      expect(body).not.toContain(token);
      expect(body).not.toContain('"token"');
    }
    expect(JSON.parse(bodies[2] ?? '')).toMatchObject({ user: { email: person.email } });
    expect(JSON.parse(bodies[3] ?? '')).toHaveLength(2);
    expect(await everythingStored()).not.toContain(token);
  });

  test('the cookie is HttpOnly and SameSite=Lax, and each sign-in makes a new one', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', person);
    const once = await post('/api/auth/sign-in/email', { email: person.email, password: person.password });
    const again = await post(
      '/api/auth/sign-in/email',
      { email: person.email, password: person.password },
      { cookie: cookieOf(once) },
    );
    const line = once.headers.getSetCookie()[0] ?? '';
    expect(line).toMatch(/HttpOnly/i);
    expect(line).toMatch(/SameSite=Lax/i);
    expect(line).toMatch(/Path=\//i);
    expect(cookieOf(again)).not.toBe(cookieOf(once));
    const asks = (cookie: string) => fetch(`${app.url}/api/me`, { headers: { cookie } });
    expect((await asks(cookieOf(once))).status).toBe(401);
    expect((await asks(cookieOf(again))).status).toBe(200);
  });

  test('of several who open an account with one address at once, one gets it', async () => {
    const person = newcomer();
    const responses = await Promise.all(Array.from({ length: 8 }, () => post('/api/auth/sign-up/email', person)));
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(200));
    // The answer itself does not say who got it, nor that anybody has an account.
    const bodies = await Promise.all(responses.map((response) => response.text()));
    expect(new Set(bodies.map((body) => body.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'ID'))).size).toBe(1);
    expect(responses.filter((response) => response.headers.getSetCookie().length > 0)).toHaveLength(1);
    await expect(signIn(app.url, person.email)).resolves.toContain('=');
  });

  test('an account whose making was cut off can be opened again', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', person);
    const { db } = app.app.platform;
    const user = await db.collection<{ _id: string }>('users').findOne({ email: person.email });
    await db.collection('accounts').deleteOne({ userId: user?._id });
    expect(cookieOf(await post('/api/auth/sign-up/email', person))).toBe('');
    await db.collection('users').updateOne({ email: person.email }, { $set: { createdAt: new Date(0) } });
    expect(cookieOf(await post('/api/auth/sign-up/email', person))).not.toBe('');
  });

  test('over https the cookie is Secure and bound to the host by its name', async () => {
    const secure = await startApp({ env: { PUBLIC_URL: 'https://concert.example' } });
    try {
      const response = await fetch(
        `${secure.url.startsWith('https') ? localUrl(secure) : secure.url}/api/auth/sign-up/email`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: 'https://concert.example' },
          body: JSON.stringify(newcomer()),
        },
      );
      const line = response.headers.getSetCookie()[0] ?? '';
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/Secure/i);
      expect(line).not.toMatch(/Domain=/i);
    } finally {
      await secure.stop();
    }
  });

  test('a wrong password and an unknown address are answered alike', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', person);
    const wrong = await post('/api/auth/sign-in/email', { email: person.email, password: 'not the password' });
    const unknown = await post('/api/auth/sign-in/email', {
      email: 'nobody@test.example',
      password: 'not the password',
    });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
  });

  test.each([
    ['an operator for an address', { email: { $ne: null } }],
    ['an operator for a password', { password: { $gt: '' } }],
    ['a list for a name', { name: ['a'] }],
    ['a role given to oneself', { platformRole: 'administrator' }],
    ['an unknown field', { emailVerified: true }],
  ])('%s is refused with 400', async (_what, change) => {
    const response = await post('/api/auth/sign-up/email', { ...newcomer(), ...change });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ data: { reason: 'invalid-input' } });
  });

  test('a body beyond measure is refused before it is read', async () => {
    const response = await post('/api/auth/sign-up/email', { ...newcomer(), name: 'x'.repeat(200_000) });
    expect(response.status).toBe(413);
  });

  test('what the library could do and we do not offer does not exist', async () => {
    for (const path of [
      'sign-in/social',
      'update-user',
      'delete-user',
      'update-session',
      'forget-password',
      'verify-password',
      'ok',
    ])
      expect((await post(`/api/auth/${path}`, {})).status).toBe(404);
  });

  test('a foreign page can neither sign anybody in nor out', async () => {
    const person = newcomer();
    const cookie = cookieOf(await post('/api/auth/sign-up/email', person));
    for (const origin of ['http://evil.example', 'null', `${app.url}.evil.example`, app.url.slice(0, -1)]) {
      const credentials = { email: person.email, password: person.password };
      expect((await post('/api/auth/sign-in/email', credentials, { origin })).status).toBe(403);
      expect((await post('/api/auth/sign-out', {}, { origin, cookie })).status).toBe(403);
    }
    expect((await fetch(`${app.url}/api/me`, { headers: { cookie } })).status).toBe(200);
  });
});

/** The loopback address of an app whose public address is elsewhere. */
function localUrl(running: TestApp): string {
  const address = running.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return `http://127.0.0.1:${address.port}`;
}

describe('guessing', () => {
  test('ten wrong passwords shut an account for a while, whatever address the guesser claims to have', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', person);
    const statuses: number[] = [];
    for (let i = 0; i < 14; i += 1) {
      const spoofed = {
        'x-forwarded-for': `10.0.0.${i}`,
        'cf-connecting-ip': `10.1.0.${i}`,
        forwarded: `for=10.2.0.${i}`,
      };
      const response = await post('/api/auth/sign-in/email', { email: person.email, password: `guess ${i}` }, spoofed);
      statuses.push(response.status);
      if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429]);
    // The right password is not checked either: the answer must not tell that it would be right.
    expect((await post('/api/auth/sign-in/email', { email: person.email, password: person.password })).status).toBe(
      429,
    );
  });

  test('strangers who guess do not shut the owner’s own browser out', async () => {
    const person = newcomer();
    const known = cookieOf(await post('/api/auth/sign-up/email', person));
    const credentials = { email: person.email, password: person.password };
    for (let i = 0; i < 10; i += 1) await post('/api/auth/sign-in/email', { ...credentials, password: `guess ${i}` });
    expect((await post('/api/auth/sign-in/email', credentials)).status).toBe(429);
    expect((await post('/api/auth/sign-in/email', credentials, { cookie: known })).status).toBe(200);
    const other = cookieOf(await post('/api/auth/sign-up/email', newcomer()));
    expect((await post('/api/auth/sign-in/email', credentials, { cookie: other })).status).toBe(429);
  });

  test('guesses sent all at once are counted one by one', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', person);
    const responses = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        post('/api/auth/sign-in/email', { email: person.email, password: `guess ${i}` }),
      ),
    );
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });

  test('signing in often, and at the same time, is not guessing', async () => {
    const person = newcomer();
    await post('/api/auth/sign-up/email', person);
    const credentials = { email: person.email, password: person.password };
    const responses = await Promise.all(Array.from({ length: 15 }, () => post('/api/auth/sign-in/email', credentials)));
    expect(responses.map(({ status }) => status)).toEqual(Array(15).fill(200));
  });
});

describe('ending sessions', () => {
  test('signing out ends the session and closes its sockets', async () => {
    const person = await app.as('leaver');
    const socket = await person.live();
    const ended = new Promise((resolve) => socket.once('session.ended', resolve));
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    const response = await person.fetch('/api/auth/sign-out', { method: 'POST' });
    expect(response.status).toBe(200);
    await Promise.all([ended, closed]);
    expect((await person.fetch('/api/me')).status).toBe(401);
  });

  test('one session, the others, or all can be ended; each cookie dies with its session', async () => {
    const [one, two, three] = [await app.as('many'), await app.as('many'), await app.as('many')];
    const list = (await (await one.fetch('/api/auth/list-sessions')).json()) as { id: string; current: boolean }[];
    expect(list).toHaveLength(3);
    const own = await sessionIdOf(two);
    const json = { 'content-type': 'application/json' };
    const revoke = (id: string) =>
      one.fetch('/api/auth/revoke-session', { method: 'POST', headers: json, body: JSON.stringify({ id }) });
    expect((await revoke(own)).status).toBe(200);
    expect((await revoke(own)).status).toBe(404);
    expect((await two.fetch('/api/me')).status).toBe(401);
    await one.fetch('/api/auth/revoke-other-sessions', { method: 'POST' });
    expect((await three.fetch('/api/me')).status).toBe(401);
    expect((await one.fetch('/api/me')).status).toBe(200);
    await one.fetch('/api/auth/revoke-sessions', { method: 'POST' });
    expect((await one.fetch('/api/me')).status).toBe(401);
  });

  test('nobody ends another person’s session', async () => {
    const [mine, theirs] = [await app.as('ender'), await app.as('victim')];
    const id = await sessionIdOf(theirs);
    const response = await mine.fetch('/api/auth/revoke-session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    expect(response.status).toBe(404);
    expect((await theirs.fetch('/api/me')).status).toBe(200);
  });

  test('a new password can end all other sessions, and the old one is worth nothing', async () => {
    const person = newcomer();
    const first = cookieOf(await post('/api/auth/sign-up/email', person));
    const second = await signIn(app.url, person.email);
    const change = {
      currentPassword: person.password,
      newPassword: 'another long password',
      revokeOtherSessions: true,
    };
    const response = await post('/api/auth/change-password', change, { cookie: second });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('"token"');
    expect((await fetch(`${app.url}/api/me`, { headers: { cookie: first } })).status).toBe(401);
    expect((await fetch(`${app.url}/api/me`, { headers: { cookie: cookieOf(response) } })).status).toBe(200);
    await expect(signIn(app.url, person.email, person.password)).rejects.toThrow('401');
    await expect(signIn(app.url, person.email, 'another long password')).resolves.toContain('=');
  });

  test('a suspended person is nobody at once', async () => {
    const person = await app.as('suspended');
    await app.app.platform.db
      .collection<{ _id: string }>('users')
      .updateOne({ _id: person.id }, { $set: { suspendedAt: new Date() } });
    expect((await person.fetch('/api/me')).status).toBe(401);
    expect(await (await person.fetch('/api/auth/get-session')).json()).toBeNull();
  });

  test('a session that nobody used for a week has ended', async () => {
    const person = await app.as('idle');
    await app.app.platform.db
      .collection('sessions')
      .updateMany({ userId: person.id }, { $set: { updatedAt: new Date(Date.now() - 8 * 24 * 3600_000) } });
    expect((await person.fetch('/api/me')).status).toBe(401);
  });
});

describe('personal access tokens', () => {
  test('a token opens what its owner may do, without cookie or origin', async () => {
    const person = await app.as('scripter');
    const { id, token } = await person.api.accounts.createToken({ name: 'script' });
    expect(token).toMatch(/^cct_[A-Za-z0-9_-]{43}$/);
    const response = await fetch(`${app.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await response.json()).toMatchObject({ id: person.id });
    const { items } = await person.api.accounts.tokens({});
    expect(items).toMatchObject([{ id, name: 'script', lastUsedAt: expect.any(String) }]);
    expect(await everythingStored()).not.toContain(token);
  });

  test('a revoked token is worth nothing, and its sockets close', async () => {
    const person = await app.as('revoker');
    const { id, token } = await person.api.accounts.createToken({ name: 'short-lived' });
    await person.api.accounts.revokeToken({ id });
    const response = await fetch(`${app.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(401);
  });

  test('nobody revokes another person’s token', async () => {
    const [mine, theirs] = [await app.as('revoker'), await app.as('scripter')];
    const { items } = await theirs.api.accounts.tokens({});
    await expect(mine.api.accounts.revokeToken({ id: items[0]?.id ?? '' })).rejects.toMatchObject({ status: 404 });
  });

  test('cookies and tokens are not taken for each other, and a token makes no tokens', async () => {
    const person = await app.as('confuser');
    const { token } = await person.api.accounts.createToken({ name: 'one' });
    const name = person.cookie.split('=')[0] ?? '';
    const session = person.cookie.split('=')[1]?.split(';')[0] ?? '';
    const asked = [
      { cookie: `${name}=${token}` },
      { cookie: `${name}=${encodeURIComponent(decodeURIComponent(session).split('.')[0] ?? '')}` },
      { cookie: `${name}=${session.slice(0, -4)}AAAA` },
      { authorization: `Bearer ${session}` },
      { authorization: `Bearer ${token}x` },
      { authorization: token },
      { authorization: 'Bearer ', cookie: person.cookie },
      { authorization: 'Bearer cct_nothing', cookie: person.cookie },
    ];
    for (const headers of asked)
      expect((await fetch(`${app.url}/api/me`, { headers: headers as Record<string, string> })).status).toBe(401);
    const bearer = clientOf(app.url, { authorization: `Bearer ${token}` });
    await expect(bearer.accounts.createToken({ name: 'two' })).rejects.toMatchObject({ status: 403 });
  });
});

describe('one’s own account', () => {
  test('name, title, language and colours change; everything else is refused', async () => {
    const person = await app.as('changer');
    const me = await person.api.accounts.updateMe({ name: 'Zoé', title: 'Acheteuse', locale: 'en', color: '#123456' });
    expect(me).toMatchObject({ name: 'Zoé', title: 'Acheteuse', locale: 'en', color: '#123456' });
    for (const body of [
      { platformRole: 'administrator' },
      { email: 'x@y.example' },
      { color: 'red;x' },
      { name: { $set: 1 } },
    ]) {
      const response = await person.fetch('/api/me', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
    }
    expect((await person.api.accounts.me({})).platformRole).toBe('member');
  });

  test('an organisation must exist', async () => {
    const person = await app.as('changer');
    await expect(person.api.accounts.updateMe({ organisationId: 'nowhere' })).rejects.toMatchObject({ status: 400 });
    const organisation = await person.api.organisations.create({ name: 'Mairie de Test', kind: 'buyer' });
    const me = await person.api.accounts.updateMe({ organisationId: organisation.id });
    expect(me.organisationName).toBe('Mairie de Test');
    expect((await person.api.accounts.updateMe({ organisationId: null })).organisationName).toBeUndefined();
  });

  test('other open browsers of the person hear of it', async () => {
    const person = await app.as('changer');
    const socket = await person.live();
    const heard = new Promise((resolve) => socket.once('access.changed', resolve));
    await person.api.accounts.updateMe({ scheme: 'dark' });
    await heard;
  });
});

describe('the first administrator', () => {
  test('an installation without one is claimed by the printed link, once', async () => {
    const fresh = await startApp();
    try {
      const open = clientOf(fresh.url, {});
      expect(await open.accounts.boot({})).toMatchObject({ demo: false, claimed: false });
      const replaced = (await fresh.app.platform.auth.claimLink()) ?? '';
      const link = (await fresh.app.platform.auth.claimLink()) ?? '';
      const token = link.split('#').at(-1) ?? '';
      const claim = (given: string, email = 'first@test.example') =>
        open.accounts.claim({ token: given, name: 'First', email, password: PASSWORD });
      await expect(claim(replaced.split('#').at(-1) ?? '')).rejects.toMatchObject({ status: 404 });
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => claim(token, `first${i}@test.example`)),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(claim(token)).rejects.toMatchObject({ status: 404 });
      expect(await open.accounts.boot({})).toMatchObject({ claimed: true });
      expect(await fresh.app.platform.auth.claimLink()).toBeNull();
      expect(await fresh.app.platform.db.collection('users').countDocuments({ platformRole: 'administrator' })).toBe(1);
    } finally {
      await fresh.stop();
    }
  });
});

describe('the demonstration', () => {
  test('its accounts and mails do not exist elsewhere', async () => {
    for (const path of ['/api/demo/accounts', '/api/demo/outbox'])
      expect((await fetch(`${app.url}${path}`)).status).toBe(404);
  });

  test('it offers its accounts', async () => {
    const demo = await startApp({ env: { DEMO: 'true' } });
    try {
      const { auth } = demo.app.platform;
      await auth.createAccount({
        email: 'chair@demo.concert.test',
        name: 'Hélène',
        password: PASSWORD,
        title: 'Chair',
      });
      await auth.createAccount({ email: 'else@other.example', name: 'Else', password: PASSWORD });
      const { items } = await clientOf(demo.url, {}).accounts.demoAccounts({});
      expect(items).toMatchObject([{ email: 'chair@demo.concert.test', name: 'Hélène', title: 'Chair' }]);
    } finally {
      await demo.stop();
    }
  });
});

test('without a session every personal route answers 401', async () => {
  for (const path of ['/api/me', '/api/people', '/api/tokens', '/api/workspaces', '/api/organisations'])
    expect((await fetch(`${app.url}${path}`)).status).toBe(401);
});

test('people are those one shares a workspace with', async () => {
  const [anna, bruno, carla] = [await app.as('anna'), await app.as('bruno'), await app.as('carla')];
  const { id } = await anna.api.workspaces.create({ name: 'Shared' });
  await anna.api.workspaces.addMember({ id, email: bruno.email, role: 'viewer' });
  const seen = await bruno.api.accounts.people({ limit: 50 });
  expect(seen.items.map((person) => person.name)).toEqual(['anna', 'bruno']);
  expect(seen.items[0]?.workspaceIds).toEqual([id]);
  expect((await carla.api.accounts.people({ limit: 50 })).items.map((person) => person.name)).not.toContain('anna');
  const first = await bruno.api.accounts.people({ limit: 1 });
  const next = await bruno.api.accounts.people({ limit: 1, cursor: first.next });
  expect([first.items[0]?.name, next.items[0]?.name, next.next]).toEqual(['anna', 'bruno', undefined]);
  await expect(bruno.api.accounts.people({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ status: 400 });
  await until(
    'a search by name',
    async () => (await bruno.api.accounts.people({ limit: 5, q: 'ANN' })).items.length === 1,
  );
});

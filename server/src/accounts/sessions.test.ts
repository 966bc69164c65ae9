import { createHmac } from 'node:crypto';
import { CLOSE } from '@concert/contract';
import { SESSION_SECONDS } from '@concert/domain/accounts/rules.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { cookieOf, everythingStored, newcomer, opens, posting, sessionCookieOf } from '../../test/accounts.ts';
import { clientOf, PASSWORD, startApp, type TestApp, type TestPerson } from '../../test/harness.ts';
import { systemPorts } from '../platform/ports.ts';

let app: TestApp;
/** How far the clock of the server is ahead. */
let ahead = 0;
let post: ReturnType<typeof posting>;
const open: WebSocket[] = [];

beforeAll(async () => {
  app = await startApp({ ports: { ...systemPorts, now: () => new Date(Date.now() + ahead) } });
  post = posting(app);
});
afterAll(() => app.stop());
afterEach(() => {
  ahead = 0;
  for (const socket of open.splice(0)) socket.terminate();
});

/** A document that the person may write. */
async function documentOf(person: TestPerson): Promise<string> {
  const { id: workspaceId } = await person.api.workspaces.create({ name: 'Sessions' });
  return (await person.api.documents.create({ workspaceId, kind: 'note', title: 'Open', locale: 'en' })).id;
}

/** An open document socket, and the code with which it will have been closed. */
async function syncSocket(documentId: string, headers: Record<string, string>) {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/sync/${documentId}`, {
    headers: { origin: app.url, ...headers },
  });
  open.push(socket);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    // An answer to step 1 of the protocol (an empty state vector): until it comes the upgrade may still be judged.
    socket.once('open', () => socket.send(new Uint8Array([0, 0, 1, 0])));
    socket.once('message', resolve);
    socket.once('error', reject);
    socket.once('close', reject);
  });
  return { socket, closed };
}

/** One browser: a document and the live events open by the same session. */
async function browser(person: TestPerson, documentId: string) {
  const document = await syncSocket(documentId, { cookie: person.cookie });
  const live = await person.live();
  const ended = new Promise<void>((resolve) => live.once('session.ended', () => resolve()));
  const left = new Promise<void>((resolve) => live.once('disconnect', () => resolve()));
  const closed = Promise.all([document.closed, ended, left]).then(([code]) => code);
  return { person, socket: document.socket, live, closed };
}

/** Milliseconds from an answer to the last of the closings. */
async function closingTime<Answer>(act: () => Promise<Answer>, closings: readonly Promise<number>[]): Promise<number> {
  await act();
  const answered = performance.now();
  expect(new Set(await Promise.all(closings))).toEqual(new Set([CLOSE.noSession]));
  return performance.now() - answered;
}

const idOf = async (person: TestPerson): Promise<string> =>
  ((await (await person.fetch('/api/auth/get-session')).json()) as { session: { id: string } }).session.id;

const by = (person: TestPerson, path: string, body: unknown = {}) => post(path, body, { cookie: person.cookie });

describe('[check 44] sockets end with what opened them', () => {
  test('with three browsers and a token, each end closes what it names and nothing else', async () => {
    const one = await app.as('several');
    const documentId = await documentOf(one);
    const [first, second, third] = [
      await browser(one, documentId),
      await browser(await app.as('several'), documentId),
      await browser(await app.as('several'), documentId),
    ];
    const { id: tokenId, token } = await one.api.accounts.createToken({ name: 'script' });
    const script = await syncSocket(documentId, { authorization: `Bearer ${token}` });
    const isOpen = ({ socket }: { socket: WebSocket }) => socket.readyState === WebSocket.OPEN;
    const times: Record<string, number> = {};

    times.signOut = await closingTime(() => by(third.person, 'sign-out'), [third.closed]);
    expect([first, second, script].map(isOpen)).toEqual([true, true, true]);
    expect(await opens(app, third.person.cookie)).toBe(false);

    const secondId = await idOf(second.person);
    times.revokeOne = await closingTime(() => by(one, 'revoke-session', { id: secondId }), [second.closed]);
    expect([first, script].map(isOpen)).toEqual([true, true]);

    const fourth = await browser(await app.as('several'), documentId);
    const change = { currentPassword: PASSWORD, newPassword: 'another long sentence', revokeOtherSessions: true };
    const changed = await (async () => {
      let answer: Response | undefined;
      times.changePassword = await closingTime(async () => {
        answer = await by(one, 'change-password', change);
      }, [fourth.closed]);
      return answer;
    })();
    expect(changed?.status).toBe(200);
    // The browser that changed it goes on with its sockets, under a new secret [A9].
    expect([first, script].map(isOpen)).toEqual([true, true]);
    expect(await opens(app, one.cookie)).toBe(false);
    const cookie = changed === undefined ? '' : cookieOf(changed);
    expect(await opens(app, cookie)).toBe(true);

    times.revokeToken = await closingTime(
      () => clientOf(app.url, { cookie }).accounts.revokeToken({ id: tokenId }),
      [script.closed],
    );
    expect(isOpen(first)).toBe(true);
    times.revokeAll = await closingTime(() => post('revoke-sessions', {}, { cookie }), [first.closed]);
    expect(await opens(app, cookie)).toBe(false);
    process.stdout.write(`from the answer to the last closing, ms: ${JSON.stringify(times)}\n`);
  });

  test('a suspension ends sessions, tokens and sockets; a mended one gives none of them back', async () => {
    const admin = await app.as('administrator', { platformRole: 'administrator' });
    const person = await app.as('suspect');
    const documentId = await documentOf(person);
    const { token } = await person.api.accounts.createToken({ name: 'script' });
    const bearer = { authorization: `Bearer ${token}` };
    const [tab, script] = [await browser(person, documentId), await syncSocket(documentId, bearer)];
    const suspend = (suspended: boolean) => admin.api.administration.updatePerson({ id: person.id, suspended });
    await closingTime(() => suspend(true), [tab.closed, script.closed]);
    const status = async (headers: Record<string, string>) => (await fetch(`${app.url}/api/me`, { headers })).status;
    expect([await status(bearer), await status({ cookie: person.cookie })]).toEqual([401, 401]);
    const again = await post('sign-in/email', { email: person.email, password: PASSWORD });
    expect([again.status, sessionCookieOf(again)]).toEqual([403, '']);
    await suspend(false);
    expect([await status(bearer), await status({ cookie: person.cookie })]).toEqual([401, 401]);
    expect((await post('sign-in/email', { email: person.email, password: PASSWORD })).status).toBe(200);
  });
});

describe('[check 37] the secret of a session', () => {
  test('is made by the server: one that the browser brings is never taken over', async () => {
    const person = newcomer();
    await post('sign-up/email', person);
    const preset = 'concert.session=chosen-by-somebody-else-beforehand.AAAA';
    const signedIn = await post('sign-in/email', { email: person.email, password: PASSWORD }, { cookie: preset });
    expect(sessionCookieOf(signedIn)).not.toContain('chosen-by-somebody-else');
    expect(await opens(app, preset)).toBe(false);
    expect(await opens(app, cookieOf(signedIn))).toBe(true);
  });

  test('is another one after each sign-in, and the one before is worth nothing', async () => {
    const person = newcomer();
    const credentials = { email: person.email, password: PASSWORD };
    const cookies = [cookieOf(await post('sign-up/email', person))];
    for (let i = 0; i < 3; i += 1)
      cookies.push(sessionCookieOf(await post('sign-in/email', credentials, { cookie: cookies.at(-1) ?? '' })));
    expect(new Set(cookies).size).toBe(4);
    const good = await Promise.all(cookies.map((cookie) => opens(app, cookie)));
    expect(good).toEqual([false, false, false, true]);
  });

  test('has at least 128 bits and is stored as a hash alone, after a change of the password too', async () => {
    const person = newcomer();
    const up = await post('sign-up/email', person);
    const changed = await post(
      'change-password',
      { currentPassword: PASSWORD, newPassword: 'another long sentence' },
      { cookie: cookieOf(up) },
    );
    for (const answer of [up, changed]) {
      const value = decodeURIComponent(sessionCookieOf(answer).split('=')[1] ?? '');
      const secret = value.split('.')[0] ?? '';
      // 22 signs of 64 kinds are 132 bits.
      expect(secret).toMatch(/^[A-Za-z0-9_-]{22,}$/);
      const stored = await everythingStored(app);
      for (const part of [value, encodeURIComponent(value), secret]) expect(stored).not.toContain(part);
    }
    expect(changed.headers.getSetCookie()[0]).toMatch(/Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax/);
  });

  test('of a browser that is not to be remembered goes on ending with it', async () => {
    const person = newcomer();
    await post('sign-up/email', person);
    const brief = await post('sign-in/email', { email: person.email, password: PASSWORD, rememberMe: false });
    const change = { currentPassword: PASSWORD, newPassword: 'another long sentence' };
    const changed = await post('change-password', change, { cookie: cookieOf(brief) });
    expect(changed.headers.getSetCookie()[0]).not.toMatch(/Max-Age/);
    expect(await opens(app, sessionCookieOf(changed))).toBe(true);
  });
});

describe('[check 45] [A8] a session ends by itself', () => {
  const aWeek = SESSION_SECONDS.unused * 1000;

  test('after its longest life, however often it is used, and an open socket does not prolong it', async () => {
    const person = await app.as('lasting');
    const documentId = await documentOf(person);
    const [idle, busy] = [await browser(person, documentId), await syncSocket(documentId, { cookie: person.cookie })];
    const pings = setInterval(() => busy.socket.ping(), 50);
    for (let gone = 0; gone < SESSION_SECONDS.longest * 1000; gone += aWeek - 3600_000) {
      ahead = gone;
      expect(await opens(app, person.cookie)).toBe(true);
    }
    ahead = SESSION_SECONDS.longest * 1000 + 1000;
    const codes = await Promise.all([idle.closed, busy.closed]);
    clearInterval(pings);
    expect(codes).toEqual([CLOSE.noSession, CLOSE.noSession]);
    expect(await opens(app, person.cookie)).toBe(false);
  }, 120_000);

  test('after a week without use, with its sockets', async () => {
    const person = await app.as('idler');
    const tab = await browser(person, await documentOf(person));
    ahead = aWeek + 1000;
    expect(await tab.closed).toBe(CLOSE.noSession);
    ahead = 0;
    expect(await opens(app, person.cookie)).toBe(true);
    ahead = aWeek + 1000;
    expect(await opens(app, person.cookie)).toBe(false);
    ahead = 0;
    // Seen to be too old once, it is gone for good.
    expect(await opens(app, person.cookie)).toBe(false);
  }, 120_000);
});

test('[check 33] nothing passes for what it is not', async () => {
  const person = await app.as('pretender');
  const documentId = await documentOf(person);
  const { token } = await person.api.accounts.createToken({ name: 'script' });
  const session = person.cookie.split('; ').find((one) => one.startsWith('concert.session=')) ?? '';
  const value = session.slice('concert.session='.length);
  const [secret = '', signature = ''] = decodeURIComponent(value).split('.');
  const part = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const claims = part({ sub: person.id, admin: true, exp: 99999999999 });
  const signed = (key: string) => {
    const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${claims}`;
    return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
  };
  const otherSecret = createHmac('sha256', 'another secret of another installation').update(secret).digest('base64');
  const stored = await app.app.platform.db.collection<{ token: string }>('sessions').findOne({ userId: person.id });
  const bearer = (given: string) => ({ authorization: `Bearer ${given}` });
  const cookie = (given: string) => ({ cookie: `concert.session=${given}` });
  const variants: Record<string, Record<string, string>> = {
    'a session as a token': bearer(value),
    'the secret of a session as a token': bearer(secret),
    'the same under the prefix of tokens': bearer(`cct_${secret}`),
    'a token as a session': cookie(token),
    'a token as a session, signed with another secret': cookie(encodeURIComponent(`${token}.${otherSecret}`)),
    'a session without its signature': cookie(secret),
    'a session with another secret’s signature': cookie(encodeURIComponent(`${secret}.${otherSecret}`)),
    'a session cut short': cookie(encodeURIComponent(`${secret.slice(0, -1)}.${signature}`)),
    'what is stored of a session': cookie(encodeURIComponent(`${stored?.token}.${otherSecret}`)),
    'claims without a signature': bearer(`${part({ alg: 'none', typ: 'JWT' })}.${claims}.`),
    'claims signed with a guess': bearer(signed('secret')),
    'a token cut short': bearer(token.slice(0, -1)),
    'a token with another end': bearer(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`),
    'a token in another case': bearer(token.toUpperCase()),
    'a bad token beside a good session': { ...bearer(`${token}x`), cookie: session },
    'the purpose of a link as a session': cookie(app.app.platform.auth.derive('workspace-invitation:x')),
  };
  const socketCode = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${app.url.replace('http', 'ws')}/sync/${documentId}`, {
        headers: { origin: app.url, ...headers },
      });
      open.push(socket);
      socket.once('open', () => socket.send(new Uint8Array([0, 0, 1, 0])));
      socket.once('close', resolve);
      socket.once('message', () => reject(new Error('it was let in')));
    });
  expect(Object.keys(variants).length).toBeGreaterThanOrEqual(12);
  for (const [what, headers] of Object.entries(variants)) {
    const { status } = await fetch(`${app.url}/api/me`, { headers });
    expect({ what, status, code: await socketCode(headers) }).toEqual({ what, status: 401, code: CLOSE.noSession });
  }
  expect(await opens(app, session)).toBe(true);
});

import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ece from 'http_ece';
import { startApp, type TestApp, type TestPerson, until } from '../../../test/harness.ts';
import { type Cast, castOf } from '../../../test/people.ts';
import type { PushNotice } from './push.ts';

type Pushed = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** A push service that keeps what it gets, and answers what it is told to. */
async function startService() {
  const received: Pushed[] = [];
  const verdicts: number[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      const status = verdicts.shift() ?? 201;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, received, verdicts, stop: () => server.close() };
}

let service: Awaited<ReturnType<typeof startService>>;
let app: TestApp;
let cast: Cast;
beforeAll(async () => {
  service = await startService();
  app = await startApp({ env: { RATE_LIMITS: 'off', PUSH_SERVICES: service.origin } });
  cast = await castOf(app);
});
afterAll(async () => {
  await app.stop();
  service.stop();
});

let made = 0;
/** A browser: its keys, and what it reads of what was pushed to it. */
function browser() {
  made += 1;
  const pair = createECDH('prime256v1');
  const secret = randomBytes(16);
  pair.generateKeys();
  const path = `/push/${made}`;
  const keys = { p256dh: pair.getPublicKey().toString('base64url'), auth: secret.toString('base64url') };
  const read = (pushed: Pushed): PushNotice =>
    JSON.parse(
      ece.decrypt(pushed.body, { version: 'aes128gcm', privateKey: pair, authSecret: secret }).toString('utf8'),
    ) as PushNotice;
  return {
    subscription: { endpoint: `${service.origin}${path}`, keys },
    own: () => service.received.filter((pushed) => pushed.path === path),
    notices: () => service.received.filter((pushed) => pushed.path === path).map(read),
  };
}

let count = 0;
async function reader(): Promise<TestPerson> {
  count += 1;
  const person = await app.as(`push-${count}`, { locale: 'en' });
  await cast.owner.api.workspaces.addMember({ id: cast.workspaceId, email: person.email, role: 'viewer' });
  await person.api.notifications.setPreferences({ quiet: null });
  return person;
}

const mentioning = (who: TestPerson, words = 'secret words') => ({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'mention', attrs: { kind: 'person', id: who.id } },
        { type: 'text', text: ` ${words}` },
      ],
    },
  ],
});

const mention = (who: TestPerson, over: Record<string, unknown> = {}) =>
  cast.editor.api.threads.workspaces.open({
    ...{ id: cast.workspaceId, title: 'The lift', body: mentioning(who) },
    ...over,
  });

const reasonOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    const { status, data } = error as { status?: number; data?: { reason?: string } };
    return `${status} ${data?.reason}`;
  }
  return 'done';
};

/** Resolves when everything that was due before has been sent: what is due now comes after it. */
async function barrier(): Promise<void> {
  const witness = await reader();
  const { subscription, own } = browser();
  await witness.api.notifications.push.add(subscription);
  await mention(witness);
  await until('the witness', () => own().length > 0);
}

describe('push', () => {
  test('[N14] a mention reaches every browser in which it is on, encrypted for it, without its words', async () => {
    const person = await reader();
    const [one, other] = [browser(), browser()];
    for (const { subscription } of [one, other]) await person.api.notifications.push.add(subscription);
    const { publicKey, devices } = await person.api.notifications.push.get({});
    expect(devices).toBe(2);
    const thread = await mention(person);
    await until('both', () => one.own().length > 0 && other.own().length > 0);
    const [notice] = one.notices();
    expect(notice).toMatchObject({ title: 'editor1 mentioned you', body: 'The lift · Workspace 1' });
    expect(notice?.path).toMatch(new RegExp(`^/threads/${thread.id}#message-`));
    expect(other.notices()).toEqual([notice]);
    const [pushed] = one.own();
    expect(pushed?.body.toString('latin1')).not.toContain('lift');
    expect(JSON.stringify(one.notices())).not.toContain('secret words');
    expect(pushed?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: notice?.tag.slice(0, 32) });
    expect(pushed?.headers.authorization).toContain(`k=${publicKey}`);
  });

  test('[N14] the key is the same after a restart', async () => {
    const person = await reader();
    const { publicKey } = await person.api.notifications.push.get({});
    expect(Buffer.from(publicKey, 'base64url')).toHaveLength(65);
    await app.restart();
    cast = { ...cast, owner: app.visit(cast.owner), editor: app.visit(cast.editor), viewer: app.visit(cast.viewer) };
    expect((await app.visit(person).api.notifications.push.get({})).publicKey).toBe(publicKey);
  });

  test('[N5] [N14] what its reader may not see, has read, has muted or has switched off is not pushed', async () => {
    const [away, seen, muted, off] = [await reader(), await reader(), await reader(), await reader()];
    const browsers = [browser(), browser(), browser(), browser()] as const;
    for (const [at, person] of [away, seen, muted, off].entries()) {
      const { subscription } = browsers[at] ?? browsers[0];
      await person.api.notifications.push.add(subscription);
    }
    // In quiet hours all day, so that what is told waits until it is sent.
    for (const person of [away, seen])
      await person.api.notifications.setPreferences({ quiet: { from: '00:00', to: '23:59' } });
    await muted.api.notifications.watches.workspaces.set({ id: cast.workspaceId, level: 'muted' });
    await off.api.notifications.push.remove({ endpoint: browsers[3].subscription.endpoint });
    for (const person of [away, seen, muted, off]) await mention(person);
    await until('they are told', async () => (await seen.api.notifications.count({})).unread === 1);
    await seen.api.notifications.readAll({ until: new Date().toISOString() });
    await cast.owner.api.workspaces.removeMember({ id: cast.workspaceId, personId: away.id });
    await barrier();
    for (const { own } of browsers) expect(own()).toEqual([]);
  });

  test('[N14] it ends with the session by which it was switched on', async () => {
    const person = await reader();
    const here = browser();
    await person.api.notifications.push.add(here.subscription);
    const again = await app.as(`push-${count}`);
    await person.fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await mention(person);
    await until('it is told', async () => (await again.api.notifications.count({})).unread === 1);
    await barrier();
    expect(here.own()).toEqual([]);
    await until('it is forgotten', async () => (await again.api.notifications.push.get({})).devices === 0);
  });

  test('[N11] [N14] a service that is away gets it later, as the same message; one that knows no browser ends it', async () => {
    const person = await reader();
    const here = browser();
    await person.api.notifications.push.add(here.subscription);
    service.verdicts.push(503);
    await mention(person);
    await until('the first try', () => here.own().length === 1);
    // It waits for its next try; to start again is one.
    await app.restart();
    cast = { ...cast, owner: app.visit(cast.owner), editor: app.visit(cast.editor), viewer: app.visit(cast.viewer) };
    await until('the second', () => here.own().length === 2);
    const [first, second] = here.notices();
    expect(second?.tag).toBe(first?.tag);
    service.verdicts.push(410);
    await mention(app.visit(person));
    await until('it is forgotten', async () => (await app.visit(person).api.notifications.push.get({})).devices === 0);
  });

  test('[check 56] [N15] nothing is ever sent anywhere but to push services', async () => {
    const person = await reader();
    const { subscription } = browser();
    const { add } = person.api.notifications.push;
    for (const endpoint of [
      `${app.url}/api/me`,
      'http://169.254.169.254/latest/meta-data',
      'https://evil.example/push',
      'javascript:alert(1)',
    ])
      expect([endpoint, await reasonOf(add({ ...subscription, endpoint }))]).toEqual([
        endpoint,
        '400 not-a-push-service',
      ]);
    const keys = [
      { ...subscription.keys, p256dh: Buffer.alloc(65, 4).toString('base64url') },
      { ...subscription.keys, p256dh: 'x'.repeat(87) },
      { ...subscription.keys, auth: 'c2hvcnQ0NTY3ODk' },
    ];
    for (const bad of keys) expect(await reasonOf(add({ ...subscription, keys: bad }))).toBe('400 invalid-input');
    // Where a service leads on to is not followed.
    await add(subscription);
    service.verdicts.push(302);
    const before = service.received.length;
    await mention(person);
    await until('it was asked', () => service.received.length > before);
    await barrier();
    expect(service.received.some(({ path }) => path === '/elsewhere')).toBe(false);
  });

  test('a token switches nothing on, and a browser is its last owner’s', async () => {
    const [one, other] = [await reader(), await reader()];
    const here = browser();
    const { token } = await one.api.accounts.createToken({ name: 'push' });
    const answer = await fetch(`${app.url}/api/notifications/push`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(403);
    await one.api.notifications.push.add(here.subscription);
    await other.api.notifications.push.add(here.subscription);
    expect((await one.api.notifications.push.get({})).devices).toBe(0);
    await one.api.notifications.push.remove({ endpoint: here.subscription.endpoint });
    expect((await other.api.notifications.push.get({})).devices).toBe(1);
    const many = await reader();
    for (let i = 0; i < 12; i += 1) await many.api.notifications.push.add(browser().subscription);
    expect((await many.api.notifications.push.get({})).devices).toBe(10);
  });
});

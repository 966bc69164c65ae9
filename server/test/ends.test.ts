import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closesOf, storedText, synced } from './editing.ts';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';

/** The product's promise (access rule A19): how long after its end a right may still be felt on an open socket. */
const PROMISE_MS = 2_000;
/** How far ahead the ends of these tests are: long enough to open everything before. */
const AHEAD_MS = 4_000;

let app: TestApp;
let owner: TestPerson;
let secretariat: TestPerson;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  owner = await app.as('owner');
  secretariat = await app.as('secretary', { platformRole: 'secretariat' });
});
afterAll(() => app.stop());

let made = 0;
async function place() {
  made += 1;
  const number = made;
  const person = await app.as(`passing${number}`);
  const { id: workspaceId } = await owner.api.workspaces.create({ name: `Passing ${number}` });
  const { id } = await owner.api.documents.create({ workspaceId, kind: 'note', title: 'Passing', locale: 'en' });
  return { person, workspaceId, id };
}
type Place = Awaited<ReturnType<typeof place>>;

const GIVEN: readonly (readonly [string, (at: Place, until: string) => Promise<unknown>])[] = [
  [
    'a membership',
    ({ workspaceId: id, person }, end) =>
      owner.api.workspaces.addMember({ id, email: person.email, role: 'editor', until: end }),
  ],
  [
    'a right on one document',
    ({ id, person }, end) =>
      owner.api.sharing.documents.grant({
        id,
        principal: { type: 'person', id: person.id },
        role: 'editor',
        until: end,
      }),
  ],
  [
    'a mandate in a body',
    async ({ workspaceId, person }, end) => {
      const body = await secretariat.api.governance.create({ name: `Passing of ${person.id}`, kind: 'jury' });
      await secretariat.api.governance.giveMandate({ id: body.id, personId: person.id, role: 'member', until: end });
      const principal = { type: 'body', id: body.id } as const;
      await owner.api.sharing.workspaces.grant({ id: workspaceId, principal, role: 'editor' });
    },
  ],
  [
    'a right of a body',
    async ({ workspaceId, person }, end) => {
      const body = await secretariat.api.governance.create({ name: `Lasting of ${person.id}`, kind: 'jury' });
      await secretariat.api.governance.giveMandate({ id: body.id, personId: person.id, role: 'member' });
      const principal = { type: 'body', id: body.id } as const;
      await owner.api.sharing.workspaces.grant({ id: workspaceId, principal, role: 'editor', until: end });
    },
  ],
];

/** Milliseconds after each end in which a right was still felt. */
const times: number[] = [];
const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;

/** Waits for the end of a right on what its holder has open, and answers how late it came. */
async function waitForEnd(what: string, give: (typeof GIVEN)[number][1]): Promise<void> {
  const at = await place();
  const end = new Date(Date.now() + AHEAD_MS);
  await give(at, end.toISOString());
  const [idle, busy] = [await synced(at.person, at.id), await synced(at.person, at.id)];
  const codes = [closesOf(idle), closesOf(busy)];
  const socket = await at.person.live();
  const told = new Promise((resolve) => socket.once('access.changed', resolve));
  expect((await at.person.api.documents.recent({})).items.map((item) => item.id)).toEqual([at.id]);
  const typed = busy.doc.getText('test');
  const writer = setInterval(() => typed.insert(typed.length, `${Date.now()} `), 50);
  await until('both are closed', () => codes.every(({ length }) => length > 0));
  const late = Date.now() - end.getTime();
  clearInterval(writer);
  process.stdout.write(`${what}: closed ${late} ms after its end\n`);
  expect(codes.map(([first]) => first)).toEqual([CLOSE.noDocument, CLOSE.noDocument]);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(PROMISE_MS);
  await told;
  const last = Math.max(...(await storedText(app, at.id)).trim().split(' ').map(Number));
  times.push(late, last - end.getTime());
  await expect(at.person.api.documents.get({ id: at.id })).rejects.toMatchObject({ status: 404 });
  expect((await at.person.api.documents.recent({})).items).toEqual([]);
  for (const open of [idle, busy]) open.close();
}

async function waitForToken(): Promise<void> {
  const { id } = await place();
  const end = new Date(Date.now() + AHEAD_MS);
  const { token } = await owner.api.accounts.createToken({ name: 'short', until: end.toISOString() });
  const headers = { authorization: `Bearer ${token}` };
  const asked = () => fetch(`${app.url}/api/documents/${id}`, { headers });
  expect((await asked()).status).toBe(200);
  const doc = new Y.Doc();
  class WithToken extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const provider = new WebsocketProvider(`${app.url.replace('http', 'ws')}/sync`, id, doc, {
    WebSocketPolyfill: WithToken as never,
    disableBc: true,
  });
  const codes: number[] = [];
  provider.on('connection-close', (event) => {
    if (event !== null) codes.push(event.code);
  });
  const socket = io(app.url, { transports: ['websocket'], extraHeaders: headers, reconnection: false });
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  await until('the text is open', () => provider.synced);
  await until('the document is closed', () => codes.length > 0);
  const late = Date.now() - end.getTime();
  await closed;
  expect(codes[0]).toBe(CLOSE.noSession);
  times.push(late);
  expect((await asked()).status).toBe(401);
  provider.destroy();
  doc.destroy();
}

async function waitForBeginning(): Promise<void> {
  const { person, workspaceId } = await place();
  const from = new Date(Date.now() + AHEAD_MS);
  const body = await secretariat.api.governance.create({ name: 'Coming', kind: 'board' });
  const principal = { type: 'body', id: body.id } as const;
  await owner.api.sharing.workspaces.grant({ id: workspaceId, principal, role: 'viewer' });
  const coming = { id: body.id, personId: person.id, role: 'chair', from: from.toISOString() } as const;
  await secretariat.api.governance.giveMandate(coming);
  await expect(person.api.workspaces.get({ id: workspaceId })).rejects.toMatchObject({ status: 404 });
  const socket = await person.live();
  // That the mandate was given may be heard late, before it begins.
  const heard: number[] = [];
  socket.on('access.changed', () => heard.push(Date.now()));
  await until('it is told when it begins', () => heard.some((at) => at >= from.getTime()));
  expect(await person.api.workspaces.get({ id: workspaceId })).toMatchObject({ role: 'viewer' });
}

describe('what ends by itself', () => {
  /** They all wait for an instant a few seconds ahead: together, so that it is waited for once. */
  const waiting = new Map<string, Promise<void>>();
  beforeAll(() => {
    for (const [what, give] of GIVEN) waiting.set(what, waitForEnd(what, give));
    waiting.set('a token', waitForToken());
    waiting.set('a mandate to come', waitForBeginning());
    for (const wait of waiting.values()) wait.catch(() => undefined);
  });

  test.each(GIVEN)(
    '[check 8] [A19] %s ends on open sockets, busy and idle, in requests and in lists',
    (what) => waiting.get(what),
    120_000,
  );

  test('[check 8] [A19] a token ends for requests, documents and news', () => waiting.get('a token'), 120_000);

  test('[check 8] [A19] and all of it within two seconds', () => {
    expect(times).toHaveLength(2 * GIVEN.length + 1);
    expect(median(times)).toBeLessThan(PROMISE_MS);
  });

  test(
    '[A19] what begins by itself begins on open pages: a mandate to come',
    () => waiting.get('a mandate to come'),
    120_000,
  );
});

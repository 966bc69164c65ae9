import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Binary, type Document } from 'mongodb';
import sharp from 'sharp';
import { storedText, synced } from '../../test/editing.ts';
import { PASSWORD, signIn, startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';

/** A name and an address that occur nowhere else. */
const NAME = 'Zébulon Quillfeather';
const TRACES = ['Quillfeather', 'quillfeather', 'zebulon-canary', 'Canary of the Vosges'];

const logs: string[] = [];
let app: TestApp;
let admin: TestPerson;
let friend: TestPerson;

beforeAll(async () => {
  // The demonstration keeps its mails: one more place in which somebody may be named.
  app = await startApp({ env: { DEMO: 'true', LOG_LEVEL: 'debug' }, onLog: (line) => logs.push(line) });
  admin = await app.as('admin', { platformRole: 'administrator' });
  friend = await app.as('friend');
});
afterAll(() => app.stop());

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const eraseMe = (person: TestPerson, password = PASSWORD) =>
  person.fetch('/api/me', json('DELETE', { password, confirm: 'erase' }));
const erased = (id: string) =>
  until('the person is erased', async () => (await app.app.platform.directory.byId(id))?.erasedAt);

/** Every text of a stored document, those inside of binary values too. */
function textsOf(value: unknown): string[] {
  if (value instanceof Binary) return [Buffer.from(value.buffer).toString('utf8')];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

/** Where in the whole database one of the traces stands, as `collection id`. */
async function found(traces: readonly string[]): Promise<string[]> {
  const { db } = app.app.platform;
  const hits: string[] = [];
  for (const { name } of await db.listCollections().toArray())
    for await (const doc of db.collection<Document>(name).find())
      if (traces.some((trace) => textsOf(doc).some((text) => text.includes(trace)))) hits.push(`${name} ${doc._id}`);
  return hits;
}

/** Somebody who has done everything that leaves a trace. */
async function aBusyPerson() {
  const zebulon = await app.as('zebulon-canary', { name: NAME, title: 'Canary of the Vosges' });
  const { workspaces, documents, files, accounts, organisations } = zebulon.api;
  const organisation = await organisations.create({ name: 'Vosges', kind: 'buyer' });
  await accounts.updateMe({ organisationId: organisation.id });
  const { id: workspaceId } = await workspaces.create({ name: 'Shared' });
  await workspaces.addMember({ id: workspaceId, email: friend.email, role: 'editor' });
  await workspaces.addMember({ id: workspaceId, email: 'stranger@x.example', role: 'viewer' });
  const { id: theirs } = await friend.api.workspaces.create({ name: 'Friend’s' });
  await friend.api.workspaces.addMember({ id: theirs, email: zebulon.email, role: 'editor' });
  const { id: documentId } = await documents.create({ workspaceId, kind: 'note', title: 'Survives' });
  const open = await synced(zebulon, documentId);
  open.doc.getText('test').insert(0, 'what I wrote');
  await until('the text is stored', async () => (await storedText(app, documentId)) === 'what I wrote');
  open.close();
  const version = await documents.createVersion({ id: documentId, label: 'mine' });
  const dot = { create: { width: 2, height: 2, channels: 3, background: '#123456' } } as const;
  const png = new Uint8Array(await sharp(dot).png().toBuffer());
  const file = await files.upload({ id: documentId, file: new File([png], 'dot.png') });
  const token = await accounts.createToken({ name: 'script' });
  const body = await admin.api.governance.create({ name: 'Committee', kind: 'committee' });
  await admin.api.governance.giveMandate({ id: body.id, personId: zebulon.id, role: 'chair' });
  const json = { 'content-type': 'application/json' };
  await zebulon.fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: zebulon.email, password: 'wrong wrong wrong' }),
  });
  await zebulon.fetch('/api/auth/request-password-reset', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: zebulon.email }),
  });
  await admin.fetch('/api/admin/people?q=quillfeather');
  return { zebulon, workspaceId, theirs, documentId, version, file, token, organisation, body };
}

describe('one’s own data', () => {
  let busy: Awaited<ReturnType<typeof aBusyPerson>>;
  beforeAll(async () => {
    busy = await aBusyPerson();
    await until('the letters are written', async () => {
      const kept = await app.app.platform.mail.kept({ limit: 50 });
      return kept.some(({ to }) => to === 'stranger@x.example') && kept.some(({ to }) => to === busy.zebulon.email);
    });
  });

  test('[check 63] an export holds everything about a person, nothing secret and nobody else', async () => {
    const { zebulon, workspaceId, theirs, documentId, version, file, token, organisation, body } = busy;
    const answer = await zebulon.fetch('/api/me/export');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="concert-\d{4}-\d\d-\d\d\.json"/);
    const text = await answer.text();
    const { parts, ...head } = JSON.parse(text);
    expect(head).toMatchObject({ format: 'concert-personal-data', version: 1, personId: zebulon.id });
    expect(parts.account.profile).toMatchObject({ name: NAME, email: zebulon.email, title: 'Canary of the Vosges' });
    expect(parts.account.tokens).toMatchObject([{ name: 'script' }]);
    expect(parts.account.sessions.length).toBeGreaterThan(0);
    const memberships = parts.workspaces.memberships.map((one: Document) => [one.workspaceId, one.role]);
    expect(new Map(memberships)).toEqual(
      new Map([
        [workspaceId, 'owner'],
        [theirs, 'editor'],
      ]),
    );
    expect(parts.workspaces.invitationsSent).toMatchObject([{ workspaceId, role: 'viewer' }]);
    expect(parts.documents.documents).toMatchObject([{ id: documentId, created: true, title: 'Survives' }]);
    expect(parts.documents.versions.map(({ id }: Document) => id)).toContain(version.id);
    expect(parts.files.uploaded).toMatchObject([{ id: file.id, documentId, name: 'dot.png', url: file.url }]);
    expect(parts.organisations.proposed).toMatchObject([{ id: organisation.id, name: 'Vosges' }]);
    expect(parts.governance.mandates).toMatchObject([{ bodyId: body.id, role: 'chair' }]);
    expect(text).not.toMatch(/sha256:|argon2|tokenHash|stranger@|friend@/);
    expect(text).not.toContain(token.token);
  });

  test('[check 63] neither an export nor an erasure is for a token, and an erasure wants the password', async () => {
    const { zebulon, token } = busy;
    const headers = { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' };
    const erase = { method: 'DELETE', body: JSON.stringify({ password: PASSWORD, confirm: 'erase' }) };
    for (const [path, init] of [
      ['/api/me/export', {}],
      ['/api/me', erase],
    ] as const) {
      const answer = await fetch(`${app.url}${path}`, { ...init, headers });
      expect([answer.status, (await answer.json()).data.reason]).toEqual([403, 'session-needed']);
    }
    expect((await (await eraseMe(zebulon, 'not my password')).json()).data.reason).toBe('invalid-password');
    expect((await zebulon.fetch('/api/me', json('DELETE', { password: PASSWORD }))).status).toBe(400);
    expect((await zebulon.api.accounts.me({})).name).toBe(NAME);
  });

  test('[W6] [check 63] the last owner of a workspace with others hands it over first', async () => {
    const { zebulon, workspaceId } = busy;
    const answer = await eraseMe(zebulon);
    expect([answer.status, (await answer.json()).data]).toEqual([
      409,
      { reason: 'last-owner', handOver: [{ kind: 'workspace', id: workspaceId, name: 'Shared' }] },
    ]);
    expect((await admin.api.administration.person({ id: zebulon.id })).workspaces).toContainEqual({
      id: workspaceId,
      name: 'Shared',
      role: 'owner',
      onlyOwner: true,
    });
    await zebulon.api.workspaces.changeMember({ id: workspaceId, personId: friend.id, role: 'owner' });
  });

  test('[AD8] [check 63] after an erasure name and address stand nowhere, and everything written survives', async () => {
    const { zebulon, workspaceId, documentId, version, token } = busy;
    expect(await found(TRACES)).not.toEqual([]);
    // The search looks into the stored texts as well.
    expect((await found(['what I wrote'])).join()).toContain('doc_updates');
    const answer = await eraseMe(zebulon);
    expect([answer.status, await answer.json()]).toEqual([200, { state: 'erasing' }]);
    expect((await zebulon.fetch('/api/me')).status).toBe(401);
    expect((await fetch(`${app.url}/api/me`, { headers: { authorization: `Bearer ${token.token}` } })).status).toBe(
      401,
    );
    await erased(zebulon.id);

    expect(await found(TRACES)).toEqual([]);
    expect(logs.filter((line) => TRACES.some((trace) => line.includes(trace)))).toEqual([]);
    expect(logs.length).toBeGreaterThan(10);
    await expect(signIn(app.url, zebulon.email)).rejects.toThrow(/401/);

    expect(await storedText(app, documentId)).toBe('what I wrote');
    const shown = await friend.api.documents.version({ id: documentId, versionId: version.id });
    expect(shown.authors).toMatchObject([
      { id: zebulon.id, name: expect.stringMatching(/^Ancien membre [0-9A-Z]{4}$/) },
    ]);
    expect(shown.label).toBe('mine');
    const members = (await friend.api.workspaces.members({ id: workspaceId })).items;
    expect(members.map(({ personId }) => personId)).toEqual([friend.id]);
    const mandates = await admin.api.governance.mandates({ id: busy.body.id, ended: 'true' });
    expect(mandates.items).toMatchObject([{ personId: zebulon.id, role: 'chair', state: 'ended' }]);
    const person = await admin.api.administration.person({ id: zebulon.id });
    expect(person).toMatchObject({
      state: 'erased',
      platformRole: 'guest',
      workspaces: [],
      sessions: [],
      tokenCount: 0,
    });
    expect(person.email).toBeUndefined();
    expect(person.refusals).toMatchObject({ edit: 'already-erased', suspend: 'already-erased' });
  });

  test('[AD6] the erased stay erased, and their address is free again', async () => {
    const { zebulon } = busy;
    const path = `/api/admin/people/${zebulon.id}`;
    for (const change of [{ suspended: false }, { name: NAME }, { platformRole: 'member' }])
      expect((await (await admin.fetch(path, json('PATCH', change))).json()).data.reason).toBe('already-erased');
    expect(await (await admin.fetch(path, json('DELETE', { confirm: 'erase' }))).json()).toEqual({ state: 'erased' });
    const id = await app.app.platform.auth.createAccount({ email: zebulon.email, name: 'New', password: PASSWORD });
    expect(id).not.toBe(zebulon.id);
    await app.app.platform.db.collection<{ _id: string }>('users').deleteOne({ _id: id });
  });
});

describe('an erasure', () => {
  test('[AD7] [W6] on request: the longest-standing strongest member follows, a workspace of one is closed', async () => {
    const quentin = await app.as('quentin');
    const { id: shared } = await quentin.api.workspaces.create({ name: 'Left' });
    await quentin.api.workspaces.addMember({ id: shared, email: friend.email, role: 'viewer' });
    const { id: alone } = await quentin.api.workspaces.create({ name: 'Alone' });
    expect(
      await (await admin.fetch(`/api/admin/people/${quentin.id}`, json('DELETE', { confirm: 'erase' }))).json(),
    ).toEqual({ state: 'erasing' });
    await erased(quentin.id);
    expect((await friend.api.workspaces.get({ id: shared })).role).toBe('owner');
    const closed = await app.app.platform.db.collection<{ _id: string }>('workspaces').findOne({ _id: alone });
    expect(closed).toMatchObject({ state: 'archived', members: [{ personId: quentin.id, role: 'owner' }] });
  });

  test('[AD4] is not for the last administrator', async () => {
    const answer = await eraseMe(admin);
    expect([answer.status, (await answer.json()).data.reason]).toEqual([409, 'last-administrator']);
    expect((await admin.api.accounts.me({})).platformRole).toBe('administrator');
  });

  test('[AD8] that was cut off goes on at the next start', async () => {
    const olga = await app.as('olga-canary', { name: 'Olga Cutoff' });
    await friend.api.workspaces.create({ name: 'Another' });
    const users = app.app.platform.db.collection<{ _id: string }>('users');
    // As after the first write of an erasure whose event was lost after too many failures.
    const begun = { erasingAt: new Date(), suspendedAt: new Date(), pseudonym: 'TEST' };
    await users.updateOne({ _id: olga.id }, { $set: begun });
    expect((await olga.fetch('/api/me')).status).toBe(401);
    await app.restart();
    await erased(olga.id);
    expect(await found(['olga-canary', 'Cutoff'])).toEqual([]);
    expect(await users.findOne({ _id: olga.id })).toMatchObject({ name: 'Ancien membre TEST', pseudonym: 'TEST' });
  });
});

test('[check 62] exports and erasures are written down without a name', async () => {
  const events = await app.app.platform.db.collection('audit').find().toArray();
  const kinds = events.map(({ event }) => event);
  for (const kind of ['personal-data-exported', 'erasure-begun', 'erased'])
    expect(kinds).toContain(`administration.${kind}`);
});

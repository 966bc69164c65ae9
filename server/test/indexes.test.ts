import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import sharp from 'sharp';
import { synced } from './editing.ts';
import { PASSWORD, startApp, type TestApp, type TestPerson, until } from './harness.ts';
import { castOf } from './people.ts';
import { fromLiveKit, videoEnv } from './video.ts';

/**
 * Questions that read a whole collection, and why that is right. Everything else must be found by an index, so that
 * an installation of ten years is as quick as a new one.
 */
const WHOLE: readonly string[] = [
  // Once, at start: what became durable without being projected.
  'documents {} sort {}',
  // At start and every quarter of an hour, revisions alone: what the index of the search has not heard of.
  'documents {"trashedAt":0} sort {}',
  'threads {"removed":0} sort {}',
  'replies {"deleted":0} sort {}',
  // Once, at start, only whether there is anything at all.
  'users {} sort {}',
  'workspaces {} sort {}',
  // GridFS, before its first file: whether its own indexes must be made.
  'files.files {} sort {}',
  // Once for each erasure, in the mails that the demonstration keeps: whom they name stands in their texts.
  'mails {"$or":[{"to":{"$eq":0}}]} sort {}',
];

type Question = { readonly collection: string; readonly filter: Document; readonly sort: Document };

/** What a command asks the database for; a pipeline as far as an index can help it. */
function questionsOf(command: Document): Question[] {
  const [name = '', collection] = Object.entries(command)[0] ?? [];
  const about = (filter: Document = {}, sort: Document = {}) => [{ collection, filter, sort }];
  if (name === 'find') return about(command.filter, sortOf(command.sort));
  if (name === 'findAndModify') return about(command.query, sortOf(command.sort));
  if (name === 'update') return command.updates.flatMap(({ q }: Document) => about(q));
  if (name === 'delete') return command.deletes.flatMap(({ q }: Document) => about(q));
  if (name !== 'aggregate') return [];
  const [first, second] = command.pipeline;
  return about(first?.$match, second?.$sort);
}

const sortOf = (sort: unknown): Document =>
  sort instanceof Map ? Object.fromEntries(sort) : ((sort as Document) ?? {});

/** A question without its values. */
const shapeOf = ({ collection, filter, sort }: Question): string => {
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice(0, 1).map(shape);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return 0;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  };
  return `${collection} ${JSON.stringify(shape(filter))} sort ${JSON.stringify(sort)}`;
};

const asked = new Map<string, Question>();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({
    env: videoEnv('http://127.0.0.1:9/'),
    onCommand: (command) => {
      for (const question of questionsOf(command)) asked.set(shapeOf(question), question);
    },
  });
});
afterAll(() => app.stop());

/** A day in the life of an installation: every store is asked everything it can be asked. */
async function aDay(): Promise<void> {
  const { owner, editor, viewer, workspaceId, foreignWorkspaceId } = await castOf(app);
  const { documents, workspaces, accounts, organisations, files } = owner.api;
  const { id } = await documents.create({ workspaceId, kind: 'note', title: 'Indexed' });
  const open = await synced(editor, id);
  open.doc.getMap('fields').set('title', 'Indexed well');
  await until('it is projected', async () => (await viewer.api.documents.get({ id })).title === 'Indexed well');
  await documents.presence({});
  open.close();
  const version = await documents.createVersion({ id });
  await documents.version({ id, versionId: version.id });
  await documents.restoreVersion({ id, versionId: version.id });
  const copy = await documents.duplicate({ id });
  for (const limit of [1, 50]) {
    const { next: cursor } = await documents.recent({ limit });
    await documents.recent({ limit, cursor, kind: 'note', q: 'indexed' });
    const page = await documents.list({ workspaceId, limit });
    await documents.list({ workspaceId, limit, cursor: page.next });
    const versions = await documents.versions({ id, limit });
    await documents.versions({ id, limit, cursor: versions.next });
  }
  await documents.trash({ id: copy.id });
  await documents.list({ workspaceId, trashed: 'true' });
  await documents.restore({ id: copy.id });
  await app.app.platform.rooms.head(id);
  const dot = { create: { width: 2, height: 2, channels: 3, background: '#123456' } } as const;
  const png = new Uint8Array(await sharp(dot).png().toBuffer());
  const file = await files.upload({ id, file: new File([png], 'dot.png') });
  await owner.fetch(file.url);
  await owner.fetch(`/api/documents/${id}/content?format=html`);
  await workspaces.list({});
  await workspaces.members({ id: workspaceId });
  await workspaces.addMember({ id: workspaceId, email: 'new@x.example', role: 'viewer' });
  await workspaces.invitations({ id: workspaceId });
  await owner.api.workspaces.invitation({ token: 'a'.repeat(43) }).catch(() => undefined);
  await workspaces.update({ id: workspaceId, name: 'Renamed' });
  await documents.update({ id, workspaceId }).catch(() => foreignWorkspaceId);
  await accounts.people({});
  await accounts.me({});
  await accounts.updateMe({ title: 'Buyer' });
  await accounts.boot({});
  const token = await accounts.createToken({ name: 'script' });
  await fetch(`${app.url}/api/me`, { headers: { authorization: `Bearer ${token.token}` } });
  await accounts.tokens({});
  await accounts.revokeToken({ id: token.id });
  const { id: organisationId } = await organisations.create({ name: 'Région', kind: 'buyer' });
  await sharing(owner, { workspaceId, documentId: id, organisationId });
  const page = await organisations.list({ limit: 1 });
  await organisations.list({ limit: 1, cursor: page.next });
  await owner.fetch('/api/auth/list-sessions');
  await app.app.platform.auth.claimLink();
  await app.app.platform.mail.kept({ limit: 10 });
  const json = { 'content-type': 'application/json' };
  const wrong = JSON.stringify({ email: owner.email, password: 'wrong wrong' });
  await owner.fetch('/api/auth/sign-in/email', { method: 'POST', headers: json, body: wrong });
  const joining = JSON.stringify({ name: 'New', email: 'joining@x.example', password: 'long enough for anybody' });
  await fetch(`${app.url}/api/auth/sign-up/email`, { method: 'POST', headers: json, body: joining });
  await mailedLinks(owner);
  await app.restart();
}

/** Letters that are asked for, and links that are followed. */
async function mailedLinks({ email, fetch: ask }: TestPerson): Promise<void> {
  const post = (path: string, body: unknown) =>
    ask(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const [token, newPassword] = ['a'.repeat(43), 'another sentence of mine'];
  await post('request-password-reset', { email });
  await post('reset-password', { token, newPassword });
  await post('send-verification-email', { email });
  await post('verify-email', { token });
  await post('change-email', { newEmail: 'elsewhere@x.example', currentPassword: PASSWORD });
  await post('confirm-email', { token });
  await post('change-password', { currentPassword: PASSWORD, newPassword, revokeOtherSessions: true });
}

/** What administrators ask, and what leaves with somebody. */
async function administration(): Promise<void> {
  const admin = await app.as('admin', { platformRole: 'administrator' });
  const leaving = await app.as('leaving');
  const { people, person, updatePerson, invite, settings, changeSettings, health, endSessions } =
    admin.api.administration;
  for (const state of [undefined, 'active', 'suspended', 'unverified', 'erased'] as const)
    for (const verifyEmail of ['always', 'never'] as const) {
      await changeSettings({ rev: (await settings({})).rev, verifyEmail });
      const { next: cursor } = await people({ limit: 1, state });
      await people({ limit: 1, state, cursor, q: 'a', role: 'member' });
    }
  await invite({ email: 'invited@x.example', name: 'Invited', platformRole: 'guest' });
  await updatePerson({ id: leaving.id, platformRole: 'guest', title: 'Leaving' });
  await person({ id: leaving.id });
  await health({});
  await leaving.fetch('/api/me/export');
  await endSessions({ id: leaving.id });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ confirm: 'erase' });
  await admin.fetch(`/api/admin/people/${leaving.id}`, { method: 'DELETE', headers, body });
  await until('somebody is erased', async () => (await app.app.platform.directory.byId(leaving.id))?.erasedAt);
}

/** Bodies, rights and conflicts of interest: given, changed, looked at and taken back. */
async function sharing(
  owner: TestPerson,
  {
    workspaceId,
    documentId,
    organisationId,
  }: Readonly<Record<'workspaceId' | 'documentId' | 'organisationId', string>>,
): Promise<void> {
  const secretary = await app.as('secretary', { platformRole: 'secretariat' });
  const { governance, organisations } = secretary.api;
  await organisations.update({ id: organisationId, state: 'verified', domain: 'test.example' });
  await secretary.api.accounts.updateMe({ organisationId });
  const body = await governance.create({ name: 'Jury', kind: 'jury' });
  const mandate = await governance.giveMandate({ id: body.id, personId: secretary.id, role: 'chair' });
  await governance.changeMandate({ id: body.id, mandateId: mandate.id, role: 'member' });
  await governance.list({});
  await governance.mandates({ id: body.id });
  for (const [kind, id] of [
    ['workspaces', workspaceId],
    ['documents', documentId],
  ] as const) {
    const { grant, changeGrant, grants, deny, denials, liftDenial, endGrant, access } = owner.api.sharing[kind];
    const given = await grant({ id, principal: { type: 'body', id: body.id }, role: 'viewer' });
    await changeGrant({ id, grantId: given.id, role: 'commenter' });
    await grants({ id });
    const denial = await deny({ id, principal: { type: 'organisation', id: organisationId } });
    await denials({ id });
    await access({ id });
    await secretary.api.documents.recent({ shared: 'me' });
    await liftDenial({ id, denialId: denial.id });
    await endGrant({ id, grantId: given.id });
  }
  await owner.api.documents.moveEffect({ id: documentId, workspaceId });
  await deciding(secretary, body.id);
  await calledByRooms();
  await secretary.api.proxies.list({});
  await secretary.api.proxies.list({ bodyId: body.id });
  await secretary.api.proxies.settle({ id: 'none', as: 'revoked' }).catch(() => undefined);
  await governance.endMandate({ id: body.id, mandateId: mandate.id });
  await governance.remove({ id: body.id }).catch(() => undefined);
  const until = new Date(Date.now() + 3600_000).toISOString();
  const limits = [{ subject: { kind: 'document' as const, id: documentId }, role: 'viewer' as const }];
  const { token } = await owner.api.accounts.createToken({ name: 'limited', until, limits });
  await fetch(`${app.url}/api/documents`, { headers: { authorization: `Bearer ${token}` } });
}

/** What a body decides. */
async function deciding({ id: ownerId, api: { actions, decisions } }: TestPerson, bodyId: string): Promise<void> {
  const draft = { bodyId, title: 'Calendar', text: 'On Tuesdays.', basis: 'consensus' as const };
  const first = await decisions.create(draft);
  const { hash = '' } = await decisions.adopt({ id: first.id });
  await decisions.sign({ id: first.id, hash }).catch(() => undefined);
  const second = await decisions.create({ ...draft, supersedes: first.id });
  await decisions.adopt({ id: second.id });
  const year = new Date().getFullYear();
  for (const filter of [{}, { bodyId }, { year }, { state: 'draft' as const }, { bodyId, year }]) {
    const { next: cursor } = await decisions.list({ limit: 1, ...filter });
    await decisions.list({ limit: 1, cursor, ...filter });
  }
  await decisions.remove({ id: (await decisions.create(draft)).id });
  const { id } = await actions.create({ bodyId, title: 'Rooms', ownerId, dueOn: '2026-01-01', decisionId: first.id });
  await actions.create({ bodyId, title: 'Letters', ownerId });
  for (const filter of [{}, { mine: 'true' }, { bodyId }, { decisionId: first.id }, { closed: 'true' }]) {
    const { next: cursor } = await actions.list({ limit: 1, ...filter });
    await actions.list({ limit: 1, cursor, ...filter });
  }
  await actions.move({ id, to: 'done' });
}

/** What a provider of rooms tells. */
async function calledByRooms(): Promise<void> {
  const participant = { sid: 'PA_x', identity: 'nobody~phone' };
  const { body, token } = await fromLiveKit({ event: 'participant_joined', room: { name: 'concert-x' }, participant });
  const headers = { 'content-type': 'application/webhook+json', authorization: token };
  const { status } = await fetch(`${app.url}/api/rooms/livekit`, { method: 'POST', headers, body });
  expect(status).toBe(404);
}

test('every question to the database is answered by an index', async () => {
  await administration();
  await aDay();
  const { db } = app.app.platform;
  const scanned: string[] = [];
  const questions = [...asked];
  for (const [shape, { collection, filter, sort }] of questions) {
    const plan = JSON.stringify(await db.command({ explain: { find: collection, filter, sort } }));
    if (plan.includes('COLLSCAN') && !WHOLE.includes(shape)) scanned.push(shape);
  }
  process.stdout.write(`${questions.length} kinds of question, ${scanned.length} without an index\n`);
  expect(scanned).toEqual([]);
}, 180_000);

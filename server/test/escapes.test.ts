import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { clientOf, startApp, type TestApp, type TestPerson, until } from './harness.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const refused = (reason: string, status = 403) => ({ status, data: expect.objectContaining({ reason }) });
const NOT_FOUND = refused('not-found', 404);

let made = 0;
const someone = (fields?: Record<string, unknown>): Promise<TestPerson> => {
  made += 1;
  return app.as(`someone${made}`, fields);
};

/** A workspace of somebody new, with a document in it. */
async function place() {
  const owner = await someone();
  const { id: workspaceId } = await owner.api.workspaces.create({ name: `Canary place ${made}` });
  const { id } = await owner.api.documents.create({ workspaceId, kind: 'note', title: `Text ${made}`, locale: 'en' });
  return { owner, workspaceId, id };
}

test('[check 44] a session that ends between a handshake and the entry behind it opens no live socket', async () => {
  const anna = await someone();
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie: anna.cookie, origin: app.url },
  });
  const heard: string[] = [];
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('message', (data) => heard.push(String(data)));
  await until('the handshake', () => heard.some((text) => text.startsWith('0')));
  await app.app.platform.auth.endAll(anna.id);
  const before = performance.now();
  socket.send('40');
  await closed;
  expect(performance.now() - before).toBeLessThan(3_000);
  expect(app.app.platform.live.sockets()).toBe(0);
});

test('[check 30] addresses are counted too where rights and conflicts of interest are given by address', async () => {
  const { owner, id, workspaceId } = await place();
  const { limits } = app.app.platform;
  for (let i = 0; i < 300; i += 1) await limits.spend('addressesOfPerson', owner.id);
  const principal = { type: 'person', email: 'who@knows.example' } as const;
  const tooMany = refused('too-many-invitations', 429);
  const { documents, workspaces } = owner.api.sharing;
  await expect(documents.grant({ id, principal, role: 'viewer' })).rejects.toMatchObject(tooMany);
  await expect(documents.deny({ id, principal })).rejects.toMatchObject(tooMany);
  await expect(workspaces.deny({ id: workspaceId, principal })).rejects.toMatchObject(tooMany);
});

describe('a token for one document alone', () => {
  const limitedTo = async (owner: TestPerson, ...limits: readonly { kind: 'workspace' | 'document'; id: string }[]) => {
    const { token } = await owner.api.accounts.createToken({
      name: 'limited',
      limits: limits.map((subject) => ({ subject, role: 'owner' as const })),
    });
    return clientOf(app.url, { authorization: `Bearer ${token}` });
  };

  test('[A10] [A13] [A21] sees nothing of its workspace, and takes the document out of it as little', async () => {
    const { owner, workspaceId, id } = await place();
    const { id: elsewhere } = await owner.api.workspaces.create({ name: 'Elsewhere' });
    const robot = await limitedTo(owner, { kind: 'document', id }, { kind: 'workspace', id: elsewhere });
    expect(await robot.documents.get({ id })).toMatchObject({ workspaceName: '', shared: true, role: 'owner' });
    expect((await robot.sharing.documents.access({ id })).items.map(({ personId }) => personId)).toEqual([owner.id]);
    const low = refused('role-too-low');
    await expect(robot.documents.update({ id, workspaceId: elsewhere })).rejects.toMatchObject(low);
    await expect(robot.documents.trash({ id })).rejects.toMatchObject(low);
    await expect(robot.sharing.documents.grants({ id })).rejects.toMatchObject(low);
    const wide = await limitedTo(owner, { kind: 'workspace', id: workspaceId });
    expect(await wide.documents.get({ id })).toMatchObject({ workspaceName: expect.stringContaining('Canary') });
  });
});

describe('a conflict of interest', () => {
  test('[A12] is not left by leaving the organisation, by oneself', async () => {
    const { owner, workspaceId, id } = await place();
    const bidder = await someone();
    const administrator = await someone({ platformRole: 'administrator' });
    const { id: organisationId } = await owner.api.organisations.create({ name: `Bidder ${made}`, kind: 'buyer' });
    const other = await owner.api.organisations.create({ name: `Other ${made}`, kind: 'buyer' });
    await bidder.api.accounts.updateMe({ organisationId });
    await owner.api.workspaces.addMember({ id: workspaceId, email: bidder.email, role: 'owner' });
    const principal = { type: 'organisation', id: organisationId } as const;
    const denial = await owner.api.sharing.workspaces.deny({ id: workspaceId, principal });
    const kept = async () => {
      await expect(bidder.api.documents.get({ id })).rejects.toMatchObject(NOT_FOUND);
      expect((await bidder.api.documents.recent({})).items).toEqual([]);
      await expect(
        bidder.api.sharing.workspaces.liftDenial({ id: workspaceId, denialId: denial.id }),
      ).rejects.toMatchObject(NOT_FOUND);
      const { items } = await owner.api.sharing.workspaces.access({ id: workspaceId });
      expect(items.find(({ personId }) => personId === bidder.id)).toMatchObject({ role: null });
    };
    await kept();
    await bidder.api.accounts.updateMe({ organisationId: null });
    await kept();
    await bidder.api.accounts.updateMe({ organisationId: other.id });
    await kept();
    // Who runs the installation says where somebody belongs, and where they do not any more.
    await administrator.api.administration.updatePerson({ id: bidder.id, organisationId: null });
    expect(await bidder.api.documents.get({ id })).toMatchObject({ role: 'owner' });
  });

  test('[A17] [A18] goes along into a copy without telling its reader why', async () => {
    const { owner, workspaceId, id } = await place();
    const [reader, kept] = [await someone(), await someone()];
    const principal = { type: 'person', id: kept.id } as const;
    await owner.api.workspaces.addMember({ id: workspaceId, email: reader.email, role: 'editor' });
    await owner.api.workspaces.addMember({ id: workspaceId, email: kept.email, role: 'viewer' });
    await owner.api.sharing.workspaces.deny({ id: workspaceId, principal, note: 'Canary of a spouse' });
    await owner.api.sharing.documents.deny({ id, principal, note: 'Canary of a bidder' });
    const { id: mine } = await reader.api.workspaces.create({ name: 'Mine' });
    const copy = await reader.api.documents.duplicate({ id, workspaceId: mine });
    await reader.api.documents.update({ id, workspaceId: mine });
    for (const one of [copy.id, id]) {
      const { items } = await reader.api.sharing.documents.denials({ id: one });
      expect(items).toMatchObject([{ principal }]);
      expect(JSON.stringify(items)).not.toContain('Canary');
    }
  });
});

test('[check 29] news of a document do not follow it to those from whom it is kept', async () => {
  const { owner, workspaceId, id } = await place();
  const kept = await someone();
  const { id: target } = await owner.api.workspaces.create({ name: 'Target' });
  for (const where of [workspaceId, target])
    await owner.api.workspaces.addMember({ id: where, email: kept.email, role: 'editor' });
  await owner.api.sharing.workspaces.deny({ id: workspaceId, principal: { type: 'person', id: kept.id } });
  const other = await owner.api.documents.create({ workspaceId: target, kind: 'note', title: 'Other', locale: 'en' });
  const socket = await kept.live();
  const heard: unknown[] = [];
  socket.onAny((...event: unknown[]) => heard.push(event));
  const copy = await owner.api.documents.duplicate({ id, workspaceId: target });
  await owner.api.documents.update({ id, workspaceId: target });
  for (const one of [copy.id, id, other.id]) await owner.api.documents.update({ id: one, title: 'Renamed' });
  await until('the news of the other', () => JSON.stringify(heard).includes(other.id));
  for (const hidden of [copy.id, id]) expect(JSON.stringify(heard)).not.toContain(hidden);
});

test('[check 48] nobody keeps others from opening documents by changing their own profile over and over', async () => {
  const { owner, id } = await place();
  const noise = await someone();
  let ended = false;
  const busy = Array.from({ length: 12 }, async () => {
    for (let i = 0; !ended; i += 1)
      await noise.fetch('/api/me', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title: `Title ${i % 2}` }),
      });
  });
  try {
    for (let i = 0; i < 5; i += 1) {
      const { provider, close } = owner.open(id);
      await until('the text', () => provider.synced, 3_000);
      close();
    }
  } finally {
    ended = true;
    await Promise.all(busy);
  }
});

test('[check 62] who became administrator, and what gives and takes rights of many at once, is written down', async () => {
  const staff = await someone({ platformRole: 'secretariat' });
  const { owner, workspaceId } = await place();
  const { id: organisationId } = await owner.api.organisations.create({ name: `Noted ${made}`, kind: 'buyer' });
  await staff.api.organisations.update({ id: organisationId, state: 'verified', domain: 'test.example' });
  await owner.api.accounts.updateMe({ organisationId });
  await owner.api.workspaces.update({ id: workspaceId, name: 'Canary name' });
  await owner.api.workspaces.update({ id: workspaceId, state: 'archived' });
  const body = await staff.api.governance.create({ name: 'Canary body', kind: 'jury' });
  await staff.api.governance.update({ id: body.id, state: 'archived' });
  const administrators = app.app.platform.db.collection<{ platformRole: string }>('users');
  await administrators.updateMany({ platformRole: 'administrator' }, { $set: { platformRole: 'member' } });
  const token = (await app.app.platform.auth.claimLink())?.split('#').at(-1) ?? '';
  const account = { name: 'First', email: 'first@test.example', password: 'a long enough passphrase' };
  const { personId } = await clientOf(app.url, {}).accounts.claim({ token, ...account });
  const audit = app.app.platform.db.collection('audit');
  const noted = async (id: string) => (await audit.find({ 'subject.id': id }).toArray()).map(({ event }) => event);
  expect(await noted(personId)).toEqual(['accounts.claimed']);
  expect(await noted(owner.id)).toContain('accounts.organisation-named');
  expect(await noted(organisationId)).toEqual(['organisations.changed']);
  await until('the workspace', async () => (await noted(workspaceId)).includes('workspaces.updated'));
  await until('the body', async () => (await noted(body.id)).includes('governance.body-changed'));
  expect((await noted(workspaceId)).filter((event) => event === 'workspaces.updated')).toHaveLength(1);
  expect(JSON.stringify(await audit.find().toArray())).not.toContain('Canary');
});

test('[check 48] no name keeps others from the page behind it', async () => {
  const { owner } = await place();
  const long = '\ufdfa'.repeat(150);
  for (const end of ['a', 'b', 'c']) {
    await owner.api.organisations.create({ name: `${long}${end}`, kind: 'buyer' });
    await owner.api.workspaces.create({ name: `${'\u8349'.repeat(100)}${end}` });
  }
  type List = (page: { limit: number; cursor?: string }) => Promise<{ items: { id: string }[]; next?: string }>;
  const lists: readonly List[] = [owner.api.organisations.list, owner.api.workspaces.list];
  for (const list of lists) {
    const all = (await list({ limit: 200 })).items.map(({ id }) => id);
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page: Awaited<ReturnType<List>> = await list({ limit: 1, ...(next === undefined ? {} : { cursor: next }) });
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== undefined);
    expect(seen).toEqual(all);
  }
});

import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as encoding from 'lib0/encoding';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { clientOf, startApp, type TestApp, type TestPerson, until } from './harness.ts';

let app: TestApp;
let secretariat: TestPerson;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  secretariat = await app.as('secretary', { platformRole: 'secretariat' });
});
afterAll(() => app.stop());

const NOT_FOUND = { status: 404, data: { reason: 'not-found' } };
const refused = (reason: string, status = 403) => ({ status, data: expect.objectContaining({ reason }) });
const person = ({ id }: TestPerson) => ({ type: 'person', id }) as const;

let made = 0;
/** A workspace of somebody new, with a document in it. */
async function place() {
  made += 1;
  const owner = await app.as(`owner${made}`);
  const { id: workspaceId } = await owner.api.workspaces.create({ name: `Canary place ${made}` });
  const { id } = await owner.api.documents.create({ workspaceId, kind: 'note', title: `Text ${made}`, locale: 'en' });
  return { owner, workspaceId, id };
}

const someone = (fields?: Record<string, unknown>): Promise<TestPerson> => {
  made += 1;
  return app.as(`someone${made}`, fields);
};

async function bodyWith(...people: readonly TestPerson[]) {
  made += 1;
  const body = await secretariat.api.governance.create({ name: `Committee ${made}`, kind: 'committee' });
  const mandates = [];
  for (const { id: personId } of people)
    mandates.push(await secretariat.api.governance.giveMandate({ id: body.id, personId, role: 'member' }));
  return { body: { type: 'body', id: body.id } as const, mandates };
}

describe('a right through a body or an organisation', () => {
  test('[A10] [A11] opens a workspace with its documents to who has a mandate, and ends with the mandate', async () => {
    const { owner, workspaceId, id } = await place();
    const member = await someone();
    const { body, mandates } = await bodyWith(member);
    const given = await owner.api.sharing.workspaces.grant({ id: workspaceId, principal: body, role: 'commenter' });
    expect(given).toMatchObject({
      role: 'commenter',
      peopleCount: 1,
      principal: { ...body, name: expect.any(String) },
    });
    expect(await member.api.workspaces.get({ id: workspaceId })).toMatchObject({ role: 'commenter' });
    expect(await member.api.documents.get({ id })).toMatchObject({ role: 'commenter' });
    expect((await member.api.documents.get({ id })).shared).toBeUndefined();
    expect((await member.api.workspaces.list({})).items.map((item) => item.id)).toEqual([workspaceId]);
    const [mandate] = mandates;
    await secretariat.api.governance.endMandate({ id: body.id, mandateId: mandate?.id ?? '' });
    await expect(member.api.documents.get({ id })).rejects.toMatchObject(NOT_FOUND);
    expect((await member.api.workspaces.list({})).items).toEqual([]);
  });

  test('[A11] an organisation counts once it is confirmed, not while it is claimed, and not after changing it', async () => {
    const { owner, workspaceId } = await place();
    const worker = await someone();
    const { id } = await owner.api.organisations.create({ name: `Hospital ${made}`, kind: 'buyer' });
    const other = await owner.api.organisations.create({ name: `Other ${made}`, kind: 'buyer' });
    const principal = { type: 'organisation', id } as const;
    await owner.api.sharing.workspaces.grant({ id: workspaceId, principal, role: 'viewer' });
    const sees = async () => (await worker.fetch(`/api/workspaces/${workspaceId}`)).status === 200;
    await worker.api.accounts.updateMe({ organisationId: id });
    expect([await sees(), (await worker.api.accounts.me({})).organisationConfirmed]).toEqual([false, false]);
    const administrator = await app.as('chief', { platformRole: 'administrator' });
    await administrator.api.administration.updatePerson({ id: worker.id, organisationConfirmed: true });
    expect([await sees(), (await worker.api.accounts.me({})).organisationConfirmed]).toEqual([true, true]);
    await worker.api.accounts.updateMe({ organisationId: id, name: 'Same' });
    expect(await sees()).toBe(true);
    await worker.api.accounts.updateMe({ organisationId: other.id });
    expect(await sees()).toBe(false);
    await worker.api.accounts.updateMe({ organisationId: id });
    expect(await sees()).toBe(false);
  });

  test('[A11] a verified address of the organisation’s own domain confirms by itself', async () => {
    const { owner, workspaceId } = await place();
    const worker = await someone();
    const { id } = await owner.api.organisations.create({ name: `Domain ${made}`, kind: 'buyer' });
    await expect(owner.api.organisations.update({ id, domain: 'test.example' })).rejects.toMatchObject(
      refused('secretariat-only'),
    );
    await secretariat.api.organisations.update({ id, domain: 'test.example' });
    await worker.api.accounts.updateMe({ organisationId: id });
    expect((await worker.api.accounts.me({})).organisationConfirmed).toBe(false);
    await worker.api.accounts.updateMe({ organisationId: null });
    await secretariat.api.organisations.update({ id, state: 'verified' });
    await worker.api.accounts.updateMe({ organisationId: id });
    expect((await worker.api.accounts.me({})).organisationConfirmed).toBe(true);
    const principal = { type: 'organisation', id } as const;
    await owner.api.sharing.workspaces.grant({ id: workspaceId, principal, role: 'editor' });
    expect(await worker.api.workspaces.get({ id: workspaceId })).toMatchObject({ role: 'editor' });
  });

  test('[A8] [A20] a guest has nothing through a body, sees none, and makes no workspace', async () => {
    const { owner, workspaceId } = await place();
    const guest = await someone({ platformRole: 'guest' });
    const { body } = await bodyWith(guest);
    await owner.api.sharing.workspaces.grant({ id: workspaceId, principal: body, role: 'editor' });
    await expect(guest.api.workspaces.get({ id: workspaceId })).rejects.toMatchObject(NOT_FOUND);
    expect((await guest.api.governance.list({})).items).toEqual([]);
    await expect(guest.api.governance.get({ id: body.id })).rejects.toMatchObject(NOT_FOUND);
    await expect(guest.api.workspaces.create({ name: 'Mine' })).rejects.toMatchObject(refused('guests-are-invited'));
  });
});

describe('a right on one document alone', () => {
  test('[A10] [A21] opens the document and nothing around it', async () => {
    const { owner, workspaceId, id } = await place();
    const reader = await someone();
    const email = reader.email.toUpperCase();
    await owner.api.sharing.documents.grant({ id, principal: { type: 'person', email }, role: 'editor' });
    const shown = await reader.api.documents.get({ id });
    expect(shown).toMatchObject({ role: 'editor', shared: true, workspaceName: '' });
    const listed = await reader.api.documents.recent({ shared: 'me' });
    expect(listed.items.map((item) => item.id)).toEqual([id]);
    expect(JSON.stringify([shown, listed])).not.toContain('Canary');
    expect((await reader.api.documents.recent({})).items.map((item) => item.id)).toEqual([id]);
    expect((await owner.api.documents.recent({ shared: 'me' })).items).toEqual([]);
    await reader.api.documents.createVersion({ id });
    for (const path of ['', '/documents', '/members', '/access'])
      expect((await reader.fetch(`/api/workspaces/${workspaceId}${path}`)).status).toBe(404);
    const { id: own } = await reader.api.workspaces.create({ name: 'Own' });
    for (const attempt of [
      () => reader.api.documents.trash({ id }),
      () => reader.api.documents.update({ id, workspaceId: own }),
      () => reader.api.sharing.documents.grant({ id, principal: person(reader), role: 'editor' }),
      () => reader.api.sharing.documents.grants({ id }),
    ])
      await expect(attempt()).rejects.toMatchObject(refused('role-too-low'));
  });

  test('[A18] whoever has it is told about themself alone', async () => {
    const { owner, id } = await place();
    const [reader, other] = [await someone(), await someone()];
    await owner.api.sharing.documents.grant({ id, principal: person(reader), role: 'viewer' });
    await owner.api.sharing.documents.grant({ id, principal: person(other), role: 'viewer' });
    const seen = await reader.api.sharing.documents.access({ id });
    expect(seen.items.map(({ personId, role }) => [personId, role])).toEqual([[reader.id, 'viewer']]);
    expect(seen.items[0]?.reasons).toMatchObject([{ kind: 'person', on: 'document', role: 'viewer' }]);
    expect(seen.summary).toEqual({ people: 1 });
  });
});

describe('who can see this, and why', () => {
  test('[A18] owners are told every reason, viewers people and roles, everybody their own reasons', async () => {
    const { owner, workspaceId, id } = await place();
    const [viewer, twice, kept] = [await someone(), await someone(), await someone()];
    const until_ = new Date(Date.now() + 3600_000).toISOString();
    await owner.api.workspaces.addMember({ id: workspaceId, email: viewer.email, role: 'viewer', until: until_ });
    await owner.api.workspaces.addMember({ id: workspaceId, email: twice.email, role: 'viewer' });
    await owner.api.workspaces.addMember({ id: workspaceId, email: kept.email, role: 'editor' });
    await owner.api.workspaces.addMember({ id: workspaceId, email: `new${made}@x.example`, role: 'viewer' });
    const { body } = await bodyWith(twice);
    await owner.api.sharing.documents.grant({ id, principal: body, role: 'editor' });
    await owner.api.sharing.documents.deny({ id, principal: person(kept), note: 'Works for a bidder' });
    await twice.api.accounts.createToken({ name: 'robot' });
    const all = await owner.api.sharing.documents.access({ id });
    expect(all.summary).toEqual({ people: 3, denied: 1, pendingInvitations: 1 });
    const of = ({ id: personId }: TestPerson) => all.items.find((item) => item.personId === personId);
    expect(of(viewer)).toMatchObject({ role: 'viewer', reasons: [{ kind: 'member', on: 'workspace', until: until_ }] });
    expect(of(twice)).toMatchObject({
      role: 'editor',
      reasons: [
        { kind: 'member', role: 'viewer' },
        { kind: 'body', on: 'document', role: 'editor', through: { id: body.id } },
      ],
      tokens: [{ name: 'robot', role: 'editor' }],
    });
    expect(of(kept)).toMatchObject({
      role: null,
      reasons: [{ kind: 'member' }, { kind: 'denied', note: 'Works for a bidder' }],
    });
    const seen = await viewer.api.sharing.documents.access({ id });
    expect(seen.summary).toEqual({ people: 3 });
    expect(seen.items.map(({ personId }) => personId)).not.toContain(kept.id);
    expect(seen.items.filter(({ reasons, tokens }) => reasons || tokens).map(({ personId }) => personId)).toEqual([
      viewer.id,
    ]);
    const first = await owner.api.sharing.documents.access({ id, limit: 3 });
    const second = await owner.api.sharing.documents.access({ id, limit: 3, cursor: first.next });
    expect([...first.items, ...second.items]).toEqual(all.items);
  });
});

test('[A18] [check 30] a guest is told of the members by name, not of who sits in a body', async () => {
  const { owner, workspaceId, id } = await place();
  const [guest, sitting] = [await someone({ platformRole: 'guest' }), await someone()];
  await owner.api.workspaces.addMember({ id: workspaceId, email: guest.email, role: 'viewer' });
  const { body } = await bodyWith(sitting);
  await owner.api.sharing.workspaces.grant({ id: workspaceId, principal: body, role: 'editor' });
  const told = async (who: TestPerson) =>
    (await who.api.sharing.documents.access({ id })).items.map(({ personId }) => personId).sort();
  expect(await told(guest)).toEqual([owner.id, guest.id].sort());
  expect(await told(sitting)).toEqual([owner.id, guest.id, sitting.id].sort());
});

describe('a conflict of interest', () => {
  test('[A6] [A15] keeps out of everything: page, lists, content, files, presence, names in exports', async () => {
    const { owner, workspaceId, id } = await place();
    const member = await someone();
    await owner.api.workspaces.addMember({ id: workspaceId, email: member.email, role: 'editor' });
    expect((await member.api.documents.list({ workspaceId })).items).toHaveLength(1);
    await owner.api.sharing.documents.deny({ id, principal: person(member) });
    for (const path of ['', '/content', '/versions', '/access', '/content?format=html'])
      expect((await member.fetch(`/api/documents/${id}${path}`)).status).toBe(404);
    expect((await member.api.documents.list({ workspaceId })).items).toEqual([]);
    expect((await member.api.documents.recent({})).items).toEqual([]);
    expect(await member.api.workspaces.get({ id: workspaceId })).toMatchObject({ role: 'editor' });
  });

  test('[check 29] news of a document are not heard by who is kept from it', async () => {
    const { owner, workspaceId, id } = await place();
    const member = await someone();
    await owner.api.workspaces.addMember({ id: workspaceId, email: member.email, role: 'editor' });
    await owner.api.sharing.documents.deny({ id, principal: person(member) });
    const socket = await member.live();
    const heard: unknown[] = [];
    socket.onAny((...event: unknown[]) => heard.push(event));
    await owner.api.documents.update({ id, title: 'Hidden news' });
    const open = await owner.api.documents.create({ workspaceId, kind: 'note', title: 'Open news', locale: 'en' });
    await until('other news', () => JSON.stringify(heard).includes(open.id));
    expect(JSON.stringify(heard)).not.toContain(id);
  });

  test('[A15] is declared by oneself or an owner, and lifted by an owner, never by the person concerned', async () => {
    const { owner, workspaceId } = await place();
    const [second, viewer] = [await someone(), await someone()];
    await owner.api.workspaces.addMember({ id: workspaceId, email: second.email, role: 'owner' });
    await owner.api.workspaces.addMember({ id: workspaceId, email: viewer.email, role: 'viewer' });
    const { deny, liftDenial } = viewer.api.sharing.workspaces;
    await expect(deny({ id: workspaceId, principal: person(owner) })).rejects.toMatchObject(refused('not-an-owner'));
    const own = await deny({ id: workspaceId, principal: person(viewer) });
    await expect(viewer.api.workspaces.get({ id: workspaceId })).rejects.toMatchObject(NOT_FOUND);
    await expect(liftDenial({ id: workspaceId, denialId: own.id })).rejects.toMatchObject(NOT_FOUND);
    await expect(
      owner.api.sharing.workspaces.deny({ id: workspaceId, principal: person(viewer) }),
    ).rejects.toMatchObject(refused('already-denied', 409));
    await owner.api.sharing.workspaces.liftDenial({ id: workspaceId, denialId: own.id });
    expect(await viewer.api.workspaces.get({ id: workspaceId })).toMatchObject({ role: 'viewer' });
  });

  test('[A12] of an organisation concerns who only claims it, and an owner of that organisation does not lift it', async () => {
    const { owner, workspaceId, id } = await place();
    const [second, third] = [await someone(), await someone()];
    for (const one of [second, third])
      await owner.api.workspaces.addMember({ id: workspaceId, email: one.email, role: 'owner' });
    const organisation = await owner.api.organisations.create({ name: `Bidder ${made}`, kind: 'supplier' });
    await second.api.accounts.updateMe({ organisationId: organisation.id });
    const principal = { type: 'organisation', id: organisation.id } as const;
    await owner.api.sharing.documents.deny({ id, principal });
    await expect(second.api.documents.get({ id })).rejects.toMatchObject(NOT_FOUND);
    expect(await third.api.documents.get({ id })).toMatchObject({ role: 'owner' });
  });

  test('[A16] [check 32] is never declared of the last owner, and owners who are kept out or end do not count', async () => {
    const { owner, workspaceId, id } = await place();
    const second = await someone();
    const lastOwner = refused('last-owner');
    const denyOwner = () => owner.api.sharing.workspaces.deny({ id: workspaceId, principal: person(owner) });
    await expect(denyOwner()).rejects.toMatchObject(lastOwner);
    await expect(owner.api.sharing.documents.deny({ id, principal: person(owner) })).rejects.toMatchObject(lastOwner);
    const soon = new Date(Date.now() + 3600_000).toISOString();
    await owner.api.workspaces.addMember({ id: workspaceId, email: second.email, role: 'owner', until: soon });
    await expect(denyOwner()).rejects.toMatchObject(lastOwner);
    await expect(owner.api.workspaces.removeMember({ id: workspaceId, personId: owner.id })).rejects.toMatchObject(
      lastOwner,
    );
    const change = { id: workspaceId, personId: owner.id, until: soon };
    await expect(owner.api.workspaces.changeMember(change)).rejects.toMatchObject(lastOwner);
    await owner.api.workspaces.changeMember({ id: workspaceId, personId: second.id, until: null });
    await owner.api.sharing.workspaces.deny({ id: workspaceId, principal: person(second) });
    await expect(owner.api.workspaces.removeMember({ id: workspaceId, personId: owner.id })).rejects.toMatchObject(
      lastOwner,
    );
  });
});

describe('nobody gives more than they hold', () => {
  test('[A14] [check 32] only owners share, nothing above a writer’s right, nothing new in an archived workspace', async () => {
    const { owner, workspaceId, id } = await place();
    const editor = await someone();
    const { body } = await bodyWith(editor);
    await owner.api.workspaces.addMember({ id: workspaceId, email: editor.email, role: 'editor' });
    await expect(editor.api.sharing.documents.grant({ id, principal: body, role: 'viewer' })).rejects.toMatchObject(
      refused('role-too-low'),
    );
    const asOwner = await owner.fetch(`/api/workspaces/${workspaceId}/grants`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ principal: body, role: 'owner' }),
    });
    expect(asOwner.status).toBe(400);
    const { grant, changeGrant, endGrant } = owner.api.sharing.workspaces;
    const given = await grant({ id: workspaceId, principal: body, role: 'editor' });
    await expect(grant({ id: workspaceId, principal: body, role: 'viewer' })).rejects.toMatchObject(
      refused('already-granted', 409),
    );
    await expect(grant({ id: workspaceId, principal: person(editor), role: 'viewer' })).rejects.toMatchObject(
      refused('people-are-members', 400),
    );
    await owner.api.workspaces.update({ id: workspaceId, state: 'archived' });
    const later = new Date(Date.now() + 3600_000).toISOString();
    expect(await changeGrant({ id: workspaceId, grantId: given.id, role: 'viewer', until: later })).toMatchObject({
      role: 'viewer',
      until: later,
    });
    const rise = [{ role: 'editor' as const }, { until: null }];
    for (const more of rise)
      await expect(changeGrant({ id: workspaceId, grantId: given.id, ...more })).rejects.toMatchObject(
        refused('workspace-archived'),
      );
    await endGrant({ id: workspaceId, grantId: given.id });
    expect((await owner.api.sharing.workspaces.grants({ id: workspaceId })).items).toEqual([]);
  });

  test('[check 31] whose right it is, by whom and since when cannot be written by anybody', async () => {
    const { owner, workspaceId } = await place();
    const { body } = await bodyWith();
    for (const forged of [{ by: 'x' }, { since: '2020-01-01T00:00:00.000Z' }, { peopleCount: 9 }]) {
      const answer = await owner.fetch(`/api/workspaces/${workspaceId}/grants`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ principal: body, role: 'viewer', ...forged }),
      });
      expect(`${JSON.stringify(forged)} ${answer.status}`).toBe(`${JSON.stringify(forged)} 400`);
    }
  });

  test('[check 32] of twenty rights for one body given at once one is there', async () => {
    const { owner, workspaceId, id } = await place();
    const { body } = await bodyWith();
    for (const [kind, subject] of [
      ['workspaces', workspaceId],
      ['documents', id],
    ] as const) {
      const tries = Array.from({ length: 20 }, () =>
        owner.api.sharing[kind].grant({ id: subject, principal: body, role: 'viewer' }),
      );
      const won = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
      expect([kind, won.length]).toEqual([kind, 1]);
      expect((await owner.api.sharing[kind].grants({ id: subject })).items).toHaveLength(1);
    }
  });
});

describe('moving and copying', () => {
  test('[A17] [check 28] a document that moves leaves its rights behind and takes conflicts of interest along, as does a copy', async () => {
    const { owner, workspaceId, id } = await place();
    const [reader, kept, newcomer] = [await someone(), await someone(), await someone()];
    await owner.api.sharing.documents.grant({ id, principal: person(reader), role: 'viewer' });
    await owner.api.workspaces.addMember({ id: workspaceId, email: kept.email, role: 'owner' });
    await owner.api.sharing.workspaces.deny({ id: workspaceId, principal: person(kept), note: 'Bidder' });
    const { id: target } = await owner.api.workspaces.create({ name: 'Target' });
    for (const one of [kept, newcomer])
      await owner.api.workspaces.addMember({ id: target, email: one.email, role: 'editor' });
    const effect = await owner.api.documents.moveEffect({ id, workspaceId: target });
    expect(effect).toEqual({
      gain: 1,
      lose: 1,
      gaining: [{ id: newcomer.id, name: expect.any(String) }],
      grantsEnded: 1,
    });
    const copy = await owner.api.documents.duplicate({ id, workspaceId: target });
    await owner.api.documents.update({ id, workspaceId: target });
    for (const one of [id, copy.id]) {
      expect(await newcomer.api.documents.get({ id: one })).toMatchObject({ role: 'editor' });
      await expect(reader.api.documents.get({ id: one })).rejects.toMatchObject(NOT_FOUND);
      await expect(kept.api.documents.get({ id: one })).rejects.toMatchObject(NOT_FOUND);
      expect((await owner.api.sharing.documents.denials({ id: one })).items).toMatchObject([{ note: 'Bidder' }]);
    }
    await expect(reader.api.documents.moveEffect({ id, workspaceId: target })).rejects.toMatchObject(NOT_FOUND);
  });

  test('[check 28] nothing moves or is copied into a workspace in which one does not write, nor out of one', async () => {
    const [mine, theirs] = [await place(), await place()];
    const reader = await someone();
    await mine.owner.api.workspaces.addMember({ id: mine.workspaceId, email: reader.email, role: 'viewer' });
    const { update, duplicate, moveEffect } = mine.owner.api.documents;
    for (const across of [update, duplicate, moveEffect]) {
      await expect(across({ id: mine.id, workspaceId: theirs.workspaceId })).rejects.toMatchObject(NOT_FOUND);
      await expect(across({ id: theirs.id, workspaceId: mine.workspaceId })).rejects.toMatchObject(NOT_FOUND);
    }
    const { id: own } = await reader.api.workspaces.create({ name: 'Own' });
    for (const how of [reader.api.documents.update, reader.api.documents.moveEffect])
      await expect(how({ id: mine.id, workspaceId: own })).rejects.toMatchObject(refused('role-too-low'));
    const into = { id: mine.id, workspaceId: mine.workspaceId };
    await expect(reader.api.documents.duplicate(into)).rejects.toMatchObject(refused('role-too-low'));
    for (const { owner, workspaceId } of [mine, theirs])
      expect((await owner.api.documents.list({ workspaceId })).items).toHaveLength(1);
  });
});

describe('a limited token', () => {
  const bearer = (token: string) => clientOf(app.url, { authorization: `Bearer ${token}` });

  test('[A13] does what its limits say and nothing else, for HTTP, lists and rights', async () => {
    const { owner, workspaceId, id } = await place();
    const other = await owner.api.documents.create({ workspaceId, kind: 'note', title: 'Other', locale: 'en' });
    const limits = [{ subject: { kind: 'document', id }, role: 'viewer' }] as const;
    const robot = bearer((await owner.api.accounts.createToken({ name: 'reader', limits: [...limits] })).token);
    expect(await robot.documents.get({ id })).toMatchObject({ role: 'viewer' });
    expect((await robot.documents.recent({})).items.map((item) => item.id)).toEqual([id]);
    expect((await robot.workspaces.list({})).items).toEqual([]);
    await expect(robot.documents.get({ id: other.id })).rejects.toMatchObject(NOT_FOUND);
    await expect(robot.documents.trash({ id })).rejects.toMatchObject(refused('role-too-low'));
    for (const attempt of [
      () => robot.accounts.me({}),
      () => robot.accounts.people({}),
      () => robot.workspaces.create({ name: 'Mine' }),
      () => robot.organisations.list({}),
      () => robot.governance.list({}),
    ])
      await expect(attempt()).rejects.toMatchObject(refused('token-limited'));
    const strong = [{ subject: { kind: 'workspace', id: workspaceId }, role: 'owner' }] as const;
    const manager = bearer((await owner.api.accounts.createToken({ name: 'manager', limits: [...strong] })).token);
    expect(await manager.workspaces.update({ id: workspaceId, name: 'Renamed' })).toMatchObject({ role: 'owner' });
    await expect(
      manager.workspaces.addMember({ id: workspaceId, email: 'a@b.example', role: 'viewer' }),
    ).rejects.toMatchObject(refused('token-limited'));
    const foreign = await place();
    await expect(
      owner.api.accounts.createToken({
        name: 'foreign',
        limits: [{ subject: { kind: 'document', id: foreign.id }, role: 'viewer' }],
      }),
    ).rejects.toMatchObject(NOT_FOUND);
  });

  test('[A13] opens documents and hears news within its limits', async () => {
    const { owner, workspaceId, id } = await place();
    const other = await owner.api.documents.create({ workspaceId, kind: 'note', title: 'Other', locale: 'en' });
    const limits = [{ subject: { kind: 'document' as const, id }, role: 'viewer' as const }];
    const { token } = await owner.api.accounts.createToken({ name: 'listener', limits });
    const headers = { authorization: `Bearer ${token}` };
    const address = `${app.url.replace('http', 'ws')}/sync`;
    const closeOf = (documentId: string, frame?: Uint8Array): Promise<number> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${address}/${documentId}`, { headers });
        socket.once('error', reject);
        socket.once('close', resolve);
        if (frame) socket.once('open', () => socket.send(frame));
      });
    const doc = new Y.Doc();
    doc.getText('test').insert(0, 'not allowed');
    const update = encoding.createEncoder();
    encoding.writeVarUint(update, 0);
    encoding.writeVarUint(update, 2);
    encoding.writeVarUint8Array(update, Y.encodeStateAsUpdate(doc));
    expect(await closeOf(id, encoding.toUint8Array(update))).toBe(CLOSE.noRight);
    expect(await closeOf(other.id)).toBe(CLOSE.noDocument);
    const socket = io(app.url, { transports: ['websocket'], extraHeaders: headers, reconnection: false });
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)));
    const heard: unknown[] = [];
    socket.onAny((...event: unknown[]) => heard.push(event));
    await owner.api.documents.update({ id: other.id, title: 'Not to be heard' });
    await owner.api.workspaces.update({ id: workspaceId, name: 'Nor this' });
    await owner.api.documents.update({ id, title: 'To be heard' });
    await until('the news of its document', () => JSON.stringify(heard).includes(id));
    expect(JSON.stringify(heard)).not.toContain(other.id);
    expect(JSON.stringify(heard)).not.toContain('workspace.changed');
    socket.disconnect();
    doc.destroy();
  });
});

import type { Grant } from '@concert/domain/access/grants.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../../../test/harness.ts';
import { systemPorts } from '../ports.ts';
import type { Access, AccessChange, DocumentFacts, PersonFacts, WorkspaceFacts } from './access.ts';
import { createAccess } from './create-access.ts';

const person = (id: string) => ({ type: 'person', id }) as const;
const by = (personId: string) => ({ personId });

const grant = (personId: string, role: Grant['role'], id: string, until?: Date): Grant => ({
  principal: { type: 'person', id: personId },
  role,
  subject: { kind: 'workspace', id },
  ...(until === undefined ? {} : { until }),
});

/** Access over two workspaces and their documents, held in plain lists. */
function accessOver(now: () => Date): Access {
  const access = createAccess({ ports: { ...systemPorts, now } });
  const grants = [
    grant('anna', 'owner', 'w1'),
    grant('bruno', 'viewer', 'w1', new Date(2000)),
    grant('carla', 'editor', 'w2'),
    grant('dario', 'editor', 'w1'),
    { ...grant('', 'viewer', 'w3'), principal: { type: 'organisation', id: 'chu' } },
    { ...grant('', 'commenter', 'w3'), principal: { type: 'body', id: 'committee' } },
  ] satisfies Grant[];
  const workspace = (id: string): WorkspaceFacts => ({
    id,
    state: id === 'w2' ? 'archived' : 'active',
    grants: grants.filter((one) => one.subject.id === id),
    denials: [],
  });
  const ids = ['w1', 'w2', 'w3'];
  access.registerWorkspaces({
    facts: async (id) => (ids.includes(id) ? workspace(id) : null),
    naming: async () => ids.map(workspace),
    members: async (wanted) =>
      new Map(wanted.map((id) => [id, workspace(id).grants.map(({ principal }) => principal.id)])),
  });
  const document = (id: string, over: Partial<DocumentFacts> = {}): DocumentFacts => ({
    ...{ id, workspaceId: 'w1', trashed: false, quarantined: false, sealed: false, grants: [], denials: [] },
    ...over,
  });
  const denials = [{ principal: person('dario'), subject: { kind: 'document', id: 'conflict' } }] as const;
  const shared = [{ principal: person('carla'), role: 'editor', subject: { kind: 'document', id: 'shared' } }] as const;
  const all = [
    document('d1'),
    document('trashed', { trashed: true }),
    document('conflict', { denials }),
    document('shared', { grants: shared }),
  ];
  access.registerDocuments({
    location: async (id) => all.find((one) => one.id === id) ?? null,
    naming: async () => all,
  });
  const people: PersonFacts[] = [
    { id: 'elena', platformRole: 'member', organisationId: 'chu', organisationConfirmedAt: new Date(0) },
    { id: 'fabio', platformRole: 'member', organisationId: 'chu' },
    { id: 'gast', platformRole: 'guest', organisationId: 'chu', organisationConfirmedAt: new Date(0) },
    { id: 'hugo', platformRole: 'member' },
  ];
  access.registerPeople({
    byIds: async () => new Map(people.map((one) => [one.id, one])),
    ofOrganisations: async (wanted) => people.filter(({ organisationId = '' }) => wanted.includes(organisationId)),
  });
  const mandates = [{ bodyId: 'committee', personId: 'hugo', from: new Date(500), until: new Date(1500) }];
  access.registerBodies({
    mandatesOf: async (wanted) => mandates.filter(({ personId }) => wanted.includes(personId)),
    mandatesIn: async () => mandates,
  });
  return access;
}

describe('standing', () => {
  const document = (id: string) => ({ kind: 'document', id }) as const;

  test('a member’s role on a workspace is their role on its documents; a stranger has none', async () => {
    const access = accessOver(() => new Date(1000));
    expect(await access.standing(by('anna'), document('d1'))).toMatchObject({ role: 'owner', workspaceId: 'w1' });
    expect(await access.standing(by('carla'), document('d1'))).toBeNull();
    expect(await access.standing(by('anna'), document('unknown'))).toBeNull();
  });

  test('[A7] a grant counts until its end and not at it', async () => {
    expect(await accessOver(() => new Date(1999)).standing(by('bruno'), document('d1'))).toMatchObject({
      role: 'viewer',
    });
    const after = accessOver(() => new Date(2000));
    expect(await after.standing(by('bruno'), document('d1'))).toBeNull();
    expect((await after.reach(by('bruno'))).workspaces).toEqual(new Map());
  });

  test('[A6] a denial on one document overrides the role in its workspace', async () => {
    const access = accessOver(() => new Date(1000));
    expect(await access.standing(by('dario'), document('conflict'))).toBeNull();
    expect(await access.standing(by('dario'), document('d1'))).toMatchObject({ role: 'editor' });
  });

  test('unknown and foreign are refused alike; a member is told why', async () => {
    const access = accessOver(() => new Date(1000));
    const ask = (personId: string, id: string) => access.require({ personId }, 'document.edit', document(id));
    await expect(ask('carla', 'd1')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'not-found' });
    await expect(ask('carla', 'unknown')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'not-found' });
    await expect(ask('bruno', 'd1')).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role-too-low' });
    await expect(ask('anna', 'trashed')).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'document-trashed' });
    expect(await access.can(by('carla'), 'document.create', { kind: 'workspace', id: 'w2' })).toEqual({
      ok: false,
      reason: 'workspace-archived',
    });
  });

  test('[A10] a right on one document alone opens neither its workspace nor its place', async () => {
    const access = accessOver(() => new Date(1000));
    expect(await access.standing(by('carla'), document('shared'))).toMatchObject({
      role: 'editor',
      workspaceRole: null,
    });
    expect(await access.standing(by('carla'), { kind: 'workspace', id: 'w1' })).toBeNull();
    expect(await access.can(by('carla'), 'document.edit', document('shared'))).toEqual({ ok: true });
    for (const action of ['document.move', 'document.trash', 'document.restore', 'access.manage'] as const)
      expect(await access.can(by('carla'), action, document('shared'))).toEqual({ ok: false, reason: 'role-too-low' });
    const reach = await access.reach(by('carla'));
    expect([...reach.documents, ...reach.workspaces]).toEqual([
      ['shared', 'editor'],
      ['w2', 'editor'],
    ]);
    expect([...(await access.reach(by('dario'))).denied]).toEqual(['conflict']);
  });

  test('[A8] [A11] an organisation counts when it is confirmed, a body while the mandate runs, neither for a guest', async () => {
    const role = async (personId: string, ms = 1000) =>
      (await accessOver(() => new Date(ms)).standing(by(personId), { kind: 'workspace', id: 'w3' }))?.role ?? null;
    expect([await role('elena'), await role('fabio'), await role('gast')]).toEqual(['viewer', null, null]);
    expect([
      await role('hugo', 499),
      await role('hugo', 500),
      await role('hugo', 1499),
      await role('hugo', 1500),
    ]).toEqual([null, 'commenter', 'commenter', null]);
  });

  test('[A19] an answer says when it may change by itself', async () => {
    const access = accessOver(() => new Date(1000));
    const w3 = { kind: 'workspace', id: 'w3' } as const;
    expect((await access.standing(by('hugo'), w3))?.changesAt).toEqual(new Date(1500));
    expect((await access.standing(by('bruno'), document('d1')))?.changesAt).toEqual(new Date(2000));
    expect((await access.reach(by('bruno'))).changesAt).toEqual(new Date(2000));
    expect(await access.standing(by('anna'), document('d1'))).not.toHaveProperty('changesAt');
    const early = accessOver(() => new Date(100));
    expect((await early.reach(by('hugo'))).changesAt).toEqual(new Date(500));
  });

  test('[A13] a limited token has the weaker of two roles, and nothing outside', async () => {
    const access = accessOver(() => new Date(1000));
    const limited = (kind: 'workspace' | 'document', id: string, role: Grant['role']) => ({
      personId: 'anna',
      limits: [{ subject: { kind, id }, role }],
    });
    const onOne = limited('document', 'd1', 'viewer');
    expect(await access.standing(onOne, document('d1'))).toMatchObject({ role: 'viewer' });
    expect(await access.standing(onOne, document('shared'))).toBeNull();
    expect(await access.standing(onOne, { kind: 'workspace', id: 'w1' })).toBeNull();
    expect(await access.reach(onOne)).toMatchObject({ workspaces: new Map(), documents: new Map([['d1', 'viewer']]) });
    const strong = {
      personId: 'bruno',
      limits: [{ subject: { kind: 'workspace', id: 'w1' }, role: 'owner' }],
    } as const;
    expect(await access.standing(strong, document('d1'))).toMatchObject({ role: 'viewer' });
    expect(await access.standing({ ...onOne, personId: 'carla' }, document('d1'))).toBeNull();
  });

  test('[A18] who can see something is what everybody’s own question would answer', async () => {
    const access = accessOver(() => new Date(1000));
    for (const subject of [document('conflict'), document('shared'), { kind: 'workspace', id: 'w3' } as const]) {
      const seers = new Map((await access.whoSees(subject))?.map(({ personId, role }) => [personId, role]));
      for (const personId of ['anna', 'bruno', 'carla', 'dario', 'elena', 'fabio', 'gast', 'hugo'])
        expect([personId, seers.get(personId) ?? null]).toEqual([
          personId,
          (await access.standing(by(personId), subject))?.role ?? null,
        ]);
    }
  });

  test('co-members are the people of one’s own workspaces', async () => {
    const shared = await accessOver(() => new Date(1000)).coMembersOf(by('anna'));
    expect([...shared.keys()].sort()).toEqual(['anna', 'bruno', 'dario']);
  });
});

describe('over the real store', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.stop());

  test('a change of a role counts for the very next question', async () => {
    const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
    const { access } = app.app.platform;
    const heard: AccessChange[] = [];
    access.onChanged(async (match) => {
      heard.push(match);
    });
    const { id } = await anna.api.workspaces.create({ name: 'Shared' });
    const subject = { kind: 'workspace', id } as const;
    expect(await access.standing(by(bruno.id), subject)).toBeNull();
    await anna.api.workspaces.addMember({ id, email: bruno.email, role: 'editor' });
    expect(await access.can(by(bruno.id), 'document.create', subject)).toEqual({ ok: true });
    await anna.api.workspaces.changeMember({ id, personId: bruno.id, role: 'viewer' });
    expect(await access.can(by(bruno.id), 'document.create', subject)).toEqual({ ok: false, reason: 'role-too-low' });
    await anna.api.workspaces.removeMember({ id, personId: bruno.id });
    expect(await access.standing(by(bruno.id), subject)).toBeNull();
    expect(heard.filter(({ personId }) => personId === bruno.id).length).toBeGreaterThanOrEqual(3);
  });
});

import type { Grant } from '@concert/domain/access/grants.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../../../test/harness.ts';
import { systemPorts } from '../ports.ts';
import type { Access, AccessChange } from './access.ts';
import { createAccess } from './create-access.ts';

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
  ];
  access.registerWorkspaces({
    facts: async (id, personId) =>
      ['w1', 'w2'].includes(id)
        ? {
            state: id === 'w1' ? 'active' : 'archived',
            grants: grants.filter((one) => one.subject.id === id && one.principal.id === personId),
          }
        : null,
    grantsOf: async (personId) => grants.filter((one) => one.principal.id === personId),
    members: async (ids) =>
      new Map(ids.map((id) => [id, grants.filter((one) => one.subject.id === id).map((one) => one.principal.id)])),
  });
  access.registerDocuments({
    location: async (id) => {
      if (id === 'd1') return { workspaceId: 'w1', trashed: false, quarantined: false };
      if (id === 'trashed') return { workspaceId: 'w1', trashed: true, quarantined: false };
      if (id === 'conflict')
        return {
          workspaceId: 'w1',
          trashed: false,
          quarantined: false,
          denials: [{ principal: { type: 'person', id: 'dario' }, subject: { kind: 'document', id: 'conflict' } }],
        };
      return null;
    },
  });
  return access;
}

describe('standing', () => {
  const document = (id: string) => ({ kind: 'document', id }) as const;

  test('a member’s role on a workspace is their role on its documents; a stranger has none', async () => {
    const access = accessOver(() => new Date(1000));
    expect(await access.standing('anna', document('d1'))).toMatchObject({ role: 'owner', workspaceId: 'w1' });
    expect(await access.standing('carla', document('d1'))).toBeNull();
    expect(await access.standing('anna', document('unknown'))).toBeNull();
  });

  test('[A7] a grant counts until its end and not at it', async () => {
    expect(await accessOver(() => new Date(1999)).standing('bruno', document('d1'))).toMatchObject({ role: 'viewer' });
    const after = accessOver(() => new Date(2000));
    expect(await after.standing('bruno', document('d1'))).toBeNull();
    expect(await after.workspacesOf('bruno')).toEqual(new Map());
  });

  test('[A6] a denial on one document overrides the role in its workspace', async () => {
    const access = accessOver(() => new Date(1000));
    expect(await access.standing('dario', document('conflict'))).toBeNull();
    expect(await access.standing('dario', document('d1'))).toMatchObject({ role: 'editor' });
  });

  test('unknown and foreign are refused alike; a member is told why', async () => {
    const access = accessOver(() => new Date(1000));
    const ask = (personId: string, id: string) => access.require({ personId }, 'document.edit', document(id));
    await expect(ask('carla', 'd1')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'not-found' });
    await expect(ask('carla', 'unknown')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'not-found' });
    await expect(ask('bruno', 'd1')).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role-too-low' });
    await expect(ask('anna', 'trashed')).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'document-trashed' });
    expect(await access.can('carla', 'document.create', { kind: 'workspace', id: 'w2' })).toEqual({
      ok: false,
      reason: 'workspace-archived',
    });
  });

  test('co-members are the people of one’s own workspaces', async () => {
    const shared = await accessOver(() => new Date(1000)).coMembersOf('anna');
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
    expect(await access.standing(bruno.id, subject)).toBeNull();
    await anna.api.workspaces.addMember({ id, email: bruno.email, role: 'editor' });
    expect(await access.can(bruno.id, 'document.create', subject)).toEqual({ ok: true });
    await anna.api.workspaces.changeMember({ id, personId: bruno.id, role: 'viewer' });
    expect(await access.can(bruno.id, 'document.create', subject)).toEqual({ ok: false, reason: 'role-too-low' });
    await anna.api.workspaces.removeMember({ id, personId: bruno.id });
    expect(await access.standing(bruno.id, subject)).toBeNull();
    expect(heard.filter(({ personId }) => personId === bruno.id).length).toBeGreaterThanOrEqual(3);
  });
});

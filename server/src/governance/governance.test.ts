import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';

let app: TestApp;
let secretary: TestPerson;
let member: TestPerson;
beforeAll(async () => {
  app = await startApp();
  secretary = await app.as('secretary', { platformRole: 'secretariat' });
  member = await app.as('member', { title: 'Buyer' });
});
afterAll(() => app.stop());

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });
const inHours = (hours: number): string => new Date(Date.now() + hours * 3600_000).toISOString();

describe('bodies', () => {
  test('[G1] the secretariat founds and changes them, every member sees them', async () => {
    const { governance } = secretary.api;
    const body = await governance.create({ name: 'Board', kind: 'board', remit: 'Decides' });
    expect(body).toMatchObject({ state: 'active', memberCount: 0, myRoles: [] });
    await expect(member.api.governance.create({ name: 'Own', kind: 'jury' })).rejects.toMatchObject(
      refused(403, 'secretariat-only'),
    );
    await expect(member.api.governance.update({ id: body.id, name: 'Mine' })).rejects.toMatchObject(
      refused(403, 'secretariat-only'),
    );
    await governance.giveMandate({ id: body.id, personId: member.id, role: 'chair' });
    expect(await member.api.governance.get({ id: body.id })).toMatchObject({ memberCount: 1, myRoles: ['chair'] });
    expect(await governance.update({ id: body.id, name: 'Great board' })).toMatchObject({ name: 'Great board' });
    expect((await member.api.governance.list({ state: 'active' })).items.map(({ name }) => name)).toContain(
      'Great board',
    );
  });

  test('[G5] one that was used is archived, not removed', async () => {
    const { governance } = secretary.api;
    const [used, unused, given] = await Promise.all(
      ['Used', 'Unused', 'Given'].map((name) => governance.create({ name, kind: 'working-group' })),
    );
    if (!used || !unused || !given) throw new Error('a body is missing');
    await governance.giveMandate({ id: used.id, personId: member.id, role: 'member' });
    const { id: workspaceId } = await member.api.workspaces.create({ name: 'Given' });
    const principal = { type: 'body', id: given.id } as const;
    await member.api.sharing.workspaces.grant({ id: workspaceId, principal, role: 'viewer' });
    for (const { id } of [used, given])
      await expect(governance.remove({ id })).rejects.toMatchObject(refused(409, 'body-in-use'));
    await governance.remove({ id: unused.id });
    await expect(governance.get({ id: unused.id })).rejects.toMatchObject(refused(404, 'not-found'));
    await governance.update({ id: used.id, state: 'archived' });
    await expect(governance.giveMandate({ id: used.id, personId: secretary.id, role: 'member' })).rejects.toMatchObject(
      refused(403, 'body-archived'),
    );
    await expect(
      member.api.sharing.workspaces.grant({
        id: workspaceId,
        principal: { ...principal, id: used.id },
        role: 'viewer',
      }),
    ).rejects.toMatchObject(refused(404, 'no-such-body'));
  });

  test('[G4] [G5] an archived body gives nobody a right until it is reopened', async () => {
    const { governance } = secretary.api;
    const body = await governance.create({ name: 'Passing', kind: 'committee' });
    await governance.giveMandate({ id: body.id, personId: secretary.id, role: 'observer' });
    const { id } = await member.api.workspaces.create({ name: 'Open to the committee' });
    await member.api.sharing.workspaces.grant({ id, principal: { type: 'body', id: body.id }, role: 'editor' });
    const sees = async () => (await secretary.fetch(`/api/workspaces/${id}`)).status;
    expect(await sees()).toBe(200);
    await governance.update({ id: body.id, state: 'archived' });
    expect(await sees()).toBe(404);
    await governance.update({ id: body.id, state: 'active' });
    expect(await sees()).toBe(200);
  });
});

test('[G1] members hear at once that a body changed, guests hear nothing, and who becomes a guest no more', async () => {
  const { governance } = secretary.api;
  const [guest, leaver] = await Promise.all([app.as('guest', { platformRole: 'guest' }), app.as('leaver')]);
  const heard: Record<string, string[]> = { member: [], guest: [], leaver: [] };
  const sockets = await Promise.all([member.live(), guest.live(), leaver.live()]);
  for (const [n, name] of ['member', 'guest', 'leaver'].entries())
    sockets[n]?.on('bodies.changed', ({ bodyId }) => heard[name]?.push(bodyId));
  try {
    const body = await governance.create({ name: 'Heard', kind: 'board' });
    await until('both members heard', () => heard.member?.length === 1 && heard.leaver?.length === 1, 5_000);
    const admin = await app.as('chief', { platformRole: 'administrator' });
    await admin.api.administration.updatePerson({ id: leaver.id, platformRole: 'guest' });
    await governance.giveMandate({ id: body.id, personId: member.id, role: 'member' });
    await governance.update({ id: body.id, name: 'Heard again' });
    await until('the member heard of each change', () => heard.member?.length === 3, 5_000);
    expect(heard).toEqual({ member: [body.id, body.id, body.id], guest: [], leaver: [body.id] });
  } finally {
    for (const socket of sockets) socket.disconnect();
  }
});

describe('mandates', () => {
  test('[G2] [G3] are given for a time, once per role, and told apart by it', async () => {
    const { governance } = secretary.api;
    const { id } = await governance.create({ name: 'Jury', kind: 'jury' });
    const give = (over: Partial<Parameters<typeof governance.giveMandate>[0]> = {}) =>
      governance.giveMandate({ id, personId: member.id, role: 'member', ...over });
    await expect(give({ until: inHours(-1) })).rejects.toMatchObject(refused(400, 'ends-before-it-begins'));
    const running = await give({ until: inHours(1) });
    expect(running).toMatchObject({ state: 'running', name: 'member', title: 'Buyer' });
    await expect(give()).rejects.toMatchObject(refused(409, 'already-has-mandate'));
    const coming = await give({ from: inHours(2) });
    expect(coming.state).toBe('coming');
    await expect(give({ personId: 'nobody' })).rejects.toMatchObject(refused(404, 'no-such-person'));
    const later = { id, mandateId: running.id, until: null };
    await expect(governance.changeMandate(later)).rejects.toMatchObject(refused(409, 'already-has-mandate'));
    await governance.endMandate({ id, mandateId: coming.id });
    expect(await governance.changeMandate(later)).not.toHaveProperty('until');
    await governance.endMandate({ id, mandateId: running.id });
    expect((await governance.mandates({ id })).items).toEqual([]);
    expect((await governance.mandates({ id, ended: 'true' })).items).toMatchObject([
      { id: running.id, state: 'ended' },
    ]);
    await expect(governance.endMandate({ id, mandateId: coming.id })).rejects.toMatchObject(
      refused(404, 'no-such-mandate'),
    );
  });

  test('[G3] of twenty equal mandates given at once one is there', async () => {
    const { governance } = secretary.api;
    const { id } = await governance.create({ name: 'Race', kind: 'jury' });
    const all = Array.from({ length: 20 }, () => governance.giveMandate({ id, personId: member.id, role: 'chair' }));
    const won = (await Promise.allSettled(all)).filter(({ status }) => status === 'fulfilled');
    expect([won.length, (await governance.mandates({ id })).items.length]).toEqual([1, 1]);
  });
});

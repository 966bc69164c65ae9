import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { synced } from '../../test/editing.ts';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { lastBackupFile, lastBackupNote } from '../platform/backup/last-backup.ts';

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startApp();
  admin = await app.as('admin', { platformRole: 'administrator' });
});
afterAll(() => app.stop());

const change = (body: unknown) =>
  admin.fetch('/api/admin/settings', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('settings hold their defaults until somebody changes them, and only what was named changes', async () => {
  const { settings, changeSettings } = admin.api.administration;
  expect(await settings({})).toEqual({
    rev: 0,
    signUp: 'open',
    verifyEmail: 'auto',
    defaultPlatformRole: 'member',
    name: { fr: 'Concert', en: 'Concert', it: 'Concert' },
    contactEmail: null,
  });
  const saved = await changeSettings({ rev: 0, signUp: 'invited', contactEmail: 'Help@Region.example' });
  expect(saved).toMatchObject({ rev: 1, signUp: 'invited', contactEmail: 'help@region.example', changedBy: admin.id });
  expect(await changeSettings({ rev: 1, contactEmail: null })).toMatchObject({ rev: 2, contactEmail: null });
  expect(await settings({})).toMatchObject({ rev: 2, signUp: 'invited', verifyEmail: 'auto', contactEmail: null });
});

test('[AD10] of several who change the same settings at once, one does and the others are told', async () => {
  const { rev } = await admin.api.administration.settings({});
  const answers = await Promise.all(['open', 'invited', 'closed', 'open'].map((signUp) => change({ rev, signUp })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  const stale = await change({ rev: 0, signUp: 'open' });
  expect([stale.status, (await stale.json()).data.reason]).toEqual([409, 'changed-meanwhile']);
  expect((await admin.api.administration.settings({})).rev).toBe(rev + 1);
});

test('[AD10] of several who make the first change at once, one does', async () => {
  const fresh = await startApp();
  const chief = await fresh.as('chief', { platformRole: 'administrator' });
  const { changeSettings } = chief.api.administration;
  const done = await Promise.allSettled(
    (['open', 'invited', 'closed'] as const).map((signUp) => changeSettings({ rev: 0, signUp })),
  );
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await fresh.stop();
});

test('[check 31] settings that do not exist or do not fit are refused', async () => {
  const { rev } = await admin.api.administration.settings({});
  for (const bad of [
    { signUp: 'sometimes' },
    { defaultPlatformRole: 'administrator' },
    { name: { fr: 'Région' } },
    { contactEmail: 'nobody' },
    { changedBy: 'x' },
    { _id: 'claim' },
    { signUp: { $ne: 'closed' } },
  ])
    expect(`${JSON.stringify(bad)} ${(await change({ rev, ...bad })).status}`).toBe(`${JSON.stringify(bad)} 400`);
  expect((await change({ signUp: 'open' })).status).toBe(400);
});

test('a setting counts on every instance from the next request on', async () => {
  const { rev } = await admin.api.administration.settings({});
  await admin.api.administration.changeSettings({ rev, signUp: 'closed' });
  expect((await (await fetch(`${app.url}/api/boot`)).json()).signUp).toBe('closed');
  await admin.api.administration.changeSettings({ rev: rev + 1, signUp: 'open' });
  expect((await (await fetch(`${app.url}/api/boot`)).json()).signUp).toBe('open');
});

test('the health of the installation is measured, not made up', async () => {
  const { id: workspaceId } = await admin.api.workspaces.create({ name: 'Measured' });
  const { id } = await admin.api.documents.create({ workspaceId, kind: 'note', title: 'Note' });
  const open = await synced(admin, id);
  const live = await admin.live();
  open.doc.getMap('fields').set('title', 'Measured');
  const read = () => admin.api.administration.health({});
  const health = await until('an edit is acknowledged', async () => {
    const now = await read();
    return now.ackLatency.count > 0 ? now : null;
  });
  expect(health).toMatchObject({
    ready: true,
    bus: 'none',
    node: process.version,
    database: { kind: 'embedded', reachable: true },
    sockets: { documents: 1, live: 1 },
    documentsOpen: 1,
    errors: { requests: 0, failedCommits: 0, refusedEdits: 0 },
  });
  expect(health.ackLatency.p50).toBeGreaterThan(0);
  expect(health.database.pingMs).toBeGreaterThan(0);
  expect(health.database.collections).toContainEqual({ name: 'users', documents: 1 });
  expect(health.disk?.freeBytes).toBeGreaterThan(0);
  expect(health.memory.rssBytes).toBeGreaterThan(health.memory.heapUsedBytes);
  const failed = app.app.platform.db.collection<{ _id: string; event: { type: string }; at: Date }>('outbox_failed');
  await failed.insertOne({ _id: 'x', event: { type: 'workspaces.invited' }, at: new Date() });
  expect((await read()).queues).toMatchObject({ failed: 1, failures: [{ type: 'workspaces.invited', count: 1 }] });
  expect(health.lastBackupAt).toBeUndefined();
  writeFileSync(lastBackupFile(app.dataDir), lastBackupNote('2026-11-23T01:00:00.000Z'));
  expect((await read()).lastBackupAt).toBe('2026-11-23T01:00:00.000Z');
  live.disconnect();
  open.close();
});

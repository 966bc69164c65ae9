import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { synced } from '../../test/editing.ts';
import { startApp, type TestApp, until } from '../../test/harness.ts';
import { storeProxy } from '../../test/store-proxy.ts';

let door: Awaited<ReturnType<typeof storeProxy>>;
let app: TestApp;
beforeAll(async () => {
  door = await storeProxy(process.env.TEST_MONGODB_URL ?? '');
  app = await startApp({ mongodbUrl: door.url });
});
afterAll(async () => {
  door.open();
  await app.stop();
  await door.close();
});

test('an instance knows how it is: what people wait for, who is there, what waits', async () => {
  const { health } = app.app.platform;
  const anna = await app.as('anna');
  const { id: workspaceId } = await anna.api.workspaces.create({ name: 'Measured' });
  const { id } = await anna.api.documents.create({ workspaceId, kind: 'note', title: 'Measured' });
  const open = await synced(anna, id, { saved: '1' });
  for (let n = 0; n < 20; n += 1) open.doc.getText('test').insert(0, 'x');
  const live = await anna.live();
  const now = await until('the edits are counted', async () => {
    const read = await health();
    return (read.documents.acknowledgement?.count ?? 0) >= 20 && read.liveSockets === 1 ? read : null;
  });
  expect(now).toMatchObject({
    ready: true,
    stopping: false,
    database: { answers: true, ms: expect.any(Number) },
    bus: 'none',
    documents: { open: 1, sockets: 1, backlogBytes: 0, failedCommits: 0, refusedEdits: 0 },
    events: { waiting: 0, failed: 0 },
  });
  const { p50 = 0, p95 = 0, p99 = 0 } = now.documents.acknowledgement ?? {};
  expect(p50).toBeGreaterThan(0);
  expect(p95).toBeGreaterThanOrEqual(p50);
  expect(p99).toBeGreaterThanOrEqual(p95);
  expect(now.memory.rss).toBeGreaterThan(now.memory.heapUsed);
  live.disconnect();
  open.close();
});

test('[F4] without its database it says so, instead of waiting for it', async () => {
  door.shut();
  expect(await app.app.platform.health()).toMatchObject({
    ready: false,
    database: { answers: false, ms: null },
    events: { waiting: null, failed: null },
  });
  door.open();
  await until('the database is back', async () => (await app.app.platform.health()).ready);
}, 120_000);

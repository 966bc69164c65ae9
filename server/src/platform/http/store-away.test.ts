import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp, until } from '../../../test/harness.ts';
import { storeProxy } from '../../../test/store-proxy.ts';

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

test('[F4] while the database says nothing, requests are told so and when to come back; then all is as before', async () => {
  const anna = await app.as('anna');
  const { id: workspaceId } = await anna.api.workspaces.create({ name: 'Kept' });
  const { id } = await anna.api.documents.create({ workspaceId, kind: 'note', title: 'Kept' });
  door.shut();
  const json = { 'content-type': 'application/json' };
  const answers = await Promise.all([
    anna.fetch('/api/me'),
    anna.fetch(`/api/documents/${id}/content`),
    anna.fetch(`/api/documents/${id}`, { method: 'PATCH', headers: json, body: '{"title":"Lost"}' }),
    anna.fetch('/api/auth/get-session'),
    anna.fetch('/readyz'),
    anna.fetch('/healthz'),
  ]);
  const alive = answers.pop();
  expect(alive?.status).toBe(200);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  }
  for (const answer of answers.slice(0, 4))
    expect(await answer.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE', data: { reason: 'store-unavailable' } });
  door.open();
  await until('it is ready again', async () => (await anna.fetch('/readyz')).status === 200);
  expect(await anna.api.documents.update({ id, title: 'Found' })).toMatchObject({ title: 'Found' });
}, 90_000);

import { LIMITS } from '@concert/domain/accounts/rules.ts';
import { messageOf } from '@concert/editor/message.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../../test/harness.ts';
import { castOf } from '../../test/people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('[check 51] who writes messages without end is braked, and nobody else', async () => {
  const { owner, viewer, workspaceId } = await castOf(app);
  const { id } = await owner.api.threads.workspaces.open({ id: workspaceId, body: messageOf('begin') });
  const send = (who: typeof owner): Promise<Response> =>
    who.fetch(`/api/threads/${id}/replies`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body: messageOf('again') }),
    });
  const { points } = LIMITS.repliesOfPerson;
  const answers = await Promise.all(Array.from({ length: points + 20 }, () => send(viewer)));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status < 300)).toHaveLength(points);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  const braked = answers.find(({ status }) => status === 429);
  expect(Number(braked?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await braked?.json()).toMatchObject({ data: { reason: 'too-many-replies' } });
  expect((await send(owner)).status).toBeLessThan(300);
  expect((await owner.api.threads.get({ id })).replyCount).toBe(points + 2);
});

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';
import { storeProxy } from './store-proxy.ts';

const lines: string[] = [];
let door: Awaited<ReturnType<typeof storeProxy>>;
let app: TestApp;
let anna: TestPerson;
let documentId: string;
beforeAll(async () => {
  door = await storeProxy(process.env.TEST_MONGODB_URL ?? '');
  app = await startApp({
    mongodbUrl: door.url,
    env: { LOG_LEVEL: 'debug' },
    onLog: (line) => lines.push(line),
  });
  anna = await app.as('anna');
  const { id: workspaceId } = await anna.api.workspaces.create({ name: 'Errors' });
  documentId = (await anna.api.documents.create({ workspaceId, kind: 'note', title: 'Errors' })).id;
});
afterAll(async () => {
  door.open();
  await app.stop();
  await door.close();
});

const INSIDE =
  /node_modules|\bat [\w.<>]+ \(|\.ts:\d|\/(home|root|work|tmp|app)\/|Mongo(Server|Network|DB)?Error|mongodb:|ECONN|\$eq|"stack"|a secret of the tests/i;

/** An answer of a fault: in the one shape, with the id under which our log tells the rest. */
async function fault(answer: Response, status: number, reason: string): Promise<void> {
  const text = await answer.text();
  expect({ status: answer.status, text }).toEqual({ status, text: expect.not.stringMatching(INSIDE) });
  const requestId = answer.headers.get('x-request-id');
  expect(JSON.parse(text)).toMatchObject({ status, data: { reason, requestId } });
  expect(lines.some((line) => JSON.parse(line).requestId === requestId)).toBe(true);
  for (const header of ['x-content-type-options', 'content-security-policy'])
    expect(answer.headers.get(header)).not.toBeNull();
}

describe('[check 49] a fault of ours says nothing of our inside', () => {
  test('a record that is not what it should be', async () => {
    const { db } = app.app.platform;
    const { id } = await anna.api.workspaces.create({ name: 'Broken' });
    const filter = { _id: id };
    const workspaces = db.collection<{ _id: string; members: unknown }>('workspaces');
    const kept = (await workspaces.findOne(filter))?.members;
    await workspaces.updateOne(filter, { $set: { members: 'no list' } });
    const answers = await Promise.all([
      anna.fetch(`/api/workspaces/${id}`),
      anna.fetch(`/api/workspaces/${id}/members`),
    ]);
    await workspaces.updateOne(filter, { $set: { members: kept } });
    for (const answer of answers) {
      const text = await answer.text();
      expect(text).not.toMatch(INSIDE);
      if (answer.status === 500)
        expect(JSON.parse(text).data).toMatchObject({
          reason: 'internal',
          requestId: answer.headers.get('x-request-id'),
        });
    }
  });

  test('a query that the database refuses', async () => {
    const { db } = app.app.platform;
    // A rule of the collection that no record of ours fulfils: every write to it fails inside the database.
    await db.command({ collMod: 'tokens', validator: { never: { $exists: true } } });
    const answer = await anna.fetch('/api/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'refused' }),
    });
    await db.command({ collMod: 'tokens', validator: {} });
    await fault(answer, 500, 'internal');
    const requestId = answer.headers.get('x-request-id');
    const told = lines
      .map((one) => JSON.parse(one))
      .find((one) => one.requestId === requestId && one.level === 'error');
    expect(told).toMatchObject({ err: { stack: expect.any(String) } });
  });

  test('an upload that breaks off, and one that is no upload', async () => {
    const path = `/api/documents/${documentId}/files`;
    const broken = ['--b\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\n\r\nabc', 'nonsense', ''];
    for (const body of broken) {
      const headers = { 'content-type': 'multipart/form-data; boundary=b' };
      const answer = await anna.fetch(path, { method: 'POST', headers, body });
      const text = await answer.text();
      expect({ body, fine: answer.status >= 400 && answer.status < 500 }).toEqual({ body, fine: true });
      expect(text).not.toMatch(INSIDE);
    }
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nOrigin: ${app.url}\r\nCookie: ${anna.cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n`,
      () => socket.destroy(),
    );
    await until('the server is there', async () => (await fetch(`${app.url}/healthz`)).ok);
  });

  test('bad ids', async () => {
    for (const id of ['%00', '..%2f..%2fetc%2fpasswd', '%7B%22$ne%22:1%7D', 'x'.repeat(3_000), '%E0%A4%A', '%ff'])
      for (const path of [`/api/documents/${id}`, `/api/workspaces/${id}/members`, `/api/files/${id}`]) {
        const answer = await anna.fetch(path);
        expect([400, 404]).toContain(answer.status);
        expect(await answer.text()).not.toMatch(INSIDE);
      }
  });
});

test('[check 49] [F4] without its database it says 503, when to come back, and no more', async () => {
  door.shut();
  const json = { 'content-type': 'application/json' };
  const answers = await Promise.all([
    anna.fetch('/api/me'),
    anna.fetch(`/api/documents/${documentId}`, { method: 'PATCH', headers: json, body: '{"title":"Lost"}' }),
    anna.fetch('/api/auth/list-sessions'),
  ]);
  for (const answer of answers) {
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const text = await answer.text();
    expect(answer.status).toBe(503);
    expect(text).not.toMatch(INSIDE);
    expect(JSON.parse(text).data.reason).toBe('store-unavailable');
  }
  door.open();
  await until('it is back', async () => (await fetch(`${app.url}/readyz`)).status === 200);
}, 120_000);

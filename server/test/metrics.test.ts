import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { synced } from './editing.ts';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';

const TOKEN = 'a token for the tests alone';
let app: TestApp;
let anna: TestPerson;
let documentId: string;
beforeAll(async () => {
  app = await startApp({ env: { METRICS_TOKEN: TOKEN } });
  anna = await app.as('anna');
  const { id: workspaceId } = await anna.api.workspaces.create({ name: 'Measured' });
  documentId = (await anna.api.documents.create({ workspaceId, kind: 'note', title: 'Measured' })).id;
});
afterAll(() => app.stop());

const read = async (url = app.url, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  fetch(`${url}/metrics`, { headers });
/** The value of one line, NaN when it is not there. */
const metric = (text: string, line: string): number =>
  Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.split(' ')[1] ?? Number.NaN,
  );

test('what people wait for is measured: acknowledgements, relays, commits, routes, refusals', async () => {
  const bob = await app.as('bob');
  const { workspaceId } = await anna.api.documents.get({ id: documentId });
  await anna.api.workspaces.addMember({ id: workspaceId, email: bob.email, role: 'viewer' });
  const [writer, reader] = [await synced(anna, documentId, { saved: '1' }), await synced(bob, documentId)];
  for (let n = 0; n < 10; n += 1) writer.doc.getText('test').insert(0, 'x');
  await until('all is relayed', () => reader.doc.getText('test').length === 10);
  reader.doc.getText('test').insert(0, 'not allowed');
  await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: JSON.stringify({ email: anna.email, password: 'not the right one' }),
  });
  const live = await anna.live();
  const text = await until('all is measured', async () => {
    const now = await (await read()).text();
    return metric(now, 'document_edits_total{verdict="read-only"}') >= 1 ? now : null;
  });
  expect(metric(text, 'document_ack_seconds_count')).toBeGreaterThanOrEqual(10);
  expect(metric(text, 'document_relay_seconds_count')).toBeGreaterThanOrEqual(10);
  expect(metric(text, 'document_commit_updates_sum')).toBeGreaterThanOrEqual(10);
  expect(metric(text, 'document_edits_total{verdict="taken"}')).toBeGreaterThanOrEqual(10);
  expect(metric(text, 'document_sockets')).toBeGreaterThanOrEqual(1);
  expect(metric(text, 'documents_open')).toBe(1);
  expect(metric(text, 'document_backlog_bytes')).toBe(0);
  const journal = async () => metric(await (await read()).text(), 'document_journal_bytes');
  await until('the text is in the database', async () => (await journal()) === 0);
  expect(metric(text, 'live_sockets')).toBe(1);
  expect(metric(text, 'sign_in_failures_total')).toBe(1);
  expect([metric(text, 'ready'), metric(text, 'database_up'), metric(text, 'bus_up')]).toEqual([1, 1, 1]);
  expect(metric(text, 'events_waiting')).toBeGreaterThanOrEqual(0);
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_open_fds'])
    expect(metric(text, name)).toBeGreaterThan(0);
  live.disconnect();
  writer.close();
  reader.close();
});

test('every measure of ours is explained to operators', async () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const names = [...(await (await read()).text()).matchAll(/^# TYPE (\S+) /gm)].map((match) => match[1] ?? '');
  const ours = names.filter((name) => !/^(nodejs|process)_/.test(name));
  expect(ours.length).toBeGreaterThan(15);
  expect(ours.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('routes are told apart by their patterns: no id, no secret and no address is ever a label', async () => {
  for (const path of [
    `/api/documents/${documentId}`,
    '/api/invitations/a-secret-canary',
    '/claim/a-secret-canary',
    '/wp-login.php',
  ])
    await (await anna.fetch(path)).arrayBuffer();
  const text = await until('the request is counted', async () => {
    const now = await (await read()).text();
    return now.includes('route="/api/documents/{id}"') ? now : null;
  });
  expect(text).not.toContain(documentId);
  expect(text).not.toContain('canary');
  expect(text).not.toContain('wp-login');
  expect(text).not.toContain('@test.example');
  const labels = new Set([...text.matchAll(/route="([^"]*)"/g)].map((match) => match[1]));
  for (const label of labels) expect(label).toMatch(/^(page|asset|none|\/[\w/{}.-]+)$/);
});

test('it is shown for the token and for nothing like it; without a token, to this machine, unless a proxy may stand before it', async () => {
  expect((await read()).status).toBe(200);
  const wrong: Record<string, string>[] = [
    {},
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${TOKEN.slice(0, -1)}` },
    { authorization: `Bearer ${TOKEN}x` },
    { cookie: anna.cookie },
  ];
  for (const headers of wrong) expect(await (await read(app.url, headers)).text()).not.toContain('nodejs_');
  const open = await startApp();
  expect(await (await read(open.url, {})).text()).toContain('nodejs_');
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-forwarded-proto', 'via'])
    expect(await (await read(open.url, { [name]: '203.0.113.7' })).text()).not.toContain('nodejs_');
  await open.stop();
  const behind = await startApp({ env: { PUBLIC_URL: 'https://concert.example.org' } });
  const address = behind.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await (await read(`http://127.0.0.1:${port}`, {})).text()).not.toContain('nodejs_');
  await behind.stop();
}, 120_000);

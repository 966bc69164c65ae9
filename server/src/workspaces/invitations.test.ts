import { LIMITS, LINK_SECONDS } from '@concert/domain/accounts/rules.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { everythingStored } from '../../test/accounts.ts';
import { PASSWORD, startApp, type TestApp, type TestPerson } from '../../test/harness.ts';
import { type Mailbox, startMailbox } from '../../test/mailbox.ts';
import { systemPorts } from '../platform/ports.ts';

let app: TestApp;
let mailbox: Mailbox;
/** How far the clock of the server is ahead. */
let ahead = 0;
const logged: string[] = [];

beforeAll(async () => {
  mailbox = await startMailbox();
  app = await startApp({
    env: { SMTP_URL: mailbox.url, LOG_LEVEL: 'trace' },
    ports: { ...systemPorts, now: () => new Date(Date.now() + ahead) },
    onLog: (line) => logged.push(line),
  });
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});
beforeEach(() => {
  ahead = 0;
});

const ask = (path: string, token: string, cookie?: string): Promise<Response> =>
  fetch(`${app.url}/api/invitations/${path}`, {
    method: 'POST',
    headers: { origin: app.url, 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify({ token }),
  });

/** Invites an address into a workspace, and answers the secret of its link. */
async function invite(owner: TestPerson, workspaceId: string, name: string) {
  const email = `${name}@test.example`;
  const before = mailbox.received.filter(({ raw }) => raw.includes(`To: ${email}\r\n`)).length;
  const answer = await owner.api.workspaces.addMember({ id: workspaceId, email, role: 'editor' });
  if (answer.outcome !== 'invited') throw new Error('the address has an account already');
  return { ...answer.invitation, email, token: await mailbox.secretFor(email, '/invitations', before + 1) };
}

const workspaceOf = async (owner: TestPerson): Promise<string> =>
  (await owner.api.workspaces.create({ name: 'Needs 2026' })).id;

test('[check 41] looking at a link, by people or robots, uses nothing up', async () => {
  const owner = await app.as('owner');
  const { token } = await invite(owner, await workspaceOf(owner), 'looked-at');
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    for (const path of [
      '/invitations',
      `/invitations/${token}`,
      '/api/invitations/accept',
      `/api/invitations/${token}`,
    ])
      await fetch(`${app.url}${path}`, { method });
  for (let i = 0; i < 5; i += 1) expect((await ask('look', token)).status).toBe(200);
  expect((await ask('accept', token)).status).toBe(401);
  const guest = await app.as('looked-at');
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('accept', token, guest.cookie)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await ask('look', token)).status).toBe(404);
});

test('[check 41] a link is dead after seven days', async () => {
  const owner = await app.as('owner');
  const { token, createdAt, expiresAt } = await invite(owner, await workspaceOf(owner), 'late');
  const life = LINK_SECONDS.invitation * 1000;
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(life);
  expect(life).toBeLessThanOrEqual(7 * 24 * 3600_000);
  const cookie = async () => (await app.as('late')).cookie;
  await cookie();
  ahead = life + 1000;
  expect((await ask('look', token)).status).toBe(404);
  expect((await ask('accept', token, await cookie())).status).toBe(404);
  ahead = 0;
  expect((await ask('accept', token, await cookie())).status).toBe(200);
});

test('[check 42] an invitation of one workspace does nothing in another', async () => {
  const [owner, other] = [await app.as('owner'), await app.as('other')];
  const [first, second, foreign] = [await workspaceOf(owner), await workspaceOf(owner), await workspaceOf(other)];
  const { id, token } = await invite(owner, first, 'crossing');
  for (const [person, workspaceId] of [
    [owner, second],
    [other, foreign],
    [other, first],
  ] as const) {
    const revoking = person.api.workspaces.revokeInvitation({ id: workspaceId, invitationId: id });
    await expect(revoking).rejects.toMatchObject({ status: 404 });
  }
  const guest = await app.as('crossing');
  // Its id is no secret, and opens nothing.
  expect((await ask('accept', id, guest.cookie)).status).toBe(400);
  expect(await (await ask('accept', token, guest.cookie)).json()).toMatchObject({ id: first, role: 'editor' });
  const { items } = await guest.api.workspaces.list({});
  expect(items.map((workspace) => workspace.id)).toEqual([first]);
});

test('[check 41] [A6] who has moved to another address does not take along what was sent to the one before', async () => {
  const owner = await app.as('owner');
  const { token } = await invite(owner, await workspaceOf(owner), 'leaving');
  const guest = await app.as('leaving');
  await guest.fetch('/api/auth/change-email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ newEmail: 'arrived@test.example', currentPassword: PASSWORD }),
  });
  const secret = await mailbox.secretFor('arrived@test.example', '/confirm-email');
  const confirm = await guest.fetch('/api/auth/confirm-email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: secret }),
  });
  expect(confirm.status).toBe(200);
  const refused = await ask('accept', token, guest.cookie);
  expect([refused.status, (await refused.json()).data.reason]).toEqual([403, 'other-address']);
});

test('[check 41] the secret of a link is in its letter alone, and its page names it to nobody', async () => {
  const secrets = mailbox.received.flatMap(({ text }) =>
    [...text.matchAll(/#([A-Za-z0-9_-]{43})/g)].map(([, one]) => one),
  );
  expect(secrets.length).toBeGreaterThan(5);
  // The robots of the first test wrote one into an address, which no link of ours does: that is not logged either.
  const [stored, lines] = [await everythingStored(app), logged.join('')];
  for (const secret of secrets) {
    expect(stored).not.toContain(secret);
    expect(lines).not.toContain(secret);
  }
  for (const { text } of mailbox.received) expect(text).not.toMatch(/invitations\/[A-Za-z0-9_-]{43}/);
  expect((await fetch(`${app.url}/invitations`)).headers.get('referrer-policy')).toBe('no-referrer');
});

test('[check 30] nobody asks for a whole list of addresses who has an account', async () => {
  const owner = await app.as('curious');
  const id = await workspaceOf(owner);
  await app.as('known');
  for (let i = 1; i < LIMITS.addressesOfPerson.points; i += 1)
    await app.app.platform.limits.spend('addressesOfPerson', owner.id);
  const add = (email: string) => owner.api.workspaces.addMember({ id, email, role: 'viewer' });
  await expect(add('known@test.example')).resolves.toMatchObject({ outcome: 'added' });
  const refusal = { status: 429, data: { reason: 'too-many-invitations' } };
  for (const email of ['known@test.example', 'unknown@test.example'])
    await expect(add(email)).rejects.toMatchObject(refusal);
});

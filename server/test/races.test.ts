import { LINK_PAGES } from '@concert/domain/accounts/rules.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { cookieOf, opens, posting } from './accounts.ts';
import { clientOf, PASSWORD, startApp, type TestApp, until } from './harness.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { storeProxy } from './store-proxy.ts';

/** `far` reaches the database through a door that can be shut in the middle of its work. */
let near: TestApp;
let far: TestApp;
let mailbox: Mailbox;
let door: Awaited<ReturnType<typeof storeProxy>>;
let hear: (command: Document) => void = () => undefined;

beforeAll(async () => {
  mailbox = await startMailbox();
  const env = { SMTP_URL: mailbox.url, RATE_LIMITS: 'off' };
  near = await startApp({ env });
  door = await storeProxy(process.env.TEST_MONGODB_URL ?? '');
  far = await startApp({ env, beside: near, mongodbUrl: door.url, onCommand: (command) => hear(command) });
});
afterAll(async () => {
  await far.stop();
  await near.stop();
  await door.close();
  await mailbox.stop();
});

/** Does `meanwhile` after the work on the far instance has asked the database for this, and before it has an answer. */
async function during<Result>(
  is: (command: Document) => boolean,
  work: () => Promise<Result>,
  meanwhile: () => Promise<unknown>,
): Promise<Result> {
  const held = new Promise<void>((resolve) => {
    hear = (command) => {
      if (!is(command)) return;
      hear = () => undefined;
      door.shut();
      resolve();
    };
  });
  const result = work();
  try {
    await Promise.race([held, result]);
    await meanwhile();
  } finally {
    door.open();
  }
  return result;
}

const resetFor = async (email: string): Promise<string> => {
  await posting(near)('request-password-reset', { email });
  return mailbox.secretFor(email, LINK_PAGES.reset);
};
const OTHER = 'another long enough password';

test('[check 44] a sign-in that is under way while the password is reset opens no session', async () => {
  const anna = await near.as('anna');
  const token = await resetFor(anna.email);
  const answer = await during(
    (command) => command.insert === 'sessions',
    () => posting(far)('sign-in/email', { email: anna.email, password: PASSWORD }),
    async () => expect((await posting(near)('reset-password', { token, newPassword: OTHER })).status).toBe(200),
  );
  expect(answer.status).toBe(401);
  expect(await opens(near, cookieOf(answer))).toBe(false);
  expect(await near.app.platform.db.collection('sessions').countDocuments({ userId: anna.id })).toBe(0);
});

test('[check 44] a token that is being made while every session is ended is worth nothing', async () => {
  const bea = await near.as('bea');
  const made = await during(
    (command) => command.insert === 'tokens',
    () =>
      far
        .visit(bea)
        .api.accounts.createToken({ name: 'kept' })
        .then(
          ({ token }) => token,
          (error: { status: number }) => String(error.status),
        ),
    () => near.app.platform.auth.endAll(bea.id),
  );
  expect(made).toBe('401');
  expect(await near.app.platform.db.collection('tokens').countDocuments({ personId: bea.id })).toBe(0);
});

test('[check 7] a right is given on a document only where its giver still owns its workspace', async () => {
  const [giver, friend] = [await near.as('giver'), await near.as('friend')];
  const other = await near.as('other');
  const { id: workspaceId } = await giver.api.workspaces.create({ name: 'From' });
  const { id: target } = await other.api.workspaces.create({ name: 'To' });
  await giver.api.workspaces.addMember({ id: workspaceId, email: other.email, role: 'editor' });
  const { id } = await giver.api.documents.create({ workspaceId, kind: 'note', title: 'Moves' });
  let asked = 0;
  const status = await during(
    // Where the document is was asked already; this is the question whom the request names.
    (command) => command.find === 'users' && JSON.stringify(command.filter).includes(friend.email) && ++asked === 1,
    () =>
      far
        .visit(giver)
        .api.sharing.documents.grant({ id, principal: { type: 'person', email: friend.email }, role: 'editor' })
        .then(
          () => 200,
          (error: { status: number }) => error.status,
        ),
    () => other.api.documents.update({ id, workspaceId: target }),
  );
  expect(status).toBe(404);
  expect((await other.api.sharing.documents.grants({ id })).items).toEqual([]);
});

test('[check 7] what the server writes in somebody’s name is written only while they may', async () => {
  const [owner, writer] = [await near.as('owner'), await near.as('writer')];
  const { id: workspaceId } = await owner.api.workspaces.create({ name: 'Names' });
  await owner.api.workspaces.addMember({ id: workspaceId, email: writer.email, role: 'editor' });
  const { id } = await owner.api.documents.create({ workspaceId, kind: 'note', title: 'First' });
  const renames = Array.from({ length: 40 }, (_, at) =>
    near
      .visit(writer)
      .api.documents.update({ id, title: `Name ${at}` })
      .then(
        () => true,
        () => false,
      ),
  );
  await until('the first of them', async () => (await owner.api.documents.get({ id })).title !== 'First');
  await owner.api.workspaces.removeMember({ id: workspaceId, personId: writer.id });
  const before = await near.app.platform.rooms.head(id);
  const done = (await Promise.all(renames)).filter(Boolean);
  // The one whose turn it was may have been in the database's hands.
  expect((await near.app.platform.rooms.head(id)) - before).toBeLessThanOrEqual(1);
  expect(done.length).toBeLessThan(40);
  await expect(clientOf(near.url, { cookie: writer.cookie }).documents.get({ id })).rejects.toMatchObject({
    status: 404,
  });
});

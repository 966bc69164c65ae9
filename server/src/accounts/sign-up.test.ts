import type { SettingsChange } from '@concert/domain/administration/settings.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cookieOf, newcomer, opens, posting } from '../../test/accounts.ts';
import { clientOf, PASSWORD, signIn, startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { type Mailbox, startMailbox } from '../../test/mailbox.ts';

let app: TestApp;
let mailbox: Mailbox;
let admin: TestPerson;
let post: ReturnType<typeof posting>;

beforeAll(async () => {
  mailbox = await startMailbox();
  app = await startApp({ env: { SMTP_URL: mailbox.url } });
  post = posting(app);
  admin = await app.as('admin', { platformRole: 'administrator' });
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});

/** Decides who may open an account from now on. */
async function decide(change: SettingsChange): Promise<void> {
  const { rev } = await admin.api.administration.settings({});
  await admin.api.administration.changeSettings({ rev, ...change });
}

const boot = () => clientOf(app.url, {}).accounts.boot({});
const reasonOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { data: { reason: string } }).data.reason}`;

/** Invites somebody, and answers the secret of their link. */
async function invited(email: string): Promise<string> {
  const { id } = await admin.api.workspaces.create({ name: 'Invited' });
  await admin.api.workspaces.addMember({ id, email, role: 'editor' });
  return mailbox.secretFor(email, '/invitations');
}

describe('who may open an account', () => {
  test('everybody, where sign-up is open; who follows an invitation need not confirm the address', async () => {
    expect(await boot()).toMatchObject({ signUp: 'open', verifyEmail: true });
    const [guest, other] = [newcomer(), newcomer()];
    const invitation = await invited(guest.email);
    const stolen = await post('sign-up/email', { ...other, invitation });
    expect([stolen.status, cookieOf(stolen)]).toEqual([200, '']);
    const up = await post('sign-up/email', { ...guest, invitation });
    const me = clientOf(app.url, { cookie: cookieOf(up) });
    expect(await me.accounts.me({})).toMatchObject({ email: guest.email, emailVerified: true });
    expect(await me.workspaces.acceptInvitation({ token: invitation })).toMatchObject({ role: 'editor' });
  });

  test('those who were invited, with the link that went to their address', async () => {
    await decide({ signUp: 'invited' });
    expect(await boot()).toMatchObject({ signUp: 'invited' });
    const [guest, stranger] = [newcomer(), newcomer()];
    const invitation = await invited(guest.email);
    for (const [person, token] of [
      [stranger, undefined],
      [stranger, invitation],
      [stranger, 'x'.repeat(43)],
      // Known to be invited, but not shown to read the mail there.
      [guest, undefined],
    ] as const)
      expect(await reasonOf(await post('sign-up/email', { ...person, invitation: token }))).toBe(
        '403 sign-up-by-invitation',
      );
    expect((await post('sign-up/email', { ...guest, invitation })).status).toBe(200);
    await expect(signIn(app.url, guest.email)).resolves.toContain('=');
  });

  test('an invitation that was withdrawn opens none', async () => {
    await decide({ signUp: 'invited' });
    const guest = newcomer();
    const invitation = await invited(guest.email);
    const { items } = await admin.api.workspaces.list({ limit: 200 });
    for (const { id } of items)
      for (const one of (await admin.api.workspaces.invitations({ id })).items)
        if (one.email === guest.email) await admin.api.workspaces.revokeInvitation({ id, invitationId: one.id });
    expect(await reasonOf(await post('sign-up/email', { ...guest, invitation }))).toBe('403 sign-up-by-invitation');
  });

  test('nobody, where sign-up is closed, invited or not', async () => {
    await decide({ signUp: 'closed' });
    expect(await boot()).toMatchObject({ signUp: 'closed' });
    const guest = newcomer();
    const invitation = await invited(guest.email);
    for (const token of [undefined, invitation])
      expect(await reasonOf(await post('sign-up/email', { ...guest, invitation: token }))).toBe('403 sign-up-closed');
    expect(await app.app.platform.auth.people.byEmail(guest.email)).toBeNull();
    // Who has an account is not concerned.
    await expect(signIn(app.url, admin.email)).resolves.toContain('=');
  });
});

describe('whether an address must be confirmed', () => {
  test('is decided by the administrators, at once and for everybody', async () => {
    await decide({ signUp: 'open', verifyEmail: 'never' });
    expect(await boot()).toMatchObject({ verifyEmail: false });
    const person = newcomer();
    const up = await post('sign-up/email', person);
    expect(await opens(app, cookieOf(up))).toBe(true);
    await decide({ verifyEmail: 'always' });
    const credentials = { email: person.email, password: PASSWORD };
    expect(await reasonOf(await post('sign-in/email', credentials))).toBe('403 email-not-verified');
    expect((await post('send-verification-email', { email: person.email })).status).toBe(200);
    const token = await mailbox.secretFor(person.email, '/verify-email');
    expect((await post('verify-email', { token })).status).toBe(200);
    expect((await post('sign-in/email', credentials)).status).toBe(200);
  });

  test('a newcomer becomes what the administrators decided', async () => {
    await decide({ verifyEmail: 'never', defaultPlatformRole: 'guest' });
    const up = await post('sign-up/email', newcomer());
    expect(await clientOf(app.url, { cookie: cookieOf(up) }).accounts.me({})).toMatchObject({ platformRole: 'guest' });
    await decide({ defaultPlatformRole: 'member' });
  });
});

test('[check 62] what happens to accounts is written down, with ids and without secrets', async () => {
  await decide({ signUp: 'open', verifyEmail: 'never' });
  const person = newcomer();
  const up = await post('sign-up/email', person);
  const cookie = cookieOf(up);
  const { id } = await clientOf(app.url, { cookie }).accounts.me({});
  await post('sign-in/email', { email: person.email, password: 'a wrong one' });
  await post('sign-in/email', { email: 'nobody-at-all@test.example', password: 'a wrong one' });
  await post('change-password', { currentPassword: PASSWORD, newPassword: 'a sentence for later' }, { cookie });
  const again = await post('sign-in/email', { email: person.email, password: 'a sentence for later' });
  await post('sign-out', {}, { cookie: cookieOf(again) });
  const audit = app.app.platform.db.collection('audit');
  const events = await until('six records', async () => {
    const docs = await audit
      .find({ $or: [{ actorId: id }, { 'subject.id': id }] })
      .sort({ _id: 1 })
      .toArray();
    return docs.length >= 6 ? docs : undefined;
  });
  expect(events.map(({ event }) => event)).toEqual([
    'accounts.signed-up',
    'accounts.signed-in',
    'accounts.sign-in-failed',
    'accounts.password-changed',
    'accounts.signed-in',
    'accounts.signed-out',
  ]);
  expect(events[2]).toMatchObject({ actorId: null, data: { reason: 'invalid-email-or-password' } });
  const all = JSON.stringify(await audit.find({}).toArray());
  for (const secret of [PASSWORD, 'a wrong one', person.email, 'nobody-at-all']) expect(all).not.toContain(secret);
});

import type { Page } from '@playwright/test';
import { demoEmail, send, signIn } from './accounts.ts';
import { expect, type Seat, test } from './demo.ts';

/** What ends an open page reaches it within a second; the rest is for a machine that does other things. */
const SOON = { timeout: 5_000 };
const FRONT = 'Enter the demonstration';

/** The newest letter to an address, read on the demonstration's own page by somebody inside; answers its link. */
async function linkInLetterTo({ page }: Seat, address: string): Promise<string> {
  const letter = page.getByRole('list', { name: 'Mail' }).getByRole('button').filter({ hasText: address }).first();
  await expect(async () => {
    await page.goto('/outbox');
    await letter.click({ timeout: 2_000 });
  }).toPass();
  const link = await page.getByRole('article').getByRole('link').getAttribute('href');
  if (!link) throw new Error(`the letter to ${address} holds no link`);
  return link;
}

/** Types into the field that has the focus, and goes on to the next one. */
async function typeOn(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}

async function signInByForm(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

test('somebody signs up by keyboard, forgets the password, and chooses another by the mailed link, which ends the session that was open', async ({
  arrive,
  enter,
}) => {
  const address = 'zoe.blanc@example.test';
  const first = await arrive();
  await first.page.goto('/sign-up');
  await first.page.getByLabel('First and last name').focus();
  await typeOn(first.page, 'Zoé Blanc');
  await typeOn(first.page, address);
  await first.page.keyboard.type('three slow blue trams');
  await expect(first.page.getByText('Very good: hard to guess.')).toBeVisible();
  await first.page.keyboard.press('Enter');
  await expect(first.page.getByRole('heading', { level: 1 })).toContainText('Zoé');

  const second = await arrive();
  await second.page.goto('/sign-in');
  await second.page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(second.page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  await second.page.getByLabel('E-mail address').fill(address);
  await second.page.keyboard.press('Enter');
  await expect(second.page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();

  await second.page.goto(await linkInLetterTo(await enter('buyer'), address));
  await expect(second.page.getByRole('heading', { name: 'Your new password' })).toBeVisible();
  await expect(second.page).toHaveURL(/\/reset-password$/);
  await second.page.getByLabel('New password').focus();
  await second.page.keyboard.type('four quick green buses');
  await second.page.keyboard.press('Enter');
  await expect(second.page.getByText('Your new password is saved.', { exact: false })).toBeVisible();
  await expect(first.page.getByRole('heading', { name: FRONT })).toBeVisible(SOON);

  await signInByForm(second.page, address, 'four quick green buses');
  await expect(second.page.getByRole('heading', { level: 1 })).toContainText('Zoé');
});

test('ending the other sessions closes their pages, and this one stays', async ({ enter }) => {
  const here = await enter('legal');
  const there = await enter('legal');
  await there.page.goto('/people');
  await expect(there.page.getByRole('heading', { name: 'People' })).toBeVisible();
  await here.page.goto('/settings/sessions');
  await expect(here.page.getByText('This device')).toBeVisible();
  await here.page.getByRole('button', { name: 'End all others' }).focus();
  await here.page.keyboard.press('Enter');
  const dialog = here.page.getByRole('dialog', { name: 'End all other sessions?' });
  await dialog.getByRole('button', { name: 'End all others' }).click();
  await expect(there.page.getByRole('heading', { name: FRONT })).toBeVisible(SOON);
  await expect(here.page.getByText('You are signed in nowhere else.')).toBeVisible();
});

test('an administrator suspends somebody, who leaves at once and comes back when reinstated', async ({
  enter,
  demo,
}) => {
  const admin = await enter('admin');
  const person = await enter('observer');
  await person.page.goto('/people');
  await expect(person.page.getByRole('heading', { name: 'People' })).toBeVisible();
  await admin.page.goto('/administration');
  await admin.page.getByLabel('Find a name or an address').fill('observer@');
  await admin.page.getByRole('link', { name: 'Isabella Conti' }).click();
  await admin.page.getByRole('button', { name: 'Suspend', exact: true }).click();
  const dialog = admin.page.getByRole('dialog', { name: 'Suspend Isabella Conti?' });
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await expect(person.page.getByRole('heading', { name: FRONT })).toBeVisible(SOON);

  await signInByForm(person.page, demoEmail('observer'), 'concert-demo');
  await expect(person.page.getByRole('alert')).toContainText('Signing in did not work');

  await admin.page.getByRole('button', { name: 'Reinstate' }).click();
  await expect(admin.page.getByText('Active', { exact: true })).toBeVisible();
  await signInByForm(person.page, demoEmail('observer'), 'concert-demo');
  await expect(person.page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  await signIn(person.request, demo.url, 'observer');
});

test('the administration is not there for a member', async ({ enter }) => {
  const { page } = await enter('buyer');
  await page.goto('/administration');
  await expect(page.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0);
});

test('a right that a body is given opens a workspace to its members at once, and says why', async ({
  enter,
  demo,
  playwright,
}) => {
  const clerk = await playwright.request.newContext();
  await signIn(clerk, demo.url, 'secretary');
  const { id: bodyId } = await send<{ id: string }>(clerk, 'POST', `${demo.url}/api/bodies`, {
    name: 'Energy committee',
    kind: 'committee',
  });
  const member = await enter('legal');
  const { id: personId } = (await (await member.request.get(`${demo.url}/api/me`)).json()) as { id: string };
  await send(clerk, 'POST', `${demo.url}/api/bodies/${bodyId}/mandates`, { personId, role: 'member' });
  await clerk.dispose();
  const owner = await enter('buyer');
  const { id } = await send<{ id: string }>(owner.request, 'POST', `${demo.url}/api/workspaces`, {
    name: 'Winter peak',
  });
  const line = member.page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', {
    name: 'Winter peak',
  });
  await member.page.goto('/');
  await expect(member.page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(line).toHaveCount(0);

  await owner.page.goto(`/workspaces/${id}/members`);
  await owner.page.getByRole('combobox', { name: 'A body' }).click();
  await owner.page.getByRole('option', { name: 'Energy committee' }).click();
  await owner.page.getByRole('button', { name: 'Give access' }).click();
  await expect(line).toBeVisible(SOON);
  await owner.page.getByRole('link', { name: 'Access' }).click();
  await expect(owner.page.getByText('Reader through Energy committee')).toBeVisible();

  await owner.page.getByRole('link', { name: 'Members' }).click();
  await owner.page.getByRole('button', { name: 'Take back the access of Energy committee' }).click();
  await expect(line).toHaveCount(0, SOON);
});

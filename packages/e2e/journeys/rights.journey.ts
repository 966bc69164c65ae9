import type { APIRequestContext, Page } from '@playwright/test';
import { demoEmail, freshAssessment, send, signIn } from './accounts.ts';
import { expect, test } from './demo.ts';
import { openText, textOf } from './document.ts';

const SECTION = 'context';
/** A change of rights reaches an open page within a second; the rest is for a machine that does other things. */
const SOON = { timeout: 5_000 };

/** What an owner does to one member of a workspace. */
async function memberOf(request: APIRequestContext, url: string, workspaceId: string, account: string) {
  const { items } = (await (await request.get(`${url}/api/workspaces/${workspaceId}/members`)).json()) as {
    items: { personId: string; email: string }[];
  };
  const member = items.find(({ email }) => email === demoEmail(account));
  if (!member) throw new Error(`${account} is no member`);
  const path = `${url}/api/workspaces/${workspaceId}/members/${member.personId}`;
  return {
    becomes: (role: string) => send(request, 'PATCH', path, { role }),
    leaves: () => send(request, 'DELETE', path),
  };
}

const copiesIn = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name ?? '').filter((name) => name.startsWith('concert-document')),
  );

test('a viewer reads, writes once they are an editor, reads again, and is put out when removed', async ({
  enter,
  demo,
  playwright,
}) => {
  const owner = await playwright.request.newContext();
  await signIn(owner, demo.url, 'buyer');
  const { workspaceId, documentId } = await freshAssessment(owner, demo.url, {
    title: 'Rights that change',
    members: { agency: 'viewer' },
  });
  const member = await memberOf(owner, demo.url, workspaceId, 'agency');
  const { page } = await enter('agency');
  const open = await openText(page, documentId);
  const banner = page.getByText('You are reading this document and cannot change it.', { exact: false });

  await expect(banner).toBeVisible();
  await expect(open.text).toHaveAttribute('contenteditable', 'false');
  await expect(page.locator('[data-mark]')).toContainText('Read only');
  await open.section(SECTION).click();
  await page.keyboard.type('Nobody may read this.');
  await expect(open.text).not.toContainText('Nobody may read this.');

  await member.becomes('editor');
  await expect(open.text).toHaveAttribute('contenteditable', 'true', SOON);
  await expect(banner).toBeHidden();
  await open.write(SECTION, 'An editor wrote this.');
  await open.saved();

  const typing = page.keyboard.type(' Typed while the right goes.'.repeat(5), { delay: 5 });
  await member.becomes('viewer');
  await typing;
  await expect(open.text).toHaveAttribute('contenteditable', 'false', SOON);
  await expect(banner).toBeVisible();
  await expect(open.text).toContainText('An editor wrote this.');

  await member.leaves();
  await expect(page.getByRole('heading', { name: /no longer/ })).toBeVisible(SOON);
  await expect(open.text).toBeHidden();
  await expect(async () => expect(await copiesIn(page)).toEqual([])).toPass();
  await page.getByRole('button', { name: 'Back to the home page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mathieu');
  await expect(page.getByText('Rights that change')).toHaveCount(0);
  await owner.dispose();
});

test('the address of somebody else’s document answers like one that was never there', async ({ enter, demo }) => {
  const { page, request } = await enter('buyer');
  const { documentId, workspaceId } = await freshAssessment(request, demo.url, { title: 'Ours alone', members: {} });
  const stranger = await enter('agency');
  for (const path of [`/documents/${documentId}`, '/documents/01890a5d-ac96-774b-bcce-b302099a8057']) {
    await stranger.page.goto(path);
    await expect(stranger.page.getByRole('heading', { name: 'This document is not open to you' })).toBeVisible();
    await expect(stranger.page.getByText('Ours alone')).toHaveCount(0);
  }
  await stranger.page.goto(`/workspaces/${workspaceId}`);
  await expect(stranger.page.getByRole('heading', { name: 'This page does not exist' })).toBeVisible();
  await page.goto(`/documents/${documentId}`);
  await expect((await textOf(page)).text).toBeVisible();
});

test('signing out closes every page of the person and leaves no text in the browser', async ({ enter, demo }) => {
  const { page, context, request } = await enter('buyer');
  const { documentId } = await freshAssessment(request, demo.url, { title: 'Left behind', members: {} });
  const open = await openText(page, documentId);
  await open.write(SECTION, 'Kept on this device.');
  await open.saved();
  const other = await context.newPage();
  await openText(other, documentId);
  await expect(async () => expect(await copiesIn(page)).toHaveLength(1)).toPass();

  await page.getByRole('button', { name: 'Your account: Claire Montagnier' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Enter the demonstration' })).toBeVisible();
  await expect(other.locator('.doc-text')).toHaveCount(0);
  await expect(async () => expect(await copiesIn(page)).toEqual([])).toPass();
  await page.goto(`/documents/${documentId}`);
  await expect(page.getByRole('heading', { name: 'Enter the demonstration' })).toBeVisible();
});

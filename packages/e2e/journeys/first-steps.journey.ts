import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { freshAssessment } from './accounts.ts';
import { expect, test } from './demo.ts';
import { showForm, textOf } from './document.ts';

const SECTION = 'context';

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const control = page.getByRole('button', { name });
  await expect(control).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(control).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0] });
}

/** A picture of eight pixels a side, drawn by the browser itself. */
async function drawPicture(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
    const pen = canvas.getContext('2d');
    if (pen) {
      pen.fillStyle = '#0b6b68';
      pen.fillRect(0, 0, 8, 4);
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(address.split(',')[1] ?? '', 'base64');
}

test('a newcomer signs in by keyboard, makes a workspace and writes a first document', async ({ arrive }) => {
  test.setTimeout(120_000);
  const { page } = await arrive();
  await page.goto('/sign-in');
  await tabTo(page, /^Enter as Claire Montagnier/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Claire/);

  // The account reads French by default; the page changes at once with the language.
  await page.getByRole('button', { name: /^(Langue|Language|Lingua)/ }).click();
  await page.getByRole('menuitemradio', { name: 'Italiano' }).click();
  await expect(page.getByRole('link', { name: 'Persone' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'it');
  await page.getByRole('button', { name: /^Lingua/ }).click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
  await expect(page.getByRole('link', { name: 'Accueil' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: /^Langue/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.getByRole('link', { name: 'People' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page
    .getByRole('searchbox', { name: 'Search or act' })
    .or(page.getByPlaceholder('Go to… or do…'))
    .fill('people');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  await page.getByRole('link', { name: 'Home' }).click();

  await page.getByRole('main').getByRole('button', { name: 'New workspace' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Clean air in classrooms');
  await dialog.getByRole('button', { name: 'Create the workspace' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Clean air in classrooms' })).toBeVisible();

  await page.getByRole('button', { name: 'New document' }).first().click();
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Air that lets pupils think');
  await dialog.getByRole('button', { name: 'Create and open' }).click();
  const open = await textOf(page);
  await expect(page.getByRole('button', { name: /1\/14/ })).toBeVisible();

  await showForm(page, '2. Problem and context');
  await open.field('trigger').getByRole('combobox').click();
  await page.getByRole('option', { name: 'Legal requirement' }).click();
  await expect(page.getByRole('button', { name: /2\/14/ })).toBeVisible();

  await open.enter(SECTION);
  await page.keyboard.type('/medium');
  await page.keyboard.press('Enter');
  await page.keyboard.type('What we measured');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/task');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Ask the schools');
  await expect(open.section(SECTION).locator('h3')).toHaveText('What we measured');
  await expect(open.section(SECTION).locator('ul[data-type="taskList"] li')).toContainText('Ask the schools');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.type('/image');
  await page.keyboard.press('Enter');
  await (await choosing).setFiles({ name: 'sensor.png', mimeType: 'image/png', buffer: await drawPicture(page) });
  const picture = open.section(SECTION).locator('img[src]');
  await expect(picture).toBeVisible();
  await expect(async () =>
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8),
  ).toPass();
  await open.saved();
});

test('versions, trash and export give back what was written', async ({ enter, demo }) => {
  const { page, request } = await enter('buyer');
  const { documentId } = await freshAssessment(request, demo.url, { title: 'Kept in versions', members: {} });
  await page.goto(`/documents/${documentId}`);
  const open = await textOf(page);
  await open.write(SECTION, 'As agreed in March.');
  await open.saved();

  await page.getByRole('button', { name: 'Versions', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the version' }).fill('Before the committee');
  await page.getByRole('button', { name: 'Keep a version' }).click();
  const line = page.getByRole('button', { name: 'Open the version Before the committee' });
  await expect(line).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await open.write(SECTION, ' Then somebody changed it.');
  await open.saved();
  await page.getByRole('button', { name: 'Versions', exact: true }).click();
  await line.click();
  const version = page.getByRole('dialog', { name: 'Before the committee' });
  await expect(version.getByText('As agreed in March.')).toBeVisible();
  await expect(version.getByText('Then somebody changed it.')).toHaveCount(0);
  await version.getByRole('button', { name: 'Return to this version' }).click();
  await page
    .getByRole('dialog', { name: 'Return to this version?' })
    .getByRole('button', { name: 'Return to this version' })
    .click();
  await expect(open.text).not.toContainText('Then somebody changed it.');
  await expect(open.text).toContainText('As agreed in March.');
  await page.reload();
  await expect((await textOf(page)).text).toContainText('As agreed in March.');

  await page.getByRole('button', { name: 'More actions' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Markdown (.md)' }).click();
  const markdown = readFileSync(await (await downloading).path(), 'utf8');
  expect(markdown).toContain('# Kept in versions');
  expect(markdown).toContain('As agreed in March.');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  await expect(page.getByText('No document here yet')).toBeVisible();
  await page.getByRole('button', { name: 'Trash' }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: 'Back to the documents' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Kept in versions' }).click();
  await expect((await textOf(page)).text).toContainText('As agreed in March.');
});

test('somebody invited by mail signs up from its link and lands in the workspace', async ({ enter, arrive, demo }) => {
  const { page, request } = await enter('buyer');
  const { workspaceId } = await freshAssessment(request, demo.url, { title: 'Open doors', members: {} });
  await page.goto(`/workspaces/${workspaceId}/members`);
  await page.getByRole('textbox', { name: 'E-mail address' }).fill('newcomer@example.org');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Pending invitations' })).toContainText('newcomer@example.org');
  await page.getByRole('link', { name: 'Demo mail' }).click();
  await page.getByRole('button', { name: /newcomer@example.org/ }).click();
  const address = await page.getByRole('article').getByRole('link').getAttribute('href');
  expect(address).toContain('/invitations#');

  const newcomer = await arrive();
  await newcomer.page.goto(address ?? '');
  await newcomer.page.getByRole('link', { name: 'Create an account to accept' }).click();
  await expect(newcomer.page.getByRole('textbox', { name: 'E-mail address' })).toHaveValue('newcomer@example.org');
  await newcomer.page.getByRole('textbox', { name: 'First and last name' }).fill('Nadia Newcomer');
  await newcomer.page.getByLabel('Password', { exact: true }).fill('a sentence I remember');
  await newcomer.page.getByRole('button', { name: 'Create the account' }).click();
  await newcomer.page.getByRole('button', { name: 'Join the workspace' }).click();
  await expect(newcomer.page.getByRole('heading', { level: 1, name: 'Open doors' })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { send } from './accounts.ts';
import { expect, type Seat, test } from './demo.ts';

const MINUTES = '/documents/demo-minutes-autumn';
const MEETING = 'demo-meeting-october';

/** The blocks that the platform has written, in the order of the text. */
const blocks = (page: Page): Promise<string[]> =>
  page
    .locator('.doc-text [data-part]')
    .evaluateAll((all) => all.map((one) => `${one.getAttribute('data-part')} ${one.getAttribute('data-about')}`));

/** The minutes of the demonstration, open again to be written in. */
async function openMinutes({ page, request }: Seat, url: string): Promise<void> {
  const minutes = await request.get(`${url}/api/meetings/${MEETING}/minutes`);
  const { state } = (await minutes.json()) as { state: string };
  if (state !== 'draft') await send(request, 'POST', `${url}/api/meetings/${MEETING}/minutes/reopen`, {});
  await page.goto(MINUTES);
  await expect(page.getByRole('group', { name: 'Attendance' })).toBeVisible();
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible();
}

test('what the platform writes in minutes stays, whatever the keys; lines come and go around it', async ({
  enter,
  demo,
}) => {
  const chair = await enter('chair');
  const { page } = chair;
  await openMinutes(chair, demo.url);
  const before = await blocks(page);
  expect(before.length).toBeGreaterThan(5);
  const text = page.locator('.doc-text');

  // Chosen with the mouse, then deleted, cut, typed over.
  await page.getByRole('group', { name: 'Attendance' }).click();
  await page.keyboard.press('Delete');
  await page.keyboard.press('ControlOrMeta+x');
  expect(await blocks(page)).toEqual(before);
  await page.keyboard.press('Enter');
  await page.keyboard.type('A line below');
  await expect(text.getByText('A line below')).toBeVisible();

  // Above the first block, by keyboard alone.
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('Above everything');
  await expect(text.locator('> *').first()).toHaveText('Above everything');

  // Everything selected and cut: the words go, the blocks stay; undo brings the words back.
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+x');
  const words = text.getByText('Sandrine Collombet demande');
  await expect(words).toBeHidden();
  expect(await blocks(page)).toEqual(before);
  // What was typed a moment before the cut is undone with it.
  await page.keyboard.press('ControlOrMeta+z');
  await expect(words).toBeVisible();
  expect(await blocks(page)).toEqual(before);
  expect(chair.complaints).toEqual([]);
});

test('a line of minutes becomes an action item that is ticked where it stands, for everybody', async ({
  enter,
  demo,
}) => {
  const [chair, agency] = await Promise.all([enter('chair'), enter('agency')]);
  const { page } = chair;
  await openMinutes(chair, demo.url);
  await agency.page.goto(MINUTES);
  await page.locator('.doc-text > p').last().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Mathieu Peyrard: write to the towns, by 12/12/2031');
  await page.keyboard.press('ControlOrMeta+Alt+a');
  const dialog = page.getByRole('dialog', { name: 'New action item' });
  await expect(dialog.getByRole('textbox', { name: 'What is to be done' })).toHaveValue('Write to the towns');
  await expect(dialog.getByRole('combobox', { name: 'Owner' })).toHaveValue('Mathieu Peyrard');
  await dialog.getByRole('button', { name: 'Give the action item' }).click();
  const own = page.getByRole('group', { name: 'Write to the towns' });
  await expect(own).toHaveCount(1);
  await expect(own).toContainText('12 Dec 2031');
  await expect(page.locator('.doc-text').getByText('Mathieu Peyrard: write')).toBeHidden();
  await page.keyboard.type('And so on');
  await expect(page.locator('.doc-text').getByText('And so on')).toBeVisible();

  // Its owner ticks it in the minutes, and the chair sees it.
  const theirs = agency.page.getByRole('checkbox', { name: 'Done: Write to the towns' });
  await theirs.check();
  await expect(page.getByRole('checkbox', { name: 'Done: Write to the towns' })).toBeChecked();
  await expect(own).toHaveCount(1);
  expect([...chair.complaints, ...agency.complaints]).toEqual([]);
});

import type { Page } from '@playwright/test';
import { freshAssessment } from './accounts.ts';
import { expect, test } from './demo.ts';
import { openText } from './document.ts';

const SOON = { timeout: 10_000 };

/** Selects words of the text, as somebody does who reads them. */
async function select(page: Page, words: string): Promise<void> {
  await page.locator('.doc-text').evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`${wanted} is not in the text`);
  }, words);
}

test('a reader comments on a passage while an editor rewrites the paragraph around it', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { documentId } = await freshAssessment(buyer.request, demo.url, {
    title: 'Commented on',
    members: { agency: 'viewer' },
  });
  const writing = await openText(buyer.page, documentId);
  await writing.write('identity', 'The lift in ward three stops twice a day.');
  await writing.saved();

  const agency = await enter('agency');
  const reading = await openText(agency.page, documentId);
  await expect(reading.text.getByText('The lift in ward three')).toBeVisible(SOON);
  await select(agency.page, 'ward three');
  await agency.page.getByRole('button', { name: 'Comment', exact: true }).click();
  const drawer = agency.page.getByRole('dialog', { name: 'Discussion' });
  await expect(drawer.getByText('ward three', { exact: true })).toBeVisible(SOON);
  await drawer.getByRole('textbox', { name: 'Your message' }).click();
  await agency.page.keyboard.type('Is it not ward four?', { delay: 5 });
  // Meanwhile the words around it change.
  await writing.write('identity', ' Nobody knows why.');
  await buyer.page.keyboard.press('Home');
  await buyer.page.keyboard.type('Listen: ', { delay: 5 });
  await agency.page.keyboard.press('Control+Enter');
  await expect(drawer.getByRole('article').getByText('Is it not ward four?')).toBeVisible(SOON);

  for (const { text } of [writing, reading]) await expect(text.locator('.discussed')).toHaveText(['ward three'], SOON);
  await expect(writing.text).toContainText('Listen: The lift in ward three stops twice a day. Nobody knows why.');

  // The card in the margin leads to it, and an answer reaches the other at once.
  await buyer.page.getByRole('button', { name: /Discussion by Mathieu Peyrard about “ward three”/ }).click();
  const beside = buyer.page.getByRole('dialog', { name: 'Discussion' });
  await expect(beside.getByText('Is it not ward four?')).toBeVisible(SOON);
  await beside.getByRole('textbox', { name: 'Your message' }).click();
  await buyer.page.keyboard.type('Three, I asked.', { delay: 5 });
  await buyer.page.keyboard.press('Control+Enter');
  await expect(drawer.getByText('Three, I asked.')).toBeVisible(SOON);

  // Turned into a heading it is the same passage; taken out of the text it is quoted still.
  await beside.getByRole('button', { name: 'Close', exact: true }).click();
  await writing.enter('identity');
  await buyer.page.keyboard.press('Control+Alt+2');
  await expect(reading.text.locator('h2 .discussed, h3 .discussed')).toHaveText('ward three', SOON);
  await writing.text.getByText('Listen: The lift').click({ clickCount: 3 });
  await buyer.page.keyboard.press('Delete');
  await writing.saved();
  await expect(drawer.getByText('This passage is no longer in the text.')).toBeVisible(SOON);
  await buyer.page.keyboard.press('Control+z');
  await expect(reading.text.locator('.discussed')).toHaveText('ward three', SOON);
  await expect(drawer.getByText('This passage is no longer in the text.')).toHaveCount(0);
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

test('the page of a discussion leads to its passage', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { page } = buyer;
  const { documentId } = await freshAssessment(buyer.request, demo.url, { title: 'Deep link', members: {} });
  const { write, saved, text } = await openText(page, documentId);
  await write('identity', 'A sentence that is discussed.');
  await saved();
  await select(page, 'is discussed');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Discussion' });
  await drawer.getByRole('textbox', { name: 'Your message' }).click();
  await page.keyboard.type('So it is.', { delay: 5 });
  await page.keyboard.press('Control+Enter');
  await expect(drawer.getByRole('article').getByText('So it is.')).toBeVisible(SOON);

  await page.goto('/discussions');
  await page.getByRole('link', { name: /So it is\./ }).click();
  await expect(page.getByText('is discussed', { exact: true })).toBeVisible(SOON);
  await page.getByRole('link', { name: 'Show in the document' }).click();
  await expect(drawer.getByText('So it is.')).toBeVisible(SOON);
  await expect(text.locator('.discussed-active')).toHaveText('is discussed', SOON);
  expect(buyer.complaints).toEqual([]);
});

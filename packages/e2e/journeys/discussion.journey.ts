import type { Locator, Page } from '@playwright/test';
import { freshAssessment, send } from './accounts.ts';
import { expect, test } from './demo.ts';
import { openText } from './document.ts';

/** An event reaches an open page within a second; the rest is for a machine that does other things. */
const SOON = { timeout: 5_000 };

const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Your message' });

/** Writes a message by keyboard alone, and sends it. */
async function write(page: Page, words: string): Promise<void> {
  await composer(page).click();
  await page.keyboard.type(words, { delay: 5 });
  await page.keyboard.press('Control+Enter');
  await expect(composer(page)).toHaveText('');
}

test('two people discuss: mention, reaction, sign of writing and resolution arrive without a reload', async ({
  enter,
  demo,
}) => {
  const buyer = await enter('buyer');
  const { workspaceId } = await freshAssessment(buyer.request, demo.url, {
    title: 'To be discussed',
    members: { agency: 'viewer' },
  });
  const { page } = buyer;
  await page.goto(`/workspaces/${workspaceId}/discussion`);
  await expect(page.getByText('No discussion yet')).toBeVisible();
  await page.getByRole('button', { name: 'New discussion' }).click();
  await page.keyboard.type('Which lift?');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Who knows the lift in ward 3?', { delay: 5 });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Which lift?' })).toBeVisible();
  const address = page.url();

  const agency = await enter('agency');
  await agency.page.goto(address);
  await expect(agency.page.getByText('Who knows the lift in ward 3?')).toBeVisible();
  await composer(agency.page).click();
  await agency.page.keyboard.type('Ask @Claire', { delay: 20 });
  await expect(agency.page.getByRole('option', { name: /Claire Montagnier/ })).toBeVisible();
  await agency.page.keyboard.press('Enter');
  await agency.page.keyboard.type('or the technical service.', { delay: 5 });
  await expect(page.getByText(/is writing…|Somebody is writing…/)).toBeVisible(SOON);
  await agency.page.keyboard.press('Control+Enter');

  const reply = page.getByRole('article').filter({ hasText: 'or the technical service.' });
  await expect(reply).toBeVisible(SOON);
  await expect(reply.getByText('@Claire Montagnier')).toBeVisible();
  await reply.getByRole('button', { name: 'Add a reaction' }).click();
  await page.getByRole('button', { name: 'Thank you' }).click();
  await expect(agency.page.getByRole('button', { name: 'Thank you: Claire Montagnier' })).toBeVisible(SOON);

  // What is not sent yet outlives the page.
  await composer(page).click();
  await page.keyboard.type('Half a sentence', { delay: 5 });
  await page.goto('/');
  await page.goto(address);
  await expect(composer(page)).toHaveText('Half a sentence');
  await page.keyboard.press('Control+A');

  await page.getByRole('button', { name: 'Resolve' }).click();
  await expect(agency.page.getByText('Resolved by Claire Montagnier')).toBeVisible(SOON);
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

test('a message is changed, its past is read, it is deleted, and its place stays', async ({ enter, demo }) => {
  const { page, request, complaints } = await enter('buyer');
  const { workspaceId } = await freshAssessment(request, demo.url, { title: 'Second thoughts', members: {} });
  await page.goto(`/workspaces/${workspaceId}/discussion`);
  await page.getByRole('button', { name: 'New discussion' }).click();
  await composer(page).click();
  await page.keyboard.type('A beginning', { delay: 5 });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article')).toHaveCount(1);
  await write(page, 'The first words');
  const reply = page.getByRole('article').nth(1);
  await reply.getByRole('button', { name: /^Actions on the message/ }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(reply.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Better words', { delay: 5 });
  await page.keyboard.press('Control+Enter');
  await expect(reply).toContainText('Better words');
  await reply.getByRole('button', { name: 'edited' }).click();
  await expect(page.getByRole('dialog', { name: 'What it said before' })).toContainText('The first words');
  await page.keyboard.press('Escape');
  await reply.getByRole('button', { name: /^Actions on the message/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(reply).toContainText('This message was deleted by its author.');
  await expect(page.getByText('Better words')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a document is discussed beside its text, and others see that something is new', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { documentId } = await freshAssessment(buyer.request, demo.url, {
    title: 'Beside the text',
    members: { agency: 'commenter' },
  });
  const agency = await enter('agency');
  await openText(agency.page, documentId);
  const open = await openText(buyer.page, documentId);
  await open.page.getByRole('button', { name: 'Discussion', exact: true }).click();
  const drawer = open.page.getByRole('dialog', { name: 'Discussion of the document' });
  await drawer.getByRole('button', { name: 'New discussion' }).click();
  await composer(open.page).click();
  await open.page.keyboard.type('Is the budget right?', { delay: 5 });
  await open.page.keyboard.press('Control+Enter');
  await expect(drawer.getByRole('article')).toContainText('Is the budget right?');

  await agency.page.getByRole('button', { name: 'Discussion: 1 open' }).click(SOON);
  const theirs = agency.page.getByRole('dialog', { name: 'Discussion of the document' });
  await theirs.getByRole('button', { name: /Is the budget right/ }).click();
  await write(agency.page, 'It is.');
  await expect(drawer.getByRole('article').nth(1)).toContainText('It is.', SOON);
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

test('a mention rings the bell of another page without a reload, and leads to its place', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { workspaceId } = await freshAssessment(buyer.request, demo.url, {
    title: 'Rings the bell',
    members: { agency: 'viewer' },
  });
  const me = (await (await buyer.request.get(`${demo.url}/api/me`)).json()) as { id: string };
  await send(buyer.request, 'POST', `${demo.url}/api/notifications/read`, { until: new Date().toISOString() });
  const { page } = buyer;
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();

  const agency = await enter('agency');
  const body = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'mention', attrs: { kind: 'person', id: me.id } },
          { type: 'text', text: ' can you say?' },
        ],
      },
    ],
  };
  const title = 'For the bell';
  await send(agency.request, 'POST', `${demo.url}/api/workspaces/${workspaceId}/threads`, { title, body });
  await page.getByRole('button', { name: 'Notifications: 1 unread' }).click(SOON);
  await page
    .getByRole('link', { name: /Mathieu Peyrard mentioned you/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('article')).toContainText('can you say?');
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible(SOON);

  // Muted, it rings no more.
  await page.getByRole('button', { name: 'Notifications: Where I take part' }).click();
  await page.getByRole('menuitem', { name: /Of nothing/ }).click();
  await expect(page.getByRole('button', { name: 'Notifications: Of nothing' })).toBeVisible();
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

test('a file is attached to a message, sent with it and downloaded by somebody else', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { page } = buyer;
  const { workspaceId } = await freshAssessment(buyer.request, demo.url, {
    title: 'With files',
    members: { agency: 'viewer' },
  });
  await page.goto(`/workspaces/${workspaceId}/discussion`);
  await page.getByRole('button', { name: 'New discussion' }).click();
  await page.keyboard.type('The offer');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Here it is.', { delay: 5 });
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('the offer') });
  await (await choosing).setFiles([file('Offre – lot 2.pdf'), file('Wrong one.pdf')]);
  await page.getByRole('button', { name: 'Remove Wrong one.pdf' }).click();
  await page.getByRole('button', { name: 'Open the discussion' }).click();
  await expect(page.getByRole('link', { name: /lot 2\.pdf/ })).toBeVisible(SOON);

  const agency = await enter('agency');
  await agency.page.goto(page.url());
  await expect(agency.page.getByRole('link', { name: /Wrong one/ })).toHaveCount(0);
  const download = agency.page.waitForEvent('download');
  await agency.page.getByRole('link', { name: /lot 2\.pdf/ }).click();
  expect((await download).suggestedFilename()).toBe('Offre – lot 2.pdf');
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

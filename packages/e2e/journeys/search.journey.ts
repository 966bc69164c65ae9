import { freshAssessment, send } from './accounts.ts';
import { expect, test } from './demo.ts';

const SOON = { timeout: 10_000 };

test('a text, a discussion and a person are found from the palette and on the page, with the keyboard alone', async ({
  enter,
  demo,
}) => {
  const buyer = await enter('buyer');
  const { page } = buyer;
  const { workspaceId } = await freshAssessment(buyer.request, demo.url, {
    title: 'Ascenseurs connectés',
    members: { agency: 'viewer' },
  });
  const body = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Le prototype mystérieux arrive mardi.' }] }],
  };
  const threads = `${demo.url}/api/workspaces/${workspaceId}/threads`;
  await send(buyer.request, 'POST', threads, { title: 'Livraison', body });

  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'My workspaces' })).toBeVisible(SOON);
  await page.keyboard.press('Control+K');
  await expect(page.getByPlaceholder(/.+/).first()).toBeFocused(SOON);
  await page.keyboard.type('prototypes mysterieu');
  const found = page.getByRole('dialog').getByRole('button', { name: /Livraison/ });
  await expect(found).toBeVisible(SOON);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/threads\/.+#message-/);
  await expect(page.getByText('Le prototype mystérieux arrive mardi.')).toBeVisible(SOON);

  await page.goto('/search');
  const field = page.getByRole('searchbox', { name: 'What are you looking for?' });
  await expect(field).toBeFocused(SOON);
  await page.keyboard.type('ascenseur connecte');
  const results = page.getByRole('list', { name: 'Results' });
  await expect(results.getByRole('link', { name: /Ascenseurs connectés/ }).first()).toBeVisible(SOON);
  await expect(results.locator('mark').first()).toHaveText('Ascenseurs');
  await expect(page).toHaveURL(/q=ascenseur\+connecte/);
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Minutes' }).click();
  await expect(page.getByText('Nothing matches “ascenseur connecte”')).toBeVisible(SOON);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(results.getByRole('link').first()).toBeVisible(SOON);

  await field.fill('peyrard');
  await results
    .getByRole('link', { name: /Peyrard/ })
    .first()
    .click();
  await expect(page.getByRole('list', { name: 'People' }).getByText('Mathieu Peyrard')).toBeVisible(SOON);
  expect(buyer.complaints).toEqual([]);
});

test('what others did since the last visit stands on the home page and in the workspace', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { page } = buyer;
  const { workspaceId } = await freshAssessment(buyer.request, demo.url, {
    title: 'Vu ensemble',
    members: { agency: 'editor' },
  });
  const agency = await enter('agency');
  await page.goto(`/workspaces/${workspaceId}/activity`);
  await expect(page.getByText('created the document').first()).toBeVisible(SOON);
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Bonjour' }] }] };
  await send(agency.request, 'POST', `${demo.url}/api/workspaces/${workspaceId}/threads`, {
    title: 'Un bonjour',
    body,
  });
  // It appears by itself.
  await expect(page.getByText('opened the discussion')).toBeVisible(SOON);
  await page.getByRole('link', { name: 'Un bonjour' }).click();
  await expect(page.getByRole('heading', { name: 'Un bonjour' })).toBeVisible(SOON);
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

import { freshAssessment, send } from './accounts.ts';
import { expect, test } from './demo.ts';

const SOON = { timeout: 10_000 };

test('a mention is one letter in the outbox, and the link in it stops such letters', async ({ enter, demo }) => {
  const buyer = await enter('buyer');
  const { page } = buyer;
  const { workspaceId } = await freshAssessment(buyer.request, demo.url, {
    title: 'By mail',
    members: { agency: 'viewer' },
  });
  const me = (await (await buyer.request.get(`${demo.url}/api/me`)).json()) as { id: string };

  // In quiet hours nothing would go: whoever reads this at night has none.
  await page.goto('/settings/notifications');
  await page.getByRole('switch', { name: 'Keep quiet hours' }).click();
  await expect(page.getByLabel('From', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('switch', { name: 'Keep quiet hours' })).not.toBeChecked();

  const agency = await enter('agency');
  const mention = { type: 'mention', attrs: { kind: 'person', id: me.id } };
  const words = { type: 'text', text: ' which day suits you?' };
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [mention, words] }] };
  const threads = `${demo.url}/api/workspaces/${workspaceId}/threads`;
  await send(agency.request, 'POST', threads, { title: 'A day for the visit', body });

  await page.goto('/outbox');
  const subject = 'Mathieu Peyrard mentioned you: A day for the visit';
  const letters = page.getByRole('list', { name: 'Mail' }).getByRole('button', { name: subject });
  await expect(letters).toHaveCount(1, { timeout: 20_000 });
  await letters.click();
  await expect(page.getByText('which day suits you?')).toBeVisible();
  await page.getByRole('link', { name: /\/unsubscribe#/ }).click();
  await page.getByRole('button', { name: 'Stop them' }).click();
  await expect(page.getByText('You will get no more mail about:')).toBeVisible(SOON);
  await page.getByRole('link', { name: 'Change your preferences' }).click();
  await expect(page.getByRole('combobox', { name: 'Mentions' })).toHaveValue('Never');

  await send(agency.request, 'POST', threads, { title: 'Another day', body });
  await expect(page.getByRole('button', { name: /Notifications: \d+ unread/ })).toBeVisible(SOON);
  await page.goto('/outbox');
  await expect(letters).toHaveCount(1);
  await expect(page.getByRole('button', { name: /Another day/ })).toHaveCount(0);
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

test('a digest collects what happened, and nothing of what is muted', async ({ enter, demo }) => {
  const buyer = await enter('legal');
  const { page } = buyer;
  const agency = await enter('agency');
  const { workspaceId } = await freshAssessment(agency.request, demo.url, {
    title: 'For the digest',
    members: { legal: 'viewer' },
  });
  const me = (await (await buyer.request.get(`${demo.url}/api/me`)).json()) as { id: string };
  const mention = { type: 'mention', attrs: { kind: 'person', id: me.id } };
  const bodyOf = (words: string) => ({
    type: 'doc',
    content: [{ type: 'paragraph', content: [mention, { type: 'text', text: ` ${words}` }] }],
  });
  await page.goto('/settings/notifications');
  await page.getByRole('combobox', { name: 'Mentions' }).click();
  await page.getByRole('option', { name: 'Daily digest' }).click();
  await expect(page.getByRole('combobox', { name: 'Mentions' })).toHaveValue('Daily digest');

  const threads = `${demo.url}/api/workspaces/${workspaceId}/threads`;
  const muted = await send<{ id: string }>(agency.request, 'POST', threads, { title: 'Too much', body: bodyOf('hm') });
  await send(buyer.request, 'PUT', `${demo.url}/api/threads/${muted.id}/watch`, { level: 'muted' });
  await send(agency.request, 'POST', `${demo.url}/api/threads/${muted.id}/replies`, { body: bodyOf('never told') });
  await send(agency.request, 'POST', threads, { title: 'Worth it', body: bodyOf('to be told') });
  await page.goto('/inbox');
  await expect(page.getByText('Worth it')).toBeVisible(SOON);

  await page.goto('/settings/notifications');
  await page.getByRole('button', { name: 'Send it now' }).click();
  await expect(page.getByText('Your digest is on its way.')).toBeVisible(SOON);
  await page.goto('/outbox');
  await page
    .getByRole('list', { name: 'Mail' })
    .getByRole('button', { name: /digest|récapitulatif/i })
    .first()
    .click();
  await expect(page.getByText('to be told')).toBeVisible(SOON);
  await expect(page.getByText('never told')).toHaveCount(0);
  expect([...buyer.complaints, ...agency.complaints]).toEqual([]);
});

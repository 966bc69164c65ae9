import type { Locator, Page } from '@playwright/test';
import { idOf, send } from './accounts.ts';
import type { Seat } from './demo.ts';
import { expect, test } from './demo.ts';

const SOON = { timeout: 10_000 };

type Meeting = { readonly id: string; readonly agenda: readonly { readonly id: string }[] };
type Poll = { readonly id: string };

/** A sitting of the steering committee with a motion that was adopted, and whose result was made known. */
async function votedMeeting(url: string, chair: Seat, others: readonly Seat[]): Promise<void> {
  const ask = <Answer>(path: string, data: object = {}, who: Seat = chair) =>
    send<Answer>(who.request, 'POST', `${url}/api/${path}`, data);
  const bodyId = await idOf(chair.request, `${url}/api/bodies`, 'Comité de pilotage');
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  const terms = { bodyId, title: 'Sitting on bicycles', mode: 'hybrid', timeZone: 'Europe/Paris', startAt };
  const { id } = await ask<Meeting>('meetings', terms);
  const { agenda } = await ask<Meeting>(`meetings/${id}/agenda`, { title: 'Cargo bicycles', plannedSec: 300 });
  await ask(`meetings/${id}/convene`, { urgency: 'The call closes on Friday' });
  await ask(`meetings/${id}/open`);
  for (const who of [chair, ...others]) await ask(`meetings/${id}/attendance`, { what: 'in' }, who);
  const itemId = agenda[0]?.id;
  await ask(`meetings/${id}/current`, { itemId });
  const motion = { question: 'Does the Region buy cargo bicycles?', method: 'motion', secrecy: 'named-after' };
  const { id: pollId } = await ask<Poll>(`meetings/${id}/polls`, { ...motion, itemId, majority: 'ordinary' });
  await ask(`polls/${pollId}/open`);
  for (const who of [chair, ...others]) {
    const { me } = (await (await who.request.get(`${url}/api/meetings/${id}`)).json()) as { me: { seatIds: string[] } };
    await ask(`polls/${pollId}/ballots`, { seatId: me.seatIds[0], choice: { method: 'motion', vote: 'yes' } }, who);
  }
  await ask(`polls/${pollId}/close`);
  await ask(`polls/${pollId}/publish`);
}

async function choose(page: Page, within: Locator, label: string, option: RegExp): Promise<void> {
  await within.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** A step that is asked about before. */
async function step(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden(SOON);
}

test('a decision from a vote: recorded, adopted, signed, published, found, done by somebody, annulled', async ({
  enter,
  demo,
}) => {
  const [chair, agency, finance, legal] = await Promise.all(
    ['chair', 'agency', 'finance', 'legal'].map((who) => enter(who)),
  );
  if (!chair || !agency || !finance || !legal) throw new Error('somebody is missing');
  await votedMeeting(demo.url, chair, [agency, finance, legal]);

  // From the result that was made known, with its words.
  const { page } = chair;
  await page.goto('/decisions');
  await page.getByRole('button', { name: 'Record a decision' }).click();
  const form = page.getByRole('dialog', { name: 'Record a decision' });
  await choose(page, form, 'Body', /Comité de pilotage/);
  await choose(page, form, 'Meeting', /Sitting on bicycles/);
  await choose(page, form, 'Vote made known', /cargo bicycles/);
  await form.getByRole('textbox', { name: 'Text adopted' }).fill('The Region buys twelve velocipedes.');
  await form.getByRole('button', { name: 'Prepare the draft' }).click();
  await expect(page.getByRole('heading', { name: 'Cargo bicycles' })).toBeVisible(SOON);
  await step(page, 'Adopt');
  await expect(page.getByText(/^Decision no\. \d{4}-\d\d/).first()).toBeVisible(SOON);
  await step(page, 'Sign');
  await expect(page.getByText('Hélène Barraud').first()).toBeVisible(SOON);
  await step(page, 'Publish');
  await expect(page.getByText('Published', { exact: true }).first()).toBeVisible(SOON);

  // Somebody is given something to do because of it.
  await page.getByRole('button', { name: 'New action item' }).click();
  const giving = page.getByRole('dialog', { name: 'New action item' });
  await giving.getByRole('textbox', { name: 'What is to be done' }).fill('Ask for three offers');
  await choose(page, giving, 'Owner', /Mathieu Peyrard/);
  await giving.getByRole('button', { name: 'Give the action item' }).click();
  await expect(page.getByText('Ask for three offers')).toBeVisible(SOON);
  await agency.page.goto('/');
  const todo = agency.page.getByRole('list', { name: 'My actions' });
  const tick = todo.getByRole('checkbox', { name: 'Done: Ask for three offers' });
  await tick.click();
  await expect(tick).toBeChecked(SOON);
  await expect(page.getByText('Done, to be verified')).toBeVisible(SOON);

  // What is published is found by every member; what its people do is found by them.
  const reviewer = await enter('reviewer1');
  for (const [seat, words, count] of [
    [agency, 'velocipedes', 1],
    [agency, 'three offers', 1],
    [reviewer, 'velocipedes', 1],
    [reviewer, 'three offers', 0],
  ] as const) {
    const kind = words === 'velocipedes' ? 'decision' : 'action';
    await seat.page.goto(`/search?q=${encodeURIComponent(words)}&kind=${kind}`);
    const results = seat.page.getByRole('list', { name: 'Results' }).getByRole('link');
    await expect(results).toHaveCount(count, SOON);
    if (count === 0) await expect(seat.page.getByText(`Nothing matches “${words}”`)).toBeVisible(SOON);
  }
  await reviewer.page.goto('/search?q=velocipede');
  await reviewer.page.getByRole('link', { name: /Cargo bicycles/ }).click();
  await expect(reviewer.page.getByText('The Region buys twelve velocipedes.').first()).toBeVisible(SOON);

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Annul the decision' }).click();
  const annulling = page.getByRole('dialog', { name: 'Annul this decision' });
  await annulling.getByRole('textbox', { name: 'Reason' }).fill('The offers were withdrawn.');
  await annulling.getByRole('button', { name: 'Annul the decision' }).click();
  await expect(reviewer.page.getByText(/Decision annulled on/)).toBeVisible(SOON);
  for (const seat of [chair, agency, reviewer]) expect(seat.complaints).toEqual([]);
});

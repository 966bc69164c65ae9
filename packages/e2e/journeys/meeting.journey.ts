import type { Page } from '@playwright/test';
import { idOf, send } from './accounts.ts';
import { expect, test } from './demo.ts';

/** What the chair does reaches every open page within a second; the rest is for a machine that does other things. */
const SOON = { timeout: 5_000 };

type Meeting = { readonly id: string; readonly agenda: readonly { readonly id: string }[] };

/** A meeting of the steering committee in an hour, with two items, not convened yet. */
async function draft(
  url: string,
  request: Parameters<typeof send>[0],
  title = 'Extraordinary sitting',
): Promise<string> {
  const bodyId = await idOf(request, `${url}/api/bodies`, 'Comité de pilotage');
  const startAt = new Date(Date.now() + 3_600_000).toISOString();
  const endAt = new Date(Date.now() + 7_200_000).toISOString();
  const workspaceId = await idOf(request, `${url}/api/workspaces`, 'Comité de pilotage');
  const when = { timeZone: 'Europe/Paris', startAt, endAt };
  const terms = { bodyId, workspaceId, title, mode: 'hybrid', ...when };
  const { id } = await send<Meeting>(request, 'POST', `${url}/api/meetings`, terms);
  await send(request, 'POST', `${url}/api/meetings/${id}/agenda`, { title: 'Welcome', plannedSec: 300 });
  return id;
}

/** Votes on the ballot that is shown, by keyboard: the choice, a second look, the vote. A motion is looked at once more by itself. */
async function vote(page: Page, choice: string): Promise<void> {
  const option = page
    .getByRole('radio', { name: choice })
    .or(page.getByRole('checkbox', { name: choice }))
    .or(page.getByRole('button', { name: choice, exact: true }));
  await option.first().focus();
  await page.keyboard.press('Space');
  const cast = page.getByRole('button', { name: 'Vote like this' });
  const look = page.getByRole('button', { name: 'Look at my vote' });
  await expect(cast.or(look)).toBeVisible();
  if (await look.isVisible()) await look.press('Enter');
  await cast.press('Enter');
  await expect(cast).toBeHidden();
}

/** Chooses in a list of choices, however it is shown. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const group = page.getByRole('radiogroup', { name: label });
  if (await group.isVisible()) return void (await group.getByText(option, { exact: true }).click());
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** The minutes beside the sitting: begun, written around what the platform puts in, a line made an action item. */
async function takeMinutes(page: Page, colleague: Page): Promise<void> {
  await page.getByRole('button', { name: 'Minutes', exact: true }).click();
  await page.getByRole('button', { name: 'Begin the minutes' }).click();
  await expect(page.getByText('Vote: Does the Region pay for it?')).toBeVisible();
  await expect(page.getByText('Vote: Who joins the jury?')).toBeVisible();
  // Below the last block there is a line to write on.
  await page.locator('.doc-text p').last().click();
  await page.keyboard.type('Sandrine Collombet writes to the hospitals');
  await page.keyboard.press('ControlOrMeta+Alt+a');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'What is to be done' })).toHaveValue(/writes to the hospitals/);
  await dialog.getByRole('button', { name: 'Give the action item' }).click();
  await expect(page.getByRole('checkbox', { name: /writes to the hospitals/ })).toBeVisible();
  await colleague.goto('/actions');
  await expect(colleague.getByText(/writes to the hospitals/)).toBeVisible(SOON);
}

/** What was voted on, as a decision of the register. */
async function recordDecision(page: Page): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Record a decision' });
  const pick = async (label: string, option: RegExp) => {
    await form.getByRole('combobox', { name: label }).click();
    await page.getByRole('option', { name: option }).click();
  };
  await page.goto('/decisions');
  await page.getByRole('button', { name: 'Record a decision' }).click();
  await pick('Body', /Comité de pilotage/);
  await pick('Meeting', /Extraordinary sitting/);
  await pick('Vote made known', /Does the Region pay/);
  await form.getByRole('textbox', { name: 'Text adopted' }).fill('The Region pays for the study.');
  await form.getByRole('button', { name: 'Prepare the draft' }).click();
  await page.getByRole('button', { name: 'Adopt', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Adopt', exact: true }).click();
  await expect(page.getByText(/^Decision no\. \d{4}-\d\d/).first()).toBeVisible(SOON);
}

/** The next meeting of the body approves what the last one has submitted. */
async function approveNext(url: string, { page, request }: { page: Page; request: Parameters<typeof send>[0] }) {
  const id = await draft(url, request, 'The sitting after');
  await page.goto(`/meetings/${id}`);
  const hint = page.locator('div', { hasText: 'Minutes of “Extraordinary sitting”' });
  await hint.getByRole('button', { name: 'Put on the agenda' }).last().click();
  await expect(page.getByText('Approval of the minutes of “Extraordinary sitting”')).toBeVisible();
  await send(request, 'POST', `${url}/api/meetings/${id}/convene`, { urgency: 'The call closes on Friday' });
  await send(request, 'POST', `${url}/api/meetings/${id}/open`, {});
  await page.goto(`/meetings/${id}/sitting`);
  await page.getByRole('button', { name: 'Begin with item 1' }).first().click();
  await page.getByRole('button', { name: 'Turn to item 2' }).first().click();
  await page.getByRole('button', { name: 'Approve the minutes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve the minutes' }).click();
  await expect(page.getByRole('region', { name: /Minutes of/ }).getByText('Approved', { exact: true })).toBeVisible(
    SOON,
  );
  return id;
}

test('a whole meeting, from its convocation to the approval of its minutes by the next one', async ({
  enter,
  demo,
}) => {
  test.setTimeout(180_000);
  const chair = await enter('chair');
  const id = await draft(demo.url, chair.request);
  const { page } = chair;
  await page.goto(`/meetings/${id}`);
  await page.getByRole('textbox', { name: 'Add an item' }).fill('Who pays for the study?');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Who pays for the study?')).toBeVisible();
  await page.getByRole('button', { name: 'Convene', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Convene the meeting' });
  await dialog.getByRole('textbox', { name: 'Reason of urgency' }).fill('The call closes on Friday');
  await dialog.getByRole('button', { name: /Convene/ }).click();
  await expect(page.getByText('Convened urgently')).toBeVisible();

  // Somebody cannot come, and puts the vote into the hands of a colleague, who takes it.
  const legal = await enter('legal');
  await legal.page.goto(`/meetings/${id}`);
  await legal.page.getByRole('button', { name: 'Apologies' }).click();
  await legal.page.getByRole('combobox', { name: 'To' }).click();
  await legal.page.getByRole('option', { name: /Mathieu Peyrard/ }).click();
  await legal.page.getByRole('button', { name: 'Give the proxy' }).click();
  const agency = await enter('agency');
  await agency.page.goto(`/meetings/${id}`);
  await expect(agency.page.getByText('Antoine Delaroche gives you a proxy for this meeting.')).toBeVisible();
  await agency.page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(legal.page.getByText('Mathieu Peyrard will vote for you.')).toBeVisible(SOON);

  // The sitting opens; three are there with a device, a fourth without.
  await page.getByRole('button', { name: 'Open the sitting' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open the sitting' }).click();
  await expect(page).toHaveURL(/\/sitting$/);
  const finance = await enter('finance');
  for (const one of [agency, finance]) await one.page.goto(`/meetings/${id}/sitting`);
  for (const one of [chair, agency, finance]) {
    await one.page
      .getByRole('button', { name: /I am here|Not here/ })
      .first()
      .click();
    const here = one.page.getByRole('menuitem', { name: 'I am here' });
    if (await here.isVisible().catch(() => false)) await here.click();
  }
  await expect(page.getByText('Quorum 3/4')).toBeVisible(SOON);
  const { attendees } = (await (await chair.request.get(`/api/meetings/${id}`)).json()) as {
    attendees: { personId: string; name: string }[];
  };
  const buyer = attendees.find(({ name }) => name === 'Claire Montagnier')?.personId;
  await send(chair.request, 'POST', `${demo.url}/api/meetings/${id}/attendance`, { what: 'in', personId: buyer });
  await expect(finance.page.getByText('Quorum 4/4')).toBeVisible(SOON);

  // One pointer drives every screen.
  await page
    .getByRole('button', { name: /Begin with item 1|Turn to item 1|Turn to this item/ })
    .first()
    .click();
  await expect(finance.page.getByRole('heading', { name: 'Welcome' })).toBeVisible(SOON);
  await page.getByRole('button', { name: 'Turn to item 2' }).first().click();
  await expect(finance.page.getByRole('heading', { name: 'Who pays for the study?' })).toBeVisible(SOON);
  await finance.page.getByRole('button', { name: 'Ask to speak' }).click();
  await finance.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('button', { name: 'Give the floor to Sandrine Collombet' }).click();
  await expect(finance.page.getByRole('button', { name: 'I have finished' })).toBeVisible(SOON);
  await finance.page.getByRole('button', { name: 'I have finished' }).click();

  // A named vote, with a proxy.
  await page.getByRole('button', { name: 'Prepare a vote' }).click();
  await page.getByRole('textbox', { name: 'Question put to the vote' }).fill('Does the Region pay for it?');
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByRole('button', { name: 'Open the vote' }).click();
  for (const one of [chair, agency, finance])
    await expect(one.page.getByRole('heading', { name: 'Does the Region pay for it?' })).toBeVisible(SOON);
  await vote(finance.page, 'For');
  await expect(finance.page.getByText(/Your vote is recorded/).first()).toBeVisible(SOON);
  await vote(chair.page, 'For');
  await vote(agency.page, 'For');
  await agency.page
    .getByText(/Antoine Delaroche/)
    .first()
    .click();
  await vote(agency.page, 'Against');
  await expect(page.getByText('4 votes received of 5')).toBeVisible(SOON);
  await page.getByRole('button', { name: 'Close and count' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close and count' }).click();
  await page.getByRole('button', { name: 'Make the result known' }).click();
  await expect(finance.page.getByText(/^Adopted/).first()).toBeVisible(SOON);

  // A secret vote: while it runs nobody is told more than how many have voted, and afterwards only the counts.
  await page.getByRole('button', { name: 'Prepare a vote' }).click();
  await page.getByRole('textbox', { name: 'Question put to the vote' }).fill('Who joins the jury?');
  await choose(page, 'Way of voting', 'Choice of options');
  await page.getByRole('textbox', { name: 'Options, one a line' }).fill('Nadia Chapuis\nMarco Balestra');
  await choose(page, 'Secrecy', 'Secret vote');
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByRole('button', { name: 'Open the vote' }).click();
  await expect(finance.page.getByRole('heading', { name: 'Who joins the jury?' })).toBeVisible(SOON);
  await expect(finance.page.getByText(/nothing that is stored joins a voter to a choice/)).toBeVisible();
  for (const one of [chair, finance, agency]) await vote(one.page, 'Nadia Chapuis');
  await agency.page
    .getByText(/Antoine Delaroche/)
    .first()
    .click();
  await vote(agency.page, 'Marco Balestra');
  await expect(page.getByText('4 votes received of 5')).toBeVisible(SOON);
  // Whoever reloads in the middle is right again.
  await finance.page.reload();
  await expect(finance.page.getByText(/Your vote is recorded/).first()).toBeVisible();
  await expect(finance.page.getByText('4 votes received of 5')).toBeVisible();
  await page.getByRole('button', { name: 'Close and count' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close and count' }).click();
  await page.getByRole('button', { name: 'Make the result known' }).click();
  await expect(finance.page.getByText('Nadia Chapuis wins.').first()).toBeVisible(SOON);
  const { items } = (await (await legal.request.get(`/api/meetings/${id}/polls`)).json()) as {
    items: { question: string; ballots?: unknown; result?: { lines: { key: string; heads: number }[] } }[];
  };
  const secret = items.find(({ question }) => question === 'Who joins the jury?');
  expect(secret?.ballots).toBeUndefined();
  expect(secret?.result?.lines.map(({ heads }) => heads)).toEqual([3, 1]);

  await takeMinutes(page, finance.page);
  await finance.page.goto(`/meetings/${id}/sitting`);

  // The sitting ends; what it was can be read.
  await page.getByRole('button', { name: 'Conduct the sitting' }).click();
  await page.getByRole('menuitem', { name: 'End the sitting', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the sitting' }).click();
  await expect(finance.page.getByText('Ended', { exact: true })).toBeVisible(SOON);
  await legal.page.goto(`/meetings/${id}`);
  await legal.page
    .getByRole('tab', { name: 'How it went' })
    .or(legal.page.getByRole('link', { name: 'How it went' }))
    .first()
    .click();
  await expect(legal.page.getByText('Who pays for the study?').first()).toBeVisible();
  // What it has decided goes into the register, and into its minutes; those are submitted, and approved by the next one.
  await recordDecision(page);
  await page.goto(`/meetings/${id}?view=minutes`);
  await page.getByRole('link', { name: 'Open the minutes' }).click();
  await expect(page.getByRole('group', { name: /^Decision \d{4}-\d\d: / })).toBeVisible(SOON);
  await page.getByRole('button', { name: 'Submit the minutes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Submit the minutes' }).click();
  await expect(page.getByText('Submitted', { exact: true })).toBeVisible(SOON);
  await approveNext(demo.url, chair);
  await legal.page.goto(`/meetings/${id}?view=minutes`);
  await expect(legal.page.getByText('Approved', { exact: true })).toBeVisible();
  for (const one of [chair, legal, agency, finance]) expect(one.complaints).toEqual([]);
});

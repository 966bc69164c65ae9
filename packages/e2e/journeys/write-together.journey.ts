import { freshAssessment, signIn } from './accounts.ts';
import { expect, test } from './demo.ts';
import { type OpenText, openText, showForm } from './document.ts';

const SECTION = 'context';

/** The prose of a section without the carets that stand in it. */
const prose = (open: OpenText): Promise<string> =>
  open.section(SECTION).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.peer-caret')) caret.remove();
    return (copy.textContent ?? '').replaceAll('\u2060', '');
  });

async function agree(a: OpenText, b: OpenText, ...words: string[]): Promise<void> {
  await expect(async () => {
    const [left, right] = [await prose(a), await prose(b)];
    expect(left).toBe(right);
    for (const word of words) expect(left).toContain(word);
  }).toPass();
}

test.describe('two people write one needs assessment', () => {
  test.describe.configure({ mode: 'serial' });
  let documentId = '';

  test.beforeAll(async ({ demo, playwright }) => {
    const request = await playwright.request.newContext();
    await signIn(request, demo.url, 'buyer');
    const made = await freshAssessment(request, demo.url, {
      title: 'Quieter nights on the wards',
      members: { agency: 'editor' },
    });
    documentId = made.documentId;
    await request.dispose();
  });

  test('both type at once, and see each other’s text, name and fields', async ({ enter }) => {
    const [claire, mathieu] = await Promise.all([enter('buyer'), enter('agency')]);
    const [a, b] = await Promise.all([openText(claire.page, documentId), openText(mathieu.page, documentId)]);
    await Promise.all([a.enter(SECTION), b.enter(SECTION)]);
    await Promise.all([
      a.page.keyboard.type('Alarms wake patients. ', { delay: 20 }),
      b.page.keyboard.type('Staff walk far at night. ', { delay: 20 }),
    ]);
    await expect(async () => {
      const [left, right] = [await prose(a), await prose(b)];
      expect(left).toBe(right);
      expect(left).toContain('Alarms wake patients.');
      expect(left).toContain('Staff walk far at night.');
    }).toPass();
    await Promise.all([a.saved(), b.saved()]);
    await expect(a.text.locator('.peer-caret', { hasText: 'Mathieu Peyrard' })).toBeVisible();
    await expect(b.text.locator('.peer-caret', { hasText: 'Claire Montagnier' })).toBeVisible();
    await expect(a.page.getByRole('button', { name: 'Go to where Mathieu Peyrard is' })).toBeVisible();

    await Promise.all([showForm(a.page, '2. Problem and context'), showForm(b.page, '2. Problem and context')]);
    const [left, right] = [
      a.field('currentService').getByRole('textbox'),
      b.field('currentService').getByRole('textbox'),
    ];
    await Promise.all([left.click(), right.click()]);
    await Promise.all([left.pressSequentially('Rounds every hour. '), right.pressSequentially('Paper charts. ')]);
    await expect(a.field('currentService')).toContainText('Mathieu Peyrard');
    await expect(async () => {
      const [one, other] = [await left.inputValue(), await right.inputValue()];
      expect(one).toBe(other);
      expect(one).toContain('Rounds every hour.');
      expect(one).toContain('Paper charts.');
    }).toPass();

    await Promise.all([choose(a, 'Policy objective'), choose(b, 'Legal requirement')]);
    await expect(async () => {
      const [one, other] = [await scalar(a).inputValue(), await scalar(b).inputValue()];
      expect(one).toBe(other);
      expect(['Policy objective', 'Legal requirement']).toContain(one);
    }).toPass();
    await Promise.all([a.saved(), b.saved()]);
  });

  test('one writes offline, and both have the same text when the network is back', async ({ enter }) => {
    const [claire, mathieu] = await Promise.all([enter('buyer'), enter('agency')]);
    const [a, b] = await Promise.all([openText(claire.page, documentId), openText(mathieu.page, documentId)]);
    await claire.context.setOffline(true);
    await a.write(SECTION, 'Written in the train. ');
    await expect(claire.page.locator('[data-mark]')).toContainText(/Offline, \d+ changes? kept here/);
    await b.write(SECTION, 'Written at the desk. ');
    await b.saved();
    await expect(a.text).not.toContainText('Written at the desk.');
    await expect(b.text).not.toContainText('Written in the train.');
    await claire.context.setOffline(false);
    await a.saved();
    await agree(a, b, 'Written in the train.', 'Written at the desk.');
  });

  test('undo takes back one’s own words and leaves the other’s, and a reload keeps all', async ({ enter }) => {
    const [claire, mathieu] = await Promise.all([enter('buyer'), enter('agency')]);
    const [a, b] = await Promise.all([openText(claire.page, documentId), openText(mathieu.page, documentId)]);
    await a.write(SECTION, 'Claire regrets this.');
    await b.write(SECTION, ' Mathieu stands by that.');
    await expect(a.text).toContainText('Mathieu stands by that.');
    await a.section(SECTION).locator('p').last().click();
    await a.page.keyboard.press('Control+z');
    await agree(a, b, 'Mathieu stands by that.');
    await expect(a.text).not.toContainText('Claire regrets this.');
    await expect(b.text).not.toContainText('Claire regrets this.');
    await a.saved();
    const before = await prose(a);
    await claire.page.reload();
    const again = await openText(claire.page, documentId);
    await again.saved();
    expect(await prose(again)).toBe(before);
  });

  test('what was marked saved is there after kill -9, and the pages come back by themselves', async ({
    enter,
    demo,
  }) => {
    const [claire, mathieu] = await Promise.all([enter('buyer'), enter('agency')]);
    const [a, b] = await Promise.all([openText(claire.page, documentId), openText(mathieu.page, documentId)]);
    await a.write(SECTION, 'Saved by Claire. ');
    await b.write(SECTION, 'Saved by Mathieu. ');
    await Promise.all([a.saved(), b.saved()]);
    const sure = await prose(a);
    await demo.crash();
    await expect(a.page.locator('[data-mark]')).toHaveAttribute('data-mark', 'offline');
    await a.write(SECTION, 'Written while the server is down. ');
    await demo.restart();
    await a.saved();
    await agree(a, b, 'Written while the server is down.');
    await b.saved();

    const third = await enter('agency');
    const cold = await openText(third.page, documentId);
    await cold.saved();
    await agree(a, cold, 'Saved by Claire.', 'Saved by Mathieu.', 'Written while the server is down.');
    const kept = await prose(cold);
    expect(kept.replace('Written while the server is down. ', '')).toBe(sure);
  });
});

const scalar = ({ field }: OpenText) => field('trigger').getByRole('combobox');

async function choose(open: OpenText, option: string): Promise<void> {
  await scalar(open).click();
  await open.page.getByRole('option', { name: option }).click();
}

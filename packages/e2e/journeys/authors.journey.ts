import { freshAssessment, signIn } from './accounts.ts';
import { expect, test } from './demo.ts';
import { type OpenText, openText } from './document.ts';

const SECTION = 'context';

/** What is marked in a section, as `who: text`, the carets left out. */
const marksIn = (open: OpenText): Promise<string[]> =>
  open.section(SECTION).evaluate((section) => {
    const copy = section.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.peer-caret')) caret.remove();
    const marks = [...copy.querySelectorAll<HTMLElement>('.authored')];
    return marks.map(({ title, textContent }) => `${title}: ${(textContent ?? '').replaceAll('\u2060', '')}`);
  });

test.describe('who wrote what', () => {
  let documentId = '';

  test.beforeAll(async ({ demo, playwright }) => {
    const request = await playwright.request.newContext();
    await signIn(request, demo.url, 'buyer');
    const members = { agency: 'editor', observer: 'viewer' };
    documentId = (await freshAssessment(request, demo.url, { title: 'Whose words', members })).documentId;
    await request.dispose();
  });

  test.slow();
  test('[D5] is shown on request, by colour, line and name, as it is written, to readers too', async ({ enter }) => {
    const [claire, mathieu] = await Promise.all([enter('buyer'), enter('agency')]);
    const [a, b] = await Promise.all([openText(claire.page, documentId), openText(mathieu.page, documentId)]);
    await a.write(SECTION, 'Alarms wake patients.');
    await expect(b.section(SECTION)).toContainText('Alarms wake patients.');
    await b.write(SECTION, ' Staff walk far.');
    await expect(a.section(SECTION)).toContainText('Staff walk far.');
    await expect.poll(() => marksIn(a)).toEqual([]);

    await a.page.getByRole('button', { name: 'Show authors' }).click();
    const both = ['Claire Montagnier: Alarms wake patients.', 'Mathieu Peyrard:  Staff walk far.'];
    await expect.poll(() => marksIn(a)).toEqual(both);
    const legend = a.page.getByRole('region', { name: 'Authors of the text' });
    await expect(legend.getByRole('button', { name: 'Claire Montagnier, 57% of the text' })).toBeVisible();
    const styles = await a
      .section(SECTION)
      .locator('.authored')
      .evaluateAll((marks) =>
        marks.map(
          (mark) => `${getComputedStyle(mark).borderBlockEndColor} ${getComputedStyle(mark).borderBlockEndStyle}`,
        ),
      );
    expect(new Set(styles).size).toBe(2);

    await b.page.keyboard.type(' Always.');
    await expect.poll(() => marksIn(a)).toEqual([both[0], `${both[1]} Always.`]);
    await a.page.keyboard.press('Control+Alt+u');
    await expect.poll(() => marksIn(a)).toEqual([]);
    await expect(legend).toHaveCount(0);
    await Promise.all([a.saved(), b.saved()]);

    const reader = await enter('observer', { viewport: { width: 390, height: 844 }, hasTouch: true });
    const c = await openText(reader.page, documentId);
    await reader.page.getByRole('button', { name: 'More actions' }).click();
    await reader.page.getByRole('menuitem', { name: 'Show authors' }).click();
    await expect.poll(() => marksIn(c)).toEqual([both[0], `${both[1]} Always.`]);
    await reader.page.getByRole('button', { name: /^Mathieu Peyrard, / }).click();
    expect(await reader.page.evaluate(() => getSelection()?.toString())).toBe(' Staff walk far. Always.');
    await c.section(SECTION).locator('.authored').first().click();
    await expect(reader.page.getByRole('button', { name: /^Claire Montagnier, / })).toHaveAttribute(
      'aria-current',
      'true',
    );
    for (const { complaints } of [claire, mathieu, reader]) expect(complaints).toEqual([]);
  });
});

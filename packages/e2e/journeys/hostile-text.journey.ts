import type { APIRequestContext, Page } from '@playwright/test';
import { PAYLOADS } from '../src/hostile-text.ts';
import { open, synced } from '../src/member.ts';
import { freshAssessment, send } from './accounts.ts';
import { expect, type Seat, test } from './demo.ts';
import { openText } from './document.ts';

/** What a page has let happen: dialogs, and requests that left the site. */
function watch({ page }: Seat, url: string): string[] {
  const happened: string[] = [];
  page.on('dialog', (dialog) => {
    happened.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) happened.push(`left: ${request.url()}`);
  });
  return happened;
}

/** Addresses and handlers in a page that could run or fetch something. */
const dangers = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')].flatMap((element) =>
      [...element.attributes]
        .filter(
          ({ name, value }) =>
            name.startsWith('on') ||
            name === 'srcdoc' ||
            (/^(href|src|action|data|xlink:href|formaction)$/.test(name) &&
              !/^(https:\/\/example\.org|mailto:|\/|#|data:image\/(png|webp|jpeg)|blob:)/.test(value)) ||
            (name === 'href' && /^\/[/\\]/.test(value)) ||
            (name === 'style' && /url\(/.test(value)),
        )
        .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
    ),
  );

/** Presses every link of the text; none may run anything. */
const press = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    for (const link of document.querySelectorAll<HTMLElement>('.doc-text a'))
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
  });
};

/** The text is judged in the background, a moment after it was written. */
const LONG = { timeout: 30_000 };

const FORMATS = ['html', 'markdown', 'json'] as const;

/** What an export must not carry, in any encoding that a reader would follow. */
const LIVE =
  /(?:href|src|action)\s*=\s*["']?\s*(?:javascript|vbscript|data:text|file|blob|\/\/)|\bon\w+\s*=\s*["'][^"']*alert|<script|<iframe|<embed|<object|\]\(\s*<?(?:javascript|vbscript|data|file):/i;

async function exportsOf(request: APIRequestContext, url: string, documentId: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const format of FORMATS) {
    const answer = await request.get(`${url}/api/documents/${documentId}/content?format=${format}`);
    texts[format] = `${answer.status()} ${await answer.text()}`;
  }
  return texts;
}

test('[check 54] sixty texts that want to run run nowhere: editor, reader, exports', async ({ enter, demo }) => {
  test.slow();
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(60);
  const writer = await enter('buyer');
  const reader = await enter('agency');
  const seats = [writer, reader];
  const happened = seats.map((seat) => watch(seat, demo.url));
  const { documentId } = await freshAssessment(writer.request, demo.url, {
    title: 'Hostile text',
    members: { agency: 'viewer' },
  });
  const { token } = await send<{ token: string }>(writer.request, 'POST', `${demo.url}/api/tokens`, { name: 'raw' });
  for (const { page } of seats) await openText(page, documentId);

  const attacker = open({ url: demo.url, token }, documentId);
  await synced(attacker);
  for (const { write } of PAYLOADS) write(attacker.doc);
  // The pages have been given all of it by the time they are told that the document is read-only.
  for (const { page } of seats) await expect(page.getByRole('alert', { name: 'Read-only document' })).toBeVisible(LONG);
  attacker.close();

  for (const { page } of seats) {
    await press(page);
    expect(await dangers(page)).toEqual([]);
    await page.goto(`/documents/${documentId}`);
    await expect(page.getByRole('alert', { name: 'Read-only document' })).toBeVisible();
    expect(await dangers(page)).toEqual([]);
  }
  for (const [format, text] of Object.entries(await exportsOf(writer.request, demo.url, documentId)))
    expect(`${format}: ${LIVE.exec(text)?.[0] ?? ''}`).toBe(`${format}: `);
  await writer.page.getByRole('button', { name: 'Go back to the last valid state' }).click();
  await expect(writer.page.locator('.doc-text')).toBeVisible(LONG);
  await press(writer.page);
  expect(await dangers(writer.page)).toEqual([]);
  for (const { complaints } of seats)
    expect(complaints.filter((line) => /Content Security Policy|uncaught|script/i.test(line))).toEqual([]);
  expect(happened.flat()).toEqual([]);
});

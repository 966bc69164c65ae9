// `npm run screenshots`: the pictures of docs/screenshots, from the demonstration, with people at work in it.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from '@playwright/test';
import { chromium, expect } from '@playwright/test';
import sharp from 'sharp';
import { idOf, send, signIn } from '../journeys/accounts.ts';
import { openText, showForm } from '../journeys/document.ts';
import { startServer } from './server-process.ts';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url));
const DESKTOP = { width: 1360, height: 860 };
const PHONE = { width: 390, height: 844 };
const WORKSPACE = 'Santé et grand âge';
const DOCUMENT = 'Hospital linen';

type Look = { readonly name: string; readonly scheme: 'light' | 'dark'; readonly phone: boolean };

const LOOKS: readonly Look[] = [
  { name: 'light', scheme: 'light', phone: false },
  { name: 'dark', scheme: 'dark', phone: false },
  { name: 'phone', scheme: 'light', phone: true },
];

type Stage = { readonly browser: Browser; readonly url: string };

async function pageFor({ browser, url }: Stage, account: string | undefined, { scheme, phone }: Look): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: phone ? PHONE : DESKTOP,
    deviceScaleFactor: phone ? 2 : 1.5,
    hasTouch: phone,
  });
  if (account) await signIn(context.request, url, account);
  return context.newPage();
}

/** Takes the page or a part of it. Pictures of flat colours lose nothing visible with a palette, and two thirds of their size. */
async function take(page: Page, name: string, part?: Locator): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.evaluate(() => document.fonts.ready);
  const raw = await (part ?? page).screenshot({ caret: 'initial' });
  await sharp(raw).png({ palette: true, colours: 128, effort: 10 }).toFile(path);
  console.log(`${name}.png ${Math.round(statSync(path).size / 1024)} kB`);
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeAttached({ timeout: 20_000 });
  await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root')).toHaveCount(0);
}

/** Two colleagues at work: one writes in the text, the other stands in a field. */
async function colleagues(stage: Stage, documentId: string): Promise<void> {
  const [writer, clerk] = await Promise.all(
    ['agency', 'reviewer3'].map((account) => pageFor(stage, account, { name: '', scheme: 'light', phone: false })),
  );
  if (!writer || !clerk) return;
  const text = await openText(writer, documentId);
  await text.write('context', ' Two wards in three keep a hidden reserve of their own.');
  await text.saved();
  const form = await openText(clerk, documentId);
  await showForm(clerk, '2. Problem and context');
  await form.field('currentService').getByRole('textbox').click();
}

/** A meeting of the committee: its agenda, then the sitting with a vote that is open. */
async function takeMeeting(stage: Stage): Promise<void> {
  const look = { name: 'light', scheme: 'light', phone: false } as const;
  const people = ['chair', 'agency', 'finance', 'legal', 'buyer'] as const;
  const pages = await Promise.all(people.map((account) => pageFor(stage, account, look)));
  const [chair, agency, finance] = pages;
  if (!chair || !agency || !finance) return;
  await chair.goto('/meetings/demo-meeting-next');
  await settled(chair);
  await take(chair, 'meeting-light');
  const ask = (page: Page, path: string, data: object = {}) =>
    send(page.request, 'POST', `${stage.url}/api/${path}`, data);
  await ask(chair, 'meetings/demo-meeting-next/open');
  for (const page of pages) await ask(page, 'meetings/demo-meeting-next/attendance', { what: 'in' });
  await ask(chair, 'meetings/demo-meeting-next/current', { itemId: 'demo-item-next-2' });
  await ask(agency, 'meetings/demo-meeting-next/speakers', { kind: 'speech', stance: 'pro' });
  await ask(finance, 'meetings/demo-meeting-next/speakers', { kind: 'question', note: 'Le coût de maintenance' });
  await ask(chair, 'polls/demo-poll-next-2/open');
  const [dark, phone] = await Promise.all([
    pageFor(stage, 'buyer2', { name: 'dark', scheme: 'dark', phone: false }),
    pageFor(stage, 'finance', { name: 'phone', scheme: 'light', phone: true }),
  ]);
  for (const [page, name] of [
    [finance, 'light'],
    [dark, 'dark'],
    [phone, 'phone'],
  ] as const) {
    await page.goto('/meetings/demo-meeting-next/sitting');
    await settled(page);
    await expect(page.getByText('Vote open')).toBeVisible();
    await take(page, `sitting-${name}`);
  }
  for (const page of [...pages, dark, phone]) await page.context().close();
}

/** The register of decisions, one of them, and what is to be done. */
async function takeDecisions(stage: Stage): Promise<void> {
  const look = { name: 'light', scheme: 'light', phone: false } as const;
  const reader = await pageFor(stage, 'buyer', look);
  for (const [name, path] of [
    ['decisions-light', '/decisions'],
    ['decision-light', '/decisions/demo-decision-night-falls'],
    ['actions-light', '/actions?scope=all'],
    ['minutes-light', '/documents/demo-minutes-autumn'],
  ] as const) {
    await reader.goto(path);
    await settled(reader);
    await take(reader, name);
  }
  await reader.context().close();
}

/** What guides show once, in light: who can see a document and why, how it is shared, a body, people, health. */
async function takeAccess(stage: Stage, documentId: string): Promise<void> {
  const look = { name: 'light', scheme: 'light', phone: false } as const;
  const owner = await pageFor(stage, 'buyer', look);
  await openText(owner, documentId);
  await owner.getByRole('button', { name: 'Share, and who can see' }).click();
  const dialog = owner.getByRole('dialog', { name: 'Share this document' });
  await dialog.getByText('A body', { exact: true }).click();
  await dialog.getByRole('combobox', { name: 'A body' }).click();
  await owner.getByRole('option', { name: 'Jury des études d’opportunité' }).click();
  await dialog.getByRole('textbox', { name: 'Until' }).fill('30/06/2027');
  await dialog.getByRole('button', { name: 'Give access' }).click();
  await expect(dialog.getByText('4 people', { exact: false })).toBeVisible();
  // The notice covers the text behind the dialog.
  await owner.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  // Without the page behind it, whose blurred text makes a picture twice as large.
  await take(owner, 'share-light', dialog);
  await dialog.getByRole('tab', { name: 'Who can see' }).click();
  await settled(owner);
  await take(owner, 'who-can-see-light', dialog);
  await owner.context().close();
  const admin = await pageFor(stage, 'admin', look);
  for (const [name, path] of [
    ['people-light', '/administration'],
    ['health-light', '/administration/health'],
    ['body-light', '/bodies/demo-steering-committee'],
  ] as const) {
    await admin.goto(path);
    await settled(admin);
    await take(admin, name);
  }
  await admin.context().close();
}

async function takeAll(stage: Stage): Promise<void> {
  const front = await pageFor(stage, undefined, { name: 'light', scheme: 'light', phone: false });
  await front.goto('/sign-in');
  await expect(front.getByRole('button', { name: /^Enter as/ }).first()).toBeVisible();
  await take(front, 'sign-in-light');
  const asked = await pageFor(stage, 'buyer', { name: '', scheme: 'light', phone: false });
  const workspaceId = await idOf(asked.context().request, `${stage.url}/api/workspaces`, WORKSPACE);
  const documents = `${stage.url}/api/workspaces/${workspaceId}/documents?limit=50`;
  const documentId = await idOf(asked.context().request, documents, DOCUMENT);
  await asked.context().close();
  await takeAccess(stage, documentId);
  await takeDecisions(stage);
  await takeMeeting(stage);
  await colleagues(stage, documentId);
  for (const look of LOOKS) {
    const page = await pageFor(stage, 'buyer', look);
    const text = await openText(page, documentId);
    await expect(page.locator('.peer-caret').first()).toBeVisible({ timeout: 20_000 });
    if (!look.phone) await showForm(page, '2. Problem and context');
    await text.saved();
    if (look.phone) await text.section('context').evaluate((element) => element.scrollIntoView({ block: 'center' }));
    else await page.evaluate(() => scrollTo(0, 0));
    await take(page, `document-${look.name}`);
    for (const [name, path] of [
      ['home', '/'],
      ['workspace', `/workspaces/${workspaceId}`],
      ['discussion', '/threads/demo-thread-night-false-alarms'],
      ['search', '/search?q=besoins+innovants'],
    ] as const) {
      await page.goto(path);
      await settled(page);
      await take(page, `${name}-${look.name}`);
    }
    await page.context().close();
  }
}

mkdirSync(FOLDER, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'concert-screenshots-'));
const server = await startServer({ dataDir, env: { DEMO: 'true' } });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await takeAll({ browser, url: server.url });
} finally {
  await browser.close();
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}

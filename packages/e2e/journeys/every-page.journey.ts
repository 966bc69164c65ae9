import { AxeBuilder } from '@axe-core/playwright';
import type { APIRequestContext, Page } from '@playwright/test';
import { idOf, send } from './accounts.ts';
import { expect, type Seat, test } from './demo.ts';

const PHONE = { width: 390, height: 844 };

/** Every page of a signed-in person, by name. */
async function pagesFor(request: APIRequestContext, url: string): Promise<Record<string, string>> {
  const workspace = await idOf(request, `${url}/api/workspaces`, 'Santé et grand âge');
  const document = await idOf(request, `${url}/api/workspaces/${workspace}/documents?limit=50`, 'Hospital linen');
  return {
    home: '/',
    workspace: `/workspaces/${workspace}`,
    members: `/workspaces/${workspace}/members`,
    'workspace settings': `/workspaces/${workspace}/settings`,
    document: `/documents/${document}`,
    discussion: `/workspaces/${workspace}/discussion`,
    discussions: '/discussions',
    inbox: '/inbox',
    thread: '/threads/demo-thread-night-false-alarms',
    people: '/people',
    organisations: '/organisations',
    settings: '/settings',
    outbox: '/outbox',
    'workspace access': `/workspaces/${workspace}/access`,
    shared: '/shared',
    bodies: '/bodies',
    'a body': '/bodies/demo-steering-committee',
    'rules of a body': '/bodies/demo-steering-committee/rules',
    meetings: '/meetings',
    'proxies for a time': '/meetings/proxies',
    'a meeting': '/meetings/demo-meeting-next',
    'a meeting that was held': '/meetings/demo-meeting-october',
    'a sitting': '/meetings/demo-meeting-october/sitting',
    'the minutes of a meeting': '/meetings/demo-meeting-october?view=minutes',
    minutes: '/documents/demo-minutes-autumn',
    decisions: '/decisions',
    actions: '/actions?scope=all',
    security: '/settings/security',
    sessions: '/settings/sessions',
    tokens: '/settings/tokens',
    data: '/settings/data',
  };
}

/** The pages of those who look after the installation. */
const ADMINISTRATION = {
  administration: '/administration',
  'administration settings': '/administration/settings',
  'administration health': '/administration/health',
};

/** Goes to a page and waits until it shows what it is about. */
async function show(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root')).toHaveCount(0);
  if (path.startsWith('/documents/')) await expect(page.locator('.doc-text')).toBeVisible();
}

async function grave(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}

/** What sticks out to the right of the page, by class or tag; nothing when all of it fits. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map(({ tagName, className }) => `${tagName}.${className}`)
      .slice(0, 5);
  });

/** Puts somebody's caret, with its name, at the right edge of a phone. */
async function standAtTheRight({ page }: Seat, path: string): Promise<void> {
  await show(page, path);
  const line = page.locator('[data-section-id="context"] p').first();
  await expect(async () => {
    await line.click({ position: { x: 8, y: 8 } });
    await page.keyboard.press('End');
    // The very end of a line is also the beginning of the next one.
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await line.evaluate((element) => getSelection()?.anchorNode?.parentNode === element)).toBe(true);
  }).toPass();
}

/** Before anybody is signed in the page asks who it is, and is told: nobody. */
const unexpected = (complaints: readonly string[]) =>
  complaints.filter((line) => !/status of 401 .*\/api\/me/.test(line));

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a serious fault of accessibility in ${colorScheme}`, async ({ enter, arrive, demo }) => {
    test.setTimeout(300_000);
    const options = { colorScheme, reducedMotion: 'reduce' } as const;
    const front = await arrive(options);
    const faults: Record<string, readonly string[]> = {};
    await show(front.page, '/sign-in');
    faults['sign-in'] = await grave(front.page);
    const { page, request, complaints } = await enter('buyer', options);
    for (const [name, path] of Object.entries(await pagesFor(request, demo.url))) {
      await show(page, path);
      faults[name] = await grave(page);
    }
    const admin = await enter('admin', options);
    for (const [name, path] of Object.entries(ADMINISTRATION)) {
      await show(admin.page, path);
      faults[name] = await grave(admin.page);
    }
    for (const path of ['/sign-up', '/forgot-password', '/verify-email']) {
      await show(front.page, path);
      faults[path] = await grave(front.page);
    }
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(unexpected([...complaints, ...admin.complaints, ...front.complaints])).toEqual([]);
  });
}

test('every page fits a phone in three languages, and no page complains', async ({ enter, arrive, demo }) => {
  test.setTimeout(300_000);
  const { page, request, complaints } = await enter('buyer', { viewport: PHONE, hasTouch: true });
  const pages = await pagesFor(request, demo.url);
  await standAtTheRight(await enter('agency', { viewport: PHONE }), pages.document ?? '');
  const wide: Record<string, readonly string[]> = {};
  const admin = await enter('admin', { viewport: PHONE, hasTouch: true });
  for (const locale of ['fr', 'en', 'it']) {
    const front = await arrive({ viewport: PHONE, locale });
    await show(front.page, '/sign-in');
    wide[`sign-in ${locale}`] = await overflowing(front.page);
    complaints.push(...front.complaints);
    await front.context.close();
    await send(request, 'PATCH', `${demo.url}/api/me`, { locale });
    for (const [name, path] of Object.entries(pages)) {
      await show(page, path);
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      if (name === 'document') await expect(page.locator('[data-section-id="context"] .peer-caret')).toBeAttached();
      wide[`${name} ${locale}`] = await overflowing(page);
    }
    await send(admin.request, 'PATCH', `${demo.url}/api/me`, { locale });
    for (const [name, path] of Object.entries(ADMINISTRATION)) {
      await show(admin.page, path);
      wide[`${name} ${locale}`] = await overflowing(admin.page);
    }
  }
  for (const each of [request, admin.request]) await send(each, 'PATCH', `${demo.url}/api/me`, { locale: 'en' });
  expect(Object.entries(wide).filter(([, found]) => found.length > 0)).toEqual([]);
  expect(unexpected([...complaints, ...admin.complaints])).toEqual([]);
});

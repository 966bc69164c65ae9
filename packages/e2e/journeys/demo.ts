import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import type { ServerProcess } from '../src/server-process.ts';
import { startServer } from '../src/server-process.ts';

export { expect };

/** A running product with the demonstration region, shared by the journeys of one worker. */
export type Demo = ServerProcess & { readonly dataDir: string };

export const test = base.extend<{ enter: Enter }, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from this pattern.
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'concert-journey-'));
      const server = await startServer({ dataDir, env: { DEMO: 'true' } });
      await use({ ...server, dataDir });
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  enter: async ({ browser, demo }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account, options = {}) => {
      const context = await browser.newContext({ baseURL: demo.url, ...options });
      contexts.push(context);
      await signIn(context.request, demo.url, account);
      const page = await context.newPage();
      return { context, page, request: context.request };
    });
    for (const context of contexts) await context.close();
  },
});

/** Opens a browser of its own for a demonstration account, signed in and reading English. */
export type Enter = (
  account: string,
  options?: Parameters<import('@playwright/test').Browser['newContext']>[0],
) => Promise<{ context: BrowserContext; page: Page; request: APIRequestContext }>;

/** Signs a demonstration account in and sets its language to English, over the public interface. */
export async function signIn(request: APIRequestContext, url: string, account: string): Promise<void> {
  const headers = { origin: url };
  const signedIn = await request.post(`${url}/api/auth/sign-in/email`, {
    headers,
    data: { email: `${account}@demo.concert.test`, password: 'concert-demo' },
  });
  expect(signedIn.status(), await signedIn.text()).toBe(200);
  const me = await request.patch(`${url}/api/me`, { headers, data: { locale: 'en' } });
  expect(me.status(), await me.text()).toBe(200);
}

/** The first item of a list whose title holds the words; fails when there is none. */
export async function find<Item extends { title?: string; name?: string }>(
  request: APIRequestContext,
  path: string,
  words: string,
): Promise<Item> {
  const answer = await request.get(path);
  const { items } = (await answer.json()) as { items: Item[] };
  const item = items.find((one) => (one.title ?? one.name ?? '').includes(words));
  if (!item) throw new Error(`${path} lists nothing with “${words}”`);
  return item;
}

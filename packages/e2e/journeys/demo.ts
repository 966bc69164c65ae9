import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import { startServer } from '../src/server-process.ts';
import { signIn } from './accounts.ts';

export { expect };

/** A running product with the demonstration region, shared by the journeys of one worker. */
export type Demo = {
  /** Stays the same over a restart. */
  readonly url: string;
  /** `kill -9` of everything the server started; resolves when it is gone. */
  crash(): Promise<void>;
  /** Starts again on the same data and the same address, after `crash`. */
  restart(): Promise<void>;
};

/** A browser of its own: nothing is shared with the others, as on another device. */
export type Seat = {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly request: APIRequestContext;
  /** What the pages complained about since the seat was taken: console errors, uncaught errors, breaches of the CSP. */
  readonly complaints: string[];
};

/** What is set beside the demonstration. */
type Settings = Readonly<Record<string, string>>;

type SeatOptions = NonNullable<Parameters<import('@playwright/test').Browser['newContext']>[0]>;

/** Opens a browser of its own for a demonstration account, signed in and reading English. */
export type Enter = (account: string, options?: SeatOptions) => Promise<Seat>;

/** Opens a browser of its own for somebody who is not signed in. */
export type Arrive = (options?: SeatOptions) => Promise<Seat>;

export const test = base.extend<{ enter: Enter; arrive: Arrive }, { settings: Settings; demo: Demo }>({
  settings: [{}, { scope: 'worker', option: true }],
  demo: [
    async ({ settings }, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'concert-journey-'));
      const env = { DEMO: 'true', ...settings };
      let server = await startServer({ dataDir, env });
      const { url, port } = server;
      await use({
        url,
        crash: () => server.kill(),
        restart: async () => {
          server = await startServer({ dataDir, env: { ...env, PORT: String(port) } });
        },
      });
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  arrive: async ({ browser, demo }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: demo.url, ...options });
      contexts.push(context);
      const page = await context.newPage();
      return { context, page, request: context.request, complaints: listen(page) };
    });
    for (const context of contexts) await context.close();
  },
  enter: async ({ arrive, demo }, use) => {
    await use(async (account, options) => {
      const seat = await arrive(options);
      await signIn(seat.request, demo.url, account);
      return seat;
    });
  },
});

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

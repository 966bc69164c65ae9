import { once } from 'node:events';
import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Page } from '@playwright/test';
import { freshAssessment, signIn } from './accounts.ts';
import { type Arrive, type Demo, type Enter, expect, type Seat, test } from './demo.ts';
import { type OpenText, openText, textOf } from './document.ts';

// A proxy that hangs costs some seconds before the page knows.
test.describe.configure({ timeout: 180_000 });

const SECTION = 'context';

/** A proxy as some town halls and hospitals have one: it fetches pages, and lets nothing else through. */
type Proxy = { readonly url: string; readonly refused: () => number; stop(): Promise<void> };

async function startProxy(block: 'refuses' | 'hangs'): Promise<Proxy> {
  const held = new Set<Duplex>();
  let refused = 0;
  const server: Server = createServer((incoming, outgoing) => {
    const onward = ask(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  const turnAway = (socket: Duplex): void => {
    refused += 1;
    held.add(socket);
    socket.on('error', () => undefined);
    if (block === 'refuses') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  };
  server.on('connect', (_request, socket) => turnAway(socket));
  server.on('upgrade', (_request, socket) => turnAway(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refused: () => refused,
    stop: async () => {
      for (const socket of held) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A seat behind a proxy, signed in from where nothing is in the way. */
async function behind(
  proxy: Proxy,
  { enter, arrive }: { enter: Enter; arrive: Arrive },
  account: string,
): Promise<Seat> {
  const { context } = await enter(account);
  return arrive({ storageState: await context.storageState(), proxy: { server: proxy.url } });
}

async function documentOf(demo: Demo, playwright: { request: { newContext(): Promise<SignedIn> } }): Promise<string> {
  const request = await playwright.request.newContext();
  await signIn(request, demo.url, 'buyer');
  const { documentId } = await freshAssessment(request, demo.url, {
    title: 'Warm meals at any hour',
    members: { agency: 'editor' },
  });
  await request.dispose();
  return documentId;
}
type SignedIn = Parameters<typeof signIn>[0];

const slow = (page: Page) => page.getByRole('button', { name: 'Slow connection' });

for (const block of ['refuses', 'hangs'] as const) {
  test(`[S69] behind a proxy that ${block} WebSockets, two people write together and are told that it is slow`, async ({
    enter,
    arrive,
    demo,
    playwright,
  }) => {
    const documentId = await documentOf(demo, playwright);
    const proxy = await startProxy(block);
    const { request: owner } = await enter('buyer');
    const claire = await behind(proxy, { enter, arrive }, 'buyer');
    const mathieu = await enter('agency');
    const b = await openText(mathieu.page, documentId);
    await claire.page.goto(`/documents/${documentId}`);
    await expect(slow(claire.page)).toBeVisible({ timeout: 40_000 });
    const a = await textOf(claire.page);
    await a.saved();
    expect(proxy.refused()).toBeGreaterThan(0);
    await expect(slow(b.page)).toHaveCount(0);

    await a.write(SECTION, 'From behind the proxy. ');
    await expect(b.text).toContainText('From behind the proxy.');
    await a.saved();
    await b.write(SECTION, 'From the open air. ');
    await expect(a.text).toContainText('From the open air.');
    await expect(a.text.locator('.peer-caret', { hasText: 'Mathieu Peyrard' })).toBeVisible();

    // Live news take the slow way too: a workspace gets another name.
    const answer = await mathieu.request.get(`${demo.url}/api/documents/${documentId}`);
    const { workspaceId }: { workspaceId: string } = await answer.json();
    const change = { headers: { origin: demo.url }, data: { name: 'Warm meals at night' } };
    expect((await owner.patch(`${demo.url}/api/workspaces/${workspaceId}`, change)).status()).toBe(200);
    await expect(a.page.getByRole('link', { name: 'Warm meals at night' }).first()).toBeVisible();

    await slow(a.page).click();
    await expect(a.page.getByText('Everything is saved as usual')).toBeVisible();
    if (process.env.SCREENSHOTS) await picture(a, process.env.SCREENSHOTS, block);

    // What is said to be saved is: who asks the server, past the proxy, is given it.
    await a.page.keyboard.press('Escape');
    await a.write(SECTION, 'Said to be saved. ');
    await a.saved();
    const content = await mathieu.request.get(`${demo.url}/api/documents/${documentId}/content?format=markdown`);
    expect(await content.text()).toContain('Said to be saved.');
    await proxy.stop();
  });
}

/** How the notice looks, in light, in the dark and on a phone. */
async function picture({ page }: OpenText, folder: string, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}/slow-${name}-light.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${folder}/slow-${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${folder}/slow-${name}-phone.png` });
  await page.setViewportSize({ width: 1360, height: 860 });
}

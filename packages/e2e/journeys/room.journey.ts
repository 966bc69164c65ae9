import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { idOf, send } from './accounts.ts';
import { test as base, expect, type Seat } from './demo.ts';

/** What one page does reaches the others within a second; the rest is for a machine that does other things. */
const SOON = { timeout: 5_000 };

/**
 * Plays the part of a Jitsi: asks the page around it whether it is heard, and says who joins and leaves. As its own page
 * does, it keeps what it has to say until its question has come back.
 */
const JITSI_PAGE = `<!doctype html><html lang="en"><title>Jitsi</title><body style="color: #fff; background: #123">
<h1>A room of Jitsi</h1><button id="join">Join the call</button> <button id="hangup">Hang up</button>
<script>
  const scope = 'jitsi_meet_external_api_' + (/api_id=(\\d+)/.exec(location.hash) || [])[1];
  const say = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope, method, params }), '*');
  const mine = String(Math.random());
  let waiting = [];
  const happens = (name) => waiting ? waiting.push(name) : say('message', { type: 'event', data: { name } });
  const asking = setInterval(() => say('__ready__', mine), 50);
  addEventListener('message', ({ data }) => {
    if (JSON.parse(data).params !== mine || !waiting) return;
    clearInterval(asking);
    const kept = waiting;
    waiting = undefined;
    kept.forEach(happens);
  });
  join.onclick = async () => {
    document.querySelector('h1').textContent = 'microphone: ' + (document.featurePolicy || document.permissionsPolicy)
      .allowsFeature('microphone');
    happens('video-conference-joined');
  };
  hangup.onclick = () => happens('video-conference-left');
</script>`;

type Jitsi = { readonly url: string; readonly visits: string[] };

const test = base.extend<object, { jitsi: Jitsi }>({
  jitsi: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from this pattern.
    async ({}, use) => {
      const visits: string[] = [];
      const server = createServer((request, response) => {
        if (request.url !== '/favicon.ico') visits.push(request.url ?? '');
        response.setHeader('content-type', 'text/html').end(JITSI_PAGE);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits });
      server.close();
    },
    { scope: 'worker' },
  ],
  settings: [
    async ({ jitsi }, use) => {
      await use({ JITSI_URL: jitsi.url, JITSI_APP_ID: 'concert', JITSI_SECRET: 'known to Jitsi and to Concert' });
    },
    { scope: 'worker' },
  ],
});

/** A meeting that begins soon, with a room at the Jitsi, as the chair makes it in the form. */
async function convened({ page, request }: Seat, url: string): Promise<string> {
  const bodyId = await idOf(request, `${url}/api/bodies`, 'Comité de pilotage');
  const startAt = new Date(Date.now() + 1_200_000).toISOString();
  const endAt = new Date(Date.now() + 7_200_000).toISOString();
  const terms = { bodyId, title: 'At a distance', mode: 'remote', timeZone: 'Europe/Paris', startAt, endAt };
  const { id } = await send<{ id: string }>(request, 'POST', `${url}/api/meetings`, terms);
  await send(request, 'POST', `${url}/api/meetings/${id}/agenda`, { title: 'Welcome', plannedSec: 300 });
  await page.goto(`/meetings/${id}`);
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the meeting' });
  await dialog.getByRole('combobox', { name: 'Online room' }).click();
  await page.getByRole('option', { name: /A room made at 127\.0\.0\.1/ }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Video room, in the sitting' })).toBeVisible();
  await send(request, 'POST', `${url}/api/meetings/${id}/convene`, { urgency: 'The call closes on Friday' });
  await send(request, 'POST', `${url}/api/meetings/${id}/open`);
  return id;
}

test('a room beside the agenda: made in the form, entered by one’s own link, and noted in the attendance', async ({
  enter,
  demo,
  jitsi,
}) => {
  const chair = await enter('chair');
  const id = await convened(chair, demo.url);
  const legal = await enter('legal');
  await Promise.all([chair, legal].map(({ page }) => page.goto(`/meetings/${id}/sitting`)));

  await legal.page.getByRole('button', { name: 'Video room' }).click();
  const room = legal.page.frameLocator('iframe[title="Video room"]');
  await expect(room.getByRole('heading', { name: 'A room of Jitsi' })).toBeVisible();
  expect(jitsi.visits.filter((path) => /^\/concert-[0-9a-f-]{36}\?jwt=/.test(path))).toHaveLength(jitsi.visits.length);
  await room.getByRole('button', { name: 'Join the call' }).click();
  // Our own page lends it the microphone; the chair sees that somebody has come.
  await expect(room.getByRole('heading', { name: 'microphone: true' })).toBeVisible();
  await expect(legal.page.getByRole('button', { name: 'Remote', exact: true }).first()).toBeVisible(SOON);
  await expect(chair.page.getByRole('tab', { name: /Attendance\s*1/ })).toBeVisible(SOON);

  await legal.page.getByRole('button', { name: 'Leave and close the room' }).click();
  await expect(chair.page.getByRole('tab', { name: /Attendance\s*0/ })).toBeVisible(SOON);

  // On a phone it opens in a tab of its own.
  await legal.page.setViewportSize({ width: 390, height: 800 });
  const opened = legal.context.waitForEvent('page');
  await legal.page.getByRole('button', { name: 'Video room' }).click();
  const tab = await opened;
  await tab.waitForURL(new RegExp(`^${jitsi.url}/concert-`));
  expect(await tab.evaluate(() => window.opener)).toBeNull();
  await expect(legal.page.locator('iframe')).toHaveCount(0);

  await chair.page.goto(`/meetings/${id}`);
  await chair.page.getByRole('link', { name: 'How it went' }).click();
  await expect(chair.page.getByText(/told by the video room/).first()).toBeVisible();
  expect([...chair.complaints, ...legal.complaints]).toEqual([]);
});

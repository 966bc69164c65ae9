import { connect } from 'node:net';
import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from './harness.ts';
import { frameOf, type RawPeer, rawPeer } from './raw-peer.ts';
import { type Person, startTarget, type Target } from './target.ts';
import { openWriter } from './writer.ts';

let target: Target;
let anna: Person;
let documentId: string;
beforeAll(async () => {
  target = await startTarget();
  anna = await target.join('anna');
  documentId = await target.createDocument();
}, 120_000);
afterAll(() => target.stop());

const MEGABYTE = Buffer.alloc(1_000_000, 1);
/** What a stock client says first: that it has nothing. */
const STEP_1 = Buffer.from([0, 0, 1, 0]);
const LIVE = '/socket.io/?EIO=4&transport=websocket';

/** Waits until all are cut; answers by how much the server's memory had grown at most. */
async function grownBy(before: number, peers: readonly RawPeer[]): Promise<number> {
  let most = 0;
  await until('all are cut', async () => {
    most = Math.max(most, (await target.memory()) - before);
    return peers.every((peer) => peer.isOver());
  });
  return most;
}

/** Somebody honest opens the document, writes, and is told that it is saved. */
async function honestGoesOn(): Promise<void> {
  const writer = openWriter(target.url, anna.headers.cookie, documentId);
  await until('the document is open', () => writer.provider.synced);
  writer.write();
  await until('it is saved', () => writer.acknowledged() === 1);
  writer.close();
}

describe('without a session', () => {
  test('[check 5] fifty who send a message of megabytes that never ends are cut, and nothing of it is kept', async () => {
    const before = await target.memory();
    const peers = Array.from({ length: 50 }, () =>
      rawPeer(target.url, `/sync/${documentId}`, { origin: target.url }, [frameOf(STEP_1)]),
    );
    for (const peer of peers) {
      peer.begin(8_000_000);
      for (let sent = 0; sent < 7; sent += 1) peer.socket.write(MEGABYTE);
    }
    await honestGoesOn();
    const grown = await grownBy(before, peers);
    expect(new Set(peers.map((peer) => peer.closedWith()))).toEqual(new Set([CLOSE.noSession]));
    expect(peers.flatMap((peer) => peer.said().messages)).toEqual([]);
    expect(grown).toBeLessThan(128_000_000);
    process.stdout.write(`50 strangers sent 350 MB: ${Math.round(grown / 1e6)} MB more at most\n`);
  }, 120_000);

  test('[check 5] who asks for an upgrade a byte a second is cut: no byte buys more time', async () => {
    const lines = `GET /sync/${documentId} HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n`;
    const slow = Array.from({ length: 20 }, () => {
      const socket = connect(Number(new URL(target.url).port), '127.0.0.1');
      let sent = 0;
      const drip = setInterval(() => socket.write(lines.charAt(sent++ % lines.length)), 1_000);
      const end = new Promise<number>((resolve) => socket.once('close', () => resolve(sent)));
      socket.on('error', () => undefined);
      void end.then(() => clearInterval(drip));
      return end;
    });
    await honestGoesOn();
    const sent = await Promise.all(slow);
    expect(Math.max(...sent)).toBeLessThan(lines.length);
  }, 120_000);

  test('[check 5] who is refused and does not hang up is cut, by whatever door', async () => {
    const open = await target.metric('process_open_fds');
    const { origin } = { origin: target.url };
    const doors: readonly (readonly [number, string, Record<string, string>])[] = [
      [403, `/sync/${documentId}`, {}],
      [401, LIVE, { origin }],
      [403, LIVE, {}],
      [404, '/nothing', { origin }],
      [101, '/sync/not-a-document', { origin }],
    ];
    const peers = doors.flatMap(([, path, headers]) =>
      Array.from({ length: 10 }, () => rawPeer(target.url, path, headers, [MEGABYTE])),
    );
    await until('all are told', () => peers.every((peer) => peer.said().status !== 0));
    expect([...new Set(peers.map((peer) => peer.said().status))]).toEqual([403, 401, 404, 101]);
    await until('all are cut', async () => (await target.metric('process_open_fds')) < open + 10);
    for (const { socket } of peers) socket.destroy();
    await honestGoesOn();
  }, 120_000);
});

describe('with a session', () => {
  test('[check 5] what comes with the request itself is answered once the person is let in', async () => {
    const peer = rawPeer(target.url, `/sync/${documentId}?saved=1`, anna.headers, [frameOf(STEP_1)]);
    // Step 2 with the text, then the question what this end has.
    await until('it is answered', () => peer.said().messages.filter(([type]) => type === 0).length === 2);
    expect(peer.isOver()).toBe(false);
    peer.socket.destroy();
  });
});

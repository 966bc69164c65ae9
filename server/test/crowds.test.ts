import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signIn, until } from './harness.ts';
import { frameOf, type RawPeer, rawPeer } from './raw-peer.ts';
import { type Person, startTarget, type Target } from './target.ts';
import { openWriter, type Writer } from './writer.ts';

const FULL = 4503;
const OF_PERSON = 60;
const OF_DOCUMENT = 250;

let target: Target;
let anna: Person;
let crowd: readonly Person[];
const ended: (() => void)[] = [];
beforeAll(async () => {
  target = await startTarget();
  anna = await target.join('anna');
  const joining: Person[] = [];
  for (const name of ['mallory', 'oscar', 'trudy', 'victor', 'wendy']) joining.push(await target.join(name));
  crowd = joining;
}, 120_000);
afterAll(async () => {
  for (const end of ended) end();
  await target.stop();
});

const STEP_1 = Buffer.from([0, 0, 1, 0]);

const open = (documentId: string, { headers }: Person): Writer => {
  const writer = openWriter(target.url, headers.cookie, documentId);
  ended.push(writer.close);
  return writer;
};

/** Opens so many sockets at once; resolves when each is let in or turned away. */
async function flood(documentId: string, { headers }: Person, sockets: number): Promise<readonly RawPeer[]> {
  const peers = Array.from({ length: sockets }, () =>
    rawPeer(target.url, `/sync/${documentId}`, headers, [frameOf(STEP_1)]),
  );
  ended.push(() => leave(peers));
  await until('all are answered', () => peers.every((peer) => isIn(peer) || isTurnedAway(peer)));
  return peers;
}

const isIn = (peer: RawPeer): boolean => peer.said().messages.length > 0;

/** Told to come back later, as a WebSocket or before it became one: either way the stock client tries again. */
const isTurnedAway = (peer: RawPeer): boolean => peer.closedWith() === FULL || peer.said().status === 503;

function leave(peers: readonly RawPeer[]): void {
  for (const { socket } of peers) socket.destroy();
}

/** Somebody who has nothing to do with it signs in, opens the document, and writes. */
async function honestGoesOn(documentId: string): Promise<void> {
  const cookie = await signIn(target.url, anna.email);
  const writer = open(documentId, { ...anna, headers: { ...anna.headers, cookie } });
  await until('the document is open', () => writer.provider.synced);
  writer.write();
  await until('it is saved', () => writer.acknowledged() === 1);
  writer.close();
}

const emptied = (): Promise<unknown> =>
  until('all have gone', async () => (await target.metric('document_sockets')) === 0);

describe('floods of sockets', () => {
  test('[check 13] one account gets sixty sockets, over however many documents; the others get in as before', async () => {
    const [one, other] = [await target.createDocument(), await target.createDocument()];
    const [mallory] = crowd;
    if (mallory === undefined) throw new Error('nobody came');
    const peers = (await Promise.all([flood(one, mallory, 250), flood(other, mallory, 250), honestGoesOn(other)]))
      .slice(0, 2)
      .flatMap((some) => some ?? []);
    expect(peers.filter(isIn)).toHaveLength(OF_PERSON);
    expect(peers.filter(isTurnedAway)).toHaveLength(500 - OF_PERSON);
    await honestGoesOn(one);
    leave(peers);
    await emptied();
    const again = await flood(one, mallory, 1);
    expect(again.filter(isIn)).toHaveLength(1);
    leave(again);
    await emptied();
  }, 120_000);

  test('[check 13] one document takes 250 sockets; who finds it full gets in when there is room', async () => {
    const [full, other] = [await target.createDocument(), await target.createDocument()];
    const peers: RawPeer[] = [];
    for (const person of crowd) peers.push(...(await flood(full, person, 55)));
    expect(peers.filter(isIn)).toHaveLength(OF_DOCUMENT);
    const writer = open(full, anna);
    await until('it is told that the document is full', () => writer.closes.includes(FULL));
    await honestGoesOn(other);
    leave(peers.slice(0, 20));
    await until('it gets in by itself', () => writer.provider.synced);
    writer.close();
    leave(peers);
    await emptied();
  }, 120_000);

  test('[check 13] a person with twenty tabs is no flood', async () => {
    const documentId = await target.createDocument();
    const tabs = Array.from({ length: 20 }, () => open(documentId, anna));
    await until('all are open', () => tabs.every(({ provider }) => provider.synced));
    for (const tab of tabs) tab.write();
    await until('all have all', () => tabs.every(({ doc }) => doc.getText('test').toString().split(';').length === 21));
    expect(tabs.flatMap(({ closes }) => closes)).toEqual([]);
  }, 120_000);
});

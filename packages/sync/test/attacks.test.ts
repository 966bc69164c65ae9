import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import type { RefusedEdit } from '../src/index.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';
import { craft, gcItem, RawClient, textItem } from './raw-client.ts';

let server: TestServer;
let ada: Client;
let bob: Client;
let refused: RefusedEdit[];
const raws: RawClient[] = [];

const attacker = async (person = 'mallory', documentId = 'doc'): Promise<RawClient> => {
  const raw = await RawClient.open(server, documentId, person);
  raws.push(raw);
  return raw;
};

beforeEach(async () => {
  refused = [];
  server = await startServer({ onRefused: (edit) => refused.push(edit), limits: { checkBudgetMs: 700 } });
  ada = connectClient(server, 'doc', 'ada');
  bob = connectClient(server, 'doc', 'bob');
  await until(() => ada.provider.synced && bob.provider.synced, 'both synced');
  ada.text.insert(0, 'honest');
  await until(() => bob.text.toString() === 'honest', 'bob reads');
});

afterEach(async () => {
  for (const raw of raws.splice(0)) raw.end();
  ada.destroy();
  bob.destroy();
  await server.stop();
});

/** Whatever was tried, honest people go on and nothing of it is stored. */
async function honestPairGoesOn(): Promise<void> {
  const { length } = ada.text;
  const before = ada.text.toString();
  bob.text.insert(length, '!');
  await until(() => ada.text.toString() === `${before}!`, 'ada reads bob');
  expect(await storedText(server.engine, 'doc')).toBe(`${before}!`);
  expect(ada.closes.concat(bob.closes)).toEqual([]);
}

const expectRefused = async (raw: RawClient, reason: string): Promise<void> => {
  expect(await raw.closed()).toBe(4422);
  expect(refused.map((edit) => edit.reason)).toEqual([expect.stringContaining(reason)]);
  expect(refused[0]).toMatchObject({ documentId: 'doc', personId: 'mallory' });
  await honestPairGoesOn();
};

describe('a hostile client', () => {
  test('[S8] [S19] claims of millions of structs cost nothing and close the socket', async () => {
    const raw = await attacker();
    const before = process.memoryUsage().arrayBuffers;
    raw.update(new Uint8Array([1, 0x80, 0x87, 0xa7, 0x0e, 1, 0, 0]));
    await expectRefused(raw, 'malformed');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  });

  test('[S8] random bytes are refused or ignored, and leave nothing', async () => {
    let seed = 42;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 40; round++) {
      const raw = await attacker();
      for (let i = 0; i < 5; i++) raw.update(new Uint8Array(Array.from({ length: 1 + random(40) }, () => random(256))));
      raw.end();
    }
    await honestPairGoesOn();
  });

  test('[S8] mutated honest updates never reach anybody under a foreign clientID', async () => {
    const doc = new Y.Doc();
    doc.getText('body').insert(0, 'mallory writes');
    const update = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    for (let at = 0; at < update.length; at++) {
      const raw = await attacker();
      raw.update(update.map((byte, i) => (i === at ? byte ^ 0x55 : byte)));
      raw.end();
    }
    const before = bob.text.toString();
    ada.text.insert(0, '>');
    await until(() => bob.text.toString().includes('>'), 'bob reads ada');
    expect(before).toContain('honest');
    expect(ada.closes.concat(bob.closes)).toEqual([]);
  });

  test('[S10] new text under the clientID of somebody else is refused', async () => {
    const raw = await attacker();
    raw.update(craft([{ client: ada.doc.clientID, clock: 6, structs: [textItem('stolen', [ada.doc.clientID, 5])] }]));
    await expectRefused(raw, 'foreign-client');
    ada.text.insert(0, 'still mine: ');
    await until(() => bob.text.toString().startsWith('still mine: '), 'bob reads ada');
  });

  test("[S10] text of somebody who is away is not to be had either, not even behind text of one's own", async () => {
    const carol = await attacker('carol');
    carol.update(craft([{ client: 5, clock: 0, structs: [textItem('carol')] }]));
    await until(() => carol.saved().updates === 1, 'stored');
    carol.end();
    await until(() => bob.text.toString().includes('carol'), 'bob reads carol');
    const raw = await attacker();
    raw.update(
      craft([
        { client: 6, clock: 0, structs: [textItem('mine', [5, 4])] },
        { client: 5, clock: 5, structs: [textItem('stolen', [5, 4])] },
      ]),
    );
    await expectRefused(raw, 'foreign-client');
  });

  test('[S9] a clientID that is present but has not written yet cannot be taken', async () => {
    bob.provider.awareness.setLocalState({});
    const raw = await attacker();
    await until(() => raw.presence().has(bob.doc.clientID), 'mallory sees bob');
    raw.update(craft([{ client: bob.doc.clientID, clock: 0, structs: [textItem('stolen')] }]));
    await expectRefused(raw, 'foreign-client');
  });

  test('[S13] gaps are never stored: the server asks once, then closes', async () => {
    const raw = await attacker();
    for (let i = 0; i < 400; i++) raw.update(craft([{ client: 5, clock: 10 + i * 2, structs: [textItem('x')] }]));
    await until(() => raw.framesOf(0).filter((frame) => frame[1] === 0).length === 2, 'a second step 1');
    raw.step2(new Uint8Array([0, 0]));
    await expectRefused(raw, 'clock-gap');
  });

  test('[S15] deletes of unknown text are refused, however many', async () => {
    const raw = await attacker();
    const ranges = Array.from({ length: 200_000 }, (_, i): [number, number] => [i * 2, 1]);
    raw.update(craft([], [{ client: 99, ranges }]));
    await until(() => raw.framesOf(0).filter((frame) => frame[1] === 0).length === 2, 'a second step 1');
    raw.step2(new Uint8Array([0, 0]));
    await expectRefused(raw, 'unknown-delete');
  });

  test('[S16] reserving the clock is refused', async () => {
    const raw = await attacker();
    raw.update(craft([{ client: 5, clock: 0, structs: [gcItem(2 ** 40)] }]));
    await expectRefused(raw, 'clock-reservation');
  });

  test('[S17] an update that takes quadratic time is refused while others go on', async () => {
    const raw = await attacker();
    // Each item stands right of the same origin, with another right neighbour: every one is compared with all before.
    const doc = new Y.Doc();
    doc.clientID = 5;
    doc.getText('body').insert(0, 'a'.repeat(30_000));
    raw.update(Y.encodeStateAsUpdate(doc));
    doc.destroy();
    await until(() => raw.saved().updates === 1, 'the carrier is taken');
    const { writeUint8, writeVarUint, writeVarString } = await import('lib0/encoding');
    raw.update(
      craft([
        {
          client: 6,
          clock: 0,
          structs: Array.from({ length: 28_000 }, (_, i) => (encoder: Parameters<typeof writeUint8>[0]) => {
            writeUint8(encoder, 0xc4);
            for (const part of [5, 0, 5, 1 + i]) writeVarUint(encoder, part);
            writeVarString(encoder, 'x');
          }),
        },
      ]),
    );
    const before = bob.text.toString();
    ada.text.insert(0, '>');
    await until(() => bob.text.toString() === `>${before}`, 'bob reads ada meanwhile');
    expect(await raw.closed()).toBe(4422);
    expect(refused.map(({ reason }) => reason)).toEqual(['too-costly']);
  }, 120_000);

  test('[S17] what takes longer than its budget is refused, however small', async () => {
    await server.stop();
    const limits = { inlineStructs: 100, checkBudgetMs: 20 };
    server = await startServer({ onRefused: (edit) => refused.push(edit), limits });
    const raw = await attacker();
    raw.update(craft([{ client: 5, clock: 0, structs: [textItem('a'.repeat(3_000))] }]));
    await until(() => raw.saved().updates === 1, 'the carrier is taken');
    const { writeUint8, writeVarUint, writeVarString } = await import('lib0/encoding');
    const beside = (i: number) => (encoder: Parameters<typeof writeUint8>[0]) => {
      writeUint8(encoder, 0xc4);
      for (const part of [5, 0, 5, 1 + i]) writeVarUint(encoder, part);
      writeVarString(encoder, 'x');
    };
    raw.update(craft([{ client: 6, clock: 0, structs: Array.from({ length: 2_900 }, (_, i) => beside(i)) }]));
    const startOfAWorker = 30_000;
    await until(() => raw.closeCode !== null || raw.saved().updates === 2, 'judged', startOfAWorker);
    expect(raw.closeCode).toBe(4422);
    expect(refused.map(({ reason }) => reason)).toEqual(['too-costly']);
  });

  test('[S19] more than 64 new clientIDs on one connection are refused', async () => {
    const raw = await attacker();
    for (let client = 1; client <= 65; client++) raw.update(craft([{ client, clock: 0, structs: [textItem('x')] }]));
    expect(await raw.closed()).toBe(4422);
    expect(refused.map(({ reason }) => reason)).toEqual(['too-many-clients']);
  });

  test('[S18] a live update over the limit closes with 4413', async () => {
    const raw = await attacker();
    raw.update(new Uint8Array(2_000_001));
    expect(await raw.closed()).toBe(4413);
    await honestPairGoesOn();
  });

  test('[S80] a message longer than any may be is refused with 4413 by its announced length, unread', async () => {
    const raw = await attacker();
    const before = process.memoryUsage().arrayBuffers;
    // The first twelve bytes of a frame of a hundred megabytes, and then only its beginning.
    const header = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x06, 0x05, 0xe1, 0x00, 0, 0, 0, 0]);
    const { _socket: socket } = raw.ws as typeof raw.ws & { _socket: Socket };
    socket.write(header);
    socket.write(Buffer.alloc(1_000_000));
    expect(await raw.closed()).toBe(4413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    await honestPairGoesOn();
  });

  test('[S80] a message in more pieces than any honest one is refused with 4413', async () => {
    const raw = await attacker();
    for (let piece = 0; piece < 20_000; piece++) raw.ws.send(Buffer.from([0]), { fin: false });
    expect(await raw.closed()).toBe(4413);
    await honestPairGoesOn();
  });

  test('[S36] messages that come too fast close with 4229', async () => {
    const raw = await attacker();
    for (let i = 0; i < 5_000; i++) raw.update(new Uint8Array([0, 0]));
    expect(await raw.closed()).toBe(4229);
    await honestPairGoesOn();
  });
});

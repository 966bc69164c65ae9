import { describe, expect, test } from '@jest/globals';
import { createEncoder, type Encoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { judge } from '../src/gate/judge.ts';
import { Knowledge } from '../src/gate/knowledge.ts';
import { RangeSet } from '../src/gate/range-set.ts';
import { TooMuchWork } from '../src/gate/reader.ts';
import { scanUpdate } from '../src/gate/scan.ts';
import { defaultLimits } from '../src/limits.ts';
import { until } from './harness.ts';
import { randomSource } from './random-source.ts';
import { craft, RawClient, textItem } from './raw-client.ts';
import { setScene, stored } from './scene.ts';

/** What an honest page pays for, not only the server: the event loop of these tests is the server's. */
const scene = setScene({ checkBudgetMs: 700 });

/** Text of `length` letters under a clientID, in one struct. */
function carrier(client: number, length: number): Uint8Array {
  return craft([{ client, clock: 0, structs: [textItem('a'.repeat(length))] }]);
}

/** Each item right of the same letter of client 5, with another right neighbour: Yjs compares every one with all before. */
function sameOrigin(client: number, clock: number, count: number): Uint8Array {
  const item = (i: number) => (encoder: Encoder) => {
    writeUint8(encoder, 0xc4);
    for (const part of [5, 0, 5, 1 + clock + i]) writeVarUint(encoder, part);
    writeVarString(encoder, 'x');
  };
  return craft([{ client, clock, structs: Array.from({ length: count }, (_, i) => item(i)) }]);
}

/** As many clients as wanted, each resting on the next one: none can be read before the last. */
function chain(clients: number): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, clients);
  for (let i = 0; i < clients; i++) {
    for (const part of [1, 100 + i, 0]) writeVarUint(encoder, part);
    const isLast = i === clients - 1;
    writeUint8(encoder, isLast ? 0x04 : 0x84);
    for (const part of isLast ? [1] : [101 + i, 0]) writeVarUint(encoder, part);
    if (isLast) writeVarString(encoder, 'body');
    writeVarString(encoder, 'x');
  }
  writeVarUint(encoder, 0);
  return toUint8Array(encoder);
}

/** Every other letter of a client's text, from the last to the first. */
function everyOther(client: number, count: number): Uint8Array {
  return craft(
    [],
    [{ client, ranges: Array.from({ length: count }, (_, i): [number, number] => [2 * (count - i), 1]) }],
  );
}

/** Two raw people, who hold no document: what they notice is the server's time alone. */
async function typesMeanwhile(end: Promise<number>): Promise<{ typed: number; code: number }> {
  const honest = await scene.attacker('carol');
  let typed = 0;
  let code: number | null = null;
  void end.then((closed) => {
    code = closed;
  });
  while (code === null) {
    const origin = typed === 0 ? undefined : ([7, typed - 1] as [number, number]);
    honest.update(craft([{ client: 7, clock: typed, structs: [textItem('t', origin)] }]));
    typed += 1;
    await until(() => honest.saved().updates === typed, 'a letter is saved', 20_000);
  }
  return { typed, code };
}

const asksAgain = (raw: RawClient): Promise<void> =>
  until(() => raw.framesOf(0).filter((frame) => frame[1] === 0).length === 2, 'asked for what is missing');

describe('updates that cost more than they weigh', () => {
  test('[S70] [check 16] ten thousand inserts at one place are refused by a worker while others type', async () => {
    const raw = await scene.attacker();
    raw.update(carrier(5, 30_000));
    await until(() => raw.saved().updates === 1, 'the carrier is taken');
    const before = await stored(scene.server);
    raw.update(sameOrigin(6, 0, 28_000));
    const { typed, code } = await typesMeanwhile(raw.closed());
    expect(code).toBe(4422);
    expect(typed).toBeGreaterThan(3);
    expect(scene.refused.map(({ reason }) => reason)).toEqual(['too-costly']);
    expect((await stored(scene.server)).bytes - before.bytes).toBeLessThan(typed * 40 + 100);
  }, 120_000);

  test('[S70] [check 16] an update of more clients than a connection may have is refused before it is judged', async () => {
    const raw = await scene.attacker();
    raw.update(chain(120_000));
    await scene.expectRefused(raw, 'too-many-clients');
  }, 60_000);

  test('[check 16] twenty thousand letters under rising clientIDs end at the sixty-fourth', async () => {
    const raw = await scene.attacker();
    const before = scene.server.engine.stats();
    for (let i = 0; i < 2_500; i++) raw.update(craft([{ client: 1_000 + i, clock: 0, structs: [textItem('x')] }]));
    expect(await raw.closed()).toBe(4422);
    expect(scene.refused.map(({ reason }) => reason)).toEqual(['too-many-clients']);
    expect(scene.server.engine.stats().connections).toBe(before.connections - 1);
    await until(() => scene.ada.text.length === 'honest'.length + 64, 'the first are there');
  });

  test('[S70] [check 16] a wide delete set is tried in a worker like many structs, and refused when it takes too long', async () => {
    const raw = await scene.attacker();
    raw.update(carrier(5, 900_000));
    await until(() => raw.saved().updates === 1, 'the carrier is taken');
    raw.update(everyOther(5, 400_000));
    const { typed, code } = await typesMeanwhile(raw.closed());
    expect(code).toBe(4422);
    expect(typed).toBeGreaterThan(3);
    expect(scene.refused.map(({ reason }) => reason)).toEqual(['too-costly']);
  }, 120_000);

  test('[S72] [check 16] who asks for the document again and again, each time with another state vector, is closed with 4229', async () => {
    const raw = await RawClient.open(scene.server, 'doc', 'mallory', { mode: 'read' });
    const answered = () => raw.framesOf(0).filter((frame) => frame[1] === 1).length;
    for (let i = 0; i < 3; i++) {
      const before = answered();
      raw.step1(numbers(1, scene.ada.doc.clientID, i));
      await until(() => answered() > before, 'a few questions are answered');
    }
    for (let i = 3; i < 100; i++) raw.step1(numbers(1, scene.ada.doc.clientID, i));
    expect(await raw.closed()).toBe(4229);
    expect(answered()).toBeLessThan(30);
    await scene.honestPairGoesOn();
  });

  test.each<[string, (count: number) => Uint8Array]>([
    ['clients without structs', (count) => numbers(count, ...clientIds(count).flatMap((id) => [0, id, 0]), 0)],
    ['clients without deletes', (count) => numbers(0, count, ...clientIds(count).flatMap((id) => [id, 0]))],
  ])('[S70] %s are counted as work', (_what, make) => {
    expect(() => scanUpdate(make(20_000), defaultLimits.inlineScanSteps)).toThrow(TooMuchWork);
    expect(scanUpdate(make(100), defaultLimits.inlineScanSteps).structs).toBe(0);
  });

  test('[S70] deletes are taken in in one pass, in whatever order they come', () => {
    const random = randomSource(7);
    const one = new RangeSet();
    const all = new RangeSet();
    for (let round = 0; round < 20; round++) {
      const groups = Array.from({ length: 200 }, () => [1 + random(3), random(5_000), 1 + random(9)]).flatMap(
        ([client = 0, start = 0, length = 0]) => [client, start, start + length],
      );
      for (let i = 0; i < groups.length; i += 3) one.add(groups[i] ?? 0, groups[i + 1] ?? 0, groups[i + 2] ?? 0);
      all.addAll(groups);
      expect(sorted(all)).toEqual(sorted(one));
    }
    const many = new RangeSet();
    many.addAll(Array.from({ length: 1_000_000 }, (_, i) => [1, 3_000_000 - 3 * i, 3_000_001 - 3 * i]).flat());
    expect(many.flat().length).toBe(3_000_000);
  }, 60_000);

  test('[S70] [S12] a big update that is partly known is cut in the worker', async () => {
    const raw = await scene.attacker();
    const doc = new Y.Doc();
    doc.clientID = 5;
    const pieces = doc.getArray<string>('pieces');
    doc.transact(() => {
      for (let i = 0; i < 100; i++) pieces.insert(0, [`piece ${i}`]);
    });
    raw.update(Y.encodeStateAsUpdate(doc));
    doc.transact(() => {
      for (let i = 0; i < 3_000; i++) pieces.insert(0, [`late ${i}`]);
      pieces.delete(3_000, 10);
    });
    raw.update(Y.encodeStateAsUpdate(doc));
    await until(() => raw.saved().updates === 2, 'both are taken');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, (await scene.server.engine.readState('doc')).update);
    expect(copy.getArray('pieces').toJSON()).toEqual(pieces.toJSON());
    const { updates } = (await scene.store.loadAfter('doc', 0))?.at(-1) ?? { updates: [] };
    expect(updates.map((update) => scanUpdate(update).sections)).toMatchObject([
      [{ client: 5, start: 100, end: 3_100 }],
    ]);
    for (const made of [doc, copy]) made.destroy();
  });
});

describe('what is kept for later', () => {
  test('[check 17] four hundred updates with gaps leave the store as it was', async () => {
    const before = await stored(scene.server);
    const raw = await scene.attacker();
    for (let i = 0; i < 400; i++) {
      raw.update(craft([{ client: 5, clock: 10 + i * 7_000, structs: [textItem('x'.repeat(6_000))] }]));
    }
    await raw.closed();
    expect(await stored(scene.server)).toEqual(before);
    await scene.expectRefused(raw, 'clock-gap');
  });

  test('[check 17] a gap that is asked for and not filled is refused, however it is hidden', async () => {
    const { clientID } = scene.ada.doc;
    const hidden = [
      craft([{ client: 5, clock: 0, structs: [textItem('x', [clientID, 600])] }]),
      craft([{ client: 5, clock: 0, structs: [textItem('x', [77, 0])] }]),
      craft([{ client: 5, clock: 3, structs: [textItem('x')] }], [{ client: clientID, ranges: [[0, 1]] }]),
    ];
    const before = await stored(scene.server);
    for (const update of hidden) {
      const raw = await scene.attacker();
      raw.step2(update);
      await asksAgain(raw);
      raw.step2(update);
      expect(await raw.closed()).toBe(4422);
    }
    expect(await stored(scene.server)).toEqual(before);
    await scene.honestPairGoesOn();
  });

  test('[check 18] two hundred thousand deletes of what is not there leave nothing, and the next letter costs nothing', async () => {
    const before = await stored(scene.server);
    const raw = await scene.attacker();
    raw.update(everyOther(99, 200_000));
    await asksAgain(raw);
    raw.step2(new Uint8Array([0, 0]));
    await raw.closed();
    expect(await stored(scene.server)).toEqual(before);
    await scene.expectRefused(raw, 'unknown-delete');
  });

  test('[check 18] deletes beyond the end of what is there are refused as a whole', async () => {
    const { clientID } = scene.ada.doc;
    const raw = await scene.attacker();
    raw.update(
      craft(
        [],
        [
          {
            client: clientID,
            ranges: [
              [0, 1],
              [4, 90],
            ],
          },
        ],
      ),
    );
    await asksAgain(raw);
    raw.step2(new Uint8Array([0, 0]));
    await scene.expectRefused(raw, 'unknown-delete');
    expect(scene.ada.text.toString().startsWith('honest')).toBe(true);
  });

  test('a whole delete set that is known, however wide, is nothing new', () => {
    const knowledge = new Knowledge();
    const ranges = everyOther(5, 50_000);
    knowledge.absorb([{ client: 5, start: 0, end: 100_001 }], scanUpdate(ranges).deletes);
    expect(judge(ranges, scanUpdate(ranges), knowledge, 0)).toEqual({ verdict: 'known' });
  });
});

/** An update of these numbers, as the encoding writes them. */
function numbers(...all: number[]): Uint8Array {
  const encoder = createEncoder();
  for (const n of all) writeVarUint(encoder, n);
  return toUint8Array(encoder);
}

const clientIds = (count: number): number[] => Array.from({ length: count }, (_, i) => 1_000 + i);

const sorted = (set: RangeSet): string[] => {
  const flat = set.flat();
  return flat.flatMap((n, i) => (i % 3 === 0 ? [`${n} ${flat[i + 1]} ${flat[i + 2]}`] : [])).sort();
};

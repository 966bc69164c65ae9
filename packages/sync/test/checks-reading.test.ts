import { describe, expect, test } from '@jest/globals';
import { createEncoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { judge } from '../src/gate/judge.ts';
import { Knowledge } from '../src/gate/knowledge.ts';
import { Malformed } from '../src/gate/reader.ts';
import { scanUpdate } from '../src/gate/scan.ts';
import { until } from './harness.ts';
import { randomSource } from './random-source.ts';
import { craft, gcItem, RawClient, rawItem, textItem } from './raw-client.ts';
import { setScene, stored } from './scene.ts';

/** How many random and how many mutated updates are tried; a long run sets GARBAGE=30000. */
const RUNS = Number(process.env.GARBAGE ?? 60);
const SEED = Number(process.env.GARBAGE_SEED ?? 20_260_801);
const TOMBSTONES = 16_000_000;

/** Honest bodies in both formats; only V1 is spoken here. */
function bodies(): Uint8Array[] {
  const doc = new Y.Doc();
  const text = doc.getText('body');
  text.insert(0, 'Grüße an alle 👩‍🔬');
  text.format(0, 5, { bold: true, link: { href: 'https://example.org' } });
  text.delete(3, 4);
  doc.getMap('fields').set('rows', [{ amount: '12.00' }, 7, null]);
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('hello')]);
  doc.getXmlFragment('xml').insert(0, [paragraph]);
  const made = [Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdateV2(doc)];
  doc.destroy();
  return made;
}

type Garbage = { name: string; update: Uint8Array };

/** Bytes without sense, some with the beginning of an update, then bodies with bytes changed, cut out, doubled. */
function* garbage(runs: number): Generator<Garbage> {
  const random = randomSource(SEED);
  const honest = bodies();
  const bytes = (count: number): number[] => Array.from({ length: count }, () => random(256));
  for (let run = 0; run < runs; run++) {
    const head = run % 3 === 0 ? [1, 1 + random(4), 1 + random(120), 0, random(256)] : [];
    yield { name: `random ${run}`, update: new Uint8Array([...head, ...bytes(1 + random(60))]) };
  }
  for (let run = 0; run < runs; run++) {
    const update = [...(honest[run % honest.length] ?? [])];
    for (let changes = 1 + random(3); changes > 0; changes--) {
      const at = random(update.length);
      const kind = random(4);
      if (kind === 0) update[at] = random(256);
      else if (kind === 1) update.splice(at, 1 + random(8));
      else if (kind === 2) update.splice(at, 0, ...bytes(1 + random(4)));
      else update.splice(at, 0, ...update.slice(at, at + 1 + random(20)));
    }
    yield { name: `mutated ${run}`, update: new Uint8Array(update) };
  }
}

describe('bytes without sense, read', () => {
  test(`[check 14] what the gate lets through of ${RUNS * 60} random and as many mutated updates can be read by Yjs to its end (seed ${SEED})`, () => {
    let passed = 0;
    for (const { name, update } of garbage(RUNS * 60)) {
      const judgement = judged(update);
      if (judgement?.verdict !== 'new') continue;
      passed += 1;
      const doc = new Y.Doc();
      Y.applyUpdate(doc, judgement.update);
      expect({ name, pending: doc.store.pendingStructs ?? doc.store.pendingDs }).toEqual({ name, pending: null });
      doc.destroy();
    }
    expect(passed).toBeGreaterThan(RUNS / 20);
  }, 600_000);
});

describe('bytes without sense, sent', () => {
  const scene = setScene();

  test(`[check 14] ${RUNS} random and ${RUNS} mutated updates over sockets, V1 and V2, as update and as step 2, are ignored or closed with 4422 (seed ${SEED})`, async () => {
    const codes = new Set<number>();
    let raw = await scene.attacker();
    let sent = 0;
    for (const { update } of garbage(RUNS)) {
      if (sent++ % 2 === 0) raw.update(update);
      else raw.step2(update);
      if (await survived(raw)) continue;
      codes.add(raw.closeCode ?? 0);
      raw.end();
      raw = await scene.attacker();
    }
    expect([...codes]).toEqual([4422]);
    await until(() => scene.server.engine.stats().backlogBytes === 0, 'all stored');
    await stored(scene.server);
    scene.ada.text.insert(0, '>');
    await until(() => scene.bob.text.toString().startsWith('>'), 'bob reads ada');
    expect(scene.ada.text.toString()).toContain('honest');
    expect(scene.ada.closes.concat(scene.bob.closes)).toEqual([]);
  }, 600_000);
});

function judged(update: Uint8Array): ReturnType<typeof judge> | null {
  try {
    return judge(update, scanUpdate(update), new Knowledge(), TOMBSTONES);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** Whether a socket is still there after everything that it sent was judged: messages are answered in order. */
async function survived(raw: RawClient): Promise<boolean> {
  const answers = (): number => raw.framesOf(0).filter((frame) => frame[1] === 1).length;
  const before = answers();
  raw.step1();
  await until(() => raw.closeCode !== null || answers() > before, 'answered or closed');
  return raw.closeCode === null;
}

/** 2^28 and more, as the encodings write it. */
const HUGE = [255, 255, 255, 255, 127];
const BODY = [1, 4, 98, 111, 100, 121];

/** Each claims far more than it carries. */
const claims: [string, number[]][] = [
  ['a million structs', [1, 192, 132, 61, 1, 0, 0]],
  ['thirty million structs', [1, 128, 135, 167, 14, 1, 0]],
  ['a thousand million structs', [1, 128, 148, 235, 220, 3, 1, 0]],
  ['clients', [...HUGE, 1, 1, 0, 0]],
  ['the bytes of a text', [1, 1, 1, 0, 4, ...BODY, ...HUGE, 0]],
  ["the bytes of a type's name", [1, 1, 1, 0, 4, 1, ...HUGE, 98, 1, 98, 0]],
  ['the bytes of a key', [1, 1, 1, 0, 36, ...BODY, ...HUGE, 98, 1, 98, 0]],
  ['the bytes of an attribute', [1, 1, 1, 0, 6, ...BODY, ...HUGE, 98, 1, 49, 0]],
  ["the bytes of an attribute's value", [1, 1, 1, 0, 6, ...BODY, 1, 98, ...HUGE, 49, 0]],
  ['the bytes of an embed', [1, 1, 1, 0, 5, ...BODY, ...HUGE, 123, 125, 0]],
  ['binary', [1, 1, 1, 0, 3, ...BODY, ...HUGE, 1, 0]],
  ['values', [1, 1, 1, 0, 8, ...BODY, ...HUGE, 126, 0]],
  ['JSON values', [1, 1, 1, 0, 2, ...BODY, ...HUGE, 1, 49, 0]],
  ['the entries of an array', [1, 1, 1, 0, 8, ...BODY, 1, 117, ...HUGE, 126, 0]],
  ['the entries of an object', [1, 1, 1, 0, 8, ...BODY, 1, 118, ...HUGE, 1, 98, 126, 0]],
  ['the bytes of a value', [1, 1, 1, 0, 8, ...BODY, 1, 116, ...HUGE, 126, 0]],
  ['the letters of a value', [1, 1, 1, 0, 8, ...BODY, 1, 119, ...HUGE, 98, 0]],
  ["the bytes of an element's name", [1, 1, 1, 0, 7, ...BODY, 3, ...HUGE, 98, 0]],
  ["the bytes of a subdocument's id", [1, 1, 1, 0, 9, ...BODY, ...HUGE, 98, 118, 0, 0]],
  ['clients with deletes', [0, ...HUGE, 1, 1, 0, 1]],
  ['deletes', [0, 1, 1, ...HUGE, 0, 1]],
];

describe('claims beyond the bytes, read', () => {
  test.each(claims)('[check 15] %s: refused before anything is allocated', (_what, bytes) => {
    expect(() => scanUpdate(new Uint8Array(bytes))).toThrow(Malformed);
  });

  test('[check 15] a thousand of them in a row leave no memory behind', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let run = 0; run < 1_000; run++) {
      const [, bytes] = claims[run % claims.length] ?? ['', []];
      expect(() => scanUpdate(new Uint8Array(bytes))).toThrow(Malformed);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  });
});

describe('claims beyond the bytes, sent', () => {
  const scene = setScene();

  test('[check 15] a socket that sends one is closed with 4422, a hundred times, as update, as step 2 and as presence', async () => {
    for (let run = 0; run < 100; run++) {
      const raw = await RawClient.open(scene.server, 'doc', 'mallory');
      const bytes = new Uint8Array(claims[run % claims.length]?.[1] ?? []);
      if (run % 3 === 0) raw.update(bytes);
      else if (run % 3 === 1) raw.step2(bytes);
      else raw.send(new Uint8Array([1, 6, ...HUGE, 1]));
      expect(await raw.closed()).toBe(4422);
    }
    await scene.honestPairGoesOn();
  });
});

describe('the clock', () => {
  const scene = setScene();

  test.each<[string, Uint8Array, string]>([
    ['one deleted range of 2^40', craft([{ client: 5, clock: 0, structs: [gcItem(2 ** 40)] }]), 'clock-reservation'],
    [
      'sixteen million and one in many deleted ranges',
      craft([{ client: 5, clock: 0, structs: Array.from({ length: 1_000 }, () => gcItem(16_001)) }]),
      'clock-reservation',
    ],
    ['deleted text of 2^40', craft([{ client: 5, clock: 0, structs: [deletedItem(2 ** 40)] }]), 'clock-reservation'],
    ['a clock of 2^53 - 1', craft([{ client: 5, clock: 2 ** 53 - 1, structs: [textItem('x')] }]), 'malformed'],
    ['a clock beyond 2^53', varUints([1, 1, 5], [255, 255, 255, 255, 255, 255, 255, 127]), 'malformed'],
    ['a deleted range beyond 2^53', craft([{ client: 5, clock: 2 ** 53 - 2, structs: [gcItem(9)] }]), 'malformed'],
    ['a delete that ends beyond 2^53', craft([], [{ client: 5, ranges: [[2 ** 53 - 2, 9]] }]), 'malformed'],
  ])('[check 20] %s is refused', async (_what, update, reason) => {
    const raw = await scene.attacker();
    const before = await stored(scene.server);
    raw.update(update);
    await raw.closed();
    expect(await stored(scene.server)).toEqual(before);
    await scene.expectRefused(raw, reason);
  });

  test('[check 20] a struct beyond the next clock of its client is a gap, and the next clock of somebody else is foreign', async () => {
    const ahead = await scene.attacker();
    ahead.update(craft([{ client: 5, clock: 0, structs: [textItem('mine')] }]));
    ahead.update(craft([{ client: 5, clock: 2 ** 40, structs: [textItem('x', [5, 3])] }]));
    await until(() => ahead.framesOf(0).filter((frame) => frame[1] === 0).length === 2, 'asked what is missing');
    ahead.step2(new Uint8Array([0, 0]));
    expect(await ahead.closed()).toBe(4422);
    const reserving = await scene.attacker();
    reserving.update(craft([{ client: scene.ada.doc.clientID, clock: 6, structs: [gcItem(100)] }]));
    expect(await reserving.closed()).toBe(4422);
    expect(scene.refused.map(({ reason }) => reason)).toEqual(['clock-gap', 'foreign-client']);
    scene.ada.text.insert(0, 'still mine: ');
    await until(() => scene.bob.text.toString().startsWith('still mine: '), 'bob reads ada');
  });
});

function deletedItem(length: number): ReturnType<typeof rawItem> {
  const encoder = createEncoder();
  writeVarUint(encoder, length);
  return rawItem(1, [...toUint8Array(encoder)]);
}

/** An update of one text whose clock is written in these bytes. */
function varUints(head: number[], clock: number[]): Uint8Array {
  const encoder = createEncoder();
  for (const byte of [...head, ...clock]) writeUint8(encoder, byte);
  writeUint8(encoder, 4);
  writeVarUint(encoder, 1);
  writeVarString(encoder, 'body');
  writeVarString(encoder, 'x');
  writeUint8(encoder, 0);
  return toUint8Array(encoder);
}

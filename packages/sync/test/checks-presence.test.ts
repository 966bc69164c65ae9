import { describe, expect, test } from '@jest/globals';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { awarenessFrame } from '../src/protocol.ts';
import { until } from './harness.ts';
import { setScene } from './scene.ts';

const scene = setScene({ presenceTickMs: 5 });

/** States as others see them, by clientID. */
const seen = (clientId: number): string => JSON.stringify(scene.bob.provider.awareness.getStates().get(clientId)) ?? '';
const mallory = { id: 'mallory', name: 'Name of mallory', color: '#336699' };

describe('forged presence', () => {
  test.each<[string, unknown]>([
    ['another person', { id: 'ada', name: 'Name of ada', color: '#336699' }],
    ['a name with markup', { id: 'mallory', name: '<img src=x onerror=alert(1)>', color: '#336699' }],
    ['a colour that loads', { id: 'mallory', name: 'x', color: 'red;background:url(//x)' }],
    ['a name that is no text', { id: ['ada'], name: { toString: 1 }, color: null }],
    ['nobody', null],
    ['a list', ['ada']],
  ])('[S27] [check 23] %s: the identity is that of the session', async (_what, user) => {
    const raw = await scene.attacker();
    raw.awareness([{ clientId: 9, clock: 1, state: { user, place: 3 } }]);
    await until(() => seen(9) !== '', 'bob sees mallory');
    expect(JSON.parse(seen(9))).toEqual({ place: 3, user: mallory });
  });

  test('[S27] [check 23] a state cannot bring a second identity, nor one by its prototype', async () => {
    const raw = await scene.attacker();
    const text = '{"user":{"name":"Ada"},"__proto__":{"user":{"name":"Ada"}},"user":{"name":"Ada"},"constructor":1}';
    const encoder = createEncoder();
    for (const n of [1, 9, 1]) writeVarUint(encoder, n);
    writeVarString(encoder, text);
    raw.send(awarenessFrame(toUint8Array(encoder)));
    await until(() => seen(9) !== '', 'bob sees mallory');
    expect(JSON.parse(seen(9)).user).toEqual(mallory);
    expect(seen(9).match(/"user":/g)?.length).toBeLessThanOrEqual(2);
    expect(Object.hasOwn(JSON.parse(seen(9)), 'user')).toBe(true);
  });

  test.each<[string, { clock: number; state: unknown }]>([
    ['says that he has gone', { clock: 2 ** 31, state: null }],
    ['speaks for him', { clock: 2 ** 31, state: { place: 666 } }],
    ['freezes him at the highest clock', { clock: 2 ** 53 - 2, state: { place: 666 } }],
  ])('[S28] [check 23] who %s is not heard, and the next move of the victim is seen', async (_what, forged) => {
    const { ada } = scene;
    const { clientID } = ada.doc;
    ada.provider.awareness.setLocalState({ place: 1 });
    await until(() => seen(clientID).includes('"place":1'), 'bob sees ada');
    const raw = await scene.attacker();
    raw.awareness([{ clientId: clientID, ...forged }]);
    raw.awareness([{ clientId: 9, clock: 1, state: {} }]);
    await until(() => seen(9) !== '', 'bob sees mallory');
    expect(seen(clientID)).toContain('"place":1');
    ada.provider.awareness.setLocalState({ place: 2 });
    await until(() => seen(clientID).includes('"place":2'), 'bob sees ada move');
    expect(raw.closeCode).toBeNull();
  });

  test('[S28] [check 23] who gives himself the highest clock freezes himself at most', async () => {
    const raw = await scene.attacker();
    raw.awareness([{ clientId: 9, clock: 2 ** 53 - 1, state: { place: 1 } }]);
    raw.awareness([{ clientId: 10, clock: 2 ** 32, state: { place: 2 } }]);
    await until(() => seen(10) !== '', 'bob sees the second');
    expect(seen(9)).toBe('');
    raw.end();
    await until(() => seen(10) === '', 'mallory is gone');
  });
});

describe('floods of presence', () => {
  test('[S28] [S29] [check 24] fifty thousand states in one message are one', async () => {
    const raw = await scene.attacker();
    raw.awareness(Array.from({ length: 50_000 }, (_, i) => ({ clientId: 100 + i, clock: 1, state: { i } })));
    raw.awareness(Array.from({ length: 50_000 }, (_, i) => ({ clientId: 100_000 + i, clock: 1, state: { i } })));
    await until(() => [...scene.bob.provider.awareness.getStates().keys()].some((id) => id === 100), 'bob sees one');
    scene.ada.provider.awareness.setLocalState({ place: 1 });
    await until(() => seen(scene.ada.doc.clientID).includes('"place":1'), 'bob sees ada');
    const strangers = [...scene.bob.provider.awareness.getStates().keys()].filter(
      (id) => ![scene.ada.doc.clientID, scene.bob.doc.clientID].includes(id),
    );
    expect(strangers).toEqual([100]);
  });

  test('[S29] [check 24] a state over 4 kB is not shown, and one of a megabyte not either', async () => {
    const raw = await scene.attacker();
    raw.awareness([{ clientId: 9, clock: 1, state: { text: 'x'.repeat(4_097) } }]);
    raw.awareness([{ clientId: 9, clock: 2, state: { text: 'x'.repeat(1_000_000) } }]);
    raw.awareness([{ clientId: 9, clock: 3, state: { text: 'small' } }]);
    await until(() => seen(9) !== '', 'bob sees mallory');
    expect(JSON.parse(seen(9))).toEqual({ text: 'small', user: mallory });
  });

  test('[S29] [check 24] of five hundred moves at once at most twenty-odd are told, the last one among them', async () => {
    const raw = await scene.attacker();
    const watcher = await scene.attacker('carol');
    for (let clock = 1; clock <= 500; clock++) raw.awareness([{ clientId: 9, clock, state: { place: clock } }]);
    await until(() => seen(9).includes('"place":500'), 'bob sees the last');
    const told = watcher.framesOf(1).length;
    expect(told).toBeLessThan(60);
    expect(raw.closeCode).toBeNull();
  });

  test('[S36] [check 24] who sends presence without end is closed with 4229', async () => {
    const raw = await scene.attacker();
    for (let clock = 1; clock <= 4_000; clock++) raw.awareness([{ clientId: 9, clock, state: { place: clock } }]);
    expect(await raw.closed()).toBe(4229);
    await scene.honestPairGoesOn();
  });

  test('[S30] [check 24] the state of a socket that is cut goes with it', async () => {
    const raw = await scene.attacker();
    raw.awareness([{ clientId: 9, clock: 1, state: {} }]);
    await until(() => seen(9) !== '', 'bob sees mallory');
    raw.end();
    await until(() => seen(9) === '', 'mallory is gone');
  });
});

import { describe, expect, test } from '@jest/globals';
import { anItem, aSitting, aSpeaker } from '../test/data.ts';
import { askHindered, budgetsOf, listOf } from './floor.ts';

const me = aSitting().me;
const ask = { personId: 'ada', kind: 'speech', sentOut: false } as const;

describe('[M11] asking to speak', () => {
  test('is open to whoever is there', () => {
    expect(askHindered(aSitting(), anItem(), ask)).toBeUndefined();
    expect(askHindered(aSitting({ me: { ...me, presence: 'out' } }), anItem(), ask)).toBe('absent');
    expect(askHindered(aSitting(), anItem(), { ...ask, sentOut: true })).toBe('sent-out');
    expect(askHindered(aSitting({ state: 'suspended' }), anItem(), ask)).toBe('not-open');
    expect(askHindered(aSitting(), undefined, ask)).toBe('no-item');
  });

  test('is over once the list is closed, but for points of order and for the chair', () => {
    const closed = anItem({ queueOpen: false });
    expect(askHindered(aSitting(), closed, ask)).toBe('closed');
    expect(askHindered(aSitting(), closed, { ...ask, kind: 'order' })).toBeUndefined();
    expect(askHindered(aSitting({ me: { ...me, conducts: true } }), closed, ask)).toBeUndefined();
  });

  test('is done once for each kind', () => {
    const waits = aSitting({ speakers: [aSpeaker()] });
    expect(askHindered(waits, anItem(), ask)).toBe('waiting');
    expect(askHindered(waits, anItem(), { ...ask, kind: 'question' })).toBeUndefined();
    expect(askHindered(waits, anItem({ id: 'two' }), ask)).toBeUndefined();
  });
});

describe('the list of speakers', () => {
  test('is that of one item, in the order of the server', () => {
    const speakers = [
      aSpeaker({ id: 'a', state: 'speaking' }),
      aSpeaker({ id: 'b' }),
      aSpeaker({ id: 'x', itemId: 'two' }),
      aSpeaker({ id: 'c' }),
    ];
    const list = listOf(speakers, 'one');
    expect(list.speaking?.id).toBe('a');
    expect(list.waiting.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('adds up by college what was said in speeches', () => {
    const now = Date.parse('2026-11-23T09:00:00.000Z');
    const since = '2026-11-23T08:59:50.000Z';
    const speakers = [
      aSpeaker({ college: 'État', spentMs: 60_000, state: 'done' }),
      aSpeaker({ college: 'État', spentMs: 0, state: 'speaking', runningSince: since }),
      aSpeaker({ college: 'État', spentMs: 30_000, kind: 'question' }),
    ];
    expect(budgetsOf(speakers, 'one', ['État', 'Région'], now)).toEqual([
      { college: 'État', spentMs: 70_000, running: true },
      { college: 'Région', spentMs: 0, running: false },
    ]);
  });
});

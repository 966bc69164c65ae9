import { describe, expect, test } from '@jest/globals';
import { BOUNDS, type Growing, holds, mayGrow } from './bounds.ts';

const at = new Date('2026-11-23T09:00:00.000Z');
const meeting = (over: Partial<Growing> = {}): Growing => ({
  ...{ note: '', agenda: [], attendance: [], proxies: [], conflicts: [], speeches: [] },
  ...{ guestIds: [], answers: [], dateOptions: [] },
  ...over,
});
const item = (note: string, papers = 0): Growing['agenda'][number] => ({
  ...{ id: 'i', title: 'Item', note, kind: 'info', state: 'scheduled', late: false, plannedSec: 0, proposedBy: 'ada' },
  ...{ papers: Array.from({ length: papers }, (_, n) => ({ documentId: `d${n}` })), spentMs: 0, queueOpen: true },
});
const conflict = (note?: string): Growing['conflicts'][number] => ({
  ...{ id: 'c', personId: 'ada', itemId: 'i', declaredBy: 'ada', at, lifted: false },
  ...(note === undefined ? {} : { note }),
});
const speech = (note: string): Growing['speeches'][number] => ({
  ...{
    id: 's',
    itemId: 'i',
    personId: 'ada',
    kind: 'speech',
    note,
    state: 'waiting',
    askedAt: at,
    place: 0,
    spentMs: 0,
  },
});
const came = (n: number): Growing['attendance'] =>
  Array.from({ length: n }, (_, m) => ({ id: `${m}`, personId: 'ada', what: 'in' as const, at, by: 'ada' }));

describe('what a meeting holds', () => {
  test('[M61] every text and every list of it is counted', () => {
    const full = meeting({
      ...{ note: '12345', agenda: [item('123', 2)], conflicts: [conflict('12'), conflict()], speeches: [speech('1')] },
      ...{ attendance: came(3), guestIds: ['g'], answers: [{}], dateOptions: [{ answers: [{}, {}] }] },
    });
    expect(holds(full)).toEqual({ characters: 5 + 7 + 2 + 1, entries: 1 + 2 + 2 + 1 + 3 + 1 + 1 + 1 + 2 });
  });

  test('[M61] is bounded, and the last part of it is for who conducts', () => {
    const of = (length: number): Growing => meeting({ note: 'x'.repeat(length) });
    const { all, participants } = BOUNDS.characters;
    const empty = meeting();
    expect(mayGrow(empty, of(participants), false).ok).toBe(true);
    expect(mayGrow(empty, of(participants + 1), false)).toEqual({ ok: false, reason: 'meeting-full' });
    expect(mayGrow(empty, of(participants + 1), true).ok).toBe(true);
    expect(mayGrow(empty, of(all + 1), true)).toEqual({ ok: false, reason: 'meeting-full' });
    const crowd = (n: number): Growing => meeting({ attendance: came(n) });
    expect(mayGrow(crowd(BOUNDS.entries.all), crowd(BOUNDS.entries.all + 1), true).ok).toBe(false);
    expect(mayGrow(crowd(BOUNDS.entries.participants), crowd(BOUNDS.entries.participants + 1), false).ok).toBe(false);
  });

  test('[M61] refuses nothing that does not make it larger: a declaration without words, a text that is shortened', () => {
    const full = meeting({ note: 'x'.repeat(BOUNDS.characters.all + 10) });
    expect(mayGrow(full, { ...full, conflicts: [conflict()] }, false).ok).toBe(true);
    expect(mayGrow(full, { ...full, conflicts: [conflict('why')] }, false).ok).toBe(false);
    expect(mayGrow(full, { ...full, note: full.note.slice(1) }, false).ok).toBe(true);
  });
});

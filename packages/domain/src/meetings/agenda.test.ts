import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isOnTheAgenda, moved, numbersOf, timesOf, toCome } from './agenda.ts';
import { spentOf } from './clock.ts';
import type { Item } from './model.ts';
import { ITEM_STATES } from './shapes.ts';

const BEGIN = Date.UTC(2026, 10, 23, 9);
const at = (minutes: number): Date => new Date(BEGIN + minutes * 60_000);
const item = (id: string, over: Partial<Item> = {}): Item => ({
  id,
  title: id,
  note: '',
  kind: 'discussion',
  state: 'scheduled',
  late: false,
  plannedSec: 600,
  proposedBy: 'ada',
  papers: [],
  spentMs: 0,
  queueOpen: true,
  ...over,
});
const ids = (agenda: readonly Item[]): readonly string[] => agenda.map(({ id }) => id);
const sitting = (agenda: readonly Item[], over: Partial<Parameters<typeof timesOf>[0]> = {}) => ({
  state: 'in-session' as const,
  startAt: at(0),
  agenda,
  ...over,
});

/** An agenda of which the item that is open, if any, is the only active one. */
const anyAgenda: fc.Arbitrary<readonly Item[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom(...ITEM_STATES.filter((state) => state !== 'active')),
      late: fc.boolean(),
      plannedSec: fc.nat({ max: 3_600 }),
      spentMs: fc.nat({ max: 4_000_000 }),
    }),
    { maxLength: 10 },
  )
  .map((list) => list.map((over, index) => item(`i${index}`, over)));
const anyMinute = fc.nat({ max: 600 });

describe('the numbers of an agenda', () => {
  test('[M6] [M7] count what is on it; late ones are numbered apart', () => {
    const agenda = [
      item('opening', { state: 'done' }),
      item('late', { late: true }),
      item('proposed', { state: 'proposed' }),
      item('budget', { state: 'active' }),
      item('refused', { state: 'refused', late: true }),
      item('later', { late: true, state: 'paused' }),
      item('withdrawn', { state: 'withdrawn' }),
      item('put off', { state: 'deferred' }),
    ];
    expect([...numbersOf(agenda)]).toEqual([
      ['opening', '1'],
      ['late', 'L1'],
      ['budget', '2'],
      ['later', 'L2'],
      ['put off', '3'],
    ]);
  });

  test('[M6] [M7] have no holes, are in order, and are of what is on the agenda alone', () => {
    fc.assert(
      fc.property(anyAgenda, (agenda) => {
        const numbers = numbersOf(agenda);
        const on = agenda.filter(isOnTheAgenda);
        expect([...numbers.keys()]).toEqual(ids(on));
        const of = (late: boolean) => on.filter((one) => one.late === late).map(({ id }) => numbers.get(id));
        expect(of(false)).toEqual(of(false).map((_, index) => `${index + 1}`));
        expect(of(true)).toEqual(of(true).map((_, index) => `L${index + 1}`));
      }),
    );
  });
});

describe('the order of an agenda', () => {
  const agenda = ['a', 'b', 'c', 'd'].map((id) => item(id));

  test('[M7] an item is put before another, or last', () => {
    expect(ids(moved(agenda, 'd', 'b'))).toEqual(['a', 'd', 'b', 'c']);
    expect(ids(moved(agenda, 'a', 'd'))).toEqual(['b', 'c', 'a', 'd']);
    expect(ids(moved(agenda, 'b', null))).toEqual(['a', 'c', 'd', 'b']);
    expect(ids(moved(agenda, 'b', 'a'))).toEqual(['b', 'a', 'c', 'd']);
  });

  test('[M7] before itself, or before or of what is not there, nothing is moved', () => {
    for (const [id, before] of [
      ['b', 'b'],
      ['x', 'b'],
      ['b', 'x'],
      ['x', null],
    ] as const)
      expect(moved(agenda, id, before)).toBe(agenda);
  });

  test('[M7] it is where it was put, nothing is lost or doubled, and the others keep their order', () => {
    fc.assert(
      fc.property(anyAgenda, fc.nat(), fc.option(fc.nat()), (list, which, where) => {
        fc.pre(list.length > 0);
        const id = list[which % list.length]?.id ?? '';
        const before = where === null ? null : (list[where % list.length]?.id ?? '');
        const after = moved(list, id, before);
        expect(ids(after).filter((one) => one !== id)).toEqual(ids(list).filter((one) => one !== id));
        expect(new Set(after)).toEqual(new Set(list));
        expect(after.length).toBe(list.length);
        if (before === null) expect(after.at(-1)?.id).toBe(id);
        else if (before !== id) expect(ids(after)[ids(after).indexOf(id) + 1]).toBe(before);
      }),
    );
  });
});

describe('the times of an agenda', () => {
  const plan = [
    item('opening', { plannedSec: 300 }),
    item('only proposed', { state: 'proposed', plannedSec: 9_999 }),
    item('budget', { plannedSec: 1_800 }),
    item('election', { plannedSec: 600 }),
  ];

  test('[M13] the plan lays items one after another from the beginning; before the sitting that is what is expected', () => {
    const { items, expectedEnd } = timesOf(sitting(plan, { state: 'convened' }), at(-500));
    expect([...items]).toEqual([
      ['opening', { plannedAt: at(0), expectedAt: at(0) }],
      ['budget', { plannedAt: at(5), expectedAt: at(5) }],
      ['election', { plannedAt: at(35), expectedAt: at(35) }],
    ]);
    expect(expectedEnd).toEqual(at(45));
  });

  test('[M13] without a date nothing is planned, and after the end nothing is expected', () => {
    const { items, expectedEnd } = timesOf(sitting(plan, { state: 'draft', startAt: undefined }), at(0));
    expect([...items.values()]).toEqual([{}, {}, {}]);
    expect(expectedEnd).toBeUndefined();
    const over = timesOf(sitting(plan, { state: 'ended' }), at(60));
    expect(over.expectedEnd).toBeUndefined();
    expect([...over.items.values()].map(({ expectedAt }) => expectedAt)).toEqual([undefined, undefined, undefined]);
  });

  test('[M13] what is expected starts from now: the rest of the open item, what follows it, what was set aside', () => {
    const agenda = [
      item('opening', { state: 'done', plannedSec: 300, spentMs: 900_000 }),
      item('minutes', { state: 'paused', plannedSec: 600, spentMs: 240_000 }),
      item('budget', { state: 'active', plannedSec: 1_800, spentMs: 60_000, runningSince: at(20) }),
      item('election', { plannedSec: 600 }),
      item('put off', { state: 'deferred', plannedSec: 600 }),
      item('closing', { plannedSec: 120 }),
    ];
    const { items, expectedEnd } = timesOf(sitting(agenda, { currentItemId: 'budget' }), at(29));
    // Of the open item 20 minutes are left, of what was set aside 6.
    expect(items.get('election')?.expectedAt).toEqual(at(49));
    expect(items.get('closing')?.expectedAt).toEqual(at(59));
    expect(items.get('minutes')?.expectedAt).toEqual(at(61));
    expect(expectedEnd).toEqual(at(67));
    expect(toCome(agenda, 'budget').map(({ id }) => id)).toEqual(['election', 'closing', 'minutes']);
    expect(toCome(agenda, undefined).map(({ id }) => id)).toEqual(['minutes', 'election', 'closing']);
    for (const id of ['opening', 'budget', 'put off']) expect(items.get(id)?.expectedAt).toBeUndefined();
    expect(items.get('budget')?.plannedAt).toEqual(at(15));
  });

  test('[M13] the plan grows by the items, whatever has happened', () => {
    fc.assert(
      fc.property(anyAgenda, anyMinute, fc.constantFrom('convened', 'in-session', 'ended'), (agenda, now, state) => {
        const { items } = timesOf(sitting(agenda, { state: state as 'convened' }), at(now));
        let next = BEGIN;
        const planned = agenda.filter((one) => isOnTheAgenda(one) && (state === 'ended' || one.state !== 'deferred'));
        for (const one of planned) {
          expect(items.get(one.id)?.plannedAt?.getTime()).toBe(next);
          next += one.plannedSec * 1_000;
        }
        expect(items.size).toBe(planned.length);
      }),
    );
  });

  test('[M13] nothing is expected in the past, nothing before what comes before it, and the end is now with the rests', () => {
    fc.assert(
      fc.property(anyAgenda, fc.option(fc.nat()), anyMinute, anyMinute, (list, which, since, later) => {
        const open = which === null || list.length === 0 ? undefined : list[which % list.length]?.id;
        const now = at(since + later);
        const agenda = list.map(
          (one): Item => (one.id === open ? { ...one, state: 'active', runningSince: at(since) } : one),
        );
        const { items, expectedEnd } = timesOf(sitting(agenda, open === undefined ? {} : { currentItemId: open }), now);
        const rest = (one: Item) => Math.max(0, one.plannedSec * 1_000 - spentOf(one, now));
        const coming = toCome(agenda, open);
        let before = now.getTime() + agenda.filter(({ id }) => id === open).reduce((sum, one) => sum + rest(one), 0);
        for (const one of coming) {
          expect(items.get(one.id)?.expectedAt?.getTime()).toBe(before);
          before += rest(one);
        }
        expect(expectedEnd?.getTime()).toBe(before);
        expect([...items.values()].filter(({ expectedAt }) => expectedAt !== undefined).length).toBe(
          agenda.filter(({ state }) => state === 'scheduled' || state === 'paused').length,
        );
      }),
    );
  });

  test('[M13] an item within its time moves nothing; one that takes longer pushes the rest by as much', () => {
    const agenda = [item('budget', { state: 'active', runningSince: at(0) }), item('election')];
    const endAfter = (minutes: number) => timesOf(sitting(agenda, { currentItemId: 'budget' }), at(minutes));
    for (const minutes of [0, 4, 10]) {
      expect(endAfter(minutes).items.get('election')?.expectedAt).toEqual(at(10));
      expect(endAfter(minutes).expectedEnd).toEqual(at(20));
    }
    expect(endAfter(17).items.get('election')?.expectedAt).toEqual(at(17));
    expect(endAfter(17).expectedEnd).toEqual(at(27));
  });

  test('[M13] while the sitting is suspended what is left waits, and is pushed by the clock alone', () => {
    const agenda = [item('budget', { state: 'active', spentMs: 240_000 }), item('election')];
    const { items, expectedEnd } = timesOf(sitting(agenda, { state: 'suspended', currentItemId: 'budget' }), at(100));
    expect(items.get('election')?.expectedAt).toEqual(at(106));
    expect(expectedEnd).toEqual(at(116));
  });
});

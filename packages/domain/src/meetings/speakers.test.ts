import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { halted, spentOf } from './clock.ts';
import type { Item, Speech } from './model.ts';
import {
  floorClosed,
  floorFrom,
  floorHeld,
  floorTo,
  inOrderOfSpeaking,
  mayAskToSpeak,
  placeAt,
  spentByCollege,
} from './speakers.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 23, 9, 0, seconds));
const speech = (id: string, over: Partial<Speech> = {}): Speech => ({
  id,
  itemId: 'budget',
  personId: id,
  kind: 'speech',
  state: 'waiting',
  askedAt: at(0),
  place: 0,
  spentMs: 0,
  ...over,
});
const ids = (speeches: readonly Speech[]): readonly string[] => speeches.map(({ id }) => id);
const statesOf = (speeches: readonly Speech[]) => Object.fromEntries(speeches.map(({ id, state }) => [id, state]));
const waiting = (id: string, kind: Speech['kind']): Speech => speech(id, { kind });
const refused = (reason: string) => ({ ok: false, reason });

const anyKind = fc.constantFrom('question' as const, 'order' as const, 'speech' as const);
const anySpeeches = fc
  .array(
    fc.record({
      kind: anyKind,
      state: fc.constantFrom('waiting' as const, 'paused' as const, 'done' as const),
      place: fc.integer({ min: -2, max: 2 }),
      asked: fc.nat({ max: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((list) => list.map(({ asked, ...over }, index) => speech(`s${index}`, { ...over, askedAt: at(asked) })));

describe('the list of speakers', () => {
  test('[M11] questions, points of order, speeches; then the order of the chair; then that of asking', () => {
    const list = [
      speech('done', { state: 'done', kind: 'question' }),
      speech('speech late', { askedAt: at(5) }),
      speech('speech early', { askedAt: at(1) }),
      speech('speech put first', { askedAt: at(9), place: -1 }),
      speech('speech put last', { askedAt: at(0), place: 1 }),
      speech('order', { kind: 'order', askedAt: at(9), place: 5 }),
      speech('question', { kind: 'question', askedAt: at(9), place: 9 }),
      speech('interrupted', { state: 'paused', askedAt: at(9) }),
      speech('has the floor', { state: 'speaking', askedAt: at(9), runningSince: at(10) }),
    ];
    expect(ids(inOrderOfSpeaking(list))).toEqual([
      'has the floor',
      'interrupted',
      'question',
      'order',
      'speech put first',
      'speech early',
      'speech late',
      'speech put last',
      'done',
    ]);
  });

  test('[M11] is the same in whatever order the speeches are kept, and loses none', () => {
    fc.assert(
      fc.property(
        anySpeeches.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const sorted = inOrderOfSpeaking(list);
          expect(inOrderOfSpeaking(shuffled)).toEqual(sorted);
          expect(inOrderOfSpeaking(sorted)).toEqual(sorted);
          expect([...ids(sorted)].toSorted()).toEqual([...ids(list)].toSorted());
        },
      ),
    );
  });

  test('[M11] what the chair puts first or last is there among its kind, the last put first before all', () => {
    fc.assert(
      fc.property(anySpeeches, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 5 }), (list, moves) => {
        let now: readonly Speech[] = list;
        const waits = list.filter(({ state }) => state === 'waiting');
        fc.pre(waits.length > 0);
        for (const [which, first] of moves) {
          const { id, kind } = waits[which % waits.length] ?? speech('none');
          const place = placeAt(now, 'budget', first ? 'first' : 'last');
          now = now.map((one) => (one.id === id ? { ...one, place } : one));
          const ofKind = inOrderOfSpeaking(now).filter((one) => one.state === 'waiting' && one.kind === kind);
          expect(ofKind.at(first ? 0 : -1)?.id).toBe(id);
        }
      }),
    );
  });

  test('[M11] a place is one among those who wait for the same item', () => {
    const others = [
      speech('elsewhere', { itemId: 'election', place: 7 }),
      speech('over', { state: 'done', place: -7 }),
    ];
    expect(placeAt(others, 'budget', 'first')).toBe(-1);
    expect(placeAt(others, 'budget', 'last')).toBe(1);
  });
});

describe('who asks to speak', () => {
  const item = (over: Partial<Item> = {}): Item => ({
    ...{ id: 'budget', title: '', note: '', kind: 'discussion', state: 'active', late: false, plannedSec: 600 },
    ...{ proposedBy: 'ada', papers: [], spentMs: 0, queueOpen: true },
    ...over,
  });
  const noted = (personId: string, what: 'in' | 'remote' | 'out') => ({
    ...{ id: `${personId}-${what}`, personId, what, at: at(0), by: personId },
  });
  type Sitting = Parameters<typeof mayAskToSpeak>[0];
  const sitting = (over: Partial<Sitting> = {}): Sitting => ({
    state: 'in-session',
    agenda: [item()],
    currentItemId: 'budget',
    attendance: [noted('ada', 'in'), noted('bob', 'remote'), noted('gone', 'in'), noted('gone', 'out')],
    conflicts: [],
    speeches: [],
    ...over,
  });
  const asks = (over: Partial<Sitting> = {}, personId = 'ada', kind: Speech['kind'] = 'speech', byChair = false) =>
    mayAskToSpeak(sitting(over), { personId, kind }, byChair);

  test('[M11] is there, in the room or at a distance', () => {
    expect(asks().ok).toBe(true);
    expect(asks({}, 'bob').ok).toBe(true);
    expect(asks({}, 'gone')).toEqual(refused('not-present'));
    expect(asks({}, 'never noted')).toEqual(refused('not-present'));
    expect(asks({}, 'never noted', 'speech', true)).toEqual(refused('not-present'));
  });

  test('[M11] asks in session, and on the item that is open', () => {
    for (const state of ['convened', 'suspended', 'ended'] as const)
      expect(asks({ state })).toEqual(refused('meeting-not-in-session'));
    expect(asks({ currentItemId: undefined })).toEqual(refused('item-not-open'));
  });

  test('[M11] a closed list keeps out speeches and questions, no point of order, and nobody whom the chair puts on it', () => {
    const closed = { agenda: [item({ queueOpen: false })] };
    expect(asks(closed)).toEqual(refused('queue-closed'));
    expect(asks(closed, 'ada', 'question')).toEqual(refused('queue-closed'));
    expect(asks(closed, 'ada', 'order').ok).toBe(true);
    expect(asks(closed, 'ada', 'speech', true).ok).toBe(true);
  });

  test('[M11] waits once for each kind and item, and asks again when they have spoken', () => {
    const waits = { speeches: [speech('ada')] };
    expect(asks(waits)).toEqual(refused('already-waiting'));
    expect(asks(waits, 'ada', 'question').ok).toBe(true);
    expect(asks(waits, 'bob').ok).toBe(true);
    expect(asks({ speeches: [speech('ada', { state: 'done' })] }).ok).toBe(true);
    expect(asks({ speeches: [speech('ada', { itemId: 'other' })] }).ok).toBe(true);
  });

  test('[M10] is not out of the room for the item', () => {
    const conflict = { id: 'c', personId: 'ada', itemId: 'budget', declaredBy: 'ada', at: at(0), lifted: false };
    for (const assessment of ['leave-room', 'barred'] as const) {
      expect(asks({ conflicts: [{ ...conflict, assessment }] })).toEqual(refused('not-present'));
      expect(asks({ conflicts: [{ ...conflict, assessment, lifted: true }] }).ok).toBe(true);
      expect(asks({ conflicts: [{ ...conflict, assessment, itemId: 'election' }] }).ok).toBe(true);
    }
    // Who only does not vote is heard.
    expect(asks({ conflicts: [conflict] }).ok).toBe(true);
    expect(asks({ conflicts: [{ ...conflict, assessment: 'no-vote' }] }).ok).toBe(true);
  });
});

describe('the floor', () => {
  const speaking = speech('ada', { state: 'speaking', runningSince: at(0) });

  test('[M11] a question or a point of order interrupts who speaks, who goes on afterwards', () => {
    for (const kind of ['question', 'order'] as const) {
      const during = floorTo([speaking, waiting('bob', kind)], 'bob', at(10));
      expect(statesOf(during)).toEqual({ ada: 'paused', bob: 'speaking' });
      const after = floorFrom(during, 'bob', at(15));
      expect(statesOf(after)).toEqual({ ada: 'speaking', bob: 'done' });
      expect(after.map((one) => [one.id, spentOf(one, at(20))])).toEqual(
        expect.arrayContaining([
          ['ada', 15_000],
          ['bob', 5_000],
        ]),
      );
    }
  });

  test('[M11] another speech ends that of who speaks', () => {
    const after = floorTo([speaking, waiting('bob', 'speech')], 'bob', at(10));
    expect(statesOf(after)).toEqual({ ada: 'done', bob: 'speaking' });
    expect(statesOf(floorFrom(after, 'bob', at(15)))).toEqual({ ada: 'done', bob: 'done' });
  });

  test('[M11] who was interrupted last goes on first, whoever asked first', () => {
    for (const order of [
      ['ada', 'bob', 'cleo'],
      ['cleo', 'bob', 'ada'],
      ['bob', 'ada', 'cleo'],
    ]) {
      const all = [speaking, waiting('bob', 'question'), waiting('cleo', 'order')];
      const kept = order.flatMap((id) => all.filter((one) => one.id === id));
      const nested = floorTo(floorTo(kept, 'bob', at(1)), 'cleo', at(2));
      expect(statesOf(nested)).toEqual({ ada: 'paused', bob: 'paused', cleo: 'speaking' });
      const back = floorFrom(nested, 'cleo', at(3));
      expect(statesOf(back)).toEqual({ ada: 'paused', bob: 'speaking', cleo: 'done' });
      expect(statesOf(floorFrom(back, 'bob', at(4)))).toEqual({ ada: 'speaking', bob: 'done', cleo: 'done' });
    }
  });

  test('[M11] who is interrupted goes on: any interruptions end in the order opposite to that in which they began', () => {
    const anyEvents = fc.array(fc.constantFrom('interrupt' as const, 'end' as const), { maxLength: 20 });
    const anyKept = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    fc.assert(
      fc.property(anyKept, anyEvents, (kept, events) => {
        const kind = (index: number) => (index === 0 ? 'speech' : index % 2 === 0 ? 'order' : 'question');
        let list: readonly Speech[] = kept.map((index) => waiting(`s${index}`, kind(index)));
        const floors = ['s0'];
        list = floorTo(list, 's0', at(0));
        let [next, now] = [1, 0];
        for (const event of events) {
          now += 1;
          const top = floors.at(-1);
          if (event === 'interrupt' && next <= 5 && top !== undefined) {
            list = floorTo(list, `s${next}`, at(now));
            floors.push(`s${next}`);
            next += 1;
          } else if (event === 'end' && top !== undefined) {
            list = floorFrom(list, top, at(now));
            floors.pop();
          }
          expect(list.find(({ state }) => state === 'speaking')?.id).toBe(floors.at(-1));
          expect(new Set(ids(list.filter(({ state }) => state === 'paused')))).toEqual(new Set(floors.slice(0, -1)));
        }
      }),
    );
  });

  test('[M11] only who was interrupted on the same item goes on', () => {
    const elsewhere = speech('bob', { itemId: 'election', state: 'paused' });
    expect(statesOf(floorFrom([elsewhere, speaking], 'ada', at(5)))).toEqual({ bob: 'paused', ada: 'done' });
  });

  test('[M11] who is interrupted and gives up does not go on, and takes the floor from nobody', () => {
    const during = floorTo([speaking, waiting('bob', 'question')], 'bob', at(10));
    expect(statesOf(floorFrom(during, 'ada', at(12)))).toEqual({ ada: 'done', bob: 'speaking' });
  });

  test('[M11] who has the floor already, or is unknown, changes nothing', () => {
    const list = [speaking, waiting('bob', 'speech')];
    expect(floorTo(list, 'ada', at(9))).toBe(list);
    expect(floorTo(list, 'nobody', at(9))).toBe(list);
  });

  test('[M17] of an item that is left nobody waits and nobody speaks; what was spoken stays, and other items as they are', () => {
    const list = [
      speaking,
      waiting('bob', 'question'),
      speech('cleo', { state: 'paused', spentMs: 700 }),
      speech('dan', { state: 'done', spentMs: 300 }),
      speech('eve', { itemId: 'election' }),
    ];
    expect(floorClosed(list, 'budget', at(4))).toStrictEqual([
      speech('ada', { state: 'done', spentMs: 4_000 }),
      speech('cleo', { state: 'done', spentMs: 700 }),
      speech('dan', { state: 'done', spentMs: 300 }),
      speech('eve', { itemId: 'election' }),
    ]);
  });

  test('[M11] one at most has it, and no time is lost or counted twice, whatever is done in whatever order', () => {
    const anyDeed = fc.record({
      what: fc.constantFrom('ask', 'give', 'give', 'give', 'end', 'remove', 'pause', 'close'),
      which: fc.nat({ max: 30 }),
      kind: anyKind,
      itemId: fc.constantFrom('budget', 'budget', 'election'),
      after: fc.nat({ max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 40 }), (deeds) => {
        let list: readonly Speech[] = [];
        let now = 0;
        const floor = new Map<string, number>();
        for (const { what, which, kind, itemId, after } of deeds) {
          const one = list[which % Math.max(1, list.length)];
          const open = one !== undefined && one.state !== 'done' ? one : undefined;
          if (what === 'ask')
            list = [
              ...list,
              speech(`s${list.length}-${now}-${floor.size}-${which}`, { kind, itemId, askedAt: at(now) }),
            ];
          else if (what === 'close') list = floorClosed(list, itemId, at(now));
          else if (open !== undefined) {
            if (what === 'give') list = floorTo(list, open.id, at(now));
            else if (what === 'end' || (what === 'remove' && open.state !== 'waiting'))
              list = floorFrom(list, open.id, at(now));
            else if (what === 'remove') list = list.filter(({ id }) => id !== open.id);
            else if (open.state === 'speaking')
              list = list.map((other) => (other === open ? { ...halted(open, at(now)), state: 'paused' } : other));
          }
          const speakers = list.filter(({ state }) => state === 'speaking');
          expect(speakers.length).toBeLessThanOrEqual(1);
          expect(list.filter(({ runningSince }) => runningSince !== undefined)).toEqual(speakers);
          now += after;
          for (const { id } of speakers) floor.set(id, (floor.get(id) ?? 0) + after * 1_000);
          const spent = list.filter((other) => spentOf(other, at(now)) > 0);
          expect(new Map(spent.map((other) => [other.id, spentOf(other, at(now))]))).toEqual(
            new Map([...floor].filter(([, ms]) => ms > 0)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the budget of a college', () => {
  const colleges = new Map([
    ['ada', 'cities'],
    ['bob', 'cities'],
    ['cleo', 'regions'],
  ]);
  const collegeOf = (personId: string) => colleges.get(personId);

  test('[M11] is spent by speeches on the item, the one that goes on too; questions and points of order are free', () => {
    const spent = spentByCollege(
      [
        speech('ada', { state: 'done', spentMs: 4_000 }),
        speech('bob', { state: 'speaking', spentMs: 500, runningSince: at(10) }),
        speech('q', { personId: 'bob', kind: 'question', state: 'done', spentMs: 9_000 }),
        speech('o', { personId: 'ada', kind: 'order', state: 'done', spentMs: 9_000 }),
        speech('e', { personId: 'ada', itemId: 'election', state: 'done', spentMs: 9_000 }),
        speech('cleo', { state: 'paused', spentMs: 250 }),
        speech('of none', { state: 'done', spentMs: 9_000 }),
      ],
      'budget',
      collegeOf,
      at(12),
    );
    expect(spent).toEqual(
      new Map([
        ['cities', 6_500],
        ['regions', 250],
      ]),
    );
  });
});

describe('an item that is set aside', () => {
  test('[M17] interrupts who speaks, leaves who waits, and who was interrupted goes on first', () => {
    const list = [
      speech('first', { state: 'paused', spentMs: 1_000 }),
      speech('speaks', { state: 'speaking', runningSince: at(0) }),
      speech('waits'),
      speech('elsewhere', { itemId: 'other', state: 'speaking', runningSince: at(0) }),
    ];
    const held = floorHeld(list, 'budget', at(4));
    expect(statesOf(held)).toEqual({ first: 'paused', waits: 'waiting', elsewhere: 'speaking', speaks: 'paused' });
    expect(held.find(({ id }) => id === 'speaks')).toMatchObject({ spentMs: 4_000 });
    const question = [...held, speech('question', { kind: 'question', state: 'speaking', runningSince: at(5) })];
    expect(statesOf(floorFrom(question, 'question', at(6))).speaks).toBe('speaking');
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRunning, mayHaveMandate } from './mandates.ts';
import {
  DEFAULT_WEIGHT,
  endingWithin,
  mayFillSeat,
  mayStandBelow,
  type SeatMandate,
  type SeatTerms,
  seating,
} from './seats.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, 1 + day));
const seat = (id: string, over: Partial<SeatTerms> = {}): SeatTerms => ({
  ...{ id, title: id, voting: true, weight: 1_000, from: at(0) },
  ...over,
});
const mandate = (personId: string, over: Partial<SeatMandate> = {}): SeatMandate => ({
  ...{ id: `${personId}-mandate`, personId, role: 'member', from: at(0), seatId: 'one' },
  ...over,
});
const alternate = (personId: string, over: Partial<SeatMandate> = {}): SeatMandate =>
  mandate(personId, { role: 'alternate', ...over });
const seatless = (personId: string, over: Partial<SeatMandate> = {}): SeatMandate => {
  const { seatId: _, ...rest } = mandate(personId, over);
  return rest;
};
const refused = (reason: string) => ({ ok: false, reason });
const shown = (seats: readonly SeatTerms[], mandates: readonly SeatMandate[], day: number) =>
  seating(seats, mandates, at(day)).map(
    ({ seat: { id }, holder, alternates }) =>
      `${id}: ${[holder?.personId ?? '-', ...alternates.map(({ personId }) => personId)].join(' ')}`,
  );

describe('who sits where', () => {
  const seats = [seat('one'), seat('two', { from: at(10), until: at(20) })];

  test('[G6] [G8] is told for any instant: the holder, and the alternates in the order of their ranks', () => {
    const mandates = [
      alternate('second', { rank: 2 }),
      mandate('ada', { until: at(5) }),
      alternate('first', { rank: 1, from: at(3) }),
      mandate('bob', { from: at(7), role: 'chair' }),
      mandate('cleo', { seatId: 'two', from: at(10), until: at(20) }),
    ];
    expect(shown(seats, mandates, 0)).toEqual(['one: ada second']);
    expect(shown(seats, mandates, 4)).toEqual(['one: ada first second']);
    expect(shown(seats, mandates, 5)).toEqual(['one: - first second']);
    expect(shown(seats, mandates, 7)).toEqual(['one: bob first second']);
    expect(shown(seats, mandates, 10)).toEqual(['one: bob first second', 'two: cleo']);
    expect(shown(seats, mandates, 20)).toEqual(['one: bob first second']);
  });

  test('[G6] an alternate without a rank is the first', () => {
    expect(shown([seat('one')], [alternate('third', { rank: 3 }), alternate('first')], 0)).toEqual([
      'one: - first third',
    ]);
  });

  test('[G7] is every seat that is there, in the order of seats, the vacant ones too', () => {
    const three = [seat('c'), seat('a'), seat('b', { voting: false, weight: 2_500, college: 'cities' })];
    expect(shown(three, [mandate('ada', { seatId: 'a' })], 0)).toEqual(['c: -', 'a: ada', 'b: -']);
    expect(seating(three, [], at(0)).map((one) => one.seat)).toEqual(three);
  });

  test('[G7] where a body has seats, a mandate without one is no seat', () => {
    expect(shown([seat('one')], [seatless('ada', { role: 'chair' })], 0)).toEqual(['one: -']);
  });

  test('[G7] in a body without seats every chair, vice-chair and member has one vote, while their mandates run', () => {
    const mandates = (['chair', 'vice-chair', 'secretary', 'member', 'alternate', 'observer'] as const).map((role) =>
      seatless(role, { role, until: at(5) }),
    );
    expect(shown([], mandates, 4)).toEqual([
      'chair-mandate: chair',
      'vice-chair-mandate: vice-chair',
      'member-mandate: member',
    ]);
    expect(shown([], mandates, 5)).toEqual([]);
    for (const { seat: of } of seating([], mandates, at(4)))
      expect(of).toMatchObject({ voting: true, weight: DEFAULT_WEIGHT });
  });

  test('[G7] in a body without seats one person has one vote, whatever their roles', () => {
    const both = [
      seatless('ada', { id: 'm', role: 'member', until: at(5) }),
      seatless('ada', { id: 'c', role: 'chair' }),
    ];
    expect(shown([], both, 0)).toEqual(['m: ada']);
    expect(shown([], both, 5)).toEqual(['c: ada']);
  });
});

describe('a mandate in a seat', () => {
  const seats = [seat('one'), seat('two'), seat('abolished', { until: at(10) })];
  const fills = (wanted: SeatMandate, others: readonly SeatMandate[] = []) => mayFillSeat(seats, others, wanted);

  test('[G6] a seat has one holder at a time: whoever comes next comes when the one before has gone', () => {
    const others = [mandate('ada', { from: at(5), until: at(10) })];
    const bob = (from: number, until?: number) =>
      fills(mandate('bob', { from: at(from), ...(until === undefined ? {} : { until: at(until) }) }), others);
    for (const verdict of [bob(0), bob(0, 6), bob(9), bob(6, 7), bob(5, 10)])
      expect(verdict).toEqual(refused('seat-taken'));
    for (const verdict of [bob(0, 5), bob(10), bob(10, 11)]) expect(verdict.ok).toBe(true);
    expect(fills(mandate('bob', { role: 'chair' }), [mandate('ada')])).toEqual(refused('seat-taken'));
    expect(fills(mandate('bob', { seatId: 'two' }), others).ok).toBe(true);
    expect(fills(mandate('bob'), [alternate('ann', { rank: 1 })]).ok).toBe(true);
  });

  test('[G6] the ranks of its alternates differ, while they stand in for the same seat', () => {
    const others = [mandate('ada'), alternate('ann', { rank: 1, until: at(10) })];
    const ben = (over: Partial<SeatMandate>) => fills(alternate('ben', over), others);
    expect(ben({ rank: 1 })).toEqual(refused('rank-taken'));
    expect(ben({})).toEqual(refused('rank-taken'));
    for (const over of [{ rank: 2 }, { rank: 1, from: at(10) }, { rank: 1, seatId: 'two' }])
      expect(ben(over).ok).toBe(true);
  });

  test('[G6] observers hold no seat, and a rank is of an alternate in one', () => {
    expect(fills(mandate('olga', { role: 'observer' }))).toEqual(refused('observers-hold-no-seat'));
    expect(fills(seatless('olga', { role: 'observer' })).ok).toBe(true);
    expect(fills(seatless('ann', { role: 'alternate', rank: 1 }))).toEqual(refused('alternate-of-what'));
  });

  test('[G6] nobody is put into a seat that is unknown, or for a time when it is abolished', () => {
    expect(fills(mandate('ada', { seatId: 'unknown' }))).toEqual(refused('no-such-seat'));
    const sits = (from: number, until?: number) =>
      fills(
        mandate('ada', { seatId: 'abolished', from: at(from), ...(until === undefined ? {} : { until: at(until) }) }),
      );
    for (const verdict of [sits(10), sits(10, 12), sits(5), sits(5, 11)])
      expect(verdict).toEqual(refused('no-such-seat'));
    // Who sat there before may still be written down.
    for (const verdict of [sits(5, 10), sits(0, 6)]) expect(verdict.ok).toBe(true);
  });

  test('[G6] however mandates are given, at any instant each seat has one holder at most, and alternates in order', () => {
    const anyMandate = fc
      .record({
        personId: fc.constantFrom('ada', 'bob', 'cleo', 'dan'),
        role: fc.constantFrom('chair' as const, 'member' as const, 'alternate' as const, 'observer' as const),
        seatId: fc.constantFrom('one', 'two', 'abolished', undefined),
        rank: fc.constantFrom(undefined, 1, 2, 3),
        from: fc.nat({ max: 12 }),
        lasts: fc.option(fc.integer({ min: 1, max: 8 })),
      })
      .map(({ personId, role, seatId, rank, from, lasts }) => ({
        ...seatless(personId, { role, from: at(from), ...(lasts === null ? {} : { until: at(from + lasts) }) }),
        ...(seatId === undefined ? {} : { seatId }),
        ...(rank === undefined || seatId === undefined ? {} : { rank }),
      }));
    fc.assert(
      fc.property(fc.array(anyMandate, { maxLength: 14 }), (wanted) => {
        const given: SeatMandate[] = [];
        for (const [index, one] of wanted.entries()) {
          const next = { ...one, id: `m${index}` };
          if (mayFillSeat(seats, given, next).ok && mayHaveMandate({ state: 'active', others: given }, next).ok)
            given.push(next);
        }
        for (let day = 0; day <= 20; day += 1) {
          const running = given.filter((one) => isRunning(one, at(day)));
          const places = seating(seats, given, at(day));
          expect(places.map(({ seat: { id } }) => id)).toEqual(day < 10 ? ['one', 'two', 'abolished'] : ['one', 'two']);
          for (const { seat: of, holder, alternates } of places) {
            const here = running.filter(({ seatId }) => seatId === of.id);
            expect(here.filter(({ role }) => role !== 'alternate')).toEqual(holder === undefined ? [] : [holder]);
            expect(new Set(alternates)).toEqual(new Set(here.filter(({ role }) => role === 'alternate')));
            const ranks = alternates.map(({ rank = 1 }) => rank);
            expect(ranks).toEqual([...new Set(ranks)].toSorted((one, other) => one - other));
          }
          // Whoever sits somewhere sits in a seat that is there.
          const there = new Set(places.map(({ seat: { id } }) => id));
          for (const { seatId } of running) if (seatId !== undefined) expect(there).toContain(seatId);
        }
      }),
    );
  });
});

describe('the tree of bodies', () => {
  const tree = (...pairs: readonly (readonly [string, string | undefined])[]) => new Map(pairs);

  test('[G10] none is below itself, directly or not', () => {
    const parents = tree(['a', undefined], ['b', 'a'], ['c', 'b']);
    for (const parentId of ['a', 'b', 'c'])
      expect(mayStandBelow(parents, 'a', parentId)).toEqual(refused('body-in-itself'));
    expect(mayStandBelow(parents, 'c', 'a').ok).toBe(true);
    expect(mayStandBelow(parents, 'c', 'nowhere')).toEqual(refused('no-such-body'));
  });

  test('[G10] it is six levels deep at most, with what is below what is moved', () => {
    const line = (prefix: string, length: number) =>
      Array.from(
        { length },
        (_, index) => [`${prefix}${index + 1}`, index === 0 ? undefined : `${prefix}${index}`] as const,
      );
    const parents = tree(...line('a', 6), ...line('b', 3));
    expect(mayStandBelow(parents, 'new', 'a5').ok).toBe(true);
    expect(mayStandBelow(parents, 'new', 'a6')).toEqual(refused('too-deep'));
    expect(mayStandBelow(parents, 'b1', 'a3').ok).toBe(true);
    expect(mayStandBelow(parents, 'b1', 'a4')).toEqual(refused('too-deep'));
    expect(mayStandBelow(parents, 'b3', 'a5').ok).toBe(true);
  });

  test('[G10] however bodies are moved, it stays a tree of six levels; nothing else is refused', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `b${index}`);
    /** How deep a body is; endless, where it is below itself. */
    const levelOf = (parents: ReadonlyMap<string, string | undefined>, id: string): number => {
      let level = 1;
      for (let above = parents.get(id); above !== undefined; above = parents.get(above)) {
        level += 1;
        if (level > ids.length) return Number.POSITIVE_INFINITY;
      }
      return level;
    };
    const deepest = (parents: ReadonlyMap<string, string | undefined>) =>
      Math.max(...ids.map((id) => levelOf(parents, id)));
    let [moves, tooDeep] = [0, 0];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 40 }), (list) => {
        // Three lines to begin with, of four each.
        let parents: ReadonlyMap<string, string | undefined> = new Map(
          ids.map((id, index) => [id, index % 4 === 0 ? undefined : ids[index - 1]]),
        );
        for (const [id, parentId] of list) {
          const moved = new Map(parents).set(id, parentId);
          const verdict = mayStandBelow(parents, id, parentId);
          const depth = deepest(moved);
          if (depth === Number.POSITIVE_INFINITY) expect(verdict).toEqual(refused('body-in-itself'));
          else if (depth > 6) expect(verdict).toEqual(refused('too-deep'));
          else expect(verdict.ok).toBe(true);
          if (depth > 6 && depth < 99) tooDeep += 1;
          if (!verdict.ok) continue;
          moves += 1;
          parents = moved;
        }
        expect(deepest(parents)).toBeLessThanOrEqual(6);
      }),
    );
    // Otherwise it would have said nothing.
    expect(Math.min(moves, tooDeep)).toBeGreaterThan(10);
  });

  test('[G10] one that has come to be a circle is judged all the same', () => {
    const circle = tree(['a', 'b'], ['b', 'a'], ['c', undefined]);
    expect(mayStandBelow(circle, 'c', 'a')).toEqual(refused('too-deep'));
    expect(mayStandBelow(circle, 'a', 'c').ok).toBe(true);
  });
});

describe('mandates that end soon', () => {
  const ids = (mandates: readonly SeatMandate[]) => mandates.map(({ id }) => id);

  test('[G11] run now and end within so many days, the first to end first', () => {
    const mandates = [
      mandate('ada', { id: 'on the last day', until: at(40) }),
      mandate('bob', { id: 'soon', until: at(12) }),
      mandate('cleo', { id: 'later', until: new Date(at(40).getTime() + 1) }),
      mandate('dan', { id: 'endless' }),
      mandate('eve', { id: 'ended', until: at(10) }),
      mandate('fay', { id: 'coming', from: at(11), until: at(12) }),
    ];
    expect(ids(endingWithin(mandates, at(10), 30))).toEqual(['soon', 'on the last day']);
    expect(ids(endingWithin(mandates, at(10), 0))).toEqual([]);
  });

  test('[G11] are all of them, in order, and none besides', () => {
    const anyMandate = fc.record({ from: fc.nat({ max: 30 }), lasts: fc.option(fc.integer({ min: 1, max: 30 })) });
    fc.assert(
      fc.property(fc.array(anyMandate), fc.nat({ max: 40 }), fc.nat({ max: 40 }), (list, now, days) => {
        const mandates = list.map(({ from, lasts }, index) =>
          mandate('ada', { id: `m${index}`, from: at(from), ...(lasts === null ? {} : { until: at(from + lasts) }) }),
        );
        const found = endingWithin(mandates, at(now), days);
        const ends = found.map(({ until }) => until?.getTime() ?? Number.NaN);
        expect(ends).toEqual(ends.toSorted((one, other) => one - other));
        for (const one of mandates) {
          const soon = isRunning(one, at(now)) && one.until !== undefined && one.until <= at(now + days);
          expect(found.includes(one)).toBe(soon);
        }
      }),
    );
  });
});

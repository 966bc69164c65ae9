import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RULES } from '../governance/rule-set.ts';
import type { Seating, SeatMandate } from '../governance/seats.ts';
import type { GivenProxy, StoredState } from './model.ts';
import { afterArrival, mayGiveProxy, maySettleProxy } from './proxies.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 9, minute));
const mandate = (personId: string, role: SeatMandate['role'] = 'member'): SeatMandate => ({
  ...{ id: `${personId}-mandate`, personId, role, from: at(0) },
});
const seat = (id: string, holderId: string | null, alternates: readonly string[] = [], voting = true): Seating => ({
  seat: { id, title: id, voting, weight: 1_000, from: at(0) },
  ...(holderId === null ? {} : { holder: mandate(holderId) }),
  alternates: alternates.map((personId) => mandate(personId, 'alternate')),
});
const proxy = (fromId: string, toId: string, over: Partial<GivenProxy> = {}): GivenProxy => ({
  ...{ id: `${fromId}-${toId}`, seatId: `seat of ${fromId}`, fromId, toId, state: 'accepted', at: at(0) },
  ...over,
});
type Facts = Parameters<typeof mayGiveProxy>[0];
const meeting = (proxies: readonly GivenProxy[] = [], over: Partial<Facts> = {}): Facts => ({
  ...{ state: 'convened', proxies, rules: DEFAULT_RULES },
  ...over,
});
const capped = (maxPerHolder: number, allowed = true) => ({ ...DEFAULT_RULES, proxies: { allowed, maxPerHolder } });
const refused = (reason: string) => ({ ok: false, reason });

const seats = [
  seat('seat of ada', 'ada'),
  seat('seat of bob', 'bob', ['ben']),
  seat('seat of cleo', 'cleo'),
  seat('advice', 'eve', ['eva'], false),
  seat('vacant', null),
];
const gives = (fromId: string, toId: string, facts: Facts = meeting(), over: Partial<GivenProxy> = {}) =>
  mayGiveProxy(facts, seats, proxy(fromId, toId, over));

describe('a proxy', () => {
  test('[M16] is given by the holder of a voting seat to somebody else who votes, for their own seat or as an alternate', () => {
    expect(gives('ada', 'bob').ok).toBe(true);
    expect(gives('ada', 'ben').ok).toBe(true);
    expect(gives('ada', 'bob', meeting(), { itemId: 'budget' }).ok).toBe(true);
    expect(gives('ada', 'ada')).toEqual(refused('proxy-to-oneself'));
    for (const toId of ['eve', 'eva', 'a guest'])
      expect(gives('ada', toId)).toEqual(refused('proxy-to-nobody-who-votes'));
    for (const [fromId, seatId] of [
      ['ben', 'seat of bob'],
      ['eve', 'advice'],
      ['ada', 'seat of bob'],
      ['ada', 'vacant'],
      ['ada', 'no such seat'],
    ] as const)
      expect(gives(fromId, 'cleo', meeting(), { seatId })).toEqual(refused('no-seat'));
  });

  test('[M16] is given where the rules allow it, until the meeting is over', () => {
    expect(gives('ada', 'bob', meeting([], { rules: capped(1, false) }))).toEqual(refused('proxies-not-allowed'));
    for (const state of ['ended', 'cancelled'] as const)
      expect(gives('ada', 'bob', meeting([], { state }))).toEqual(refused('meeting-over'));
    for (const state of ['draft', 'convened', 'in-session', 'suspended', 'postponed'] as const)
      expect(gives('ada', 'bob', meeting([], { state })).ok).toBe(true);
  });

  test('[M16] is one for each seat and vote', () => {
    for (const state of ['given', 'accepted'] as const) {
      expect(gives('ada', 'bob', meeting([proxy('ada', 'cleo', { state })]))).toEqual(refused('already-given'));
      const forItem = meeting([proxy('ada', 'cleo', { state, itemId: 'budget' })]);
      expect(gives('ada', 'bob', forItem)).toEqual(refused('already-given'));
      expect(gives('ada', 'bob', forItem, { itemId: 'budget' })).toEqual(refused('already-given'));
      expect(gives('ada', 'bob', forItem, { itemId: 'election' }).ok).toBe(true);
    }
    for (const state of ['refused', 'revoked'] as const)
      expect(gives('ada', 'bob', meeting([proxy('ada', 'cleo', { state })])).ok).toBe(true);
  });

  test('[M16] is not given on, and not given to who has given their own', () => {
    for (const state of ['given', 'accepted'] as const) {
      expect(gives('bob', 'cleo', meeting([proxy('ada', 'bob', { state })]))).toEqual(refused('proxy-chain'));
      expect(gives('ada', 'bob', meeting([proxy('bob', 'cleo', { state })]))).toEqual(refused('proxy-chain'));
      expect(gives('bob', 'ada', meeting([proxy('ada', 'bob', { state })]))).toEqual(refused('proxy-chain'));
    }
    const elsewhere = meeting([proxy('bob', 'cleo', { itemId: 'budget' })]);
    expect(gives('ada', 'bob', elsewhere)).toEqual(refused('proxy-chain'));
    expect(gives('ada', 'bob', elsewhere, { itemId: 'election' }).ok).toBe(true);
    expect(gives('ada', 'bob', meeting([proxy('bob', 'cleo', { state: 'revoked' })])).ok).toBe(true);
  });
});

describe('a proxy that was given', () => {
  const offered = proxy('ada', 'bob', { state: 'given' });
  const settles = (
    personId: string,
    as: 'accepted' | 'refused' | 'revoked',
    of: GivenProxy = offered,
    facts = meeting([of]),
  ) => maySettleProxy(facts, of, personId, as);

  test('[M16] is accepted or refused by who receives it, and taken back by who gave it', () => {
    expect(settles('bob', 'accepted').ok && settles('bob', 'refused').ok && settles('ada', 'revoked').ok).toBe(true);
    expect(settles('bob', 'refused', { ...offered, state: 'accepted' }).ok).toBe(true);
    expect(settles('ada', 'revoked', { ...offered, state: 'accepted' }).ok).toBe(true);
    for (const as of ['accepted', 'refused'] as const)
      for (const personId of ['ada', 'cleo']) expect(settles(personId, as)).toEqual(refused('not-yours'));
    for (const personId of ['bob', 'cleo']) expect(settles(personId, 'revoked')).toEqual(refused('not-yours'));
  });

  test('[M16] and was refused or taken back is none any more', () => {
    for (const state of ['refused', 'revoked'] as const) {
      expect(settles('bob', 'accepted', { ...offered, state })).toEqual(refused('no-such-proxy'));
      expect(settles('bob', 'refused', { ...offered, state })).toEqual(refused('no-such-proxy'));
      expect(settles('ada', 'revoked', { ...offered, state })).toEqual(refused('no-such-proxy'));
    }
  });

  test('[M16] is settled until the meeting is over', () => {
    for (const state of ['ended', 'cancelled'] as const)
      for (const [personId, as] of [
        ['bob', 'accepted'],
        ['ada', 'revoked'],
      ] as const)
        expect(settles(personId, as, offered, meeting([offered], { state }))).toEqual(refused('meeting-over'));
  });

  test('[M16] is accepted by nobody who holds as many as the rules allow, for the same vote', () => {
    const holds = (over: Partial<GivenProxy>, rules = DEFAULT_RULES) =>
      settles('bob', 'accepted', offered, meeting([proxy('cleo', 'bob', over), offered], { rules }));
    expect(holds({})).toEqual(refused('too-many-proxies'));
    expect(holds({ itemId: 'budget' })).toEqual(refused('too-many-proxies'));
    expect(holds({ state: 'given' }).ok).toBe(true);
    expect(holds({ toId: 'dan' }).ok).toBe(true);
    expect(holds({}, capped(2)).ok).toBe(true);
    expect(holds({ state: 'given' }, capped(2, false))).toEqual(refused('proxies-not-allowed'));
    const forItem = proxy('ada', 'bob', { state: 'given', itemId: 'budget' });
    const other = proxy('cleo', 'bob', { itemId: 'election' });
    expect(settles('bob', 'accepted', forItem, meeting([other, forItem])).ok).toBe(true);
    // Said again it is as it was.
    const held = proxy('ada', 'bob');
    expect(settles('bob', 'accepted', held, meeting([held])).ok).toBe(true);
    expect(settles('bob', 'refused', offered, meeting([proxy('cleo', 'bob'), offered])).ok).toBe(true);
  });

  test('[M16] is taken back when its giver comes; those of others and those for an item alone are as they were', () => {
    const all = [
      proxy('ada', 'bob'),
      proxy('ada', 'ben', { state: 'given' }),
      proxy('ada', 'dan', { state: 'refused' }),
      proxy('ada', 'cleo', { itemId: 'budget' }),
      proxy('cleo', 'ada'),
    ];
    expect(afterArrival(all, 'ada')).toEqual([
      proxy('ada', 'bob', { state: 'revoked' }),
      proxy('ada', 'ben', { state: 'revoked' }),
      ...all.slice(2),
    ]);
    expect(afterArrival(all, 'bob')).toEqual(all);
  });
});

describe('any sequence of what may be done with proxies', () => {
  const everybody = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
  // Everybody has a seat; who has the first stands in for the last, and has one more.
  const assembly = [
    ...everybody.map((personId, index) => seat(`s${index}`, personId, index === 4 ? ['p0', 'stand-in'] : [])),
    seat('second', 'p0'),
  ];
  const anyPerson = fc.constantFrom(...everybody, 'stand-in');
  const anyDeed = fc.record({
    what: fc.constantFrom('give', 'give', 'accepted', 'accepted', 'accepted', 'refused', 'revoked', 'arrive'),
    who: anyPerson,
    toId: anyPerson,
    seatId: fc.constantFrom(...assembly.map(({ seat: { id } }) => id)),
    itemId: fc.constantFrom(undefined, 'budget', 'election'),
    which: fc.nat({ max: 30 }),
  });

  test('[M16] makes no chain, keeps to what one may hold, gives each vote once, and opens nothing again', () => {
    let [given, accepted] = [0, 0];
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (deeds, most) => {
        let proxies: readonly GivenProxy[] = [];
        const state: StoredState = 'convened';
        for (const { what, who, toId, seatId, itemId, which } of deeds) {
          const facts = { state, proxies, rules: capped(most) };
          const before = proxies;
          const one = proxies[which % Math.max(1, proxies.length)];
          if (what === 'give') {
            const holder = assembly.find(({ seat: { id } }) => id === seatId)?.holder?.personId ?? '';
            const wanted = { seatId, fromId: holder, toId, ...(itemId === undefined ? {} : { itemId }) };
            if (!mayGiveProxy(facts, assembly, wanted).ok) continue;
            given += 1;
            proxies = [...proxies, { ...wanted, id: `${proxies.length}`, state: 'given', at: at(0) }];
          } else if (what === 'arrive') proxies = afterArrival(proxies, who);
          else if (one !== undefined) {
            const as = what as 'accepted' | 'refused' | 'revoked';
            if (!maySettleProxy(facts, one, as === 'revoked' ? one.fromId : one.toId, as).ok) continue;
            if (as === 'accepted') accepted += 1;
            proxies = proxies.map((other) => (other === one ? { ...one, state: as } : other));
          }
          for (const [index, { state: was }] of before.entries())
            if (was === 'refused' || was === 'revoked') expect(proxies[index]?.state).toBe(was);
          for (const item of [undefined, 'budget', 'election']) {
            const open = proxies.filter(
              (other) =>
                (other.state === 'given' || other.state === 'accepted') &&
                (other.itemId === undefined || other.itemId === item),
            );
            const givers = new Set(open.map(({ fromId }) => fromId));
            for (const { toId: holder } of open) expect(givers.has(holder)).toBe(false);
            expect(new Set(open.map(({ seatId: of }) => of)).size).toBe(open.length);
            for (const person of [...everybody, 'stand-in'])
              expect(
                open.filter((other) => other.toId === person && other.state === 'accepted').length,
              ).toBeLessThanOrEqual(most);
          }
          if (what === 'arrive')
            expect(
              proxies.some(
                (other) =>
                  other.fromId === who &&
                  other.itemId === undefined &&
                  (other.state === 'given' || other.state === 'accepted'),
              ),
            ).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
    // Otherwise it would have said nothing.
    expect(given).toBeGreaterThan(100);
    expect(accepted).toBeGreaterThan(50);
  });
});

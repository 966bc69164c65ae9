import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_RULES } from '../governance/rule-set.ts';
import type { Seating, SeatMandate } from '../governance/seats.ts';
import type { RegisterEntry } from '../polls/types.ts';
import { barredItems, isThere, presenceAt, recusedFrom, registerFor, sentOut, standing } from './attendance.ts';
import type { Attended, DeclaredConflict, GivenProxy, Presence } from './model.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 9, minute));
const noted = (personId: string, what: Presence, minute = 0): Attended => ({
  ...{ id: `${personId}-${minute}`, personId, what, at: at(minute), by: personId },
});
const there = (...people: readonly string[]): readonly Attended[] => people.map((personId) => noted(personId, 'in'));
const conflict = (personId: string, over: Partial<DeclaredConflict> = {}): DeclaredConflict => ({
  id: `${personId}-conflict`,
  personId,
  itemId: 'budget',
  declaredBy: personId,
  at: at(0),
  lifted: false,
  ...over,
});
const mandate = (personId: string, over: Partial<SeatMandate> = {}): SeatMandate => ({
  ...{ id: `${personId}-mandate`, personId, role: 'member', from: at(0) },
  ...over,
});
/** A seat held by somebody (null: by nobody), and who stands in. */
const seat = (
  id: string,
  holderId: string | null,
  alternates: readonly string[] = [],
  over: Partial<Seating['seat']> = {},
): Seating => ({
  seat: { id, title: id, voting: true, weight: 1_000, from: at(0), ...over },
  ...(holderId === null ? {} : { holder: mandate(holderId) }),
  alternates: alternates.map((personId, index) => mandate(personId, { role: 'alternate', rank: index + 1 })),
});
const proxy = (seatId: string, fromId: string, toId: string, over: Partial<GivenProxy> = {}): GivenProxy => ({
  ...{ id: `${seatId}-proxy`, seatId, fromId, toId, state: 'accepted', at: at(0) },
  ...over,
});
type Meeting = Parameters<typeof registerFor>[1];
const meeting = (over: Partial<Meeting> = {}): Meeting => ({
  ...{ attendance: [], proxies: [], conflicts: [], rules: DEFAULT_RULES },
  ...over,
});
const capped = (maxPerHolder: number, allowed = true) => ({ ...DEFAULT_RULES, proxies: { allowed, maxPerHolder } });
/** Who votes for each seat, and how. */
const votersOf = (register: readonly RegisterEntry[]) =>
  register.map(({ seatId, voterId, via }) => [seatId, voterId, via].filter((part) => part !== undefined).join(' '));
const voters = (seats: readonly Seating[], over: Partial<Meeting> = {}) =>
  votersOf(registerFor(seats, meeting(over), 'budget'));

describe('the log of attendance', () => {
  const log = [noted('ada', 'in', 1), noted('bob', 'remote', 2), noted('ada', 'out', 5), noted('ada', 'remote', 9)];

  test('[M14] tells where somebody is at an instant, the instant of the entry included; who was never noted is nowhere', () => {
    const where = (minute: number) => ['ada', 'bob', 'cleo'].map((id) => presenceAt(log, at(minute)).get(id));
    expect(where(0)).toEqual([undefined, undefined, undefined]);
    expect(where(1)).toEqual(['in', undefined, undefined]);
    expect(where(4)).toEqual(['in', 'remote', undefined]);
    expect(where(5)).toEqual(['out', 'remote', undefined]);
    expect(where(9)).toEqual(['remote', 'remote', undefined]);
    expect(presenceAt(log)).toEqual(presenceAt(log, at(9)));
  });

  test('[M14] in the room and at a distance is there; out and never noted is not', () => {
    expect((['in', 'remote', 'out', undefined] as const).map(isThere)).toEqual([true, true, false, false]);
  });

  test('[M14] at any instant it tells what playing it until then tells, and later entries change nothing before', () => {
    const anyLog = fc
      .array(
        fc.tuple(
          fc.constantFrom('ada', 'bob', 'cleo'),
          fc.constantFrom('in' as const, 'remote' as const, 'out' as const),
          fc.nat({ max: 5 }),
        ),
        { maxLength: 20 },
      )
      .map((events) => {
        let minute = 0;
        return events.map(([personId, what, after]) => {
          minute += after;
          return noted(personId, what, minute);
        });
      });
    fc.assert(
      fc.property(anyLog, anyLog, fc.nat({ max: 100 }), (first, more, minute) => {
        const played = new Map<string, Presence>();
        for (const event of first) {
          if (event.at.getTime() > at(minute).getTime()) break;
          played.set(event.personId, event.what);
        }
        expect(presenceAt(first, at(minute))).toEqual(played);
        const last = first.at(-1)?.at.getTime() ?? at(0).getTime();
        const added = more.map((event) => ({
          ...event,
          at: new Date(last + event.at.getTime() - at(0).getTime() + 1),
        }));
        if (at(minute).getTime() <= last) expect(presenceAt([...first, ...added], at(minute))).toEqual(played);
      }),
    );
  });
});

describe('a conflict of interest', () => {
  const all = [
    conflict('undecided'),
    conflict('no action', { assessment: 'no-action' }),
    conflict('no vote', { assessment: 'no-vote' }),
    conflict('leaves', { assessment: 'leave-room' }),
    conflict('barred', { assessment: 'barred' }),
    conflict('lifted', { assessment: 'barred', lifted: true }),
    conflict('elsewhere', { assessment: 'barred', itemId: 'election' }),
  ];

  test('[M10] keeps from the vote from the declaration on, unless it is without consequence or lifted', () => {
    expect([...recusedFrom(all, 'budget')]).toEqual(['undecided', 'no vote', 'leaves', 'barred']);
    expect([...recusedFrom(all, undefined)]).toEqual([]);
    expect(all.filter(standing).length).toBe(5);
  });

  test('[M10] sends out of the room, and keeps from the papers, as it was assessed', () => {
    expect([...sentOut(all, 'budget')]).toEqual(['leaves', 'barred']);
    expect([...barredItems(all, 'barred')]).toEqual(['budget']);
    expect([...barredItems(all, 'elsewhere')]).toEqual(['election']);
    for (const personId of ['undecided', 'no action', 'no vote', 'leaves', 'lifted'])
      expect([...barredItems(all, personId)]).toEqual([]);
  });
});

describe('the register of a vote', () => {
  test('[M15] its holder votes for a seat, if there; else its first alternate who is there; else who holds a proxy for it', () => {
    const seats = [seat('one', 'ada', ['ann', 'abe']), seat('two', 'bob')];
    const proxies = [proxy('one', 'ada', 'bob')];
    const who = (...people: readonly string[]) => voters(seats, { attendance: there('bob', ...people), proxies })[0];
    expect(who('ada', 'ann', 'abe')).toBe('one ada self');
    expect(who('ann', 'abe')).toBe('one ann alternate');
    expect(who('abe')).toBe('one abe alternate');
    expect(who()).toBe('one bob proxy');
    expect(voters(seats, { proxies })).toEqual(['one', 'two']);
  });

  test('[M15] who takes part at a distance is there, who has left is not', () => {
    const seats = [seat('one', 'ada', ['ann'])];
    expect(voters(seats, { attendance: [noted('ada', 'remote')] })).toEqual(['one ada self']);
    expect(voters(seats, { attendance: [noted('ada', 'in'), noted('ada', 'out', 3)] })).toEqual(['one']);
  });

  test('[M15] an alternate sits for one seat, and not beside a seat of their own', () => {
    const seats = [seat('one', 'ada', ['ann']), seat('two', 'bob', ['ann', 'cleo']), seat('three', 'cleo')];
    expect(voters(seats, { attendance: there('ann') })).toEqual(['one ann alternate', 'two', 'three']);
    expect(voters(seats, { attendance: there('cleo') })).toEqual(['one', 'two', 'three cleo self']);
    expect(voters(seats, { attendance: there('ada', 'ann') })).toEqual(['one ada self', 'two ann alternate', 'three']);
  });

  test('[M15] [M16] a proxy holds once it is accepted, for its item or the meeting, and in the hands of who votes in person', () => {
    const seats = [seat('one', 'ada'), seat('two', 'bob', ['ann']), seat('three', 'cleo')];
    const one = (over: Partial<GivenProxy>, people: readonly string[] = ['bob']) =>
      voters(seats, { attendance: there(...people), proxies: [proxy('one', 'ada', 'bob', over)] })[0];
    expect(one({})).toBe('one bob proxy');
    for (const state of ['given', 'refused', 'revoked'] as const) expect(one({ state })).toBe('one');
    expect(one({ itemId: 'budget' })).toBe('one bob proxy');
    expect(one({ itemId: 'election' })).toBe('one');
    const forItem = meeting({ attendance: there('bob'), proxies: [proxy('one', 'ada', 'bob', { itemId: 'budget' })] });
    expect(votersOf(registerFor(seats, forItem, undefined))[0]).toBe('one');
    expect(one({}, ['cleo'])).toBe('one');
    expect(one({ toId: 'ann' }, ['ann'])).toBe('one ann proxy');
    // Not there for a vote of their own, an alternate casts no other's either.
    expect(one({ toId: 'ann' }, ['bob', 'ann'])).toBe('one');
  });

  test('[M16] who has come votes themself, whatever proxy was given', () => {
    const seats = [seat('one', 'ada'), seat('two', 'bob')];
    for (const over of [{}, { itemId: 'budget' }])
      expect(voters(seats, { attendance: there('ada', 'bob'), proxies: [proxy('one', 'ada', 'bob', over)] })).toEqual([
        'one ada self',
        'two bob self',
      ]);
  });

  test('[M16] nobody votes with more proxies than the rules allow, or with any where they allow none', () => {
    const seats = [seat('one', 'ada'), seat('two', 'bob'), seat('three', 'cleo'), seat('four', 'dan')];
    const all = {
      attendance: there('dan'),
      proxies: [proxy('one', 'ada', 'dan'), proxy('two', 'bob', 'dan'), proxy('three', 'cleo', 'dan')],
    };
    const own = 'four dan self';
    expect(voters(seats, all)).toEqual(['one dan proxy', 'two', 'three', own]);
    expect(voters(seats, { ...all, rules: capped(2) })).toEqual(['one dan proxy', 'two dan proxy', 'three', own]);
    expect(voters(seats, { ...all, rules: capped(2, false) })).toEqual(['one', 'two', 'three', own]);
  });

  test('[M16] what the former holder of a seat gave is no proxy of who holds it now', () => {
    const seats = [seat('one', 'successor'), seat('two', 'bob')];
    expect(voters(seats, { attendance: there('bob'), proxies: [proxy('one', 'ada', 'bob')] })).toEqual([
      'one',
      'two bob self',
    ]);
  });

  test('[M10] a conflict of the holder recuses the seat, and no proxy helps; an alternate without one takes it', () => {
    const seats = [seat('one', 'ada', ['ann']), seat('two', 'bob')];
    const of = (people: readonly string[], conflicts: readonly DeclaredConflict[]) =>
      registerFor(
        seats,
        meeting({ attendance: there('bob', ...people), conflicts, proxies: [proxy('one', 'ada', 'bob')] }),
        'budget',
      )[0];
    const recused = { present: false, recused: true };
    for (const people of [['ada'], []]) {
      expect(of(people, [conflict('ada')])).toMatchObject(recused);
      expect(of(people, [conflict('ada')])?.voterId).toBeUndefined();
    }
    expect(of(['ada', 'ann'], [conflict('ada')])).toMatchObject({ voterId: 'ann', via: 'alternate', recused: false });
    expect(of(['ada', 'ann'], [conflict('ada'), conflict('ann')])).toMatchObject(recused);
    expect(of(['ada'], [conflict('ada', { assessment: 'no-action' })])).toMatchObject({ voterId: 'ada' });
    expect(of(['ada'], [conflict('ada', { lifted: true })])).toMatchObject({ voterId: 'ada' });
    expect(of(['ada'], [conflict('ada', { itemId: 'election' })])).toMatchObject({ voterId: 'ada' });
  });

  test('[M10] who is recused casts no vote of another seat either', () => {
    const seats = [seat('one', 'ada', ['ann']), seat('two', 'bob'), seat('three', 'cleo')];
    const all = { attendance: there('ann', 'bob'), proxies: [proxy('three', 'cleo', 'bob')] };
    expect(voters(seats, all)).toEqual(['one ann alternate', 'two bob self', 'three bob proxy']);
    expect(voters(seats, { ...all, conflicts: [conflict('bob'), conflict('ann')] })).toEqual(['one', 'two', 'three']);
  });

  test('[G7] every voting seat has its entry with its weight and college, the vacant ones too, and no other seat', () => {
    const seats = [
      seat('cities', 'ada', [], { college: 'cities', weight: 2_500 }),
      seat('advice', 'bob', [], { voting: false }),
      seat('vacant', null),
    ];
    const proxies = [proxy('vacant', 'ada', 'ada')];
    expect(registerFor(seats, meeting({ attendance: there('ada', 'bob'), proxies }), 'budget')).toEqual([
      {
        ...{ seatId: 'cities', college: 'cities', weight: 2_500, holderId: 'ada', voterId: 'ada', via: 'self' },
        ...{ present: true, recused: false },
      },
      { seatId: 'vacant', weight: 1_000, present: false, recused: false },
    ]);
  });

  test('[M15] on a seat without a holder an alternate stands in', () => {
    expect(voters([seat('vacant', null, ['ann'])], { attendance: there('ann') })).toEqual(['vacant ann alternate']);
  });
});

const HOLDERS = ['h0', 'h1', 'h2', 'h3', 'h4', 'h5'] as const;
const PEOPLE = [...HOLDERS, 'a0', 'a1', 'a2'] as const;
const anyPerson = fc.constantFrom(...PEOPLE);

/** Seats of different holders, some vacant, some without a vote; anybody may stand in for anybody. */
const anySeats: fc.Arbitrary<readonly Seating[]> = fc
  .array(
    fc.record({
      filled: fc.integer({ min: 0, max: 5 }),
      voting: fc.integer({ min: 0, max: 5 }),
      alternates: fc.uniqueArray(anyPerson, { maxLength: 3 }),
      weight: fc.integer({ min: 1, max: 5_000 }),
    }),
    { maxLength: HOLDERS.length },
  )
  .map((list) =>
    list.map(({ filled, voting, alternates, weight }, index) => {
      const holderId = HOLDERS[index] ?? '';
      const others = alternates.filter((personId) => personId !== holderId);
      return seat(`s${index}`, filled === 0 ? null : holderId, others, { voting: voting > 0, weight });
    }),
  );
const anyItem = fc.constantFrom(undefined, 'budget', 'election');
const anyConflict = fc
  .record({
    personId: anyPerson,
    itemId: fc.constantFrom('budget', 'election'),
    assessment: fc.constantFrom(undefined, 'no-action' as const, 'no-vote' as const, 'leave-room' as const),
    lifted: fc.boolean(),
  })
  .map(({ personId, assessment, ...over }) =>
    conflict(personId, { ...over, ...(assessment === undefined ? {} : { assessment }) }),
  );
/** Any proxies at all, also such as the rules refuse: the register must not rely on them. */
const anyProxy = fc
  .record({
    index: fc.nat({ max: 5 }),
    fromId: fc.option(anyPerson),
    toId: anyPerson,
    itemId: anyItem,
    state: fc.constantFrom('accepted' as const, 'accepted' as const, 'given' as const, 'revoked' as const),
  })
  .map(({ index, fromId, toId, itemId, state }) =>
    proxy(`s${index}`, fromId ?? HOLDERS[index] ?? '', toId, { state, ...(itemId === undefined ? {} : { itemId }) }),
  );
const anyLog = fc.array(
  fc.record({
    personId: anyPerson,
    what: fc.constantFrom('in' as const, 'remote' as const, 'in' as const, 'out' as const),
  }),
  { maxLength: 14 },
);
const anyMeeting: fc.Arbitrary<Meeting> = fc.record({
  attendance: anyLog.map((list) => list.map(({ personId, what }, minute) => noted(personId, what, minute))),
  proxies: fc.array(anyProxy, { maxLength: 8 }),
  conflicts: fc.array(anyConflict, { maxLength: 3 }),
  rules: fc
    .record({ allowed: fc.boolean(), max: fc.integer({ min: 1, max: 3 }) })
    .map((of) => capped(of.max, of.allowed)),
});

describe('the register of any vote', () => {
  const run = (
    check: (
      seats: readonly Seating[],
      of: Meeting,
      itemId: string | undefined,
      register: readonly RegisterEntry[],
    ) => void,
  ): void =>
    fc.assert(
      fc.property(anySeats, anyMeeting, anyItem, (seats, of, itemId) =>
        check(seats, of, itemId, registerFor(seats, of, itemId)),
      ),
      { numRuns: 500 },
    );
  const inPerson = ({ via }: RegisterEntry): boolean => via === 'self' || via === 'alternate';

  test('[M15] [G7] has every voting seat once, in their order, as it weighs', () => {
    run((seats, _of, _itemId, register) => {
      const voting = seats.filter(({ seat: { voting: votes } }) => votes);
      expect(register.map(({ seatId, weight, holderId }) => [seatId, weight, holderId])).toEqual(
        voting.map(({ seat: { id, weight }, holder }) => [id, weight, holder?.personId]),
      );
    });
  });

  test('[M15] nobody votes in person for two seats, and only who votes in person votes by proxy', () => {
    run((_seats, of, _itemId, register) => {
      const people = register.filter(inPerson).map(({ voterId }) => voterId);
      expect(new Set(people).size).toBe(people.length);
      const where = presenceAt(of.attendance);
      for (const { voterId, via, present, recused } of register) {
        expect(present).toBe(via === 'self' || via === 'alternate');
        expect(voterId === undefined).toBe(via === undefined);
        if (voterId === undefined) continue;
        expect(isThere(where.get(voterId))).toBe(true);
        expect(recused).toBe(false);
        if (via === 'proxy') expect(people).toContain(voterId);
      }
    });
  });

  test('[M16] each proxy was given by the holder, who is away, and accepted; nobody has more than the rules allow', () => {
    run((_seats, of, itemId, register) => {
      const held = new Map<string, number>();
      for (const { seatId, holderId, voterId = '', via } of register.filter((entry) => entry.via === 'proxy')) {
        expect(via).toBe('proxy');
        held.set(voterId, (held.get(voterId) ?? 0) + 1);
        expect(isThere(presenceAt(of.attendance).get(holderId ?? ''))).toBe(false);
        const given = of.proxies.some(
          (one) =>
            one.seatId === seatId &&
            one.fromId === holderId &&
            one.toId === voterId &&
            one.state === 'accepted' &&
            (one.itemId === undefined || one.itemId === itemId),
        );
        expect(given).toBe(true);
      }
      const most = of.rules.proxies.allowed ? of.rules.proxies.maxPerHolder : 0;
      for (const count of held.values()) expect(count).toBeLessThanOrEqual(most);
    });
  });

  test('[M10] who is recused or sent out votes for nobody', () => {
    run((_seats, of, itemId, register) => {
      const out = new Set([...recusedFrom(of.conflicts, itemId), ...sentOut(of.conflicts, itemId)]);
      for (const { voterId, holderId, recused } of register) {
        expect(out.has(voterId ?? '')).toBe(false);
        if (recused) expect(out.has(holderId ?? '')).toBe(true);
        if (out.has(holderId ?? '') && voterId === undefined) expect(recused).toBe(true);
      }
    });
  });

  test('[M15] the holder who is there comes first, then the first alternate who is there and free', () => {
    run((seats, of, itemId, register) => {
      const where = presenceAt(of.attendance);
      const recused = recusedFrom(of.conflicts, itemId);
      const may = (personId: string): boolean => isThere(where.get(personId)) && !recused.has(personId);
      const voting = seats.filter(({ seat: { voting: votes } }) => votes);
      const sitting = new Set(
        register.flatMap(({ via, voterId }) => (via === 'self' && voterId !== undefined ? [voterId] : [])),
      );
      for (const [index, { holder, alternates }] of voting.entries()) {
        const entry = register[index];
        if (holder !== undefined && may(holder.personId)) {
          expect(entry).toMatchObject({ voterId: holder.personId, via: 'self' });
          continue;
        }
        const first = alternates.find(({ personId }) => may(personId) && !sitting.has(personId))?.personId;
        expect(entry?.via === 'alternate' ? entry.voterId : undefined).toBe(first);
        if (first !== undefined) sitting.add(first);
      }
    });
  });

  test('[G7] nobody votes for a seat that is vacant and has no alternate there', () => {
    run((seats, of, _itemId, register) => {
      const where = presenceAt(of.attendance);
      for (const {
        seat: { id },
        holder,
        alternates,
      } of seats) {
        if (holder !== undefined || alternates.some(({ personId }) => isThere(where.get(personId)))) continue;
        expect(register.find(({ seatId }) => seatId === id)?.voterId).toBeUndefined();
      }
    });
  });
});

describe('who comes to a sitting', () => {
  /** Each alternate stands in for one seat alone, each proxy was rightly given, and nobody holds more than the rules allow. */
  const anySitting = fc
    .record({
      standIns: fc.array(fc.option(fc.nat({ max: 5 })), { minLength: PEOPLE.length, maxLength: PEOPLE.length }),
      givenTo: fc.array(fc.option(anyPerson), { minLength: HOLDERS.length, maxLength: HOLDERS.length }),
      present: fc.uniqueArray(anyPerson),
      comes: fc.constantFrom(...HOLDERS),
    })
    .map(({ standIns, givenTo, present, comes }) => {
      const seats = HOLDERS.map((holderId, index) =>
        seat(
          `s${index}`,
          holderId,
          PEOPLE.filter((personId, other) => standIns[other] === index && personId !== holderId),
        ),
      );
      const givers = new Set(HOLDERS.filter((_, index) => givenTo[index] !== null));
      const proxies = HOLDERS.flatMap((fromId, index) => {
        const toId = givenTo[index];
        return toId == null || toId === fromId || givers.has(toId as (typeof HOLDERS)[number])
          ? []
          : [proxy(`s${index}`, fromId, toId)];
      });
      return { seats, comes, proxies, before: there(...present.filter((one) => one !== comes)) };
    });

  test('[M15] takes no vote from another seat, save where they stood in, or where who stood in for them held a proxy', () => {
    fc.assert(
      fc.property(anySitting, ({ seats, comes, proxies, before }) => {
        const register = (attendance: readonly Attended[]) =>
          registerFor(seats, meeting({ attendance, proxies, rules: capped(9) }), 'budget');
        const [then, now] = [register(before), register([...before, noted(comes, 'in', 9)])];
        const own = then.find(({ holderId }) => holderId === comes);
        expect(now.find(({ holderId }) => holderId === comes)).toMatchObject({ voterId: comes, via: 'self' });
        const stoodIn = own?.via === 'alternate' ? own.voterId : undefined;
        for (const [index, { voterId, via }] of then.entries()) {
          if (voterId === undefined || now[index]?.holderId === comes) continue;
          const gone = voterId === stoodIn && via === 'proxy';
          if (gone) expect(now[index]?.voterId).not.toBe(stoodIn);
          else expect(now[index]).toMatchObject({ voterId, via });
        }
      }),
      { numRuns: 500 },
    );
  });

  test('[M15] leaves the seat to the next in which they stood in', () => {
    const seats = [seat('one', 'ada', ['bob', 'ann']), seat('two', 'bob', ['ben'])];
    // Whoever has a seat of their own and is there sits in it, and nowhere else.
    expect(voters(seats, { attendance: there('bob', 'ann') })).toEqual(['one ann alternate', 'two bob self']);
    expect(voters(seats, { attendance: there('ann', 'ben') })).toEqual(['one ann alternate', 'two ben alternate']);
  });
});

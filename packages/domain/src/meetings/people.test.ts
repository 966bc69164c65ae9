import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MANDATE_ROLES } from '../governance/api.ts';
import { chairs, conducts, type Reader } from '../governance/conducting.ts';
import { isRunning } from '../governance/mandates.ts';
import type { SeatMandate, SeatTerms } from '../governance/seats.ts';
import { answered, calledTo, type MeetingBody, seesMeeting, takesPart } from './people.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 10, day, 9));
const NOW = at(10);
const mandate = (personId: string, role: SeatMandate['role'], over: Partial<SeatMandate> = {}): SeatMandate => ({
  ...{ id: `${personId}-${role}`, personId, role, from: at(5), until: at(15) },
  ...over,
});
const seat = (id: string, over: Partial<SeatTerms> = {}): SeatTerms => ({
  ...{ id, title: id, voting: true, weight: 1_000, from: at(1) },
  ...over,
});
const body = (mandates: readonly SeatMandate[] = [], over: Partial<MeetingBody> = {}): MeetingBody => ({
  ...{ publicity: 'internal', seats: [], mandates },
  ...over,
});
const reader = (personId: string, over: Partial<Reader> = {}): Reader => ({
  ...{ personId, platformRole: 'member', limited: false },
  ...over,
});

test('[M58] an answer that differs from the one before is a change, and stays one', () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 9, minute));
  const first = answered([], 'ada', 'accepted', at(0));
  expect(first).toEqual([{ personId: 'ada', answer: 'accepted', at: at(0) }]);
  expect(answered(first, 'ada', 'accepted', at(1))[0]).not.toHaveProperty('changedAt');
  const changed = answered([...first, ...answered([], 'bob', 'accepted', at(0))], 'ada', 'excused', at(2));
  expect(changed.map(({ personId, changedAt }) => [personId, changedAt])).toEqual([
    ['bob', undefined],
    ['ada', at(2)],
  ]);
  expect(answered(changed, 'ada', 'excused', at(3)).at(-1)?.changedAt).toEqual(at(2));
});

describe('who conducts the meetings of a body', () => {
  test('[M1] [G12] its chair, vice-chairs and secretary, while their mandates run', () => {
    for (const role of MANDATE_ROLES) {
      const of = body([mandate('ada', role)]);
      const leads = ['chair', 'vice-chair', 'secretary'].includes(role);
      expect([4, 5, 14, 15].map((day) => conducts(of, reader('ada'), at(day)))).toEqual([false, leads, leads, false]);
      expect(conducts(of, reader('bob'), NOW)).toBe(false);
    }
  });

  test('[M1] [G12] administrators and the secretariat of the platform', () => {
    const who = ['administrator', 'secretariat', 'member', 'guest'] as const;
    expect(who.map((platformRole) => conducts(body(), reader('ada', { platformRole }), NOW))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('[M1] [G12] nobody with a limited token', () => {
    const of = body([mandate('ada', 'chair')]);
    for (const platformRole of ['administrator', 'secretariat', 'member'] as const)
      expect(conducts(of, reader('ada', { platformRole, limited: true }), NOW)).toBe(false);
  });

  test('[M24] [G12] the chair and vice-chairs settle ties, while their mandates run; a secretary does not', () => {
    for (const role of MANDATE_ROLES) {
      const settles = role === 'chair' || role === 'vice-chair';
      const of = body([mandate('ada', role)]);
      expect([4, 5, 15].map((day) => chairs(of, 'ada', at(day)))).toEqual([false, settles, false]);
      expect(chairs(of, 'bob', NOW)).toBe(false);
    }
  });
});

describe('who is called', () => {
  const called = (of: MeetingBody, guests: readonly string[] = [], when = NOW) =>
    calledTo(of, guests, when).map(({ personId, quality }) => `${personId} ${quality}`);

  test('[M8] holders of voting seats, their alternates, everybody else with a mandate, and guests', () => {
    const of = body(
      [
        mandate('olga', 'observer'),
        mandate('sam', 'secretary'),
        mandate('ann', 'alternate', { seatId: 'one', rank: 1 }),
        mandate('eve', 'member', { seatId: 'advice' }),
        mandate('ada', 'member', { seatId: 'one' }),
        mandate('bob', 'chair', { seatId: 'two' }),
        mandate('past', 'member', { until: at(10) }),
        mandate('to come', 'member', { from: at(11) }),
      ],
      { seats: [seat('one'), seat('two'), seat('advice', { voting: false }), seat('vacant')] },
    );
    expect(called(of, ['gus'])).toEqual([
      'ada voter',
      'bob voter',
      'ann alternate',
      'sam secretary',
      'olga observer',
      'eve observer',
      'gus guest',
    ]);
    expect(calledTo(of, ['gus'], NOW).map(({ role }) => role)).toEqual([
      'member',
      'chair',
      'alternate',
      'secretary',
      'observer',
      'member',
      undefined,
    ]);
  });

  test('[M8] at the instant of the meeting: whose mandate runs then, not now', () => {
    const of = body([mandate('old', 'member', { until: at(12) }), mandate('new', 'member', { from: at(12) })]);
    expect(called(of)).toEqual(['old voter']);
    expect(called(of, [], at(12))).toEqual(['new voter']);
  });

  test('[M8] each in their strongest quality, whatever came first', () => {
    const strongest = (mandates: readonly SeatMandate[], guests: readonly string[] = []) =>
      called(body(mandates, { seats: [seat('one'), seat('two')] }), guests);
    const holds = mandate('ada', 'member', { seatId: 'one' });
    const standsIn = mandate('ada', 'alternate', { seatId: 'two' });
    const [writes, watches] = [mandate('ada', 'secretary'), mandate('ada', 'observer')];
    expect(strongest([watches, writes, standsIn, holds], ['ada'])).toEqual(['ada voter']);
    expect(strongest([watches, writes, standsIn], ['ada'])).toEqual(['ada alternate']);
    expect(strongest([watches, writes], ['ada'])).toEqual(['ada secretary']);
    expect(strongest([writes, watches], ['ada'])).toEqual(['ada secretary']);
    expect(strongest([watches], ['ada'])).toEqual(['ada observer']);
    expect(strongest([], ['ada', 'ada'])).toEqual(['ada guest']);
  });

  test('[M8] everybody whose mandate runs and every guest, once, in the same quality in whatever order they are kept', () => {
    const anyMandate = fc
      .record({
        personId: fc.constantFrom('ada', 'bob', 'cleo', 'dan'),
        role: fc.constantFrom(...MANDATE_ROLES),
        seatId: fc.constantFrom(undefined, 'one', 'two'),
        from: fc.integer({ min: 1, max: 12 }),
      })
      .map(({ personId, role, seatId, from }) =>
        mandate(personId, role, { from: at(from), ...(seatId === undefined ? {} : { seatId }) }),
      );
    const anyMandates = fc
      // One holder a seat, as rule G6 has it.
      .uniqueArray(anyMandate, {
        maxLength: 8,
        selector: ({ id, role, seatId }) => (role !== 'alternate' && seatId !== undefined ? seatId : id),
      })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    const anyGuests = fc.uniqueArray(fc.constantFrom('ada', 'gus', 'gil'));
    const anyBodySeats = fc.constantFrom([], [seat('one'), seat('two', { voting: false })]);
    fc.assert(
      fc.property(anyMandates, anyGuests, anyBodySeats, ([mandates, shuffled], guests, seats) => {
        const first = called(body(mandates, { seats }), guests);
        const running = mandates.filter((one) => isRunning(one, NOW)).map(({ personId }) => personId);
        expect(first.map((one) => one.split(' ')[0]).toSorted()).toEqual(
          [...new Set([...running, ...guests])].toSorted(),
        );
        expect(called(body(shuffled, { seats }), guests).toSorted()).toEqual(first.toSorted());
      }),
    );
  });

  test('[M7] who is called takes part, guests too, but not who only observes', () => {
    const all = calledTo(body([mandate('ada', 'member'), mandate('olga', 'observer')]), ['gus'], NOW);
    expect(['ada', 'gus', 'olga', 'nobody'].map((personId) => takesPart(all, personId))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('who sees a meeting', () => {
  type Meeting = Parameters<typeof seesMeeting>[2];
  const meeting = (over: Partial<Meeting> = {}): Meeting => ({
    state: 'convened',
    guestIds: ['gus'],
    at: NOW,
    ...over,
  });
  const CONVENED = ['convened', 'in-session', 'suspended', 'ended', 'postponed', 'cancelled'] as const;

  test('[M2] who conducts it, and who has a mandate in the body, from the draft on', () => {
    for (const role of MANDATE_ROLES)
      for (const state of ['draft', ...CONVENED] as const)
        expect(seesMeeting(body([mandate('ada', role)]), reader('ada'), meeting({ state }), NOW)).toBe(true);
    for (const platformRole of ['administrator', 'secretariat'] as const)
      expect(seesMeeting(body(), reader('ada', { platformRole }), meeting({ state: 'draft' }), NOW)).toBe(true);
  });

  test('[M2] who had a mandate when it was held, and nobody whose mandate had ended before', () => {
    const of = body([mandate('ada', 'member', { from: at(5), until: at(8) })]);
    const sees = (day: number) => seesMeeting(of, reader('ada'), meeting({ state: 'ended', at: at(day) }), NOW);
    expect([4, 5, 7, 8].map(sees)).toEqual([false, true, true, false]);
    const now = body([mandate('new', 'member')]);
    expect(seesMeeting(now, reader('new'), meeting({ state: 'ended', at: at(2) }), NOW)).toBe(true);
  });

  test('[M2] its guests, once it is convened', () => {
    const guest = reader('gus', { platformRole: 'guest' });
    expect(seesMeeting(body(), guest, meeting({ state: 'draft' }), NOW)).toBe(false);
    for (const state of CONVENED) expect(seesMeeting(body(), guest, meeting({ state }), NOW)).toBe(true);
    expect(seesMeeting(body(), guest, meeting({ guestIds: [] }), NOW)).toBe(false);
  });

  test('[M2] every member of the platform where the body says so, once it is convened; guests of the platform do not', () => {
    const open = body([], { publicity: 'members' });
    for (const state of CONVENED) {
      expect(seesMeeting(open, reader('mia'), meeting({ state }), NOW)).toBe(true);
      expect(seesMeeting(body(), reader('mia'), meeting({ state }), NOW)).toBe(false);
    }
    expect(seesMeeting(open, reader('mia'), meeting({ state: 'draft' }), NOW)).toBe(false);
    expect(seesMeeting(open, reader('mia', { platformRole: 'guest' }), meeting(), NOW)).toBe(false);
  });

  test('[M1] [M2] nobody with a limited token', () => {
    const of = body([mandate('ada', 'chair')], { publicity: 'members' });
    for (const personId of ['ada', 'gus', 'mia'])
      for (const platformRole of ['administrator', 'member'] as const)
        expect(seesMeeting(of, reader(personId, { platformRole, limited: true }), meeting(), NOW)).toBe(false);
  });
});

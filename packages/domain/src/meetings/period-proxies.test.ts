import { describe, expect, test } from '@jest/globals';
import { DEFAULT_RULES } from '../governance/rule-set.ts';
import { type SeatMandate, type SeatTerms, seating } from '../governance/seats.ts';
import { registerFor } from './attendance.ts';
import { dayOf } from './days.ts';
import type { Attended, GivenProxy } from './model.ts';
import {
  givable,
  keptPeriods,
  mayGivePeriod,
  maySettlePeriod,
  type PeriodProxy,
  type ProxyBody,
  proxiesIn,
} from './period-proxies.ts';
import { mayGiveProxy, maySettleProxy } from './proxies.ts';

const now = new Date('2027-03-01T10:00:00.000Z');
const long = new Date('2020-01-01T00:00:00.000Z');
const PEOPLE = ['ada', 'bob', 'cleo', 'dan'] as const;
const seatOf = (id: string, over: Partial<SeatTerms> = {}): SeatTerms => ({
  ...{ id: `seat of ${id}`, title: id, voting: true, weight: 1_000, from: long },
  ...over,
});
const sits = (personId: string, over: Partial<SeatMandate> = {}): SeatMandate => ({
  ...{ id: `${personId}-mandate`, personId, role: 'member', seatId: `seat of ${personId}`, from: long },
  ...over,
});
const allowing = (maxPerHolder: number, allowed = true) => ({ ...DEFAULT_RULES, proxies: { allowed, maxPerHolder } });
const body = (proxies: readonly PeriodProxy[] = [], over: Partial<ProxyBody> = {}): ProxyBody => ({
  ...{ state: 'active', rules: allowing(1), proxies },
  ...{ seats: PEOPLE.map((id) => seatOf(id)), mandates: PEOPLE.map((id) => sits(id)) },
  ...over,
});
const period = (fromId: string, toId: string, over: Partial<PeriodProxy> = {}): PeriodProxy => ({
  ...{ id: `${fromId}-${toId}`, seatId: `seat of ${fromId}`, fromId, toId, from: '2027-03-01', until: '2027-06-30' },
  ...{ state: 'accepted', at: now },
  ...over,
});
const gives = (wanted: PeriodProxy, of: ProxyBody = body()) => mayGivePeriod(of, wanted, now);
const refused = (reason: string) => ({ ok: false, reason });

describe('a proxy for a time', () => {
  test('[M50] is given by the holder of a voting seat to somebody else who votes', () => {
    expect(gives(period('ada', 'bob')).ok).toBe(true);
    expect(gives(period('ada', 'ada'))).toEqual(refused('proxy-to-oneself'));
    expect(gives(period('ada', 'eve'))).toEqual(refused('proxy-to-nobody-who-votes'));
    expect(gives(period('ada', 'bob', { seatId: 'seat of cleo' }))).toEqual(refused('no-seat'));
    const advisory = [seatOf('ada', { voting: false }), ...['bob', 'cleo'].map((id) => seatOf(id))];
    expect(gives(period('ada', 'bob'), body([], { seats: advisory }))).toEqual(refused('no-seat'));
    expect(gives(period('ada', 'bob'), body([], { rules: allowing(1, false) }))).toEqual(
      refused('proxies-not-allowed'),
    );
    expect(gives(period('ada', 'bob'), body([], { state: 'archived' }))).toEqual(refused('body-archived'));
  });

  test('[M50] lasts a year at most, never beyond the mandate, and is not over', () => {
    const lasting = (from: string, until: string, of?: ProxyBody) => gives(period('ada', 'bob', { from, until }), of);
    expect(lasting('2027-03-01', '2028-02-29').ok).toBe(true);
    expect(lasting('2027-03-01', '2028-03-01')).toEqual(refused('proxy-too-long'));
    expect(lasting('2027-06-01', '2027-05-31')).toEqual(refused('ends-before-it-begins'));
    expect(lasting('2027-05-31', '2027-05-31').ok).toBe(true);
    expect(lasting('2027-02-01', '2027-02-28')).toEqual(refused('in-the-past'));
    // The last day of the mandate is the thirtieth of June in Paris.
    const until = new Date('2027-06-30T22:00:00.000Z');
    const ending = body([], { mandates: [sits('ada', { until }), sits('bob')] });
    expect(lasting('2027-03-01', '2027-06-30', ending).ok).toBe(true);
    expect(lasting('2027-03-01', '2027-07-01', ending)).toEqual(refused('proxy-beyond-mandate'));
    expect(lasting('2027-07-02', '2027-07-03', ending)).toEqual(refused('no-seat'));
  });

  test('[M51] is one for each seat and day, and none is given on', () => {
    const held = body([period('ada', 'bob')]);
    expect(gives(period('ada', 'cleo', { from: '2027-06-30', until: '2027-07-31' }), held)).toEqual(
      refused('already-given'),
    );
    expect(gives(period('ada', 'cleo', { from: '2027-07-01', until: '2027-07-31' }), held).ok).toBe(true);
    expect(gives(period('bob', 'cleo'), held)).toEqual(refused('proxy-chain'));
    expect(gives(period('cleo', 'ada'), held)).toEqual(refused('proxy-chain'));
    const settled = body([period('ada', 'bob', { state: 'revoked' }), period('ada', 'dan', { state: 'refused' })]);
    expect(gives(period('ada', 'cleo'), settled).ok).toBe(true);
    // A seat that has changed hands is bound by nothing that was given before.
    const changed = body([period('eve', 'bob', { seatId: 'seat of ada' })]);
    expect(gives(period('ada', 'bob'), changed).ok).toBe(true);
  });

  test('[M51] is accepted by who receives it, as far as the rules let one person hold, and taken back by who gave it', () => {
    const offered = period('ada', 'bob', { state: 'given' });
    const settles = (personId: string, as: 'accepted' | 'refused' | 'revoked', of = body([offered]), one = offered) =>
      maySettlePeriod(of, one, personId, as, now);
    expect(settles('bob', 'accepted').ok).toBe(true);
    expect(settles('bob', 'refused').ok).toBe(true);
    expect(settles('ada', 'revoked').ok).toBe(true);
    expect(settles('ada', 'accepted')).toEqual(refused('not-yours'));
    expect(settles('bob', 'revoked')).toEqual(refused('not-yours'));
    const another = period('cleo', 'bob', { from: '2027-06-01', until: '2027-08-01' });
    expect(settles('bob', 'accepted', body([offered, another]))).toEqual(refused('too-many-proxies'));
    expect(settles('bob', 'accepted', body([offered, another], { rules: allowing(2) })).ok).toBe(true);
    const later = period('cleo', 'bob', { from: '2027-07-01', until: '2027-08-01' });
    expect(settles('bob', 'accepted', body([offered, later])).ok).toBe(true);
    // One that was given for a seat that somebody else holds now is none.
    expect(settles('bob', 'accepted', body([offered, { ...another, fromId: 'eve' }])).ok).toBe(true);
    const over = period('ada', 'bob', { state: 'given', until: '2027-02-28' });
    expect(settles('bob', 'accepted', body([over]), over)).toEqual(refused('in-the-past'));
    const back = period('ada', 'bob', { state: 'revoked' });
    expect(settles('bob', 'accepted', body([back]), back)).toEqual(refused('no-such-proxy'));
  });

  test('[M50] may be given for the seats that somebody holds, where the body allows it', () => {
    expect(givable(body(), 'ada', now)).toEqual([
      { seatId: 'seat of ada', title: 'ada', receivers: ['bob', 'cleo', 'dan'] },
    ]);
    expect(givable(body(), 'eve', now)).toEqual([]);
    expect(givable(body([], { rules: allowing(1, false) }), 'ada', now)).toEqual([]);
  });

  test('[M54] is kept for a year after it is over, refused or taken back', () => {
    const old = new Date('2026-01-01T00:00:00.000Z');
    const kept = period('ada', 'bob', { from: '2025-05-01', until: '2026-04-01', at: old });
    const gone = [
      period('ada', 'bob', { from: '2025-01-01', until: '2025-12-31', at: old }),
      period('bob', 'ada', { state: 'refused', at: old }),
    ];
    expect(keptPeriods([kept, ...gone], now)).toEqual([kept]);
  });
});

type Meeting = Parameters<typeof proxiesIn>[0];
const meeting = (over: Partial<Meeting> = {}): Meeting => ({
  ...{ state: 'convened', startAt: new Date('2027-06-30T16:00:00.000Z'), timeZone: 'Europe/Paris' },
  ...{ attendance: [], proxies: [] },
  ...over,
});
const seats = seating(
  PEOPLE.map((id) => seatOf(id)),
  PEOPLE.map((id) => sits(id)),
  now,
);
const came = (personId: string, what: Attended['what'] = 'in'): Attended => ({
  ...{ id: `${personId} ${what}`, personId, what, at: now, by: personId },
});
const inMeeting = (one: Meeting, periods: readonly PeriodProxy[] = [period('ada', 'bob')]) =>
  proxiesIn(one, seats, periods, now);
const votesOf = (attendance: readonly Attended[], proxies: readonly GivenProxy[], itemId = 'budget', most = 1) =>
  registerFor(seats, { attendance, proxies, conflicts: [], rules: allowing(most) }, itemId).map(({ voterId, via }) => [
    voterId,
    via,
  ]);
const there = ['bob', 'cleo'].map((id) => came(id));

describe('in a meeting', () => {
  test('[M52] what was accepted for a time counts on its days, by the calendar of the meeting', () => {
    const [counted] = inMeeting(meeting());
    expect(counted).toMatchObject({ fromId: 'ada', toId: 'bob', period: { from: '2027-03-01', until: '2027-06-30' } });
    expect(votesOf(there, inMeeting(meeting()))[0]).toEqual(['bob', 'proxy']);
    // Half past midnight in Paris is still the day before in Greenwich.
    const late = new Date('2027-06-30T22:30:00.000Z');
    expect([dayOf(late, 'Europe/Paris'), dayOf(late, 'UTC')]).toEqual(['2027-07-01', '2027-06-30']);
    expect(inMeeting(meeting({ startAt: late }))).toEqual([]);
    expect(inMeeting(meeting({ startAt: late, timeZone: 'UTC' }))).toHaveLength(1);
    // A sitting that goes on after midnight is the one that it was.
    expect(inMeeting(meeting({ startAt: late, openedAt: new Date('2027-06-30T20:00:00.000Z') }))).toHaveLength(1);
    for (const state of ['given', 'refused', 'revoked'] as const)
      expect(inMeeting(meeting(), [period('ada', 'bob', { state })])).toEqual([]);
    expect(inMeeting(meeting(), [period('eve', 'bob', { seatId: 'seat of ada' })])).toEqual([]);
  });

  test('[M52] it rests once its giver has come, even when they have left again', () => {
    for (const attendance of [[came('ada')], [came('ada', 'remote'), came('ada', 'out')]]) {
      const proxies = inMeeting(meeting({ attendance }));
      expect(proxies).toEqual([expect.objectContaining({ rests: true })]);
      expect(votesOf([...there, came('ada', 'out')], proxies)[0]).toEqual([undefined, undefined]);
    }
    expect(inMeeting(meeting({ attendance: [came('ada', 'out')] }))[0]).not.toHaveProperty('rests');
  });

  test('[M53] what was given for the meeting or the item goes before it', () => {
    const own = (over: Partial<GivenProxy>): GivenProxy => ({
      ...{ id: 'own', seatId: 'seat of ada', fromId: 'ada', toId: 'cleo', state: 'accepted', at: now },
      ...over,
    });
    const whole = inMeeting(meeting({ proxies: [own({})] }));
    expect(votesOf(there, whole)[0]).toEqual(['cleo', 'proxy']);
    // Even where its holder does not come: the giver has chosen.
    expect(votesOf([came('bob')], whole)[0]).toEqual([undefined, undefined]);
    const forItem = inMeeting(meeting({ proxies: [own({ itemId: 'budget' })] }));
    expect([votesOf(there, forItem)[0], votesOf(there, forItem, 'other')[0]]).toEqual([
      ['cleo', 'proxy'],
      ['bob', 'proxy'],
    ]);
    const offered = inMeeting(meeting({ proxies: [own({ state: 'given' })] }));
    expect(votesOf(there, offered)[0]).toEqual(['bob', 'proxy']);
  });

  test('[M53] how many one holds counts both, at the acceptance and when a vote opens', () => {
    const proxies = inMeeting(meeting(), [period('ada', 'bob'), period('dan', 'bob')]);
    expect(votesOf(there, proxies).map(([voterId]) => voterId)).toEqual(['bob', 'bob', 'cleo', undefined]);
    expect(votesOf(there, proxies, 'budget', 2)[3]).toEqual(['bob', 'proxy']);
    const offered: GivenProxy = {
      ...{ id: 'own', seatId: 'seat of dan', fromId: 'dan', toId: 'bob', state: 'given', at: now },
    };
    const facts = (given: readonly GivenProxy[], most = 1) => ({
      ...{ state: 'convened' as const, proxies: [...given, offered], rules: allowing(most) },
    });
    const held = inMeeting(meeting());
    expect(maySettleProxy(facts(held), offered, 'bob', 'accepted')).toEqual(refused('too-many-proxies'));
    expect(maySettleProxy(facts(held, 2), offered, 'bob', 'accepted').ok).toBe(true);
    // One that rests is none, and one of the same seat is replaced.
    const resting = inMeeting(meeting({ attendance: [came('ada')] }));
    expect(maySettleProxy(facts(resting), offered, 'bob', 'accepted').ok).toBe(true);
    const replaced = inMeeting(meeting(), [period('dan', 'bob')]);
    expect(maySettleProxy(facts(replaced), offered, 'bob', 'accepted').ok).toBe(true);
    const none = { state: 'convened' as const, proxies: held, rules: allowing(1) };
    const wanted = { seatId: 'seat of ada', fromId: 'ada', toId: 'cleo' };
    expect(mayGiveProxy(none, seats, wanted).ok).toBe(true);
    expect(mayGiveProxy(none, seats, { seatId: 'seat of bob', fromId: 'bob', toId: 'cleo' })).toEqual(
      refused('proxy-chain'),
    );
  });

  test('[M54] what is over keeps what it ended with', () => {
    for (const state of ['ended', 'cancelled'] as const) expect(inMeeting(meeting({ state }))).toEqual([]);
    const ended = meeting({ state: 'ended', proxies: inMeeting(meeting()) });
    expect(inMeeting(ended, [])).toEqual(inMeeting(meeting()));
  });
});

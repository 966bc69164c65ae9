import { no, type Verdict, yes } from '@concert/contract';
import { isRunning } from '../governance/mandates.ts';
import type { RuleSet } from '../governance/rule-set.ts';
import { type Seating, type SeatMandate, type SeatTerms, seating } from '../governance/seats.ts';
import { isThere } from './attendance.ts';
import { dayOf } from './days.ts';
import type { GivenProxy, MeetingFacts, Period } from './model.ts';
import { isOver } from './states.ts';

/** A vote that is in another's hands from one day to another, in all meetings of a body. */
export type PeriodProxy = Period & {
  readonly id: string;
  readonly seatId: string;
  readonly fromId: string;
  readonly toId: string;
  readonly state: GivenProxy['state'];
  readonly at: Date;
};

/** A body with what was given in it for a time. */
export type ProxyBody = {
  readonly state: 'active' | 'archived';
  readonly seats: readonly SeatTerms[];
  readonly mandates: readonly SeatMandate[];
  readonly rules: Pick<RuleSet, 'proxies'>;
  readonly proxies: readonly PeriodProxy[];
};

export type PeriodRefusal =
  | 'body-archived'
  | 'proxies-not-allowed'
  | 'ends-before-it-begins'
  | 'in-the-past'
  | 'proxy-too-long'
  | 'proxy-beyond-mandate'
  | 'no-seat'
  | 'proxy-to-oneself'
  | 'proxy-to-nobody-who-votes'
  | 'proxy-chain'
  | 'already-given'
  | 'too-many-proxies'
  | 'no-such-proxy'
  | 'not-yours';

const open = ({ state }: Pick<PeriodProxy, 'state'>): boolean => state === 'given' || state === 'accepted';

/** Whether two of them share a day. */
const meet = (one: Period, other: Period): boolean => one.from <= other.until && other.from <= one.until;

/** [M50] The first day that is more than a year after another. */
function yearAfter(day: string): string {
  const end = new Date(`${day}T00:00:00.000Z`);
  end.setUTCFullYear(end.getUTCFullYear() + 1);
  return dayOf(end, 'UTC');
}

/** [M50] The instant by whose mandates it is judged: its beginning, or now where it has begun. */
const judgedAt = ({ from }: Period, now: Date): Date => {
  const begins = new Date(`${from}T12:00:00.000Z`);
  return begins > now ? begins : now;
};

/** [M50] The voting seats of a body when a period begins. */
export const votingSeats = ({ seats, mandates }: Pick<ProxyBody, 'seats' | 'mandates'>, period: Period, now: Date) =>
  seating(seats, mandates, judgedAt(period, now)).filter(({ seat }) => seat.voting);

/** [M51] Those that may still count: open, and given by who holds the seat. Of a seat that has changed hands none does. */
export const standingPeriods = (body: Pick<ProxyBody, 'seats' | 'mandates' | 'proxies'>, now: Date) =>
  body.proxies.filter(
    (one) =>
      open(one) &&
      votingSeats(body, one, now).some(({ seat, holder }) => seat.id === one.seatId && holder?.personId === one.fromId),
  );

/** [M50] Whether it is too long, over, or ends before it begins. */
function mayLast({ from, until }: Period, now: Date): Verdict<PeriodRefusal> {
  if (until < from) return no('ends-before-it-begins');
  if (until < dayOf(now, 'UTC')) return no('in-the-past');
  return until >= yearAfter(from) ? no('proxy-too-long') : yes;
}

/**
 * [M50] [M51] Whether the holder of a voting seat may give their vote for a time: for a year at most and never beyond their
 * mandate, to somebody else who votes in the body then, who has given none themself, one for each seat and day.
 */
export function mayGivePeriod(
  body: ProxyBody,
  wanted: Pick<PeriodProxy, 'seatId' | 'fromId' | 'toId' | 'from' | 'until'>,
  now: Date,
): Verdict<PeriodRefusal> {
  if (body.state === 'archived') return no('body-archived');
  if (!body.rules.proxies.allowed) return no('proxies-not-allowed');
  const lasts = mayLast(wanted, now);
  if (!lasts.ok) return lasts;
  const voting = votingSeats(body, wanted, now);
  const own = voting.find(({ seat, holder }) => seat.id === wanted.seatId && holder?.personId === wanted.fromId);
  if (own === undefined) return no('no-seat');
  const ends = own.holder?.until;
  if (ends !== undefined && ends <= new Date(`${wanted.until}T00:00:00.000Z`)) return no('proxy-beyond-mandate');
  if (wanted.toId === wanted.fromId) return no('proxy-to-oneself');
  const votes = voting.some(({ holder, alternates }) =>
    [holder, ...alternates].some((one) => one?.personId === wanted.toId),
  );
  if (!votes) return no('proxy-to-nobody-who-votes');
  const others = standingPeriods(body, now).filter((one) => meet(one, wanted));
  if (others.some(({ seatId }) => seatId === wanted.seatId)) return no('already-given');
  if (others.some(({ fromId, toId }) => fromId === wanted.toId || toId === wanted.fromId)) return no('proxy-chain');
  return yes;
}

/** [M51] Whether somebody may accept or refuse a proxy that is offered to them for a time, or take back their own. */
export function maySettlePeriod(
  body: Omit<ProxyBody, 'state'>,
  proxy: PeriodProxy,
  personId: string,
  as: 'accepted' | 'refused' | 'revoked',
  now: Date,
): Verdict<PeriodRefusal> {
  if (as === 'revoked' ? proxy.fromId !== personId : proxy.toId !== personId) return no('not-yours');
  if (!open(proxy)) return no('no-such-proxy');
  if (as !== 'accepted' || proxy.state === 'accepted') return yes;
  const { allowed, maxPerHolder } = body.rules.proxies;
  if (!allowed) return no('proxies-not-allowed');
  if (proxy.until < dayOf(now, 'UTC')) return no('in-the-past');
  const accepted = standingPeriods(body, now).filter(({ state }) => state === 'accepted');
  const held = accepted.filter((one) => one.toId === personId && meet(one, proxy));
  return held.length >= maxPerHolder ? no('too-many-proxies') : yes;
}

type InMeeting = Pick<MeetingFacts, 'state' | 'startAt' | 'attendance' | 'proxies'> & {
  readonly openedAt?: Date;
  readonly timeZone: string;
};

/**
 * [M52] [M53] The proxies of a meeting with those that count in it because they were accepted for a time in which it begins,
 * by the calendar of its place, and their givers hold the seats. One rests where its giver has come, or has given another for
 * the whole meeting. What is over keeps what it ended with.
 */
export function proxiesIn(
  meeting: InMeeting,
  seats: readonly Seating[],
  periods: readonly PeriodProxy[],
  now: Date,
): readonly GivenProxy[] {
  if (isOver(meeting) || meeting.state === 'postponed') return meeting.proxies;
  const day = dayOf(meeting.openedAt ?? meeting.startAt ?? now, meeting.timeZone);
  const came = new Set(meeting.attendance.flatMap(({ what, personId }) => (isThere(what) ? [personId] : [])));
  const given = new Set(
    meeting.proxies.flatMap(({ state, itemId, seatId }) =>
      state === 'accepted' && itemId === undefined ? [seatId] : [],
    ),
  );
  const holders = new Map(seats.map(({ seat, holder }) => [seat.id, holder?.personId]));
  const here = periods.filter(
    ({ state, from, until, seatId, fromId }) =>
      state === 'accepted' && from <= day && day <= until && holders.get(seatId) === fromId,
  );
  return [
    ...meeting.proxies,
    ...here.map(({ from, until, ...proxy }): GivenProxy => {
      const rests = came.has(proxy.fromId) || given.has(proxy.seatId);
      return { ...proxy, period: { from, until }, ...(rests ? { rests } : {}) };
    }),
  ];
}

const YEAR_MS = 366 * 24 * 3_600_000;

/** [M54] Those that are kept: what was refused, taken back or is over goes a year later. */
export const keptPeriods = (proxies: readonly PeriodProxy[], now: Date): readonly PeriodProxy[] =>
  proxies.filter((one) => {
    const since = open(one) ? new Date(`${one.until}T00:00:00.000Z`) : one.at;
    return since.getTime() > now.getTime() - YEAR_MS;
  });

/** [M50] For which of their seats somebody may give a proxy now, until when at most, and to whom. */
export function givable(body: ProxyBody, personId: string, now: Date) {
  if (body.state === 'archived' || !body.rules.proxies.allowed) return [];
  const voting = seating(body.seats, body.mandates, now).filter(({ seat }) => seat.voting);
  const voters = voting.flatMap(({ holder, alternates }) => [holder, ...alternates].map((one) => one?.personId));
  const receivers = [...new Set(voters.flatMap((id) => (id === undefined || id === personId ? [] : [id])))];
  return voting
    .filter(({ holder }) => holder?.personId === personId && isRunning(holder, now))
    .map(({ seat, holder }) => ({
      ...{ seatId: seat.id, title: seat.title, receivers },
      ...(holder?.until === undefined ? {} : { until: holder.until }),
    }));
}

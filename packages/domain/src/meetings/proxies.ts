import { no, type Verdict, yes } from '@concert/contract';
import type { Seating } from '../governance/seats.ts';
import type { GivenProxy, MeetingFacts } from './model.ts';
import { isOver } from './states.ts';

export type ProxyRefusal =
  | 'meeting-over'
  | 'proxies-not-allowed'
  | 'no-seat'
  | 'proxy-to-oneself'
  | 'proxy-to-nobody-who-votes'
  | 'proxy-chain'
  | 'already-given'
  | 'too-many-proxies'
  | 'no-such-proxy'
  | 'not-yours';

const open = ({ state, rests }: GivenProxy): boolean => !rests && (state === 'given' || state === 'accepted');

/** Whether two proxies may be about the same vote. */
const meet = (one: Pick<GivenProxy, 'itemId'>, other: Pick<GivenProxy, 'itemId'>): boolean =>
  one.itemId === undefined || other.itemId === undefined || one.itemId === other.itemId;

type Facts = Pick<MeetingFacts, 'state' | 'proxies' | 'rules'>;
type Wanted = Pick<GivenProxy, 'seatId' | 'fromId' | 'toId' | 'itemId'>;

/** [M53] Of the seat that a proxy is about nothing else counts: it takes the place of one that was given for a time. */
const heldBy = (proxies: readonly GivenProxy[], personId: string, about: Pick<GivenProxy, 'itemId' | 'seatId'>) =>
  proxies.filter(
    (one) =>
      open(one) &&
      one.state === 'accepted' &&
      one.toId === personId &&
      meet(one, about) &&
      (one.period === undefined || one.seatId !== about.seatId),
  ).length;

/**
 * [M16] Whether somebody may give this proxy: the holder of a voting seat, to somebody else who votes for a seat of their
 * own or as an alternate, who has given none themself, one for each seat and vote.
 */
export function mayGiveProxy(meeting: Facts, seats: readonly Seating[], wanted: Wanted): Verdict<ProxyRefusal> {
  if (isOver(meeting)) return no('meeting-over');
  if (!meeting.rules.proxies.allowed) return no('proxies-not-allowed');
  const voting = seats.filter(({ seat }) => seat.voting);
  if (!voting.some(({ seat, holder }) => seat.id === wanted.seatId && holder?.personId === wanted.fromId))
    return no('no-seat');
  if (wanted.toId === wanted.fromId) return no('proxy-to-oneself');
  const votes = voting.some(({ holder, alternates }) =>
    [holder, ...alternates].some((one) => one?.personId === wanted.toId),
  );
  if (!votes) return no('proxy-to-nobody-who-votes');
  const others = meeting.proxies.filter((one) => open(one) && meet(one, wanted));
  if (others.some(({ seatId, period }) => seatId === wanted.seatId && period === undefined)) return no('already-given');
  if (others.some(({ fromId, toId }) => fromId === wanted.toId || toId === wanted.fromId)) return no('proxy-chain');
  return yes;
}

/** [M16] Whether somebody may accept or refuse a proxy that is offered to them, or take back their own. */
export function maySettleProxy(
  meeting: Facts,
  proxy: GivenProxy,
  personId: string,
  as: 'accepted' | 'refused' | 'revoked',
): Verdict<ProxyRefusal> {
  if (isOver(meeting)) return no('meeting-over');
  if (as === 'revoked') {
    if (proxy.fromId !== personId) return no('not-yours');
    return open(proxy) ? yes : no('no-such-proxy');
  }
  if (proxy.toId !== personId) return no('not-yours');
  if (!open(proxy)) return no('no-such-proxy');
  if (as === 'accepted' && !meeting.rules.proxies.allowed) return no('proxies-not-allowed');
  const full =
    as === 'accepted' &&
    proxy.state !== 'accepted' &&
    heldBy(meeting.proxies, personId, proxy) >= meeting.rules.proxies.maxPerHolder;
  return full ? no('too-many-proxies') : yes;
}

/** [M16] The proxies once their giver has come: what they have given for the meeting is taken back. */
export const afterArrival = (proxies: readonly GivenProxy[], personId: string): readonly GivenProxy[] =>
  proxies.map((one) =>
    one.fromId === personId && open(one) && one.itemId === undefined ? { ...one, state: 'revoked' } : one,
  );

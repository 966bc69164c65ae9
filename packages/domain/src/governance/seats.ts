import { no, type Verdict, yes } from '@concert/contract';
import { isRunning, type MandateTerms } from './mandates.ts';

/** A place in a body that somebody fills for a time. */
export type SeatTerms = {
  readonly id: string;
  readonly title: string;
  readonly college?: string;
  readonly organisationId?: string;
  readonly voting: boolean;
  /** Whole thousandths of a vote. */
  readonly weight: number;
  readonly from: Date;
  /** When it was abolished (exclusive). */
  readonly until?: Date;
};

/** A mandate with the seat that it fills. */
export type SeatMandate = MandateTerms & { readonly id: string; readonly seatId?: string; readonly rank?: number };

/** A seat at an instant: who holds it, and who stands in, in the order in which they are asked. */
export type Seating = {
  readonly seat: SeatTerms;
  readonly holder?: SeatMandate;
  readonly alternates: readonly SeatMandate[];
};

/** Beyond this a body is an electorate, not an assembly. */
export const MAX_SEATS = 1_000;

/** What a vote weighs where nothing was said. */
export const DEFAULT_WEIGHT = 1_000;

const VOTING_ROLES: ReadonlySet<string> = new Set(['chair', 'vice-chair', 'member']);

/** Of an alternate of whom nothing else is said: the first. */
const rankOf = ({ rank }: Pick<SeatMandate, 'rank'>): number => rank ?? 1;

const byRank = (one: SeatMandate, other: SeatMandate): number =>
  rankOf(one) - rankOf(other) || one.from.getTime() - other.from.getTime() || (one.id < other.id ? -1 : 1);

/**
 * [G7] Who sits where at an instant, in the order of seats. In a body without seats each running mandate of a chair, a
 * vice-chair or a member is a seat of one vote, under the id of the mandate; one person has one such seat, whatever their
 * roles.
 */
export function seating(seats: readonly SeatTerms[], mandates: readonly SeatMandate[], at: Date): readonly Seating[] {
  const running = mandates.filter((mandate) => isRunning(mandate, at));
  if (seats.length > 0)
    return seats
      .filter((seat) => isRunning(seat, at))
      .map((seat) => {
        const here = running.filter(({ seatId }) => seatId === seat.id);
        const holder = here.find(({ role }) => role !== 'alternate');
        return {
          seat,
          ...(holder === undefined ? {} : { holder }),
          alternates: here.filter(({ role }) => role === 'alternate').toSorted(byRank),
        };
      });
  const seen = new Set<string>();
  return running
    .filter(({ role, personId }) => VOTING_ROLES.has(role) && !seen.has(personId) && seen.add(personId))
    .map((holder) => ({
      seat: { id: holder.id, title: '', voting: true, weight: DEFAULT_WEIGHT, from: holder.from },
      holder,
      alternates: [],
    }));
}

export type SeatRefusal = 'seat-taken' | 'rank-taken' | 'no-such-seat' | 'alternate-of-what' | 'observers-hold-no-seat';

const overlap = (one: Pick<MandateTerms, 'from' | 'until'>, other: Pick<MandateTerms, 'from' | 'until'>): boolean =>
  (one.until === undefined || other.from < one.until) && (other.until === undefined || one.from < other.until);

/**
 * [G6] Whether a mandate may fill a seat beside the others: a seat has one holder at a time, its alternates differ in rank,
 * and observers have none. Nobody sits there from when it was abolished; that somebody sat there before it was set up here is
 * right.
 */
export function mayFillSeat(
  seats: readonly SeatTerms[],
  others: readonly SeatMandate[],
  wanted: SeatMandate,
): Verdict<SeatRefusal> {
  if (wanted.seatId === undefined) return wanted.rank === undefined ? yes : no('alternate-of-what');
  const seat = seats.find(({ id }) => id === wanted.seatId);
  if (seat === undefined) return no('no-such-seat');
  if (seat.until !== undefined && (wanted.until === undefined || wanted.until > seat.until)) return no('no-such-seat');
  if (wanted.role === 'observer') return no('observers-hold-no-seat');
  const beside = others.filter((other) => other.seatId === wanted.seatId && overlap(other, wanted));
  if (wanted.role !== 'alternate') return beside.some(({ role }) => role !== 'alternate') ? no('seat-taken') : yes;
  return beside.some((other) => other.role === 'alternate' && rankOf(other) === rankOf(wanted))
    ? no('rank-taken')
    : yes;
}

export type TreeRefusal = 'body-in-itself' | 'too-deep' | 'no-such-body';

/** Levels below one another. */
const MAX_DEPTH = 6;

/**
 * [G10] Whether a body may stand below another: not below itself, directly or not, and six levels deep at most.
 * @param parents the parent of each body, by id; absent for those at the top
 */
export function mayStandBelow(
  parents: ReadonlyMap<string, string | undefined>,
  id: string,
  parentId: string,
): Verdict<TreeRefusal> {
  if (!parents.has(parentId)) return no('no-such-body');
  let above = 1;
  for (let at: string | undefined = parentId; at !== undefined; at = parents.get(at)) {
    if (at === id) return no('body-in-itself');
    above += 1;
    if (above > MAX_DEPTH) return no('too-deep');
  }
  const depthOf = (top: string, seen: ReadonlySet<string>): number =>
    seen.has(top)
      ? 0
      : 1 +
        Math.max(
          0,
          ...[...parents]
            .filter(([, parent]) => parent === top)
            .map(([child]) => depthOf(child, new Set([...seen, top]))),
        );
  return above - 1 + depthOf(id, new Set()) > MAX_DEPTH ? no('too-deep') : yes;
}

/** [G11] Mandates that run now and end within so many days, the first to end first. */
export function endingWithin<Mandate extends Pick<MandateTerms, 'from' | 'until'>>(
  mandates: readonly Mandate[],
  now: Date,
  days: number,
): readonly Mandate[] {
  const limit = now.getTime() + days * 86_400_000;
  const end = ({ until }: Mandate): number => until?.getTime() ?? Number.POSITIVE_INFINITY;
  return mandates
    .filter((mandate) => isRunning(mandate, now) && end(mandate) <= limit)
    .toSorted((one, other) => end(one) - end(other));
}

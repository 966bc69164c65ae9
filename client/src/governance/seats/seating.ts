import type { Mandate, Seat } from '@concert/domain/governance/api.ts';
import { ONE_VOTE } from '@concert/domain/polls/types.ts';
import { endOf } from '../../platform/sharing/ends.ts';

export type Totals = {
  readonly seats: number;
  readonly vacant: number;
  /** Of the seats that vote, in votes. */
  readonly votes: number;
  /** Whether every seat that votes has one vote: then their number says all. */
  readonly even: boolean;
};

export type College = Totals & { readonly college: string | undefined; readonly members: readonly Seat[] };

/** What a seat weighs, in votes. */
export const votesOf = ({ weight }: Pick<Seat, 'weight'>): number => weight / ONE_VOTE;

export function totalsOf(seats: readonly Seat[]): Totals {
  const voting = seats.filter((seat) => seat.voting);
  return {
    seats: seats.length,
    vacant: seats.filter(({ holder }) => holder === undefined).length,
    // Whole thousandths are added before they become votes, so that the sum is exact.
    votes: voting.reduce((sum, { weight }) => sum + weight, 0) / ONE_VOTE,
    even: voting.length === seats.length && seats.every(({ weight }) => weight === ONE_VOTE),
  };
}

/** Seats by college, in the order in which colleges first appear; those in none come last. */
export function byCollege(seats: readonly Seat[]): readonly College[] {
  const rest = seats.filter(({ college }) => college === undefined);
  return [...collegesOf(seats), ...(rest.length > 0 ? [undefined] : [])].map((college) => {
    const members = seats.filter((seat) => seat.college === college);
    return { college, members, ...totalsOf(members) };
  });
}

/** The colleges that there are, to be offered for another seat. */
export const collegesOf = (seats: readonly Seat[]): string[] => [
  ...new Set(seats.flatMap(({ college }) => college ?? [])),
];

/** The rank of the next alternate of a seat. */
export const nextRank = ({ alternates }: Pick<Seat, 'alternates'>): number =>
  alternates.reduce((highest, { rank }) => Math.max(highest, rank), 0) + 1;

/** The last moment of a calendar day in the region: what began or ended on that day has then begun or ended. */
export const instantOf = (day: string): string => new Date(Date.parse(endOf(day)) - 1).toISOString();

const DAY_MS = 86_400_000;
const SOON_MS = 90 * DAY_MS;

/** In how many days something ends, begun ones included. */
export const daysUntil = (until: string, now: number): number => Math.ceil((Date.parse(until) - now) / DAY_MS);

/** [G11] Whether something ends near enough to be said. */
export const endsSoon = (until: Mandate['until'], now: number): boolean =>
  until !== undefined && Date.parse(until) > now && Date.parse(until) - now <= SOON_MS;

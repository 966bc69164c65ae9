import type { MajorityBase, Unit } from './api.ts';
import { neededFor, reaches, type Share } from './fraction.ts';
import { bases, grainOfRegister } from './register.ts';
import { inUnit, type Tally } from './tally.ts';
import type { Register } from './types.ts';

export type ElectionRule = {
  /** How many are elected. */
  readonly seats: number;
  readonly unit: Unit;
  /** [V30] More than half of this base is needed, or this share of it; absent: those with the most votes are elected. */
  readonly absolute?: { readonly base: MajorityBase; readonly register: Register; readonly share?: Share };
};

/** How one option did; options that got the same have the same rank. */
export type Standing = { readonly option: string; readonly got: number; readonly rank: number };

export type ElectionResult = {
  readonly standings: readonly Standing[];
  readonly elected: readonly string[];
  /** [V29] Options between which the votes do not decide, and for how many seats. */
  readonly tied: readonly string[];
  readonly seatsTied: number;
  /** [V30] Of a majority: how much was needed, and of what. */
  readonly needed?: number;
  readonly of?: number;
  readonly runoffNeeded: boolean;
  /** Who goes into the second round. */
  readonly runoff: readonly string[];
};

/** By what they got, the most first. */
function standingsOf(tally: Tally, unit: Unit): readonly Standing[] {
  const got = tally.lines.map((line) => ({ option: line.key, got: inUnit(line, unit) }));
  return got
    .map((line) => ({ ...line, rank: 1 + got.filter((other) => other.got > line.got).length }))
    .toSorted((one, other) => one.rank - other.rank);
}

/** [V28] [V29] The first so many of these, and those between whom the last seats are tied. */
function first(
  standings: readonly Standing[],
  seats: number,
): { sure: readonly Standing[]; tied: readonly Standing[] } {
  const last = standings[seats - 1];
  if (last === undefined) return { sure: seats > 0 ? standings : [], tied: [] };
  const border = standings.filter(({ got }) => got === last.got);
  const above = standings.filter(({ got }) => got > last.got);
  return above.length + border.length === seats
    ? { sure: [...above, ...border], tied: [] }
    : { sure: above, tied: border };
}

/** [V30] More than half. */
const HALF: Share = { num: 1, den: 2, strict: true };

const names = (standings: readonly Standing[]): readonly string[] => standings.map(({ option }) => option);

/** Who is elected by the options that were chosen, or the points that they were given. Rankings: `countRanked`. */
export function elect(tally: Tally, { seats, unit, absolute }: ElectionRule): ElectionResult {
  const standings = standingsOf(tally, unit);
  const voted = standings.filter(({ got }) => got > 0);
  const result = (among: readonly Standing[]) => {
    const { sure, tied } = first(among, seats);
    return { standings, elected: names(sure), tied: names(tied), seatsTied: tied.length > 0 ? seats - sure.length : 0 };
  };
  // Points are no votes: there is no half of them that one could reach.
  if (absolute === undefined || tally.method !== 'choose') return { ...result(voted), runoffNeeded: false, runoff: [] };
  const share = absolute.share ?? HALF;
  const of = bases(absolute.register, tally, unit)[absolute.base];
  const elected = result(voted.filter(({ got }) => reaches(share, got, of)));
  const open = seats - elected.elected.length - elected.seatsTied;
  const rest = voted.filter(({ option }) => !elected.elected.includes(option));
  const { sure, tied } = open > 0 ? first(rest, open * 2) : { sure: [], tied: [] };
  const runoff = names([...sure, ...tied]);
  return {
    ...elected,
    of,
    needed: neededFor(share, of, grainOfRegister(absolute.register, unit)),
    runoffNeeded: runoff.length > 0,
    runoff,
  };
}

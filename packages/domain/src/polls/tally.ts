import type { z } from 'zod';
import type { Choice, PollMethod, Unit } from './api.ts';
import { checkChoice, isBlank } from './ballot.ts';
import type { Count, CountedBallot, PollForm } from './types.ts';

type Chosen = z.infer<typeof Choice>;

/**
 * How often one thing was chosen: `yes`, `no`, `abstain`, `consent`, `stand-aside`, `objection`, or the id of an option.
 * Where points are given, `heads` and `weight` sum the points, once as they are and once by the weight of who gave them;
 * of a ranking, first preferences are counted.
 */
export type TallyLine = Count & {
  readonly key: string;
  /** On how many ballots it is. */
  readonly ballots: number;
};

/** [V16] Ballots cast are valid, blank or faulty, each one of them. */
export type TallyPart = {
  readonly cast: Count;
  readonly valid: Count;
  readonly blank: Count;
  readonly invalid: Count;
  /** In the order of the options of the poll. */
  readonly lines: readonly TallyLine[];
};

export type Tally = TallyPart & {
  readonly method: PollMethod;
  /** In the order of the names of the colleges from which a ballot came. */
  readonly byCollege: readonly (TallyPart & { readonly college: string })[];
};

export const NOTHING: Count = { heads: 0, weight: 0 };

export const inUnit = (count: Count, unit: Unit): number => (unit === 'heads' ? count.heads : count.weight);

const plus = (one: Count, other: Count): Count => ({
  heads: one.heads + other.heads,
  weight: one.weight + other.weight,
});

const VOTES: Readonly<Partial<Record<PollMethod, readonly string[]>>> = {
  motion: ['yes', 'no', 'abstain'],
  consent: ['consent', 'stand-aside', 'objection'],
};

/** What can be chosen, in the order in which it is shown. */
export const keysOf = ({ method, options }: PollForm): readonly string[] =>
  VOTES[method] ?? [...new Set(options.map(({ id }) => id))];

/** The line of something; nothing where it is not among them. */
export const lineOf = (lines: readonly TallyLine[], key: string): TallyLine =>
  lines.find((line) => line.key === key) ?? { key, ballots: 0, ...NOTHING };

/** For, against and neither, in one unit: of a motion, or of a proposal to which one consents. */
export function votesOn(
  lines: readonly (Count & { readonly key: string })[],
  unit: Unit,
): { readonly for: number; readonly against: number; readonly aside: number } {
  const sum = (...keys: readonly string[]): number =>
    lines.reduce((total, line) => total + (keys.includes(line.key) ? inUnit(line, unit) : 0), 0);
  return { for: sum('yes', 'consent'), against: sum('no', 'objection'), aside: sum('abstain', 'stand-aside') };
}

/** What one ballot gives to what. */
function givenBy(choice: Chosen): readonly { readonly key: string; readonly points: number }[] {
  if (choice.method === 'choose') return choice.options.map((key) => ({ key, points: 1 }));
  if (choice.method === 'ranked') return choice.order.slice(0, 1).map((key) => ({ key, points: 1 }));
  if ('points' in choice) return choice.points.map(({ option, points }) => ({ key: option, points }));
  return [{ key: choice.vote, points: 1 }];
}

/** [V15] The sum of some ballots, whatever their order. */
function partOf(poll: PollForm, ballots: readonly CountedBallot[]): TallyPart {
  const lines = new Map(keysOf(poll).map((key) => [key, { key, ballots: 0, ...NOTHING }]));
  let [valid, blank, invalid] = [NOTHING, NOTHING, NOTHING];
  for (const { weight, choice } of ballots) {
    const one: Count = { heads: 1, weight };
    if (!checkChoice(poll, choice).ok) invalid = plus(invalid, one);
    else if (isBlank(choice)) blank = plus(blank, one);
    else {
      valid = plus(valid, one);
      for (const { key, points } of givenBy(choice)) {
        const line = lines.get(key);
        if (line === undefined) continue;
        line.heads += points;
        line.weight += points * weight;
        line.ballots += 1;
      }
    }
  }
  return { cast: plus(valid, plus(blank, invalid)), valid, blank, invalid, lines: [...lines.values()] };
}

/** [V15] [V16] Counts the ballots of a poll, in heads and in weight, in all and by college. */
export function tally(poll: PollForm, ballots: readonly CountedBallot[]): Tally {
  const colleges = [...new Set(ballots.flatMap(({ college }) => (college === undefined ? [] : [college])))].sort();
  return {
    method: poll.method,
    ...partOf(poll, ballots),
    byCollege: colleges.map((college) => ({
      college,
      ...partOf(
        poll,
        ballots.filter((ballot) => ballot.college === college),
      ),
    })),
  };
}

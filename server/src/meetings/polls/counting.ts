import type { PollResult } from '@concert/domain/meetings/polls-api.ts';
import type { Choice } from '@concert/domain/polls/api.ts';
import { limitsOf } from '@concert/domain/polls/ballot.ts';
import { elect } from '@concert/domain/polls/elections.ts';
import { typedCounts } from '@concert/domain/polls/hands.ts';
import { countRanked } from '@concert/domain/polls/ranked.ts';
import { electorate, maySplitSecret, SECRET_AMONG } from '@concert/domain/polls/register.ts';
import { type Tally, type TallyPart, tally } from '@concert/domain/polls/tally.ts';
import type { CountedBallot } from '@concert/domain/polls/types.ts';
import { verdict } from '@concert/domain/polls/verdict.ts';
import type { PollRecord } from './records.ts';

/** The ballots of a named poll with the weights of their seats. */
const namedBallots = ({ register, ballots }: PollRecord): readonly CountedBallot[] =>
  register.flatMap(({ seatId, weight, college }) => {
    const ballot = ballots[seatId];
    return ballot === undefined
      ? []
      : [{ weight, choice: ballot.choice, ...(college === undefined ? {} : { college }) }];
  });

/** Those of a secret one: all weigh the same [V4], and none says from which college it comes. */
const secretBallots = ({ register }: PollRecord, choices: readonly Choice[]): readonly CountedBallot[] => {
  const weight = electorate(register)[0]?.weight ?? 0;
  return choices.map((choice) => ({ weight, choice }));
};

const linesOf = ({ lines, blank }: TallyPart, elected: ReadonlySet<string>) => [
  ...lines.map(({ key, heads, weight }) => ({ key, heads, weight, ...(elected.has(key) ? { elected: true } : {}) })),
  ...(blank.heads > 0 ? [{ key: 'blank', ...blank }] : []),
];

const NOTHING = {
  ...{ checks: [], lines: [], byCollege: [], elected: [], tied: [], runoff: [], stages: [], objections: [] },
  cast: { heads: 0, weight: 0 },
  typedIn: false,
} satisfies Partial<PollResult>;

/** Who is elected, and how that was counted. */
function electedBy(poll: PollRecord, counted: Tally, ballots: readonly CountedBallot[]) {
  const { seats } = limitsOf(poll);
  if (poll.method === 'ranked') {
    const { elected, quota, stages, tie } = countRanked(poll, ballots, poll.lot);
    return {
      ...{ elected, tied: tie?.between ?? [], runoff: [] },
      ...(quota === undefined ? {} : { quota }),
      stages: stages.map(({ lines, nonTransferable, lost, elected: now }, n) => ({
        ...{ stage: n + 1, nonTransferable: nonTransferable + lost, elected: now.map(({ option }) => option) },
        votes: lines.map(({ option, votes }) => ({ option, votes })),
        excluded: lines.filter(({ state }) => state === 'excluded').map(({ option }) => option),
      })),
    };
  }
  // An election by choosing asks for the majority of the rule, unless the most votes are enough; points have none [V30].
  const { unit, base, num, den, strict, relative } = poll.majority;
  const asked = poll.method === 'choose' && !relative;
  const absolute = { base, register: poll.register, share: { num, den, strict } };
  const {
    elected,
    tied,
    runoff,
    standings,
    of = 0,
    needed,
  } = elect(counted, {
    ...{ seats, unit },
    ...(asked ? { absolute } : {}),
  });
  const got = standings[0]?.got ?? 0;
  const check = needed === undefined ? [] : [{ base, unit, of, needed, got, met: elected.length > 0 }];
  return { elected, tied, runoff, stages: [], checks: check };
}

const settledChoices: ReadonlySet<string> = new Set(['motion', 'consent']);

/**
 * What a poll has come to, from its ballots or from what was counted by hand. Of a secret poll in which fewer than three
 * people have voted nothing is told [M22]: each would know what the others chose.
 */
export function resultOf(
  poll: PollRecord,
  box: { readonly choices: readonly Choice[]; readonly people: number },
): PollResult {
  const secret = poll.secrecy === 'secret';
  const ballots = secret ? secretBallots(poll, box.choices) : namedBallots(poll);
  const cast = { heads: ballots.length, weight: ballots.reduce((sum, { weight }) => sum + weight, 0) };
  if (secret && !poll.byHands && box.people < SECRET_AMONG) return { ...NOTHING, outcome: 'no-verdict', cast };
  const weight = electorate(poll.register)[0]?.weight;
  const counted = poll.byHands ? typedCounts(poll, poll.hands ?? [], weight) : tally(poll, ballots);
  const byCollege =
    secret && !maySplitSecret(poll.register).ok
      ? []
      : counted.byCollege.map((part) => ({ college: part.college, lines: linesOf(part, new Set()) }));
  const objections = ballots.flatMap(({ choice }) =>
    choice.method === 'consent' && choice.vote === 'objection' && choice.reason !== undefined ? [choice.reason] : [],
  );
  const shown = { ...NOTHING, cast: counted.cast, byCollege, objections: objections.toSorted(), typedIn: poll.byHands };
  if (settledChoices.has(poll.method)) {
    const { outcome, checks, settledBy } = verdict({
      ...{ method: poll.method, majority: poll.majority, register: poll.register, tally: counted, secret },
      ...(poll.quorum === undefined ? {} : { quorum: poll.quorum }),
      ...(poll.castingVote === undefined ? {} : { castingVote: poll.castingVote }),
    });
    return { ...shown, outcome, checks: [...checks], settledBy, lines: linesOf(counted, new Set()) };
  }
  const { elected, tied, runoff, stages, ...rest } = electedBy(poll, counted, ballots);
  const seats = limitsOf(poll).seats;
  const outcome =
    tied.length > 0
      ? 'tie'
      : runoff.length > 0
        ? 'runoff'
        : elected.length >= Math.min(1, seats)
          ? 'elected'
          : 'no-verdict';
  return {
    ...shown,
    ...rest,
    outcome,
    lines: linesOf(counted, new Set(elected)),
    elected: [...elected],
    tied: [...tied],
    runoff: [...runoff],
    stages: [...stages],
  };
}

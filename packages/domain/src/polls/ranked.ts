import { checkChoice, isBlank, limitsOf } from './ballot.ts';
import { scaled } from './fraction.ts';
import { breakTie, type DecidedBy } from './ranked-ties.ts';
import type { CountedBallot, PollForm } from './types.ts';

/** [V33] Votes are whole hundred-thousandths of a ballot: transfer values are cut to five decimals. */
export const ONE_BALLOT = 100_000;

/** Why somebody is elected: enough votes, or as many seats left as candidates. */
export type ElectedBy = 'quota' | 'majority' | 'last-vacancies';

export type StageLine = {
  readonly option: string;
  /** At the end of the stage. */
  readonly votes: number;
  /** What came to the option in this stage, or went from it. */
  readonly change: number;
  readonly state: 'continuing' | 'elected' | 'excluded';
};

/** A stage of the count: a row of its table. */
export type Stage = {
  readonly event:
    | { readonly kind: 'first-preferences' }
    | { readonly kind: 'surplus'; readonly option: string; readonly surplus: number; readonly decidedBy: DecidedBy }
    | { readonly kind: 'exclusion'; readonly option: string; readonly decidedBy: DecidedBy };
  readonly lines: readonly StageLine[];
  /** Votes of ballots that name nobody who could still have them; and what cutting decimals has lost. Both since the start. */
  readonly nonTransferable: number;
  readonly lost: number;
  /** Who was elected at the end of this stage. */
  readonly elected: readonly { readonly option: string; readonly by: ElectedBy }[];
};

export type RankedResult = {
  readonly rule: 'irv' | 'stv';
  readonly seats: number;
  /** Ballots that rank somebody, that are blank, and that cannot be counted. */
  readonly ballots: number;
  readonly blank: number;
  readonly invalid: number;
  /** Only of several seats. */
  readonly quota?: number;
  readonly stages: readonly Stage[];
  /** In the order in which they were elected. */
  readonly elected: readonly string[];
  /** [V35] The count stopped here: neither earlier stages nor a lot say who of these is excluded, or has the surplus moved. */
  readonly tie?: { readonly between: readonly string[]; readonly for: 'surplus' | 'exclusion' };
};

/** A ballot paper: what it ranks, and what it is worth to who has it. */
type Paper = { readonly order: readonly string[]; readonly value: number };

/** Where the count is. */
type Count = {
  readonly piles: ReadonlyMap<string, readonly Paper[]>;
  readonly votes: ReadonlyMap<string, number>;
  readonly continuing: readonly string[];
  /** Elected with more than the quota, not yet transferred. */
  readonly surpluses: readonly string[];
  readonly elected: readonly string[];
  readonly nonTransferable: number;
  readonly lost: number;
  readonly stages: readonly Stage[];
};

type Rules = {
  readonly options: readonly string[];
  readonly seats: number;
  readonly quota: number | undefined;
  readonly lot: readonly string[];
};

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const votesOf = ({ votes }: Pick<Count, 'votes'>, option: string): number => votes.get(option) ?? 0;

/** [V33] Gives papers to the next continuing option that each names. */
function deal(count: Count, from: string | undefined, papers: readonly Paper[], kept: number): Count {
  const piles = new Map(count.piles);
  const votes = new Map(count.votes);
  let { nonTransferable } = count;
  if (from !== undefined) {
    piles.set(from, []);
    votes.set(from, kept);
  }
  const continuing = new Set(count.continuing);
  const dealt = new Map<string, Paper[]>();
  for (const paper of papers) {
    const next = paper.order.find((option) => continuing.has(option));
    if (next === undefined) nonTransferable += paper.value;
    else {
      const pile = dealt.get(next) ?? [];
      pile.push(paper);
      dealt.set(next, pile);
    }
  }
  for (const [option, pile] of dealt) {
    piles.set(option, [...(piles.get(option) ?? []), ...pile]);
    votes.set(option, (votes.get(option) ?? 0) + sum(pile.map(({ value }) => value)));
  }
  return { ...count, piles, votes, nonTransferable };
}

/** [V31] More than half of what continues, or [V32] the quota; or no more candidates than seats [V34]. */
function electedNow(count: Count, { seats, quota }: Rules): Stage['elected'] {
  const left = seats - count.elected.length;
  const active = sum(count.continuing.map((option) => votesOf(count, option)));
  const enough = (option: string): boolean =>
    quota === undefined ? votesOf(count, option) * 2 > active : votesOf(count, option) >= quota;
  const byVotes = count.continuing.toSorted((one, other) => votesOf(count, other) - votesOf(count, one));
  // Never more than there are seats: so many times half, or the quota, is more than all.
  const reached = byVotes.filter(enough);
  const rest = byVotes.filter((option) => !reached.includes(option));
  const last = rest.length <= left - reached.length ? rest : [];
  return [
    ...reached.map((option) => ({ option, by: quota === undefined ? ('majority' as const) : ('quota' as const) })),
    ...last.map((option) => ({ option, by: 'last-vacancies' as const })),
  ];
}

/** Ends a stage: who is elected now, and its row. */
function endStage(before: Count, after: Count, rules: Rules, event: Stage['event']): Count {
  const now = electedNow(after, rules);
  const elected = [...after.elected, ...now.map(({ option }) => option)];
  const continuing = after.continuing.filter((option) => !elected.includes(option));
  const stateOf = (option: string): StageLine['state'] => {
    if (elected.includes(option)) return 'elected';
    return continuing.includes(option) ? 'continuing' : 'excluded';
  };
  const stage: Stage = {
    event,
    lines: rules.options.map((option) => ({
      option,
      votes: votesOf(after, option),
      change: votesOf(after, option) - votesOf(before, option),
      state: stateOf(option),
    })),
    nonTransferable: after.nonTransferable,
    lost: after.lost,
    elected: now,
  };
  const { quota } = rules;
  const over = now
    .map(({ option }) => option)
    .filter((option) => quota !== undefined && votesOf(after, option) > quota);
  return { ...after, continuing, elected, surpluses: [...after.surpluses, ...over], stages: [...after.stages, stage] };
}

/** [V33] Moves the surplus of somebody: all their papers, each at the share that the surplus is of their votes. */
function moveSurplus(count: Count, rules: Rules, option: string, decidedBy: DecidedBy): Count {
  const quota = rules.quota ?? 0;
  const surplus = votesOf(count, option) - quota;
  const papers = (count.piles.get(option) ?? []).map(({ order, value }) => ({
    order,
    value: scaled(value, surplus, votesOf(count, option)),
  }));
  const moved = deal(
    {
      ...count,
      surpluses: count.surpluses.filter((other) => other !== option),
      lost: count.lost + surplus - sum(papers.map(({ value }) => value)),
    },
    option,
    papers,
    quota,
  );
  return endStage(count, moved, rules, { kind: 'surplus', option, surplus, decidedBy });
}

/** [V34] Excludes somebody: their papers go on at the value at which they came. */
function exclude(count: Count, rules: Rules, option: string, decidedBy: DecidedBy): Count {
  const continuing = count.continuing.filter((other) => other !== option);
  const moved = deal({ ...count, continuing }, option, count.piles.get(option) ?? [], 0);
  return endStage(count, moved, rules, { kind: 'exclusion', option, decidedBy });
}

type Ended = { readonly count: Count; readonly tie?: NonNullable<RankedResult['tie']> };

/** Stage after stage: each excludes somebody or moves one surplus, so that there are at most twice as many as options. */
function run(start: Count, rules: Rules): Ended {
  let count = start;
  while (count.elected.length < rules.seats && count.continuing.length > 0) {
    const kind = count.surpluses.length > 0 ? 'surplus' : 'exclusion';
    const among = kind === 'surplus' ? count.surpluses : count.continuing;
    const decided = breakTie(among, count.votes, count.stages, rules.lot, kind === 'surplus' ? 'most' : 'fewest');
    if ('between' in decided) return { count, tie: { between: decided.between, for: kind } };
    const step = kind === 'surplus' ? moveSurplus : exclude;
    count = step(count, rules, decided.option, decided.by);
  }
  return { count };
}

/**
 * Counts rankings: instant run-off for one seat [V31], the single transferable vote of Scottish local elections for several
 * [V32]–[V35].
 * @param lot the options in an order drawn before the poll opened; in a tie who comes first in it is favoured
 */
export function countRanked(
  poll: PollForm,
  ballots: readonly CountedBallot[],
  lot: readonly string[] = [],
): RankedResult {
  const options = [...new Set(poll.options.map(({ id }) => id))];
  const seats = Math.max(1, Math.trunc(limitsOf(poll).seats) || 1);
  // [V36]
  const orders = ballots.flatMap(({ choice }) =>
    choice.method === 'ranked' && checkChoice(poll, choice).ok && !isBlank(choice) ? [choice.order] : [],
  );
  const invalid = ballots.filter(({ choice }) => !checkChoice(poll, choice).ok).length;
  const quota = seats === 1 ? undefined : (Math.floor(orders.length / (seats + 1)) + 1) * ONE_BALLOT;
  const rules: Rules = { options, seats, quota, lot };
  const papers = orders.map((order) => ({ order, value: ONE_BALLOT }));
  const empty: Count = {
    piles: new Map(),
    votes: new Map(),
    continuing: options,
    surpluses: [],
    elected: [],
    nonTransferable: 0,
    lost: 0,
    stages: [],
  };
  const counted = { seats, ballots: orders.length, blank: ballots.length - orders.length - invalid, invalid };
  const rule = seats === 1 ? 'irv' : 'stv';
  // Where nobody has ranked anybody, nobody is elected, however few stand.
  if (orders.length === 0) return { rule, ...counted, stages: [], elected: [] };
  const start = endStage(empty, deal(empty, undefined, papers, 0), rules, { kind: 'first-preferences' });
  const { count, tie } = run(start, rules);
  return {
    rule,
    ...counted,
    ...(quota === undefined ? {} : { quota }),
    stages: count.stages,
    elected: count.elected,
    ...(tie === undefined ? {} : { tie }),
  };
}

import { no, type Verdict, yes } from '@concert/contract';
import type { Majority } from './api.ts';
import { limitsOf } from './ballot.ts';
import { electorate } from './register.ts';
import { keysOf, type Tally } from './tally.ts';
import { type Count, ONE_VOTE, type PollForm, type Register } from './types.ts';

/** What was counted in the room: of one thing that can be chosen, or `blank`. */
export type HandCount = { readonly key: string; readonly count: number };

/** The line of the blank ballots among counts that are typed in. */
export const BLANK = 'blank';

const heads = (counts: readonly HandCount[], key: string): number =>
  counts
    .filter((line) => line.key === key && Number.isFinite(line.count))
    .reduce((sum, { count }) => sum + Math.max(0, Math.trunc(count)), 0);

/** [V17] Whether nothing was counted: nobody has raised a hand, or nobody has typed it in yet. */
export const countsNothing = (counts: readonly HandCount[] | undefined): boolean =>
  (counts ?? []).every(({ count }) => count === 0);

/** How many have voted: where one may choose several things, at least as many as chose any one of them. */
function votersOf(poll: PollForm, counts: readonly number[]): number {
  const several =
    poll.method === 'choose' ? limitsOf(poll).most > 1 : poll.method === 'score' || poll.method === 'dots';
  return several ? Math.max(0, ...counts) : counts.reduce((sum, count) => sum + count, 0);
}

/**
 * [V17] The same tally from counts that were typed in.
 * @param weight what each vote weighs, in thousandths
 */
export function typedCounts(poll: PollForm, counts: readonly HandCount[], weight: number = ONE_VOTE): Tally {
  const weighed = (count: number): Count => ({ heads: count, weight: count * weight });
  const lines = keysOf(poll).map((key) => ({ key, ballots: heads(counts, key), ...weighed(heads(counts, key)) }));
  const shown = lines.map(({ ballots }) => ballots);
  const [valid, blank] = [votersOf(poll, shown), heads(counts, BLANK)];
  return {
    method: poll.method,
    cast: weighed(valid + blank),
    valid: weighed(valid),
    blank: weighed(blank),
    invalid: weighed(0),
    lines,
    byCollege: [],
  };
}

export type HandsRefusal =
  | 'not-by-hands'
  | 'weights-differ'
  | 'colleges-not-counted'
  | 'unknown-line'
  | 'more-than-may-vote';

/** [V17] Whether a poll may be taken by a show of hands: hands have neither weights nor colleges, and objections speak. */
export function mayShowHands(
  { method }: Pick<PollForm, 'method'>,
  { unit, perCollege }: Pick<Majority, 'unit' | 'perCollege'>,
  register: Register,
): Verdict<HandsRefusal> {
  if (method !== 'motion' && method !== 'choose') return no('not-by-hands');
  const voters = electorate(register);
  if (unit === 'weight' && voters.some(({ weight }) => weight !== voters[0]?.weight)) return no('weights-differ');
  return method === 'motion' && perCollege ? no('colleges-not-counted') : yes;
}

/** [V17] Whether these counts can be right: of what can be chosen, and no more than there are voters. */
export function checkHands(poll: PollForm, register: Register, counts: readonly HandCount[]): Verdict<HandsRefusal> {
  const known = new Set([...keysOf(poll), BLANK]);
  if (counts.some(({ key }) => !known.has(key))) return no('unknown-line');
  const { cast } = typedCounts(poll, counts);
  return cast.heads > electorate(register).length ? no('more-than-may-vote') : yes;
}

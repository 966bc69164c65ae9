import { no, type Verdict, yes } from '@concert/contract';
import type { z } from 'zod';
import type { Choice } from './api.ts';
import type { PollForm } from './types.ts';

type Chosen = z.infer<typeof Choice>;

/** [V11] Why a ballot cannot be counted. */
export type BallotRefusal =
  | 'wrong-method'
  | 'unknown-option'
  | 'option-twice'
  | 'too-few-options'
  | 'too-many-options'
  | 'not-whole-points'
  | 'too-many-points'
  | 'too-many-points-for-option'
  | 'reason-required';

/** [V14] Most points of one option where the poll says nothing. */
export const DEFAULT_SCORE = 5;

/** [V14] What a ballot may hold where the poll says nothing. */
export const limitsOf = ({ options, limits = {} }: PollForm) => ({
  fewest: limits.min ?? 1,
  most: limits.max ?? limits.seats ?? 1,
  perOption: limits.perOption ?? DEFAULT_SCORE,
  dots: limits.max ?? Math.max(options.length, 1),
  seats: limits.seats ?? 1,
});

function checkOptions(poll: PollForm, chosen: readonly string[]): Verdict<BallotRefusal> {
  const known = new Set(poll.options.map(({ id }) => id));
  if (chosen.some((option) => !known.has(option))) return no('unknown-option');
  return new Set(chosen).size === chosen.length ? yes : no('option-twice');
}

function checkPoints(poll: PollForm, given: readonly number[]): Verdict<BallotRefusal> {
  const limits = limitsOf(poll);
  if (given.some((points) => !Number.isSafeInteger(points) || points < 0)) return no('not-whole-points');
  if (poll.method === 'dots' && given.reduce((sum, points) => sum + points, 0) > limits.dots)
    return no('too-many-points');
  const most = poll.method === 'score' ? limits.perOption : (poll.limits?.perOption ?? limits.dots);
  return given.some((points) => points > most) ? no('too-many-points-for-option') : yes;
}

/** [V12] Whether a ballot that may be counted chooses nothing. */
export function isBlank(choice: Chosen): boolean {
  if (choice.method === 'choose') return choice.options.length === 0;
  if (choice.method === 'ranked') return choice.order.length === 0;
  if (choice.method === 'score') return choice.points.length === 0;
  return choice.method === 'dots' && choice.points.every(({ points }) => points === 0);
}

/** [V11] Whether this may be a ballot of the poll · [V13] an objection says its reason. */
export function checkChoice(poll: PollForm, choice: Chosen): Verdict<BallotRefusal> {
  if (choice.method !== poll.method) return no('wrong-method');
  if (choice.method === 'motion') return yes;
  if (choice.method === 'consent')
    return choice.vote === 'objection' && (choice.reason ?? '').trim() === '' ? no('reason-required') : yes;
  if (choice.method === 'ranked') return checkOptions(poll, choice.order);
  if (choice.method === 'choose') {
    const options = checkOptions(poll, choice.options);
    if (!options.ok || isBlank(choice)) return options;
    const { fewest, most } = limitsOf(poll);
    if (choice.options.length < fewest) return no('too-few-options');
    return choice.options.length > most ? no('too-many-options') : yes;
  }
  const options = checkOptions(
    poll,
    choice.points.map(({ option }) => option),
  );
  return options.ok
    ? checkPoints(
        poll,
        choice.points.map(({ points }) => points),
      )
    : options;
}

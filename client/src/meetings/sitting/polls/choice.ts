import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Choice as ChoiceShape } from '@concert/domain/polls/api.ts';
import { type BallotRefusal, checkChoice, isBlank, limitsOf } from '@concert/domain/polls/ballot.ts';
import type { z } from 'zod';

export type Choice = z.infer<typeof ChoiceShape>;
export type Points = Extract<Choice, { points: unknown }>['points'];

/** What a ballot holds before anything is chosen; of a motion there is nothing to hold. */
export function emptyChoice({ method }: Pick<Poll, 'method'>): Choice | undefined {
  if (method === 'choose') return { method, options: [] };
  if (method === 'score' || method === 'dots') return { method, points: [] };
  return method === 'ranked' ? { method, order: [] } : undefined;
}

/** Chosen or not chosen; where one alone may be chosen, the new one takes the place of the other. */
export function toggled(chosen: readonly string[], id: string, most: number): string[] {
  if (chosen.includes(id)) return chosen.filter((one) => one !== id);
  if (most === 1) return [id];
  return chosen.length < most ? [...chosen, id] : [...chosen];
}

export const pointsOf = (points: Points, option: string): number =>
  points.find((one) => one.option === option)?.points ?? 0;

/** Points with those of one option set; an option without points is left out. */
export function withPoints(points: Points, option: string, value: number): Points {
  const others = points.filter((one) => one.option !== option);
  const whole = Math.max(0, Math.trunc(value));
  return whole === 0 ? others : [...others, { option, points: whole }];
}

export const pointsGiven = (points: Points): number => points.reduce((sum, one) => sum + one.points, 0);

/** How many points one option may still be given, with those that it has. */
export function mostPoints(poll: Poll, points: Points, option: string): number {
  const { dots, perOption } = limitsOf(poll);
  if (poll.method === 'score') return perOption;
  const left = dots - pointsGiven(points) + pointsOf(points, option);
  return Math.max(0, Math.min(left, poll.limits.perOption ?? dots));
}

/** An order with one option a place further up (−1) or down (1). */
export function movedBy(order: readonly string[], id: string, by: -1 | 1): string[] {
  const at = order.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return [...order];
  const others = order.filter((one) => one !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}

/** Ranked last, or taken out of the ranking. */
export const rankToggled = (order: readonly string[], id: string): string[] =>
  order.includes(id) ? order.filter((one) => one !== id) : [...order, id];

export type Readiness = { readonly ready: boolean; readonly blank: boolean; readonly refusal?: BallotRefusal };

/** Whether a ballot may be cast as it is; the server asks by the same rule. */
export function readinessOf(poll: Poll, choice: Choice | undefined): Readiness {
  if (!choice) return { ready: false, blank: false };
  const verdict = checkChoice(poll, choice);
  if (!verdict.ok) return { ready: false, blank: false, refusal: verdict.reason };
  return { ready: true, blank: isBlank(choice) };
}

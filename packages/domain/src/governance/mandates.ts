import { no, type PlatformRole, type Verdict, yes } from '@concert/contract';
import type { MandateRole } from './api.ts';

/** The time for which somebody is something in a body. */
export type MandateTerms = {
  readonly personId: string;
  readonly role: MandateRole;
  readonly from: Date;
  readonly until?: Date;
};

/** [G2] `from` is inclusive, `until` exclusive. */
export function stateOf(
  { from, until }: Pick<MandateTerms, 'from' | 'until'>,
  now: Date,
): 'coming' | 'running' | 'ended' {
  if (until !== undefined && until <= now) return 'ended';
  return from <= now ? 'running' : 'coming';
}

export const isRunning = (mandate: Pick<MandateTerms, 'from' | 'until'>, now: Date): boolean =>
  stateOf(mandate, now) === 'running';

/** The next instant at which one of these mandates begins or ends, if any does. */
export function nextTurn(mandates: readonly Pick<MandateTerms, 'from' | 'until'>[], now: Date): Date | undefined {
  const coming = mandates
    .flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]))
    .filter((at) => at > now)
    .map((at) => at.getTime());
  return coming.length === 0 ? undefined : new Date(Math.min(...coming));
}

/** [G1] Who manages bodies, and who sees them. */
export const mayManageBodies = (role: PlatformRole): Verdict<'secretariat-only'> =>
  role === 'administrator' || role === 'secretariat' ? yes : no('secretariat-only');
export const maySeeBodies = (role: PlatformRole): boolean => role !== 'guest';

export type MandateRefusal = 'ends-before-it-begins' | 'already-has-mandate' | 'body-archived';

/**
 * Whether a body may have this mandate beside its others.
 * [G2] it ends after it begins · [G3] nobody has the same role twice at a time · [G5] none in an archived body.
 */
export function mayHaveMandate(
  body: { readonly state: 'active' | 'archived'; readonly others: readonly MandateTerms[] },
  wanted: MandateTerms,
): Verdict<MandateRefusal> {
  if (body.state === 'archived') return no('body-archived');
  if (wanted.until !== undefined && wanted.until <= wanted.from) return no('ends-before-it-begins');
  const twice = body.others.some(
    (other) => other.personId === wanted.personId && other.role === wanted.role && overlap(other, wanted),
  );
  return twice ? no('already-has-mandate') : yes;
}

const overlap = (one: MandateTerms, other: MandateTerms): boolean =>
  (one.until === undefined || other.from < one.until) && (other.until === undefined || one.from < other.until);

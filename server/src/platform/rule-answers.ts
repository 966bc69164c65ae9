import { Problem, type Verdict } from '@concert/contract';
import type { Reader as BodyReader } from '@concert/domain/governance/conducting.ts';
import type { Reader } from './mentions.ts';

/** Somebody as the rules of bodies see them. */
export const readerOf = ({ personId, platformRole, limits }: Reader): BodyReader => ({
  personId,
  platformRole,
  limited: limits !== undefined,
});

/** Which refusals of rules are bad input, and which are something that the actor may never do. */
type Refusals = { readonly badRequests: readonly string[]; readonly forbidden: readonly string[] };

/**
 * How a slice turns the refusal of a rule into what is answered: what is unknown (`no-such-…`, 404), what was asked for
 * wrongly (400), what may not be (403), and what cannot be now (409).
 */
export function refusing({ badRequests, forbidden }: Refusals): (verdict: Verdict<string>) => void {
  const [bad, never] = [new Set(badRequests), new Set(forbidden)];
  return (verdict) => {
    if (verdict.ok) return;
    const { reason } = verdict;
    if (reason.startsWith('no-such-')) throw new Problem('NOT_FOUND', reason);
    if (never.has(reason)) throw new Problem('FORBIDDEN', reason);
    throw new Problem(bad.has(reason) ? 'BAD_REQUEST' : 'CONFLICT', reason);
  };
}

import type { Locale } from '@concert/contract';
import type { DecisionVote } from '@concert/domain/decisions/api.ts';
import { explainVerdict } from '@concert/domain/polls/explain.ts';

/** What a vote has come to and why, in one sentence of the reader's language; nothing for an election. */
export function voteSentence(vote: DecisionVote, locale: Locale): string | undefined {
  const { outcome, checks, ...rest } = vote;
  if (outcome === 'elected' || outcome === 'runoff') return undefined;
  return explainVerdict(
    {
      ...rest,
      outcome,
      checks: checks.map(({ college, ...check }) => ({ ...check, ...(college === undefined ? {} : { college }) })),
    },
    locale,
  );
}

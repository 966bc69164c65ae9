import type { Locale } from '@concert/contract';
import type { Poll, PollResult } from '@concert/domain/meetings/polls-api.ts';
import { MajorityBase, Unit } from '@concert/domain/polls/api.ts';
import { explainVerdict } from '@concert/domain/polls/explain.ts';
import { votesOn } from '@concert/domain/polls/tally.ts';
import { formatList, formatNumber } from '../../platform/format.ts';
import { isMotion } from './polls/bars.ts';
import { asVotes } from './polls/numbers.ts';
import type { SittingSay } from './say.ts';

type Verdict = { readonly poll: Poll; readonly result: PollResult; readonly locale: Locale; readonly t: SittingSay };

/** What a poll has come to and why, in one sentence: the same words on the page, on the screen and in the minutes. */
export function verdictSentence({ poll, result, locale, t }: Verdict): string {
  const { outcome } = result;
  const names = (ids: readonly string[]): string =>
    formatList(
      locale,
      ids.map((id) => poll.options.find((option) => option.id === id)?.label ?? id),
    );
  const count = result.elected.length;
  const elected = { count, names: names(result.elected) };
  const asked = majorityAsked(result, locale);
  if (outcome === 'elected' && asked && count === 1) return t('poll.verdict.electedBy', { ...elected, ...asked });
  if (outcome === 'elected') return t('poll.verdict.elected', elected);
  const further = { names: names(result.runoff), elected: elected.names, ...asked };
  if (outcome === 'runoff' && count > 0) return t('poll.verdict.runoffSome', { ...further, count });
  if (outcome === 'runoff') return t(asked ? 'poll.verdict.runoffBy' : 'poll.verdict.runoff', further);
  if (!isMotion(poll) && outcome === 'tie') return t('poll.verdict.tied', { names: names(result.tied) });
  return explainVerdict(explainable(poll, result), locale);
}

/** How many votes a majority asked for, and the most that somebody got; nothing where the most votes win [V30]. */
function majorityAsked({ checks: [check] }: PollResult, locale: Locale) {
  if (check === undefined) return undefined;
  const said = (value: number): string =>
    formatNumber(locale, check.unit === 'weight' ? asVotes(value) : value, { maximumFractionDigits: 3 });
  return { needed: said(check.needed), got: said(check.got) };
}

function explainable({ method, majority }: Poll, { outcome, settledBy, checks, lines }: PollResult) {
  return {
    method,
    majority,
    outcome: outcome === 'elected' || outcome === 'runoff' ? ('no-verdict' as const) : outcome,
    settledBy: settledBy ?? ('none' as const),
    votes: votesOn(lines, method === 'consent' ? 'heads' : majority.unit),
    checks: checks.map(({ base, unit, college, ...check }) => ({
      ...check,
      base: MajorityBase.parse(base),
      unit: Unit.parse(unit),
      ...(college === undefined ? {} : { college }),
    })),
  };
}

import type { Locale } from '@concert/contract';
import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Majority } from '@concert/domain/polls/api.ts';
import { limitsOf } from '@concert/domain/polls/ballot.ts';
import { MAJORITIES } from '@concert/domain/polls/majorities.ts';
import type { SittingSay } from '../say.ts';
import type { Choice } from './choice.ts';

const VOTES = ['yes', 'no', 'abstain', 'consent', 'stand-aside', 'objection', 'blank'] as const;

/** What a line of a result is called: "Pour", or the label of an option. */
export function lineLabel({ options }: Pick<Poll, 'options'>, key: string, t: SittingSay): string {
  const vote = VOTES.find((one) => one === key);
  return vote ? t(`poll.vote.${vote}`) : (options.find(({ id }) => id === key)?.label ?? key);
}

/** The same over a number: "Consentements", not "Je consens". */
export function countLabel(poll: Pick<Poll, 'options'>, key: string, t: SittingSay): string {
  const said = (['consent', 'stand-aside', 'objection'] as const).find((one) => one === key);
  return said ? t(`poll.count.${said}`) : lineLabel(poll, key, t);
}

/** What somebody has chosen, in words. */
export function choiceText(poll: Pick<Poll, 'options'>, choice: Choice, t: SittingSay): string {
  const label = (key: string): string => lineLabel(poll, key, t);
  const blank = t('poll.vote.blank');
  if (choice.method === 'motion' || choice.method === 'consent') return label(choice.vote);
  if (choice.method === 'choose') return choice.options.map(label).join(', ') || blank;
  if (choice.method === 'ranked')
    return choice.order.map((id, index) => `${index + 1}. ${label(id)}`).join(', ') || blank;
  const given = choice.points.filter(({ points }) => points > 0);
  return given.map(({ option, points }) => `${label(option)} ${points}`).join(', ') || blank;
}

/** How one votes, in a sentence for who is about to. */
export function howTo(poll: Poll, t: SittingSay): string {
  const { fewest, most, perOption, dots } = limitsOf(poll);
  if (poll.method === 'choose') {
    if (most === 1) return t('poll.how.one');
    return fewest > 1 ? t('poll.how.between', { min: fewest, max: most }) : t('poll.how.upTo', { count: most });
  }
  if (poll.method === 'score') return t('poll.how.score', { max: perOption });
  if (poll.method === 'dots') return t('poll.how.dots', { count: dots });
  return t(`poll.how.${poll.method}`);
}

/** By what majority something is adopted: by its usual name where it has one. */
export function majorityText(majority: Majority, locale: Locale, t: SittingSay): string {
  const usual = Object.values(MAJORITIES).find(
    ({ majority: { base, num, den, strict } }) =>
      base === majority.base && num === majority.num && den === majority.den && strict === majority.strict,
  );
  if (usual) return usual.label[locale];
  const share = `${majority.num}/${majority.den}`;
  return t(majority.strict ? 'poll.majority.more' : 'poll.majority.least', {
    share,
    base: t(`poll.base.${majority.base}`),
  });
}

/** By what a poll is decided. The ways to choose by points or preferences say it by their name. */
export function decidedBy(
  { method, majority }: Pick<Poll, 'method' | 'majority'>,
  locale: Locale,
  t: SittingSay,
): string {
  if (method === 'motion') return majorityText(majority, locale, t);
  if (method !== 'choose') return '';
  return majority.relative ? t('poll.majority.most') : majorityText(majority, locale, t);
}

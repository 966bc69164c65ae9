import type { RuleSet } from '@concert/domain/governance/rule-set.ts';
import type { Majority, Quorum } from '@concert/domain/polls/api.ts';
import type { Messages, Say } from '../../platform/i18n.ts';
import type { messages } from '../messages.ts';
import { partOf } from './presets.ts';

type Key = typeof messages extends Messages<infer Key> ? Key : never;

/** What is needed to say rules: the texts of the language, and its way of saying a span of time. */
export type Words = { readonly t: Say<Key>; readonly time: (seconds: number) => string };

/** The rules of a body, in the order in which they are read. */
export const CHAPTERS = [
  { id: 'deciding', rules: ['quorum', 'ordinary', 'qualified', 'castingVote', 'proxies'] },
  { id: 'preparing', rules: ['notice', 'freeze', 'late'] },
  { id: 'speaking', rules: ['speech', 'collegeTime'] },
] as const;
export type RuleId = (typeof CHAPTERS)[number]['rules'][number];
export const RULE_IDS: readonly RuleId[] = CHAPTERS.flatMap(({ rules }) => [...rules]);

/** "plus de la moitié", "au moins les deux tiers", "plus de 4/7" */
function share({ num, den, strict }: Pick<Majority, 'num' | 'den' | 'strict'>, { t }: Words): string {
  const part = partOf({ num, den }) ?? 'other';
  return t(`rules.share.${strict ? 'over' : 'least'}.${part}`, { num, den });
}

function majority(kind: 'ordinary' | 'qualified', { majorities, castingVote }: RuleSet, words: Words): string[] {
  const { t } = words;
  const set = majorities[kind];
  // A vote of the chair settles a tie only where the body gives it that weight at all.
  const tie = set.tie === 'chair' && !castingVote ? 'rejected' : set.tie;
  return [
    t(`rules.say.${kind}`, { share: share(set, words), base: t(`rules.base.${set.base}`) }),
    t(`rules.say.unit.${set.unit}`),
    ...(set.perCollege ? [t('rules.say.majorityPerCollege')] : []),
    t(`rules.say.tie.${tie}`),
  ];
}

function quorum(set: Quorum, words: Words): string[] {
  const { t } = words;
  if (set.base === 'none') return [t('rules.say.quorum.none')];
  return [
    t('rules.say.quorum', { share: share(set, words), base: t(`rules.base.quorum.${set.base}`) }),
    ...(set.unit === 'weight' ? [t('rules.say.unit.weight')] : []),
    t(set.countProxies ? 'rules.say.quorum.proxies' : 'rules.say.quorum.noProxies'),
    ...(set.perCollege ? [t('rules.say.quorumPerCollege')] : []),
  ];
}

const SENTENCES: Readonly<Record<RuleId, (rules: RuleSet, words: Words) => string[]>> = {
  quorum: (rules, words) => quorum(rules.quorum, words),
  ordinary: (rules, words) => majority('ordinary', rules, words),
  qualified: (rules, words) => majority('qualified', rules, words),
  castingVote: ({ castingVote }, { t }) => [t(castingVote ? 'rules.say.castingVote' : 'rules.say.noCastingVote')],
  proxies: ({ proxies: { allowed, maxPerHolder: count } }, { t }) => [
    allowed ? t('rules.say.proxies', { count }) : t('rules.say.noProxies'),
  ],
  notice: ({ noticeDays: count }, { t }) => [count === 0 ? t('rules.say.noNotice') : t('rules.say.notice', { count })],
  freeze: ({ freezeHours: count }, { t }) => [count === 0 ? t('rules.say.noFreeze') : t('rules.say.freeze', { count })],
  late: ({ lateItems }, { t }) => [t(`rules.say.late.${lateItems}`)],
  speech: ({ speakSeconds }, { t, time }) => [
    speakSeconds === 0 ? t('rules.say.freeSpeech') : t('rules.say.speech', { time: time(speakSeconds) }),
  ],
  collegeTime: ({ collegeSeconds }, { t, time }) => [
    collegeSeconds === 0 ? t('rules.say.freeColleges') : t('rules.say.collegeTime', { time: time(collegeSeconds) }),
  ],
};

/** [G9] A rule in sentences, the most important first. */
export const sentencesOf = (id: RuleId, rules: RuleSet, words: Words): string[] => SENTENCES[id](rules, words);

/** The rules that read otherwise in one version than in another. */
export const changedRules = (one: RuleSet, other: RuleSet, words: Words): RuleId[] =>
  RULE_IDS.filter((id) => sentencesOf(id, one, words).join(' ') !== sentencesOf(id, other, words).join(' '));

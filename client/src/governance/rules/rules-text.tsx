import type { RuleSet } from '@concert/domain/governance/rule-set.ts';
import { Badge, Title } from '@mantine/core';
import {
  type Icon,
  IconChecks,
  IconClockHour4,
  IconFilePlus,
  IconGavel,
  IconMailForward,
  IconMicrophone,
  IconShieldCheck,
  IconSnowflake,
  IconUserShare,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { CHAPTERS, changedRules, type RuleId, sentencesOf } from './rule-words.ts';
import styles from './rules.module.css';
import { useWords } from './use-words.ts';

const SIGN: Readonly<Record<RuleId, Icon>> = {
  quorum: IconUsersGroup,
  ordinary: IconChecks,
  qualified: IconShieldCheck,
  castingVote: IconGavel,
  proxies: IconUserShare,
  notice: IconMailForward,
  freeze: IconSnowflake,
  late: IconFilePlus,
  speech: IconMicrophone,
  collegeTime: IconClockHour4,
};

type Props = {
  readonly rules: RuleSet;
  /** The rules in force, when those shown are not: what has changed since is marked. */
  readonly current?: RuleSet;
};

/** Rules as one reads them: in sentences, each with why it is there. */
export function RulesText({ rules, current }: Props) {
  const t = useText(messages);
  const words = useWords();
  const changed = new Set(current ? changedRules(rules, current, words) : []);
  return (
    <div className={styles.chapters}>
      {CHAPTERS.map(({ id, rules: ids }) => (
        <section key={id} aria-labelledby={`rules-${id}`}>
          <Title order={3} id={`rules-${id}`} className={styles.chapter}>
            {t(`rules.chapter.${id}`)}
          </Title>
          <dl className={styles.rules}>
            {ids.map((rule) => {
              const Sign = SIGN[rule];
              return (
                <div key={rule} className={styles.rule}>
                  <dt>
                    <Sign size={18} stroke={1.7} aria-hidden />
                    {t(`rules.name.${rule}`)}
                    {changed.has(rule) && (
                      <Badge radius="sm" size="sm" variant="light" color="yellow">
                        {t('rules.changedSince')}
                      </Badge>
                    )}
                  </dt>
                  <dd>
                    <p className={styles.sentences}>{sentencesOf(rule, rules, words).join(' ')}</p>
                    <p className={styles.why}>{t(`rules.why.${rule}`)}</p>
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}

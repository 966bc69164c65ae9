import type { RuleSet } from '@concert/domain/governance/rule-set.ts';
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { type RuleId, sentencesOf } from './rule-words.ts';
import styles from './rules.module.css';
import { useWords } from './use-words.ts';

type Props = { readonly id: RuleId; readonly rules: RuleSet; readonly children: ReactNode };

/** The settings of one rule, with how they will read. */
export function RuleField({ id, rules, children }: Props) {
  const t = useText(messages);
  const words = useWords();
  return (
    <fieldset className={styles.field}>
      <legend>{t(`rules.name.${id}`)}</legend>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t(`rules.why.${id}`)}
        </Text>
        {children}
        <p className={styles.preview} aria-live="polite">
          {sentencesOf(id, rules, words).join(' ')}
        </p>
      </Stack>
    </fieldset>
  );
}

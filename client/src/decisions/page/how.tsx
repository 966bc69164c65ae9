import type { Decision, DecisionVote } from '@concert/domain/decisions/api.ts';
import { Alert, Anchor, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import { voteSentence } from '../vote-sentence.ts';
import styles from './decision.module.css';

/** On what the decision rests, in words; and apart from it, what had been recommended [R6]. */
export function How({ decision }: { decision: Decision }) {
  const t = useText(messages);
  const format = useFormat();
  const { basis, decidedOn, meeting, vote, grounds, recommendation, voteAnnulled } = decision;
  return (
    <>
      <Section title={t('how.title')}>
        <Text>
          {t(`basis.${basis}.said`)} {t('how.decidedOn', { date: format.date(decidedOn) })}
          {meeting && (
            <>
              {', '}
              <Anchor component={Link} to={`/meetings/${meeting.id}`} inherit>
                {meeting.title}
              </Anchor>
              {', '}
              {t('how.item', { title: meeting.itemTitle })}
            </>
          )}
          .
        </Text>
        {grounds && (
          <Text mt="xs" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {grounds}
          </Text>
        )}
        {vote && <Vote vote={vote} />}
        {voteAnnulled && (
          <Alert mt="md" color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('how.voteAnnulled')}
          </Alert>
        )}
      </Section>
      {recommendation && (
        <Section title={t('recommendation.title')}>
          <Text className={styles.quote}>{recommendation}</Text>
        </Section>
      )}
    </>
  );
}

function Vote({ vote }: { vote: DecisionVote }) {
  const t = useText(messages);
  const format = useFormat();
  const locale = useLocale();
  const { question, turnout, elected } = vote;
  return (
    <div className={styles.quote}>
      <Text fw={560}>{question}</Text>
      <Text mt={4}>{voteSentence(vote, locale) ?? t('how.elected', { names: format.list(elected) })}</Text>
      <Text mt={4} size="sm" c="dimmed">
        {t('how.turnout', { count: turnout.cast, of: turnout.of })}
      </Text>
    </div>
  );
}

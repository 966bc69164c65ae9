import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, List } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { changedLate } from '../logic/people.ts';
import { shortDayText, timeText } from '../logic/times.ts';
import { messages } from '../messages.ts';

/** "Changed on Tuesday 12 January, 09:30", by the clocks of the meeting. */
export function useChangedText({ timeZone }: Pick<Meeting, 'timeZone'>): (at: string) => string {
  const t = useText(messages);
  const locale = useLocale();
  return (at) =>
    t('answer.changed', { when: `${shortDayText(locale, at, timeZone)}, ${timeText(locale, at, timeZone)}` });
}

/** Who has changed their answer within a day of the meeting: told to who conducts it, who counts on them [M58]. */
export function LateChanges({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const changed = useChangedText(meeting);
  const late = changedLate(meeting);
  if (late.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      role="status"
      icon={<IconUserQuestion aria-hidden />}
      title={t('answer.changedLate', { count: late.length })}
    >
      <List size="sm">
        {late.map(({ personId, name, answer, answerChangedAt }) => (
          <List.Item key={personId}>
            {name} — {t(answer === 'accepted' ? 'answer.accepted.other' : 'answer.excused.other')},{' '}
            {changed(answerChangedAt ?? '')}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import type { DocumentFrameProps } from '../../platform/module.ts';
import { orpc, problemOf } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { messages } from '../messages.ts';
import { MinutesActions } from './actions.tsx';
import styles from './minutes.module.css';
import { MinutesRecord } from './record.tsx';
import { MinutesBadge, MinutesStanding } from './state.tsx';

/** Around the page of minutes: of which meeting they are, how they stand, and what their blocks say. */
export function MinutesFrame({ document, children }: DocumentFrameProps) {
  const minutes = useQuery(orpc.minutes.ofDocument.queryOptions({ input: { documentId: document.id } }));
  // Minutes that somebody has written without a meeting are a document like any other.
  const isFree = minutes.isError && problemOf(minutes.error).status === 404;
  return (
    <MinutesRecord minutes={isFree ? undefined : minutes.data} failed={minutes.isError}>
      {!isFree && minutes.data && <MinutesBar minutes={minutes.data} />}
      {minutes.isError && !isFree && !minutes.data && (
        <ErrorState error={minutes.error} onRetry={() => void minutes.refetch()} />
      )}
      {children}
    </MinutesRecord>
  );
}

function MinutesBar({ minutes }: { minutes: Minutes }) {
  const t = useText(messages);
  const format = useFormat();
  const { state, meetingId, title, record } = minutes;
  const at = record.meeting.startAt ?? record.meeting.openedAt;
  if (!state) return null;
  return (
    <section className={styles.bar} aria-label={t('minutes.about')}>
      <div className={styles.about}>
        <div className={styles.head}>
          <MinutesBadge state={state} />
          <Anchor component={Link} to={`/meetings/${meetingId}`} c="inherit" fw={600} underline="hover">
            {title}
          </Anchor>
          {at && <span className={styles.date}>{format.date(at)}</span>}
        </div>
        <div className={styles.standing}>
          <MinutesStanding minutes={minutes} />
        </div>
      </div>
      <Group gap="xs" className={styles.actions}>
        <MinutesActions minutes={minutes} />
      </Group>
    </section>
  );
}

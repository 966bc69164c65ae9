import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Button, Group, Text } from '@mantine/core';
import { IconFileText, IconLock } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { MinutesActions } from './actions.tsx';
import { NoMinutes } from './begin.tsx';
import styles from './minutes.module.css';
import { useMinutes } from './queries.ts';
import { MinutesBadge, MinutesStanding } from './state.tsx';

/** The minutes of a meeting on its page: how they stand, and the way to them. */
export function MinutesView({ meeting: { id, workspaceId } }: { meeting: Meeting }) {
  const t = useText(messages);
  const navigate = useNavigate();
  const minutes = useMinutes(id);
  if (minutes.isPending) return <ListSkeleton />;
  if (!minutes.data) return <ErrorState error={minutes.error} onRetry={() => void minutes.refetch()} />;
  const { state, documentId } = minutes.data;
  if (!state)
    return (
      <NoMinutes
        minutes={minutes.data}
        workspaceId={workspaceId}
        onBegun={(begun) => void navigate(`/documents/${begun}`)}
      />
    );
  return (
    <section className={styles.card} aria-label={t('view.minutes')}>
      <div>
        <div className={styles.head}>
          <MinutesBadge state={state} />
          {minutes.data.edition > 1 && (
            <Text span size="sm" c="dimmed">
              {t('minutes.edition', { edition: minutes.data.edition })}
            </Text>
          )}
        </div>
        <div className={styles.standing}>
          <MinutesStanding minutes={minutes.data} />
        </div>
      </div>
      {documentId ? (
        <Group gap="xs">
          <Button
            component={Link}
            to={`/documents/${documentId}`}
            size="xs"
            variant={minutes.data.me.submits ? 'default' : 'filled'}
            leftSection={<IconFileText size={15} aria-hidden />}
          >
            {t('minutes.open')}
          </Button>
          <MinutesActions minutes={minutes.data} />
        </Group>
      ) : (
        <NotReadable />
      )}
      <Reopenings minutes={minutes.data} />
    </section>
  );
}

/** Minutes that are there, in a workspace that is not open to the reader. */
export function NotReadable() {
  const t = useText(messages);
  return (
    <EmptyState icon={IconLock} title={t('minutes.closed')} compact>
      {t('minutes.closedDetail')}
    </EmptyState>
  );
}

/** Each time they were opened again, and why. */
function Reopenings({ minutes: { reopened } }: { minutes: Minutes }) {
  const t = useText(messages);
  const format = useFormat();
  if (reopened.length === 0) return null;
  return (
    <ul className={styles.past} aria-label={t('minutes.past')}>
      {reopened.map(({ at, by, from, reason }) => (
        <li key={at}>
          {t(`minutes.reopenedFrom.${from}`, { date: format.dateTime(at), name: by.name })}
          {reason && ` ${t('minutes.reason', { reason })}`}
        </li>
      ))}
    </ul>
  );
}

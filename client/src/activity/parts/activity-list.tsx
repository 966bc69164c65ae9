import { byDay } from '@concert/domain/activity/rules.ts';
import { Stack, Text } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { FormattedDate } from '../../ui/relative-time.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { type Scope, useActivity } from '../queries.ts';
import { ActivityLine } from './activity-line.tsx';

/** What happened somewhere, day by day. */
export function ActivityList({ scope, within }: { scope: Scope; within: string }) {
  const t = useText(messages);
  const list = useActivity(scope);
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.isPending) return <ListSkeleton count={6} />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (entries.length === 0 && !list.hasNextPage)
    return (
      <EmptyState icon={IconActivity} title={t('activity.empty.title')}>
        {t('activity.empty.body')}
      </EmptyState>
    );
  return (
    <Stack gap="lg">
      {byDay(entries).map(([day, ofDay]) => (
        <section key={day}>
          <Text size="sm" fw={600} c="dimmed" mb={2}>
            <FormattedDate at={day} />
          </Text>
          <Rows label={t('activity.label')}>
            {ofDay.map((entry) => (
              <ActivityLine key={entry.id} entry={entry} within={within} />
            ))}
          </Rows>
        </section>
      ))}
      <LoadMore list={list} />
    </Stack>
  );
}

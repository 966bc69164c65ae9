import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '../platform/format.ts';
import { useText } from '../platform/i18n.ts';
import { useMe } from '../platform/session.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { ActivityLine } from './parts/activity-line.tsx';
import { useActivity } from './queries.ts';

const SHOWN = 5;
const MOST = 40;

/** On the home page: what others did since the reader was last here. Nothing on a first visit. */
export function SinceSection() {
  const { lastVisitAt } = useMe();
  return lastVisitAt === undefined ? null : <Since since={lastVisitAt} />;
}

function Since({ since }: { since: string }) {
  const t = useText(messages);
  const format = useFormat();
  const list = useActivity({ since, others: 'true' }, MOST);
  const [all, setAll] = useState(false);
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const more = entries.length > SHOWN && (
    <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>
      {t(all ? 'since.less' : 'since.more')}
    </Button>
  );
  return (
    <Section title={t('since.title')} action={more}>
      {list.isPending && <ListSkeleton count={3} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('since.nothing', { when: format.dateTime(since) })}
        </Text>
      )}
      <Rows label={t('since.title')}>
        {(all ? entries : entries.slice(0, SHOWN)).map((entry) => (
          <ActivityLine key={entry.id} entry={entry} />
        ))}
      </Rows>
    </Section>
  );
}

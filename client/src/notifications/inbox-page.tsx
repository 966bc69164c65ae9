import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconChecks, IconInbox } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { nextCursor, orpc } from '../platform/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Rows } from '../ui/rows.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { NoticeRow } from './parts/notice-row.tsx';
import { useReadAll } from './queries.ts';

const STATES = ['unread', 'all', 'snoozed'] as const;
const LABELS = { unread: 'inbox.unread', all: 'inbox.allStates', snoozed: 'inbox.snoozed' } as const;

/** `/inbox`: what somebody was told, together by what it is about. */
export function Page() {
  const t = useText(messages);
  const [state, setState] = useState<(typeof STATES)[number]>('all');
  const readAll = useReadAll();
  usePage(t('inbox.title'));
  const list = useInfiniteQuery({
    ...orpc.notifications.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ state, limit: 30, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PageBody maw="56rem">
      <PageHeader title={t('inbox.title')} detail={t('inbox.detail')} />
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t('inbox.state')}
            value={state}
            onChange={(value) => setState(STATES.find((each) => each === value) ?? 'all')}
            data={STATES.map((value) => ({ value, label: t(LABELS[value]) }))}
          />
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconChecks size={16} aria-hidden />}
            disabled={!items.some(({ unread }) => unread)}
            onClick={readAll}
          >
            {t('inbox.readAll')}
          </Button>
        </Group>
        {list.isPending && <ListSkeleton count={5} />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && (
          <EmptyState icon={IconInbox} title={t('inbox.empty.title')}>
            {t(state === 'snoozed' ? 'inbox.empty.snoozed' : 'inbox.empty.body')}
          </EmptyState>
        )}
        <Rows label={t('inbox.title')}>
          {items.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} />
          ))}
        </Rows>
        <LoadMore list={list} />
      </Stack>
    </PageBody>
  );
}

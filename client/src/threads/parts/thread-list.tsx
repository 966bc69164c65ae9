import { Button, Group, Paper, SegmentedControl, Stack, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMessages, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { type Place, type ThreadFilter, useThreads } from '../queries.ts';
import { NewThread } from './new-thread.tsx';
import { ThreadRow } from './thread-row.tsx';

type Props = {
  readonly place: Place;
  readonly mayOpen: boolean;
  /** Whether the reader may open discussions for staff alone. */
  readonly staff: boolean;
  /** Whether a row says what it is about: always, or only when that is a document. */
  readonly showsSubject: 'always' | 'document' | 'never';
  /** Opens a discussion in place; without, its page is shown. */
  readonly onOpen?: (id: string) => void;
};

const STATES = ['open', 'resolved', 'all'] as const;

/** The discussions of a place, and opening one. */
export function ThreadList({ place, mayOpen, staff, showsSubject, onOpen }: Props) {
  const t = useText(messages);
  const navigate = useNavigate();
  const [filter, setFilter] = useState<ThreadFilter>({ state: 'open', mine: false });
  const [writing, write] = useDisclosure(false);
  const list = useThreads(place, filter);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const none = list.isSuccess && items.length === 0;
  const untouched = filter.state === 'open' && !filter.mine;
  const create = mayOpen && !writing && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={write.open}>
      {t('list.new')}
    </Button>
  );
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Group gap="md">
          <SegmentedControl
            size="xs"
            aria-label={t('list.state')}
            value={filter.state}
            onChange={(value) => setFilter({ ...filter, state: STATES.find((state) => state === value) ?? 'open' })}
            data={STATES.map((value) => ({ value, label: t(`list.${value}`) }))}
          />
          <Switch
            size="sm"
            label={t('list.mine')}
            checked={filter.mine}
            onChange={(event) => setFilter({ ...filter, mine: event.currentTarget.checked })}
          />
        </Group>
        {!(none && untouched) && create}
      </Group>
      {writing && (
        <Paper withBorder p="md" radius="lg">
          <NewThread
            place={place}
            staff={staff}
            onCancel={write.close}
            onOpened={({ id }) => {
              write.close();
              if (onOpen) onOpen(id);
              else void navigate(`/threads/${id}`);
            }}
          />
        </Paper>
      )}
      {list.isPending && <ListSkeleton count={4} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {none && untouched && !writing && (
        <EmptyState icon={IconMessages} title={t('list.empty.title')} action={create || undefined}>
          {t(place.kind === 'everywhere' ? 'list.empty.everywhere' : 'list.empty.body')}
        </EmptyState>
      )}
      {none && !untouched && (
        <EmptyState icon={IconMessages} title={t('list.none.title')} compact>
          {t('list.none.body')}
        </EmptyState>
      )}
      <Rows label={t('list.label')}>
        {items.map((thread) => (
          <ThreadRow
            key={thread.id}
            thread={thread}
            showsSubject={
              showsSubject === 'always' || (showsSubject === 'document' && thread.subject.kind === 'document')
            }
            onOpen={onOpen}
          />
        ))}
      </Rows>
      <LoadMore list={list} />
    </Stack>
  );
}

import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { ActionIcon, Button, Drawer, Group, Indicator, Text, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowLeft, IconArrowUp, IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { setBeside, useBeside, useGoTo, usePassageOrder } from '../passages/store.ts';
import styles from './document-discussion.module.css';

// Fetched when somebody opens the discussion: the page of a document is there sooner without it.
const ThreadList = lazy(async () => ({ default: (await import('./thread-list.tsx')).ThreadList }));
const NewThread = lazy(async () => ({ default: (await import('./new-thread.tsx')).NewThread }));
const ThreadView = lazy(async () => ({ default: (await import('./thread-view.tsx')).ThreadView }));

/** In the top bar of a document: its discussions, in a drawer beside the text. */
export function DocumentDiscussion({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const say = useText(common);
  const { platformRole } = useMe();
  const { opened, threadId, passage } = useBeside();
  const close = () => setBeside({ opened: false });
  const openThread = (id: string | undefined) => setBeside({ opened: true, threadId: id });
  const list = useQuery(
    orpc.threads.documents.list.queryOptions({ input: { id: document.id, limit: 50, state: 'open' } }),
  );
  const items = list.data?.items ?? [];
  const unread = items.reduce((sum, { unreadCount }) => sum + unreadCount, 0);
  const label = items.length > 0 ? t('document.count', { count: items.length }) : t('document.open');
  return (
    <>
      <Tooltip label={label}>
        <Indicator
          label={unread > 9 ? '9+' : unread}
          disabled={unread === 0}
          size={16}
          offset={5}
          styles={{ indicator: { fontSize: 10, fontWeight: 650 } }}
        >
          <ActionIcon aria-label={label} onClick={() => openThread(undefined)}>
            <IconMessages size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="30rem"
        // Beside a passage the text stays in reach.
        withOverlay={threadId === undefined && passage === undefined}
        lockScroll={false}
        title={
          <Text span fw={600} size="lg">
            {t('document.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': say('close') }}
        classNames={{ body: styles.body ?? '' }}
      >
        <Suspense fallback={<ListSkeleton count={3} />}>
          {passage ? (
            <NewThread
              place={{ kind: 'document', id: document.id }}
              staff={platformRole !== 'guest' && !document.shared}
              passage={passage}
              onOpened={({ id }) => openThread(id)}
              onCancel={close}
            />
          ) : threadId === undefined ? (
            <ThreadList
              place={{ kind: 'document', id: document.id }}
              mayOpen={document.workspaceState === 'active' && !document.trashedAt}
              staff={platformRole !== 'guest' && !document.shared}
              showsSubject="never"
              onOpen={openThread}
            />
          ) : (
            <OneThread key={threadId} id={threadId} onBack={() => openThread(undefined)} />
          )}
        </Suspense>
      </Drawer>
    </>
  );
}

function OneThread({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useText(messages);
  const thread = useQuery(orpc.threads.get.queryOptions({ input: { id } }));
  const goTo = useGoTo();
  // Whoever opens a discussion of a passage is shown the passage.
  useEffect(() => goTo?.(id), [goTo, id]);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          ml={-8}
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          onClick={onBack}
        >
          {t('thread.back')}
        </Button>
        <Neighbours id={id} />
      </Group>
      {thread.isPending && <ListSkeleton count={3} />}
      {thread.isError && <ErrorState error={thread.error} onRetry={() => void thread.refetch()} />}
      {thread.isSuccess && <ThreadView key={id} thread={thread.data} onGone={onBack} aside />}
    </>
  );
}

/** To the discussions of the passages before and behind this one. */
function Neighbours({ id }: { id: string }) {
  const t = useText(messages);
  const order = usePassageOrder();
  const at = order.indexOf(id);
  if (at === -1 || order.length < 2) return null;
  const go = (to: string | undefined) => to && setBeside({ opened: true, threadId: to });
  return (
    <Group gap={2}>
      <Text size="xs" c="dimmed" mr={4}>
        {t('passage.place', { at: at + 1, of: order.length })}
      </Text>
      <ActionIcon size="md" aria-label={t('passage.previous')} disabled={at === 0} onClick={() => go(order[at - 1])}>
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size="md"
        aria-label={t('passage.next')}
        disabled={at === order.length - 1}
        onClick={() => go(order[at + 1])}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

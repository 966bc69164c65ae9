import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { ActionIcon, Button, Drawer, Indicator, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import styles from './document-discussion.module.css';

// Fetched when somebody opens the discussion: the page of a document is there sooner without it.
const ThreadList = lazy(async () => ({ default: (await import('./thread-list.tsx')).ThreadList }));
const ThreadView = lazy(async () => ({ default: (await import('./thread-view.tsx')).ThreadView }));

/** In the top bar of a document: its discussions, in a drawer beside the text. */
export function DocumentDiscussion({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const say = useText(common);
  const { platformRole } = useMe();
  const [opened, { open, close }] = useDisclosure(false);
  const [threadId, setThreadId] = useState<string>();
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
          <ActionIcon aria-label={label} onClick={open}>
            <IconMessages size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="30rem"
        title={
          <Text span fw={600} size="lg">
            {t('document.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': say('close') }}
        classNames={{ body: styles.body ?? '' }}
      >
        <Suspense fallback={<ListSkeleton count={3} />}>
          {threadId === undefined ? (
            <ThreadList
              place={{ kind: 'document', id: document.id }}
              mayOpen={document.workspaceState === 'active' && !document.trashedAt}
              staff={platformRole !== 'guest' && !document.shared}
              showsSubject="never"
              onOpen={setThreadId}
            />
          ) : (
            <OneThread id={threadId} onBack={() => setThreadId(undefined)} />
          )}
        </Suspense>
      </Drawer>
    </>
  );
}

function OneThread({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useText(messages);
  const thread = useQuery(orpc.threads.get.queryOptions({ input: { id } }));
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        mb="xs"
        ml={-8}
        leftSection={<IconArrowLeft size={15} aria-hidden />}
        onClick={onBack}
      >
        {t('thread.back')}
      </Button>
      {thread.isPending && <ListSkeleton count={3} />}
      {thread.isError && <ErrorState error={thread.error} onRetry={() => void thread.refetch()} />}
      {thread.isSuccess && <ThreadView key={id} thread={thread.data} onGone={onBack} aside />}
    </>
  );
}

import { ActionIcon, Button, Indicator, Popover, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell, IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Rows } from '../../ui/rows.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import { useReadAll } from '../queries.ts';
import styles from './bell.module.css';
import { NoticeRow } from './notice-row.tsx';

const MOST = 99;
const LOOK_MS = 60_000;

/** In the top bar: how much is unread, and the latest of it. */
export function Bell() {
  const t = useText(messages);
  const [opened, { toggle, close }] = useDisclosure(false);
  // What was put off until an instant comes back by itself: no event says so.
  const count = useQuery({ ...orpc.notifications.count.queryOptions({ input: {} }), refetchInterval: LOOK_MS });
  const unread = count.data?.unread ?? 0;
  const label = unread > 0 ? t('bell.label', { count: unread }) : t('bell.none');
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-end" width={380} shadow="lg" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <Indicator
            label={unread > MOST ? `${MOST}+` : unread}
            disabled={unread === 0}
            size={16}
            offset={5}
            styles={{ indicator: { fontSize: 10, fontWeight: 650 } }}
          >
            <ActionIcon aria-label={label} aria-expanded={opened} onClick={toggle}>
              <IconBell size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 1rem)">{opened && <Latest onGo={close} />}</Popover.Dropdown>
    </Popover>
  );
}

function Latest({ onGo }: { onGo: () => void }) {
  const t = useText(messages);
  const readAll = useReadAll();
  const list = useQuery(orpc.notifications.list.queryOptions({ input: { state: 'all', limit: 8 } }));
  const items = list.data?.items ?? [];
  return (
    <section aria-label={t('bell.none')}>
      <Text fw={620} mb={4}>
        {t('bell.none')}
      </Text>
      <div className={styles.list}>
        {list.isPending && <ListSkeleton count={3} />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && (
          <EmptyState icon={IconInbox} title={t('inbox.empty.title')} compact>
            {t('inbox.empty.body')}
          </EmptyState>
        )}
        <Rows label={t('bell.none')}>
          {items.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} onGo={onGo} />
          ))}
        </Rows>
      </div>
      <div className={styles.foot}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={!items.some(({ unread }) => unread)}
          onClick={readAll}
        >
          {t('inbox.readAll')}
        </Button>
        <Button variant="subtle" size="compact-sm" component={Link} to="/inbox" onClick={onGo}>
          {t('bell.all')}
        </Button>
      </div>
    </section>
  );
}

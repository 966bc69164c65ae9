import type { OutboxMail } from '@concert/domain/accounts/api.ts';
import { Anchor, Grid, Paper, Text, Title } from '@mantine/core';
import { IconMailbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { nextCursor, orpc } from '../platform/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import styles from './outbox-page.module.css';
import { linkedText } from './parts/linked-text.ts';

/** `/outbox`: the mails that the demonstration keeps instead of sending. */
export function Page() {
  const t = useText(messages);
  usePage(t('outbox.title'));
  const [chosen, setChosen] = useState<string>();
  const mails = useInfiniteQuery({
    ...orpc.accounts.outbox.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    refetchInterval: 10_000,
  });
  const items = mails.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <PageBody>
      <PageHeader title={t('outbox.title')} detail={t('outbox.detail')} />
      {mails.isPending && <ListSkeleton />}
      {mails.isError && <ErrorState error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.isSuccess && items.length === 0 && (
        <EmptyState icon={IconMailbox} title={t('outbox.empty')}>
          {t('outbox.emptyDetail')}
        </EmptyState>
      )}
      {open && (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, sm: 5 }}>
            <ul className={styles.list} aria-label={t('outbox.list')}>
              {items.map((mail) => (
                <li key={mail.id}>
                  <button
                    type="button"
                    className={styles.item}
                    aria-current={mail.id === open.id || undefined}
                    onClick={() => setChosen(mail.id)}
                  >
                    <Text size="sm" fw={560} truncate component="span">
                      {mail.subject}
                    </Text>
                    <Text size="xs" c="dimmed" truncate component="span">
                      {t('outbox.to', { to: mail.to })} · <RelativeTime at={mail.sentAt} />
                    </Text>
                  </button>
                </li>
              ))}
            </ul>
            <LoadMore list={mails} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, sm: 7 }}>
            <Mail mail={open} />
          </Grid.Col>
        </Grid>
      )}
    </PageBody>
  );
}

// The text part is shown, with its links live, rather than the HTML one: nothing of a mail may run or load here.
function Mail({ mail }: { mail: OutboxMail }) {
  const t = useText(messages);
  return (
    <Paper withBorder p="lg" radius="lg" component="article">
      <Title order={2}>{mail.subject}</Title>
      <Text size="xs" c="dimmed" mt={4} mb="md">
        {t('outbox.to', { to: mail.to })} · <RelativeTime at={mail.sentAt} />
      </Text>
      <Text component="div" size="sm" className={styles.text}>
        {linkedText(mail.text).map((part) =>
          part.href ? (
            <Anchor key={part.at} href={part.href} inherit underline="always">
              {part.text}
            </Anchor>
          ) : (
            <span key={part.at}>{part.text}</span>
          ),
        )}
      </Text>
    </Paper>
  );
}

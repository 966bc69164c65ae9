import type { Body } from '@concert/domain/governance/api.ts';
import { Badge, Button, Group, SimpleGrid, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { nextCursor, orpc } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { useMe } from '../platform/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { CardSkeleton } from '../ui/skeletons.tsx';
import styles from './bodies-page.module.css';
import { messages } from './messages.ts';
import { BodyDialog } from './parts/body-dialog.tsx';
import { useManages } from './parts/manages.ts';

/** `/bodies`: the bodies of the governance structure, and my place in them. */
export function Page() {
  const { platformRole } = useMe();
  return platformRole === 'guest' ? <Missing /> : <Bodies />;
}

function Bodies() {
  const t = useText(messages);
  const manages = useManages();
  usePage(t('title'));
  const [founding, { open, close }] = useDisclosure(false);
  const [archived, setArchived] = useState(false);
  const list = useInfiniteQuery(
    orpc.governance.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 100,
        state: archived ? ('archived' as const) : ('active' as const),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
  const bodies = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const found = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('found')}
    </Button>
  );
  return (
    <PageBody>
      <PageHeader title={t('title')} detail={t('detail')} actions={manages && found} />
      {list.isPending && <CardSkeleton />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && bodies.length === 0 && (
        <EmptyState icon={IconUsersGroup} title={t(archived ? 'none.archived' : 'none.active')}>
          {t(manages ? 'none.manages' : 'none.reads')}
        </EmptyState>
      )}
      <SimpleGrid component="ul" cols={{ base: 1, sm: 2 }} spacing="md" className={styles.list}>
        {bodies.map((body) => (
          <li key={body.id}>
            <BodyCard body={body} />
          </li>
        ))}
      </SimpleGrid>
      <LoadMore list={list} />
      <Button variant="subtle" color="gray" size="compact-sm" mt="md" onClick={() => setArchived(!archived)}>
        {t(archived ? 'show.active' : 'show.archived')}
      </Button>
      <BodyDialog opened={founding} onClose={close} />
    </PageBody>
  );
}

function BodyCard({ body: { id, name, kind, remit, memberCount, myRoles, state } }: { body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  return (
    <Link to={`/bodies/${id}`} className={styles.card}>
      <Text size="xs" c="dimmed">
        {t(`kind.${kind}`)}
      </Text>
      <Text fw={600} lh={1.3}>
        {name}
      </Text>
      {remit && (
        <Text size="sm" c="dimmed" lineClamp={2} mt={4}>
          {remit}
        </Text>
      )}
      <Group gap="xs" mt="auto" pt="sm">
        <Text size="xs" c="dimmed">
          {t('members', { count: memberCount })}
        </Text>
        {myRoles.map((role) => (
          <Badge key={role} radius="sm" variant="light">
            {t('mine', { role: t(`role.${role}`) })}
          </Badge>
        ))}
        {state === 'archived' && (
          <Badge radius="sm" variant="default">
            {say('state.archived')}
          </Badge>
        )}
      </Group>
    </Link>
  );
}

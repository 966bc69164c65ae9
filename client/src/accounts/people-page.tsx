import { ActionIcon, Anchor, Group, Text, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMail, IconUsersGroup, IconZoomQuestion } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { usePage } from '../platform/page.tsx';
import { nextCursor, orpc } from '../platform/query.ts';
import { useMe } from '../platform/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PersonLine } from '../ui/person-line.tsx';
import { Rows } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';

/** `/people`, `/people?q=`: everybody with whom I share a workspace. */
export function Page() {
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  usePage(t('people.title'));
  const [params] = useSearchParams();
  const [typed, setTyped] = useState((params.get('q') ?? '').slice(0, 100));
  const [query] = useDebouncedValue(typed.trim(), 200);
  const people = useInfiniteQuery({
    ...orpc.accounts.people.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(cursor ? { cursor } : {}),
        ...(query ? { q: query } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const found = people.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageBody>
      <PageHeader title={t('people.title')} detail={t('people.detail')} />
      <Group mb="md">
        <SearchField label={t('people.search')} value={typed} onChange={setTyped} />
      </Group>
      {people.isPending && <ListSkeleton count={6} />}
      {people.isError && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
      {people.isSuccess && found.length === 0 && <Nobody query={query} />}
      <Rows label={t('people.title')}>
        {found.map((person) => (
          <Group key={person.id} py="sm" gap="md" justify="space-between">
            <div style={{ flex: '1 1 18rem', minWidth: 0 }}>
              <PersonLine
                person={person}
                detail={[person.title, person.organisationName].filter(Boolean).join(' · ') || person.email}
                size={38}
                mark={
                  person.id === me.id && (
                    <Text size="xs" c="dimmed" component="span">
                      ({say('you')})
                    </Text>
                  )
                }
              />
            </div>
            <SharedWorkspaces ids={person.workspaceIds} />
            <ActionIcon
              component="a"
              href={`mailto:${person.email}`}
              aria-label={t('people.write', { name: person.name })}
            >
              <IconMail size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Rows>
      <LoadMore list={people} />
    </PageBody>
  );
}

function Nobody({ query }: { query: string }) {
  const t = useText(messages);
  return query ? (
    <EmptyState icon={IconZoomQuestion} title={t('people.none', { query })}>
      {t('people.noneDetail')}
    </EmptyState>
  ) : (
    <EmptyState icon={IconUsersGroup} title={t('people.empty')}>
      {t('people.emptyDetail')}
    </EmptyState>
  );
}

/** Names of shared workspaces that fit on a line; the others are a number. */
const SHOWN = 2;

function SharedWorkspaces({ ids }: { ids: readonly string[] }) {
  const t = useText(messages);
  const mine = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200 } }));
  const names = new Map(mine.data?.items.map(({ id, name }) => [id, name]));
  const shared = ids.filter((id) => names.has(id));
  if (shared.length === 0) return null;
  const rest = shared.slice(SHOWN);
  return (
    <Text size="xs" c="dimmed" flex="1 1 12rem" component="div" aria-label={t('people.shared')} role="group">
      {shared.slice(0, SHOWN).map((id, at) => (
        <span key={id}>
          {at > 0 && ' · '}
          <Anchor component={Link} to={`/workspaces/${id}`} size="xs" c="inherit" underline="hover">
            {names.get(id)}
          </Anchor>
        </span>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map((id) => names.get(id)).join(' · ')} multiline maw={320}>
          <span> · {t('people.moreShared', { count: rest.length })}</span>
        </Tooltip>
      )}
    </Text>
  );
}

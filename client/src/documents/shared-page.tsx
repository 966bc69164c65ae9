import { Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUserShare, IconZoomQuestion } from '@tabler/icons-react';
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
import { SearchField } from '../ui/search-field.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import { messages } from './messages.ts';
import { DocumentRow } from './parts/document-row.tsx';
import { usePresence } from './queries.ts';

/** `/shared`: documents that I may open though I am no member of their workspaces. */
export function Page() {
  const t = useText(messages);
  usePage(t('shared.title'));
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const { byDocument } = usePresence();
  const list = useInfiniteQuery({
    ...orpc.documents.recent.infiniteOptions({
      input: (cursor: string | undefined) => ({
        shared: 'me' as const,
        limit: 50,
        ...(cursor ? { cursor } : {}),
        ...(q ? { q } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
  const documents = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <PageBody>
      <PageHeader title={t('shared.title')} detail={t('shared.detail')} />
      {(documents.length > 0 || q !== '') && (
        <Group mb="md">
          <SearchField label={t('shared.search')} value={typed} onChange={setTyped} />
        </Group>
      )}
      {list.isPending && <ListSkeleton count={5} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && documents.length === 0 && (
        <EmptyState
          icon={q ? IconZoomQuestion : IconUserShare}
          title={t(q ? 'shared.none.title' : 'shared.empty.title')}
        >
          {t(q ? 'shared.none.body' : 'shared.empty.body')}
        </EmptyState>
      )}
      <Rows label={t('shared.title')}>
        {documents.map((document) => (
          <DocumentRow key={document.id} document={document} here={byDocument.get(document.id) ?? []} />
        ))}
      </Rows>
      <LoadMore list={list} />
    </PageBody>
  );
}

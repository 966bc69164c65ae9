import type { Reply } from '@concert/domain/threads/api.ts';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { nextCursor, orpc } from '../platform/query.ts';

/** What a list of discussions is about: a workspace, a document, or everything that is open to the reader. */
export type Place = { readonly kind: 'workspace' | 'document' | 'everywhere'; readonly id: string };

export type ThreadFilter = { readonly state: 'open' | 'resolved' | 'all'; readonly mine: boolean };

const PAGE = 30;
const REPLIES = 100;

const paging = { initialPageParam: undefined, getNextPageParam: nextCursor } as const;

/** The discussions of a place. */
export function useThreads({ kind, id }: Place, { state, mine }: ThreadFilter) {
  const filter = { limit: PAGE, ...(state === 'all' ? {} : { state }), ...(mine ? { mine: 'true' } : {}) };
  const at = (cursor: string | undefined) => ({ ...filter, ...(cursor ? { cursor } : {}) });
  const workspace = orpc.threads.workspaces.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ id, ...at(cursor) }),
    ...paging,
  });
  const document = orpc.threads.documents.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ id, ...at(cursor) }),
    ...paging,
  });
  const everywhere = orpc.threads.list.infiniteOptions({ input: at, ...paging });
  const shown = useInfiniteQuery({ ...workspace, enabled: kind === 'workspace', placeholderData: keepPreviousData });
  const about = useInfiniteQuery({ ...document, enabled: kind === 'document', placeholderData: keepPreviousData });
  const all = useInfiniteQuery({ ...everywhere, enabled: kind === 'everywhere', placeholderData: keepPreviousData });
  return kind === 'workspace' ? shown : kind === 'document' ? about : all;
}

/** All replies of a discussion, page after page. */
export function useReplies(threadId: string) {
  const list = useInfiniteQuery(
    orpc.threads.replies.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: threadId, limit: REPLIES, ...(cursor ? { cursor } : {}) }),
      ...paging,
    }),
  );
  const { hasNextPage, isFetching, isError, fetchNextPage } = list;
  // Somebody who comes to a discussion wants its end as well as its beginning.
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const replies: readonly Reply[] = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return { list, replies };
}

/** Reads again what a change of a discussion has touched, without waiting for its event. */
export function useRefresh(): (threadId: string) => Promise<void> {
  const queries = useQueryClient();
  return async (id) => {
    const keys = [
      orpc.threads.get.key({ input: { id } }),
      orpc.threads.replies.key({ input: { id } }),
      orpc.threads.list.key(),
      orpc.threads.workspaces.list.key(),
      orpc.threads.documents.list.key(),
    ];
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}

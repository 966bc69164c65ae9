import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { nextCursor, orpc } from '../platform/query.ts';
import { beginOf, type SearchFilter } from './filter.ts';

const PAGE = 20;

/** What answers a question, page after page; nothing while it is empty. */
export function useFound({ q, kind, workspaceId, authorId, period }: SearchFilter) {
  const from = beginOf(period, new Date());
  return useInfiniteQuery({
    ...orpc.search.find.infiniteOptions({
      input: (cursor: string | undefined) => ({
        q,
        limit: PAGE,
        ...(kind ? { kind } : {}),
        ...(workspaceId ? { workspaceId } : {}),
        ...(authorId ? { authorId } : {}),
        ...(from ? { from } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { nextCursor, orpc } from '../platform/query.ts';

/** Where somebody looks at what happened, and since when. */
export type Scope = {
  readonly workspaceId?: string;
  readonly documentId?: string;
  readonly since?: string;
  readonly others?: 'true';
};

/** What happened, page after page, the newest first. */
export function useActivity(scope: Scope, limit = 30) {
  return useInfiniteQuery({
    ...orpc.activity.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...scope, limit, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
    placeholderData: keepPreviousData,
  });
}

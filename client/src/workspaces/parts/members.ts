import type { Member } from '@concert/domain/workspaces/api.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { nextCursor, orpc } from '../../platform/query.ts';

/** The members of a workspace, page by page. */
export function useMembers(workspaceId: string) {
  const query = useInfiniteQuery(
    orpc.workspaces.members.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: workspaceId, limit: 200, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
  return { query, members: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** True for the one person without whom the workspace would have no owner; the server holds the rule, this explains it. */
export function isLastOwner(members: readonly Pick<Member, 'personId' | 'role'>[], personId: string): boolean {
  const owners = members.filter(({ role }) => role === 'owner');
  return owners.length === 1 && owners[0]?.personId === personId;
}

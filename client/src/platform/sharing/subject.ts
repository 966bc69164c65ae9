import type { GrantItem } from '@concert/domain/access/api.ts';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { nextCursor, orpc } from '../query.ts';

/** What is shared: a workspace with all its documents, or one document. */
export type Subject = {
  readonly kind: 'workspace' | 'document';
  readonly id: string;
  /** Whether the reader owns it, and so gives and takes rights. */
  readonly owned: boolean;
  /** False in an archived workspace: rights can be taken back there, not given. */
  readonly open: boolean;
};

export type GranteeType = GrantItem['principal']['type'];

/** The routes of a subject: the same ones for both kinds. */
export const routesOf = ({ kind }: Subject): typeof orpc.sharing.workspaces =>
  kind === 'workspace' ? orpc.sharing.workspaces : orpc.sharing.documents;

/** After a change of rights: what is shown of them is read again. */
export function useRightsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: orpc.sharing.key() });
}

/** Who can see the subject, page by page. */
export function useAccess(subject: Subject) {
  const query = useInfiniteQuery(
    routesOf(subject).access.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: subject.id, limit: 100, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
  return {
    query,
    entries: query.data?.pages.flatMap(({ items }) => items) ?? [],
    summary: query.data?.pages[0]?.summary,
  };
}

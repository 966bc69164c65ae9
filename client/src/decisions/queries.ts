import type { Decision, DecisionState } from '@concert/domain/decisions/api.ts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { nextCursor, orpc } from '../platform/query.ts';
import { useMe } from '../platform/session.tsx';

export type Filter = {
  readonly bodyId?: string | undefined;
  readonly year?: number | undefined;
  readonly state?: DecisionState | undefined;
};

export function useDecisions({ bodyId, year, state }: Filter) {
  return useInfiniteQuery(
    orpc.decisions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(bodyId ? { bodyId } : {}),
        ...(year ? { year } : {}),
        ...(state ? { state } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
}

export const useDecision = (id: string) => useQuery(orpc.decisions.get.queryOptions({ input: { id } }));

/** A change of a decision; what it answers is shown at once, and lists are read again. */
export function useChange<Input>(run: (input: Input) => Promise<Decision>, inPlace = false) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => run(input),
    onSuccess: (fresh) => {
      queries.setQueryData(orpc.decisions.get.queryKey({ input: { id: fresh.id } }), fresh);
      void queries.invalidateQueries({ queryKey: orpc.decisions.list.key() });
    },
    ...(inPlace ? { meta: { saidInPlace: true } } : {}),
  });
}

const CONDUCTING: ReadonlySet<string> = new Set(['chair', 'vice-chair', 'secretary']);

/** The bodies that the reader sees, and those for which they act [R1]. Guests of the platform see none. */
export function useBodies() {
  const { platformRole } = useMe();
  const query = useQuery({
    ...orpc.governance.list.queryOptions({ input: { limit: 200 } }),
    enabled: platformRole !== 'guest',
  });
  const all = query.data?.items ?? [];
  const keeps = platformRole === 'administrator' || platformRole === 'secretariat';
  return { all, conducted: keeps ? all : all.filter(({ myRoles }) => myRoles.some((role) => CONDUCTING.has(role))) };
}

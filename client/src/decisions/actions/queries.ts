import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { nextCursor, orpc } from '../../platform/query.ts';

export type Scope = {
  readonly mine?: boolean;
  readonly bodyId?: string | undefined;
  readonly decisionId?: string;
  readonly closed?: boolean;
};

const inputOf = ({ mine = false, bodyId, decisionId, closed = false }: Scope) => ({
  ...(mine ? { mine: 'true' } : {}),
  ...(bodyId ? { bodyId } : {}),
  ...(decisionId ? { decisionId } : {}),
  ...(closed ? { closed: 'true' } : {}),
});

export function useActions(scope: Scope) {
  return useInfiniteQuery(
    orpc.actions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...inputOf(scope), limit: 50, ...(cursor ? { cursor } : {}) }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
}

/** So many are shown where they stand beside other things. */
const FEW = 50;

/** The first due, for parts of other pages. */
export const useFewActions = (scope: Scope) =>
  useQuery(orpc.actions.list.queryOptions({ input: { ...inputOf(scope), limit: FEW } }));

/** A change of an action item; lists are read again. */
export function useActionChange<Input>(run: (input: Input) => Promise<unknown>, inPlace = false) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => run(input),
    onSettled: () => queries.invalidateQueries({ queryKey: orpc.actions.key() }),
    ...(inPlace ? { meta: { saidInPlace: true } } : {}),
  });
}

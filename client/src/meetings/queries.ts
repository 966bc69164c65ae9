import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client, nextCursor, orpc } from '../platform/query.ts';
import { useMe } from '../platform/session.tsx';

/** So many coming meetings are looked at by the home page. */
const COMING = 50;

export const useMeeting = (id: string) => useQuery(orpc.meetings.get.queryOptions({ input: { id } }));

/** The meetings that come next, over all bodies. */
export const useComing = () => useQuery(orpc.meetings.list.queryOptions({ input: { when: 'coming', limit: COMING } }));

export function useMeetings(when: 'coming' | 'past', bodyId: string | undefined) {
  return useInfiniteQuery(
    orpc.meetings.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        when,
        limit: 50,
        ...(bodyId ? { bodyId } : {}),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: nextCursor,
    }),
  );
}

/** Keeps what the server answered, unless something newer has come meanwhile; lists are read again. */
function useKeep() {
  const queries = useQueryClient();
  return (fresh: Meeting) => {
    const queryKey = orpc.meetings.get.queryKey({ input: { id: fresh.id } });
    queries.setQueryData(queryKey, (held) => (held && held.now > fresh.now ? undefined : fresh));
    void queries.invalidateQueries({ queryKey: orpc.meetings.list.key() });
  };
}

type ChangeOptions = {
  /** The error is said where the change was asked for. */
  readonly inPlace?: boolean;
};

/** A change of a meeting; what it answers is shown at once. */
export function useChange<Input>(run: (input: Input) => Promise<Meeting>, { inPlace = false }: ChangeOptions = {}) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (input: Input) => run(input),
    onSuccess: keep,
    ...(inPlace ? { meta: { saidInPlace: true } } : {}),
  });
}

/** A change that is shown before the server has answered; refused, the meeting is read again as it is. */
export function useQuickChange<Input extends { readonly id: string }>(
  run: (input: Input) => Promise<Meeting>,
  foresee: (meeting: Meeting, input: Input) => Partial<Meeting>,
) {
  const queries = useQueryClient();
  const keep = useKeep();
  const keyOf = (id: string) => orpc.meetings.get.queryKey({ input: { id } });
  return useMutation({
    mutationFn: (input: Input) => run(input),
    onMutate: async (input) => {
      await queries.cancelQueries({ queryKey: keyOf(input.id) });
      queries.setQueryData(keyOf(input.id), (held) => held && { ...held, ...foresee(held, input) });
    },
    onSuccess: keep,
    onError: (_error, { id }) => queries.invalidateQueries({ queryKey: keyOf(id) }),
  });
}

export const useAnswer = () => useChange(client.meetings.answer);

const CONDUCTING: ReadonlySet<string> = new Set(['chair', 'vice-chair', 'secretary']);

/** The bodies that the reader sees, and those whose meetings they prepare [M1]. Guests of the platform see none. */
export function useBodies() {
  const { platformRole } = useMe();
  const query = useQuery({
    ...orpc.governance.list.queryOptions({ input: { limit: 200, state: 'active' } }),
    enabled: platformRole !== 'guest',
  });
  const all = query.data?.items ?? [];
  const keeps = platformRole === 'administrator' || platformRole === 'secretariat';
  return { all, conducted: keeps ? all : all.filter(({ myRoles }) => myRoles.some((role) => CONDUCTING.has(role))) };
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { orpc } from '../../platform/query.ts';

/** One's own proxies for a time, or those of a body [M54]. */
export const usePeriods = (bodyId?: string) =>
  useQuery(orpc.proxies.list.queryOptions({ input: bodyId ? { bodyId } : {} }));

export const useGivableSeats = () => useQuery(orpc.proxies.seats.queryOptions({ input: {} }));

/** Lists are read again, and meetings, in which they may count. */
function useReread() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: orpc.proxies.key() });
    void queries.invalidateQueries({ queryKey: orpc.meetings.get.key() });
  };
}

export const useSettlePeriod = () => useMutation(orpc.proxies.settle.mutationOptions({ onSuccess: useReread() }));

export const useGivePeriod = () =>
  useMutation(orpc.proxies.give.mutationOptions({ onSuccess: useReread(), meta: { saidInPlace: true } }));

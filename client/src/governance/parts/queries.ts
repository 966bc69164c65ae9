import type { Body } from '@concert/domain/governance/api.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client, orpc } from '../../platform/query.ts';
import { everyPage } from './every-page.ts';

/** All bodies of a state, in the order of their names. */
export const useBodies = (state: Body['state']) =>
  useQuery({
    queryKey: [...orpc.governance.list.key({ input: { state } }), 'every page'],
    queryFn: ({ signal }) =>
      everyPage((cursor) => client.governance.list({ limit: 200, state, ...(cursor ? { cursor } : {}) }, { signal })),
  });

/** All running and coming mandates of a body, once somebody asks. */
export const useMandates = (id: string, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: [...orpc.governance.mandates.key({ input: { id } }), 'every page'],
    queryFn: ({ signal }) =>
      everyPage((cursor) => client.governance.mandates({ id, limit: 200, ...(cursor ? { cursor } : {}) }, { signal })),
  });

/** What is to be read again once a mandate began, changed or ended: who sees what depends on mandates too. */
export function useMandatesChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: orpc.sharing.key() });
    return queries.invalidateQueries({ queryKey: orpc.governance.key() });
  };
}

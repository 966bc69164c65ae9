import { MutationCache, QueryClient } from '@tanstack/react-query';
import { sayProblem } from '../ui/notify.ts';
import { worthRetrying } from './query.ts';

/**
 * The cache of everything read from the server. A failed change is always said: in a notification, or by the form
 * itself when the mutation carries `meta: { saidInPlace: true }`.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (mutation.meta?.saidInPlace !== true) sayProblem(error);
      },
    }),
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 600_000, retry: worthRetrying, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });

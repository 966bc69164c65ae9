import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Reads again what an event has made stale, one reading at a time: what is told while it is being read is read once more
 * afterwards, however often it was told. Breaking a reading off and beginning anew would let the server do both.
 */
export function createRefresher(queries: Pick<QueryClient, 'invalidateQueries'>): (queryKey: QueryKey) => void {
  const running = new Map<string, { again: boolean }>();
  const refresh = (queryKey: QueryKey): void => {
    const name = JSON.stringify(queryKey);
    const known = running.get(name);
    if (known !== undefined) {
      known.again = true;
      return;
    }
    const own = { again: false };
    running.set(name, own);
    const done = (): void => {
      running.delete(name);
      if (own.again) refresh(queryKey);
    };
    // A reading that fails says so itself, where it is shown.
    queries.invalidateQueries({ queryKey }, { cancelRefetch: false }).then(done, done);
  };
  return refresh;
}

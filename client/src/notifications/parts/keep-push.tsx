import { useEffect } from 'react';
import { useMe } from '../../platform/session.tsx';
import { keepPush } from '../push.ts';

/** Keeps push messages on in a browser where they are, for whoever is signed in there. */
export function KeepPush() {
  const { id } = useMe();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each person
  useEffect(() => {
    // The next page tries again.
    keepPush().catch(() => undefined);
  }, [id]);
  return null;
}

import { useEffect } from 'react';
import { useLocation } from 'react-router';

/** Goes to the place on this page that the address names after a `#`, once it is there; places of other kinds are others' affair. */
export function usePlace(prefix: string, ready: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (!ready || !hash.startsWith(`#${prefix}`)) return;
    document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'center' });
  }, [prefix, ready, hash]);
}

import { useEffect, useRef } from 'react';

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="dialog"]';

/**
 * Brings a poll that opens into view, without taking the focus. Who is writing is left where they are: the bar tells them
 * that a vote waits.
 */
export function useArrival(openIds: readonly string[]): void {
  const known = useRef<readonly string[]>(openIds);
  const now = openIds.join(' ');
  useEffect(() => {
    const ids = now.split(' ').filter(Boolean);
    const fresh = ids.find((id) => !known.current.includes(id));
    known.current = ids;
    if (!fresh || document.activeElement?.closest(FIELDS)) return;
    document.getElementById(`poll-${fresh}`)?.scrollIntoView?.({ block: 'start' });
  }, [now]);
}

import { useSyncExternalStore } from 'react';
import { useOffset } from '../sitting-context.tsx';

/** Four times a second, so that no second is shown late; only what reads differently is drawn again. */
const TICK_MS = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** What `read` makes of the server's clock, kept true while it is shown. Call it in the smallest component there is. */
export function useTimed<Read extends string | number | boolean>(read: (serverNow: number) => Read): Read {
  const offset = useOffset();
  return useSyncExternalStore(subscribe, () => read(now + offset));
}

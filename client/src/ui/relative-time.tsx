import { useSyncExternalStore } from 'react';
import { useFormat } from '../platform/format.ts';

const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

// One clock for all the times on a page, stopped when none is shown.
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

/** "il y a 5 minutes", kept true while it is shown; the exact time in its title. `at` is an instant, ISO 8601. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormat();
  const current = useSyncExternalStore(subscribe, () => now);
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.relative(at, Math.max(current, Date.parse(at)))}
    </time>
  );
}

/** A calendar date, or the day of an instant, written out. */
export function FormattedDate({ at, style = 'long' }: { at: string; style?: 'long' | 'medium' | 'short' }) {
  const format = useFormat();
  return <time dateTime={at}>{format.date(at, style)}</time>;
}

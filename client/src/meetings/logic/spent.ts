import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';

/** How long an item has been open, in seconds; of one that is open now, until now. */
export function spentSec({ spentMs, runningSince }: Pick<AgendaItem, 'spentMs' | 'runningSince'>, now: string): number {
  const running = runningSince === undefined ? 0 : Math.max(0, Date.parse(now) - Date.parse(runningSince));
  return Math.round((spentMs + running) / 1_000);
}

/** What was on the agenda in the end, with the sums of planned and actual times. */
export function comparedTimes({ agenda, now }: Pick<Meeting, 'agenda' | 'now'>) {
  const wasThere = ({ state, spentMs }: AgendaItem) =>
    state !== 'proposed' && state !== 'refused' && (state !== 'withdrawn' || spentMs > 0);
  const items = agenda.filter(wasThere);
  const plannedSec = items.reduce((sum, item) => sum + item.plannedSec, 0);
  const actualSec = items.reduce((sum, item) => sum + spentSec(item, now), 0);
  return { items, plannedSec, actualSec };
}

import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { clearDays } from '@concert/domain/meetings/states.ts';

/** What stands in the way of a convocation, or how it stands with its notice. */
export type Notice =
  | { readonly kind: 'no-date' | 'no-agenda' | 'in-the-past' }
  | { readonly kind: 'in-time' | 'too-short' | 'none-asked'; readonly days: number; readonly needed: number };

type Facts = Pick<Meeting, 'startAt' | 'timeZone' | 'rules' | 'agenda'>;

/** [M4] How a meeting that were convened now would stand: clear days between now and its day, against those of the rules. */
export function noticeOf({ startAt, timeZone, rules, agenda }: Facts, now: Date): Notice {
  if (startAt === undefined) return { kind: 'no-date' };
  const start = new Date(startAt);
  if (start <= now) return { kind: 'in-the-past' };
  if (!agenda.some(({ state }) => state === 'scheduled')) return { kind: 'no-agenda' };
  const days = clearDays(now, start, timeZone);
  const needed = rules.noticeDays;
  if (needed === 0) return { kind: 'none-asked', days, needed };
  return { kind: days < needed ? 'too-short' : 'in-time', days, needed };
}

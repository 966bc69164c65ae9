import type { Meeting } from '@concert/domain/meetings/shapes.ts';

const MINUTE = 60_000;

/** By how much the sitting was opened later than planned: the plan goes with it, and is compared from there. */
export const shiftOf = ({ startAt, openedAt }: Pick<Meeting, 'startAt' | 'openedAt'>): number =>
  startAt !== undefined && openedAt !== undefined ? Date.parse(openedAt) - Date.parse(startAt) : 0;

export const shifted = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** What takes time of this meeting: proposed, refused, withdrawn and put off takes none. */
const TAKES_TIME: ReadonlySet<string> = new Set(['scheduled', 'active', 'paused', 'done']);

/** By how many whole minutes the sitting will be longer than its items were planned; 0 where nothing was planned. */
export function minutesLonger({
  openedAt,
  expectedEnd,
  agenda,
}: Pick<Meeting, 'openedAt' | 'expectedEnd'> & {
  readonly agenda: readonly Pick<Meeting['agenda'][number], 'state' | 'plannedSec'>[];
}): number {
  const planned = agenda.reduce((sum, { state, plannedSec }) => sum + (TAKES_TIME.has(state) ? plannedSec : 0), 0);
  if (!openedAt || !expectedEnd || planned === 0) return 0;
  // Towards zero: half a minute is nothing.
  return Math.trunc((Date.parse(expectedEnd) - Date.parse(openedAt) - planned * 1_000) / MINUTE) || 0;
}

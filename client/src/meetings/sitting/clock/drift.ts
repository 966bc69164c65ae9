import type { Meeting } from '@concert/domain/meetings/shapes.ts';

const MINUTE = 60_000;

/** By how much the sitting was opened later than planned: the plan goes with it, and is compared from there. */
export const shiftOf = ({ startAt, openedAt }: Pick<Meeting, 'startAt' | 'openedAt'>): number =>
  startAt !== undefined && openedAt !== undefined ? Date.parse(openedAt) - Date.parse(startAt) : 0;

export const shifted = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** By how many whole minutes the sitting will be longer than planned; 0 before it opens, and where nothing was planned. */
export function minutesLonger(
  meeting: Pick<Meeting, 'startAt' | 'openedAt' | 'endAt' | 'expectedEnd'>,
): number {
  const { openedAt, startAt, endAt, expectedEnd } = meeting;
  if (!openedAt || !startAt || !endAt || !expectedEnd) return 0;
  const drift = Date.parse(expectedEnd) - Date.parse(shifted(endAt, shiftOf(meeting)));
  // Towards zero: half a minute is nothing.
  return Math.trunc(drift / MINUTE) || 0;
}

import type { MeetingLine } from '@concert/domain/meetings/shapes.ts';
import { wallOf } from './times.ts';

type Line = Pick<MeetingLine, 'state' | 'startAt' | 'timeZone'>;

/** Meetings of a part of the list: those being held now, those that wait for a date, those of a month (`2027-01`). */
export type MonthGroup<Item extends Line> = { readonly key: string; readonly items: readonly Item[] };

export const NOW_KEY = 'now';
export const UNDATED_KEY = 'undated';

const isHeldNow = ({ state }: Line): boolean => state === 'in-session' || state === 'suspended';

function keyOf(line: Line): string {
  if (isHeldNow(line)) return NOW_KEY;
  if (line.startAt === undefined) return UNDATED_KEY;
  return wallOf(line.startAt, line.timeZone).day.slice(0, 7);
}

/** What is being held first, then the months in the order of the list, then what has no date yet. */
export function byMonth<Item extends Line>(lines: readonly Item[]): readonly MonthGroup<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  const months = [...groups.keys()].filter((key) => key !== NOW_KEY && key !== UNDATED_KEY);
  return [NOW_KEY, ...months, UNDATED_KEY].flatMap((key) => {
    const items = groups.get(key);
    return items ? [{ key, items }] : [];
  });
}

import type { Format } from '../../platform/format.ts';

const UNITS = [
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** "1 minute et 30 secondes". */
export function durationText(seconds: number, format: Pick<Format, 'number' | 'list'>): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(format.number(count, { style: 'unit', unit, unitDisplay: 'long' }));
  }
  return format.list(parts);
}

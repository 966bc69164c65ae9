const CLOCK = /^(\d{1,2})\s?(?:h|:)\s?(\d{2})?\s?(?:min|mn)?$/i;
const MINUTES = /^(\d{1,4})\s?(?:min|mn|m|′)?$/i;
/** A duration with its unit at the end of a line; an hour of the day ("à 14 h") is none. */
const AT_THE_END = /^(.*\S)[\s,;:–—(-]+(\d{1,3}\s?(?:min|mn)|[1-8]\s?h(?:\s?\d{2})?)\)?$/i;
const HOUR_OF_DAY = /(?:^|\s)(?:à|dès|vers|at|from|alle|ore)$/i;
const DAY_SEC = 86_400;

/** "90", "90 min", "1 h 30", "1:30" → seconds; null for what is no duration, or more than a day. */
export function parseDuration(typed: string): number | null {
  const text = typed.trim();
  const clock = CLOCK.exec(text);
  const minutes = clock ? Number(clock[1]) * 60 + Number(clock[2] ?? 0) : Number(MINUTES.exec(text)?.[1] ?? Number.NaN);
  return Number.isFinite(minutes) && minutes * 60 <= DAY_SEC ? minutes * 60 : null;
}

/** "Budget 2027, 20 min" → its title, and the duration at its end. */
export function splitDuration(typed: string): { readonly title: string; readonly plannedSec?: number } {
  const text = typed.trim();
  const [, title, end] = AT_THE_END.exec(text) ?? [];
  const plannedSec = end === undefined ? null : parseDuration(end);
  if (title === undefined || plannedSec === null || HOUR_OF_DAY.test(title)) return { title: text };
  return { title: title.replace(/[\s,;:–—(-]+$/, ''), plannedSec };
}

/** "1 h 30", "20 min": alike in the three languages. */
export function durationText(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest}\u00a0min`;
  return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(rest).padStart(2, '0')}`;
}

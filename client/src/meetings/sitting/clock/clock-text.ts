import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';

type ClockState = NonNullable<AgendaItem['clock']>;
type Stretch = { readonly spentMs: number; readonly runningSince?: string | undefined };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What is left on a clock at an instant of the server; below zero once it has run out. */
export const remainingOf = (clock: ClockState, now: number): number =>
  'endsAt' in clock ? Date.parse(clock.endsAt) - now : clock.remainingMs;

export const isRunning = (clock: ClockState | undefined): boolean => clock !== undefined && 'endsAt' in clock;

/** What has been spent on an item or in a speech up to an instant. */
export const spentOf = ({ spentMs, runningSince }: Stretch, now: number): number =>
  spentMs + (runningSince === undefined ? 0 : Math.max(0, now - Date.parse(runningSince)));

const two = (value: number): string => String(value).padStart(2, '0');

function digits(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** "4:05" while it lasts, "−0:07" after it has run out (with the minus sign, which is as wide as a digit). */
export function countdownText(ms: number): string {
  const seconds = Math.ceil(ms / SECOND);
  return seconds < 0 ? `−${digits(-seconds)}` : digits(Math.abs(seconds));
}

/** "4:05": time that has gone by. */
export const elapsedText = (ms: number): string => digits(Math.max(0, Math.floor(ms / SECOND)));

/** "20 min", "1 h 05": a planned or a spent time, read the same in the three languages. */
export function durationText(seconds: number): string {
  const minutes = Math.round(Math.max(0, seconds) / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)}`;
}

/** How pressing a clock is: its last minute is near the end, after that it is over. */
export function toneOf(remainingMs: number): 'calm' | 'soon' | 'over' {
  if (remainingMs <= -SECOND) return 'over';
  return remainingMs <= MINUTE ? 'soon' : 'calm';
}

/**
 * How far the server's clock is ahead of ours. Each answer says it too small by the time it was under way, so the
 * greatest of the last few is the truest.
 */
export const bestOffset = (samples: readonly number[]): number => (samples.length > 0 ? Math.max(...samples) : 0);

/** Answers that the offset is told from, and how far one may be from the others before our own clock was set anew. */
const SAMPLES = 6;
const LEAP_MS = 5_000;

/** The samples with one more; it stands alone after a leap of our clock, of which the others know nothing. */
export const withSample = (samples: readonly number[], offset: number): readonly number[] =>
  samples.length > 0 && Math.abs(offset - bestOffset(samples)) > LEAP_MS
    ? [offset]
    : [...samples, offset].slice(-SAMPLES);

/** "10:15" in the time of the place where the meeting is held. */
export function timeText(locale: string, at: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(at));
}

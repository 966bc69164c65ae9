import type { Locale } from '@concert/contract';
import { aheadOfUtc } from '../../platform/zone-offset.ts';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

/** A day and an hour as a clock on the wall shows them: `2027-01-12`, `09:30`. */
export type Wall = { readonly day: string; readonly time: string };

/**
 * The instant at which clocks of a zone show this. An hour that a change of clocks leaves out is taken for the one after it,
 * one that comes twice for the first of the two.
 */
export function instantOf({ day, time }: Wall, zone: string): string {
  const utc = Date.parse(`${day}T${time}:00Z`);
  const offsets = [aheadOfUtc(utc - 86_400_000, zone), aheadOfUtc(utc + 86_400_000, zone)];
  const fitting = offsets.map((offset) => utc - offset).filter((at) => at + aheadOfUtc(at, zone) === utc);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : utc - (offsets[0] ?? 0)).toISOString();
}

/** What clocks of a zone show at an instant. */
export function wallOf(instant: string, zone: string): Wall {
  const at = Date.parse(instant);
  const iso = new Date(at + aheadOfUtc(at, zone)).toISOString();
  return { day: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/** Whether clocks of two zones show the same at an instant. */
export const sameClock = (instant: string, one: string, other: string): boolean =>
  aheadOfUtc(Date.parse(instant), one) === aheadOfUtc(Date.parse(instant), other);

/** The time zone of this browser. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "America/New_York" → "New York". */
export const zoneName = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const formatted = (locale: Locale, instant: string, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(TAGS[locale], { ...options, timeZone }).format(new Date(instant));

/** "mardi 12 janvier 2027" */
export const dayText = (locale: Locale, instant: string, zone: string): string =>
  formatted(locale, instant, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** "mar. 12 janv." */
export const shortDayText = (locale: Locale, instant: string, zone: string): string =>
  formatted(locale, instant, zone, { weekday: 'short', day: 'numeric', month: 'short' });

/** "09:30" */
export const timeText = (locale: Locale, instant: string, zone: string): string =>
  formatted(locale, instant, zone, { hour: '2-digit', minute: '2-digit' });

/** "Janvier 2027", of `2027-01`: a heading. */
export function monthText(locale: Locale, month: string): string {
  const text = formatted(locale, `${month}-01T12:00:00Z`, 'UTC', { month: 'long', year: 'numeric' });
  return text.charAt(0).toLocaleUpperCase(TAGS[locale]) + text.slice(1);
}

/** "12 janvier", of `2027-01-12` */
export const dayMonthText = (locale: Locale, day: string): string =>
  formatted(locale, `${day}T12:00:00Z`, 'UTC', { day: 'numeric', month: 'long' });

/** The three lines of a date block: "mar.", "12", "janv." */
export const dateParts = (locale: Locale, instant: string, zone: string) => ({
  weekday: formatted(locale, instant, zone, { weekday: 'short' }),
  day: formatted(locale, instant, zone, { day: 'numeric' }),
  month: formatted(locale, instant, zone, { month: 'short' }),
});

/** "09:30 – 12:00"; over several days "12 janv., 09:30 – 19 janv., 12:00". */
export function rangeText(locale: Locale, { startAt, endAt }: Span, zone: string): string {
  const from = timeText(locale, startAt, zone);
  if (endAt === undefined) return from;
  const until = timeText(locale, endAt, zone);
  if (wallOf(startAt, zone).day === wallOf(endAt, zone).day) return `${from} – ${until}`;
  return `${shortDayText(locale, startAt, zone)}, ${from} – ${shortDayText(locale, endAt, zone)}, ${until}`;
}

export type Span = { readonly startAt: string; readonly endAt?: string | undefined };

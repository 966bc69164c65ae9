import type { Locale } from '@concert/contract';

type Choice = { readonly value: string; readonly label: string };

/** The hours of a day as the language writes them, by number. */
export function hourNames(locale: Locale): Choice[] {
  const name = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: name.format(Date.UTC(2001, 0, 1, hour)),
  }));
}

/** The days of a week by number, Monday first (ISO 8601). */
export function dayNames(locale: Locale): Choice[] {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  // 1 January 2001 was a Monday.
  return Array.from({ length: 7 }, (_, index) => ({
    value: String(index + 1),
    label: name.format(Date.UTC(2001, 0, 1 + index)),
  }));
}

/** The time zone of this device. */
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All time zones that the browser knows; the one that is set among them, whatever it is. */
export const zoneNames = (own: string): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), own])].sort();

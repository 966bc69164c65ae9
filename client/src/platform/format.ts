import type { Locale } from '@concert/contract';
import { useLocale } from './i18n.ts';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };
const ZONE = 'Europe/Paris';

/** From the largest unit down: [unit, seconds in it]. */
const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "23 novembre 2026"; `iso` is an instant or a calendar date. */
export function formatDate(locale: Locale, iso: string, style: 'long' | 'medium' | 'short' = 'long'): string {
  const calendar = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  return new Intl.DateTimeFormat(TAGS[locale], { dateStyle: style, timeZone: calendar ? 'UTC' : ZONE }).format(
    new Date(iso),
  );
}

/** "23 novembre 2026 à 09:30", in the region's time. */
export const formatDateTime = (locale: Locale, iso: string): string =>
  new Intl.DateTimeFormat(TAGS[locale], { dateStyle: 'long', timeStyle: 'short', timeZone: ZONE }).format(
    new Date(iso),
  );

export const formatNumber = (locale: Locale, value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(TAGS[locale], options).format(value);

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "1,2 Mo": a size in bytes, in units of a thousand. */
export function formatBytes(locale: Locale, bytes: number): string {
  const step = Math.min(bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3), SIZES.length - 1);
  const value = bytes / 1000 ** step;
  const digits = step === 0 || value >= 10 ? 0 : 1;
  const unit = { style: 'unit', unit: SIZES[step] ?? 'byte', unitDisplay: 'short' } as const;
  return formatNumber(locale, value, { ...unit, maximumFractionDigits: digits });
}

/** "12 000 €": cents only when there are some. `amount` is a decimal with a point. */
export function formatMoney(locale: Locale, { amount, currency }: { amount: string; currency: string }): string {
  const value = Number(amount);
  const digits = Number.isInteger(value) ? 0 : 2;
  return formatNumber(locale, value, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** "il y a 5 minutes", "hier", "dans 3 jours"; under a minute, the language's word for now. */
export function formatRelative(locale: Locale, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, span]) => Math.abs(seconds) >= span) ?? ['second', Number.POSITIVE_INFINITY];
  return format.format(Math.trunc(seconds / size) || 0, unit);
}

/** "Ada, Bob et Chiara" */
export const formatList = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(TAGS[locale], { type: 'conjunction' }).format(items);

/** Orders names as the language does. */
export const compareNames = (locale: Locale, a: string, b: string): number => a.localeCompare(b, TAGS[locale]);

export type Format = {
  date(iso: string, style?: 'long' | 'medium' | 'short'): string;
  dateTime(iso: string): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  money(value: { amount: string; currency: string }): string;
  relative(iso: string, now?: number): string;
  list(items: readonly string[]): string;
  /** A size in bytes. */
  bytes(size: number): string;
};

/** Every formatter in the language of the moment. */
export function useFormat(): Format {
  const locale = useLocale();
  return {
    date: (iso, style) => formatDate(locale, iso, style),
    dateTime: (iso) => formatDateTime(locale, iso),
    number: (value, options) => formatNumber(locale, value, options),
    money: (value) => formatMoney(locale, value),
    relative: (iso, now = Date.now()) => formatRelative(locale, iso, now),
    list: (items) => formatList(locale, items),
    bytes: (size) => formatBytes(locale, size),
  };
}

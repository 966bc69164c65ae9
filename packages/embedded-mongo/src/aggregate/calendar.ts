import { type Fields, utcTime } from './time-zone.ts';

export const DAY_MS = 86_400_000;

/** Days from 1970-01-01 to the day of the fields, as the clock shows it. */
export const dayNumber = (fields: Fields): number => Math.floor(utcTime(atMidnight(fields)) / DAY_MS);

export const atMidnight = (fields: Fields): Fields => ({ ...fields, hour: 0, minute: 0, second: 0, millisecond: 0 });

/** 0 Sunday – 6 Saturday. */
export const weekday = (fields: Fields): number => (((dayNumber(fields) + 4) % 7) + 7) % 7;

/** 1 Monday – 7 Sunday. */
export const isoWeekday = (fields: Fields): number => weekday(fields) || 7;

export const dayOfYear = (fields: Fields): number => dayNumber(fields) - dayNumber({ ...fields, month: 1, day: 1 }) + 1;

/** Weeks begin on Sunday; days before the first Sunday are in week 0. */
export const sundayWeek = (fields: Fields): number => Math.floor((dayOfYear(fields) + 6 - weekday(fields)) / 7);

/** The ISO 8601 week: it belongs to the year that its Thursday lies in. */
export function isoWeek(fields: Fields): { year: number; week: number } {
  const thursday = dayNumber(fields) - isoWeekday(fields) + 4;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const first = dayNumber({ ...fields, year, month: 1, day: 1 });
  return { year, week: Math.floor((thursday - first) / 7) + 1 };
}

/** The day number of an ISO date. */
export function isoDay(year: number, week: number, day: number): number {
  const fourth = { year, month: 1, day: 4, hour: 0, minute: 0, second: 0, millisecond: 0 };
  return dayNumber(fourth) - isoWeekday(fourth) + (week - 1) * 7 + day;
}

/** The fields of midnight of a day number. */
export function fieldsOfDay(day: number): Fields {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return { year, month, day: date.getUTCDate(), hour: 0, minute: 0, second: 0, millisecond: 0 };
}

/** The fields so many months later; a day that the month does not have becomes its last one. */
export function addMonths(fields: Fields, months: number): Fields {
  const total = fields.year * 12 + fields.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  const last = new Date(utcTime({ ...atMidnight(fields), year, month: month + 1, day: 0 })).getUTCDate();
  return { ...fields, year, month, day: Math.min(fields.day, last) };
}

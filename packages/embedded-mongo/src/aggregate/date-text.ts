import { MongoError, notSupported } from '../errors.ts';
import { dayOfYear, isoWeek, isoWeekday, sundayWeek } from './calendar.ts';
import { type Fields, fieldsAt, instantOf, type TimeZone, timeZone, UTC } from './time-zone.ts';

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

type Shown = { readonly fields: Fields; readonly offset: number };

/** What stands for each %letter of a format. */
const FORMATS: Readonly<Record<string, (shown: Shown) => string>> = {
  Y: ({ fields }) => pad(fields.year, 4),
  m: ({ fields }) => pad(fields.month, 2),
  d: ({ fields }) => pad(fields.day, 2),
  H: ({ fields }) => pad(fields.hour, 2),
  M: ({ fields }) => pad(fields.minute, 2),
  S: ({ fields }) => pad(fields.second, 2),
  L: ({ fields }) => pad(fields.millisecond, 3),
  j: ({ fields }) => pad(dayOfYear(fields), 3),
  G: ({ fields }) => pad(isoWeek(fields).year, 4),
  V: ({ fields }) => pad(isoWeek(fields).week, 2),
  u: ({ fields }) => String(isoWeekday(fields)),
  U: ({ fields }) => pad(sundayWeek(fields), 2),
  z: ({ offset }) => offsetText(offset),
  Z: ({ offset }) => `${offset < 0 ? '-' : '+'}${pad(Math.trunc(Math.abs(offset) / 60_000), 3)}`,
  '%': () => '%',
};

function offsetText(offset: number): string {
  const minutes = Math.trunc(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

/** Checks a format of $dateToString. */
export function checkFormat(format: string): void {
  for (let i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 2)) {
    const letter = format[i + 1];
    if (letter === undefined) throw new MongoError(18535, "Unmatched '%' at end of format string");
    if (letter === 'b' || letter === 'B') throw notSupported(`%${letter} in a date format`);
    if (!(letter in FORMATS)) throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
  }
}

/** Writes a date by a checked format. Throws 18537 for years that four digits do not hold. */
export function formatDate(date: Date, format: string, zone: TimeZone): string {
  const fields = fieldsAt(date, zone);
  if (fields.year < 0 || fields.year > 9999)
    throw new MongoError(18537, `$dateToString is only defined on year 0-9999, tried to use year ${fields.year}`);
  const shown = { fields, offset: zone.offsetAt(date.getTime()) };
  return format.replace(/%(.)/g, (_whole, letter: string) => FORMATS[letter]?.(shown) ?? '');
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Reads a date in ISO 8601 form. Other texts that MongoDB might read are refused, not guessed. */
export function parseDate(text: string, zone: TimeZone | undefined): Date {
  const match = ISO.exec(text);
  if (!match) throw notSupported('a date that is not written as in ISO 8601');
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const fields = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
    millisecond: Number((match[7] ?? '0').padEnd(3, '0')),
  };
  const own = match[8];
  if (own !== undefined && zone)
    throw new MongoError(
      'ConversionFailure',
      'you cannot pass in a date/time string with time zone information together with a timezone argument',
    );
  checkFields(fields, text);
  return instantOf(fields, own === undefined ? (zone ?? UTC) : own === 'Z' ? UTC : timeZone(own));
}

function checkFields(fields: Fields, text: string): void {
  const { year, month, day, hour, minute, second } = fields;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month > 12 || day > lastDay || hour > 23 || minute > 59 || second > 59 || month === 0 || day === 0)
    // Some of these carry over in MongoDB (30 February), some are errors.
    throw notSupported(`the date "${text}"`);
}

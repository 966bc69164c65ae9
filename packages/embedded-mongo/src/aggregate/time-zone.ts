import { MongoError, notSupported } from '../errors.ts';

/** The fields of a date as a clock shows them. */
export type Fields = {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

/** A time zone: how far its clocks are ahead of UTC at an instant, in milliseconds. */
export type TimeZone = { readonly name: string; readonly isUtc: boolean; offsetAt(time: number): number };

export const UTC: TimeZone = { name: 'UTC', isUtc: true, offsetAt: () => 0 };

const OFFSET = /^([+-])(\d{2})(?::?(\d{2}))?$/;
const zones = new Map<string, TimeZone>([
  ['UTC', UTC],
  ['GMT', UTC],
]);

/** The zone of an Olson identifier (Europe/Paris) or of an offset (+02:00). Throws 40485 for anything else. */
export function timeZone(name: string): TimeZone {
  const known = zones.get(name);
  if (known) return known;
  const offset = OFFSET.exec(name);
  const zone = offset ? fixedZone(name, offset) : olsonZone(name);
  zones.set(name, zone);
  return zone;
}

function fixedZone(name: string, [, sign, hours, minutes]: RegExpExecArray): TimeZone {
  const ahead = (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1);
  return { name, isUtc: ahead === 0, offsetAt: () => ahead };
}

const unknown = (name: string): MongoError => new MongoError(40485, `unrecognized time zone identifier: "${name}"`);

function olsonZone(name: string): TimeZone {
  if (!Intl.supportedValuesOf('timeZone').includes(name)) {
    if (isZoneOfIntl(name)) throw notSupported(`the time zone name ${name}`);
    throw unknown(name);
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return { name, isUtc: false, offsetAt: (time) => localTime(format, time) - Math.floor(time / 1000) * 1000 };
}

function isZoneOfIntl(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the zone's clocks show at an instant, as milliseconds of a UTC clock showing the same. */
function localTime(format: Intl.DateTimeFormat, time: number): number {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'B' || parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  return utcTime({
    year,
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    millisecond: 0,
  });
}

/** The instant at which UTC clocks show the fields; fields out of their range carry over. */
export function utcTime({ year, month, day, hour, minute, second, millisecond }: Fields): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, millisecond);
}

/** What the zone's clocks show at an instant. */
export function fieldsAt(date: Date, zone: TimeZone): Fields {
  const local = new Date(date.getTime() + zone.offsetAt(date.getTime()));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
}

/**
 * The instant at which the zone's clocks show the fields. A time that a change of clocks skips counts on from before
 * it; a time that comes twice is refused, since what MongoDB picks depends on its version.
 */
export function instantOf(fields: Fields, zone: TimeZone): Date {
  const local = utcTime(fields);
  const offsets = new Set([zone.offsetAt(local - 86_400_000), zone.offsetAt(local + 86_400_000)]);
  const candidates = [...offsets].filter((offset) => zone.offsetAt(local - offset) === offset);
  if (candidates.length > 1) throw notSupported(`a time that comes twice in ${zone.name}`);
  const offset = candidates[0] ?? zone.offsetAt(local - 86_400_000);
  const date = new Date(local - offset);
  if (Number.isNaN(date.getTime())) throw new MongoError('Overflow', 'the date is outside of the supported range');
  return date;
}

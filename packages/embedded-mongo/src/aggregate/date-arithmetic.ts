import { type Doc, isNullish, isNumeric, Long, ObjectId, Timestamp, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { type Compile, named } from './arguments.ts';
import { addMonths, atMidnight, DAY_MS, dayNumber, fieldsOfDay } from './calendar.ts';
import { instant, zoneArgument } from './date-operators.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { type Fields, fieldsAt, instantOf, type TimeZone } from './time-zone.ts';

/** Units of a fixed length, in milliseconds. */
const LENGTHS: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const DAYS: Readonly<Record<string, number>> = { week: 7, day: 1 };

/** A date argument, with the operator's own error when it is none. */
function dateOf(value: Value, name: string, code: number): Date {
  if (value instanceof Date || value instanceof ObjectId || value instanceof Timestamp) return instant(value);
  throw new MongoError(code, `${name} requires a date`);
}

function unitOf(value: Value, code: number): string {
  if (typeof value !== 'string') throw new MongoError(code, "'unit' must evaluate to a string");
  if (value in LENGTHS || value in MONTHS || value in DAYS) return value;
  throw new MongoError('FailedToParse', `unknown time unit value: ${value}`);
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekStart(value: Value, code: number): number {
  if (typeof value !== 'string') throw new MongoError(code, "'startOfWeek' must evaluate to a string");
  const name = value.toLowerCase();
  const at = WEEKDAYS.findIndex((day) => day === name || day.slice(0, 3) === name);
  if (at < 0) throw new MongoError(5439016, `value cannot be recognized as a day of a week: ${value}`);
  return at;
}

const argument = (args: Doc, name: string, otherwise: Value): Evaluate =>
  compileExpression(args.has(name) ? (args.get(name) as Value) : otherwise);

/** $dateAdd and $dateSubtract: days and more by the zone's calendar, hours and less by elapsed time. */
const addition =
  (sign: 1 | -1): Compile =>
  (spec, name) => {
    const args = named(spec, name, ['startDate', 'unit', 'amount'], ['timezone'], 5166401);
    const [start, unit, amount] = ['startDate', 'unit', 'amount'].map((key) => argument(args, key, null));
    const zone = zoneArgument(args);
    return (scope) => {
      const [date, by, count] = [start?.(scope), unit?.(scope), amount?.(scope)];
      const where = zone(scope);
      if (isNullish(date) || isNullish(by) || isNullish(count) || !where) return null;
      const unitName = unitOf(by, 5439013);
      const whole = isNumeric(count) ? wholeNumber(count) : undefined;
      if (whole === undefined) throw new MongoError(5166405, `${name} expects integer amount of time units`);
      return added(dateOf(date, name, 5166403), unitName, whole * sign, where);
    };
  };

function added(date: Date, unit: string, amount: number, zone: TimeZone): Date {
  const length = LENGTHS[unit];
  if (length !== undefined) return checked(new Date(date.getTime() + amount * length));
  const fields = fieldsAt(date, zone);
  const months = MONTHS[unit];
  const moved =
    months === undefined
      ? { ...fields, day: fields.day + amount * (DAYS[unit] ?? 1) }
      : addMonths(fields, amount * months);
  // What no clock shows between two changes stays where it was.
  return same(moved, fields) ? date : checked(instantOf(moved, zone));
}

const same = (a: Fields, b: Fields): boolean => a.year === b.year && a.month === b.month && a.day === b.day;

function checked(date: Date): Date {
  if (Number.isNaN(date.getTime()))
    throw new MongoError(5976500, 'the resulting date is outside of the supported range');
  return date;
}

/** Refuses hours and minutes of zones whose clocks are not whole hours or minutes ahead. */
function checkWhole(zone: TimeZone, dates: readonly Date[], unit: string): void {
  if (dates.some((date) => zone.offsetAt(date.getTime()) % (LENGTHS[unit] ?? 1) !== 0))
    throw notSupported(`the unit ${unit} in ${zone.name}`);
}

/** $dateDiff: how many beginnings of a unit lie between two dates. */
const difference: Compile = (spec, name) => {
  const args = named(spec, name, ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], 5166302);
  const [start, end, unit] = ['startDate', 'endDate', 'unit'].map((key) => argument(args, key, null));
  const zone = zoneArgument(args);
  const first = argument(args, 'startOfWeek', 'sunday');
  return (scope) => {
    const [from, to, by, weekday] = [start?.(scope), end?.(scope), unit?.(scope), first(scope)];
    const where = zone(scope);
    if (isNullish(from) || isNullish(to) || isNullish(by) || !where) return null;
    const unitName = unitOf(by, 5439013);
    if (unitName === 'week' && isNullish(weekday)) return null;
    const dayOfStart = unitName === 'week' ? weekStart(weekday as Value, 5439015) : 0;
    return Long.fromNumber(
      crossed(dateOf(from, name, 5166307), dateOf(to, name, 5166307), unitName, where, dayOfStart),
    );
  };
};

function crossed(from: Date, to: Date, unit: string, zone: TimeZone, firstDay: number): number {
  const length = LENGTHS[unit];
  if (length !== undefined) {
    checkWhole(zone, [from, to], unit);
    return Math.floor(to.getTime() / length) - Math.floor(from.getTime() / length);
  }
  const count = (date: Date): number => {
    const fields = fieldsAt(date, zone);
    const months = MONTHS[unit];
    if (months !== undefined) return Math.floor((fields.year * 12 + fields.month - 1) / months);
    const day = dayNumber(fields);
    // Day 0 was a Thursday.
    return unit === 'day' ? day : Math.floor((day + 4 - firstDay) / 7);
  };
  return count(to) - count(from);
}

/** $dateTrunc: the beginning of the bin that a date lies in; bins are counted from 2000. */
const truncation: Compile = (spec, name) => {
  const args = named(spec, name, ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], 5439008);
  const [input, unit] = ['date', 'unit'].map((key) => argument(args, key, null));
  const size = args.has('binSize') ? compileExpression(args.get('binSize') as Value) : () => Long.fromNumber(1);
  const first = argument(args, 'startOfWeek', 'sunday');
  const zone = zoneArgument(args);
  return (scope) => {
    const [value, by, bin, weekday] = [input?.(scope), unit?.(scope), size(scope), first(scope)];
    const where = zone(scope);
    if (isNullish(value) || isNullish(by) || isNullish(bin) || !where) return null;
    const unitName = unitOf(by, 5439013);
    if (unitName === 'week' && isNullish(weekday)) return null;
    const count = isNumeric(bin) ? wholeNumber(bin) : undefined;
    if (count === undefined) throw new MongoError(5439017, `${name} requires 'binSize' to be a 64-bit integer`);
    if (count <= 0) throw new MongoError(5439018, `${name} requires 'binSize' to be greater than 0`);
    const date = dateOf(value, name, 5166307);
    if (unitName in LENGTHS) return truncatedTime(date, unitName, count, where);
    const dayOfStart = unitName === 'week' ? weekStart(weekday as Value, 5439015) : 0;
    return instantOf(truncatedDay(fieldsAt(date, where), unitName, count, dayOfStart), where);
  };
};

const REFERENCE = Date.UTC(2000, 0, 1);
const floorTo = (value: number, size: number): number => Math.floor(value / size) * size;

/** Below a day bins are elapsed time, counted from the zone's midnight of 2000-01-01. */
function truncatedTime(date: Date, unit: string, count: number, zone: TimeZone): Date {
  const reference = REFERENCE - zone.offsetAt(REFERENCE);
  return new Date(reference + floorTo(date.getTime() - reference, count * (LENGTHS[unit] ?? 1)));
}

/** 2000-01-01 was a Saturday; weeks are counted from the first one that began on it or after it. */
function firstWeek(firstDay: number): number {
  return REFERENCE / DAY_MS + ((firstDay - 6 + 7) % 7);
}

function truncatedDay(fields: Fields, unit: string, count: number, firstDay: number): Fields {
  const months = MONTHS[unit];
  if (months !== undefined) {
    const since = floorTo((fields.year - 2000) * 12 + fields.month - 1, count * months);
    return addMonths({ ...atMidnight(fields), year: 2000, month: 1, day: 1 }, since);
  }
  const reference = unit === 'week' ? firstWeek(firstDay) : REFERENCE / DAY_MS;
  return fieldsOfDay(reference + floorTo(dayNumber(fields) - reference, count * (DAYS[unit] ?? 1)));
}

export const DATE_ARITHMETIC: Readonly<Record<string, Compile>> = {
  $dateAdd: addition(1),
  $dateSubtract: addition(-1),
  $dateDiff: difference,
  $dateTrunc: truncation,
};

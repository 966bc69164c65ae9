import {
  aliasOf,
  type Doc,
  doc,
  int,
  isDoc,
  isNullish,
  isNumeric,
  Long,
  ObjectId,
  Timestamp,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { type Compile, named } from './arguments.ts';
import { dayOfYear, fieldsOfDay, isoDay, isoWeek, isoWeekday, sundayWeek, weekday } from './calendar.ts';
import { checkFormat, formatDate, parseDate } from './date-text.ts';
import { compileExpression, type Evaluate, type Scope } from './expression.ts';
import { type Fields, fieldsAt, instantOf, type TimeZone, timeZone, UTC } from './time-zone.ts';

const typeName = (value: Value): string => aliasOf(typeCode(value));

/** A date out of what MongoDB takes for one: dates, timestamps and ObjectIds. */
export function instant(value: Value): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** Evaluates a timezone argument: undefined when it is null, UTC when there is none. */
export function zoneArgument(args: Doc): (scope: Scope) => TimeZone | undefined {
  if (!args.has('timezone')) return () => UTC;
  const evaluate = compileExpression(args.get('timezone') as Value);
  return (scope) => {
    const value = evaluate(scope);
    if (isNullish(value)) return undefined;
    if (typeof value !== 'string')
      throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
    return timeZone(value);
  };
}

/** A part of a date: of an expression, or of {date, timezone}. */
const part =
  (read: (fields: Fields) => Value): Compile =>
  (spec, name) => {
    const single = Array.isArray(spec) ? spec : [spec];
    if (single.length !== 1) throw new MongoError(40536, `${name} accepts exactly one argument if given an array`);
    const only = single[0] as Value;
    const isNamed = isDoc(only) && only.keys().next().value?.startsWith('$') !== true;
    const args: Doc = isNamed ? named(only, name, ['date'], ['timezone'], 40535) : new Map([['date', only]]);
    const date = compileExpression(args.get('date') as Value);
    const zone = zoneArgument(args);
    return (scope) => {
      const value = date(scope);
      const where = zone(scope);
      return isNullish(value) || !where ? null : read(fieldsAt(instant(value), where));
    };
  };

const dateToString: Compile = (spec, name) => {
  const args = named(spec, name, ['date'], ['format', 'timezone', 'onNull'], 18534);
  const format = args.get('format');
  if (format !== undefined && typeof format !== 'string') {
    if (!isDoc(format)) throw new MongoError(18533, '$dateToString requires that format be a string');
    throw notSupported('a computed date format');
  }
  if (format?.startsWith('$')) throw notSupported('a computed date format');
  if (format !== undefined) checkFormat(format);
  const date = compileExpression(args.get('date') as Value);
  const zone = zoneArgument(args);
  const onNull = args.has('onNull') ? compileExpression(args.get('onNull') as Value) : () => null;
  return (scope) => {
    const value = date(scope);
    const where = zone(scope);
    if (isNullish(value)) return onNull(scope);
    return where ? formatDate(instant(value), format ?? defaultFormat(where), where) : null;
  };
};

function defaultFormat(zone: TimeZone): string {
  if (zone === UTC) return '%Y-%m-%dT%H:%M:%S.%LZ';
  if (zone.isUtc) throw notSupported('$dateToString in a zone equal to UTC without a format');
  return '%Y-%m-%dT%H:%M:%S.%L';
}

const dateFromString: Compile = (spec, name) => {
  const args = named(spec, name, ['dateString'], ['format', 'timezone', 'onError', 'onNull'], 40541);
  if (args.has('format')) throw notSupported('$dateFromString with a format');
  const text = compileExpression(args.get('dateString') as Value);
  const zone = zoneArgument(args);
  const other = (key: string): Evaluate => (args.has(key) ? compileExpression(args.get(key) as Value) : () => null);
  const onNull = other('onNull');
  const onError = args.has('onError') ? other('onError') : undefined;
  return (scope) => {
    const value = text(scope);
    const where = zone(scope);
    if (isNullish(value)) return onNull(scope);
    if (!where) return null;
    if (typeof value === 'string') return parseDate(value, args.has('timezone') ? where : undefined);
    if (onError) return onError(scope);
    throw new MongoError(
      'ConversionFailure',
      `$dateFromString requires that 'dateString' be a string, found: ${typeName(value)}`,
    );
  };
};

const clock = ({ hour, minute, second, millisecond }: Fields): Doc =>
  doc({ hour: int(hour), minute: int(minute), second: int(second), millisecond: int(millisecond) });

const dateToParts: Compile = (spec, name) => {
  const args = named(spec, name, ['date'], ['timezone', 'iso8601'], 40520);
  const date = compileExpression(args.get('date') as Value);
  const zone = zoneArgument(args);
  const iso = args.has('iso8601') ? compileExpression(args.get('iso8601') as Value) : () => false;
  return (scope) => {
    const value = date(scope);
    const where = zone(scope);
    const wantsIso = iso(scope);
    if (isNullish(value) || !where || isNullish(wantsIso)) return null;
    if (typeof wantsIso !== 'boolean') throw new MongoError(40521, 'iso8601 must evaluate to a bool');
    const fields = fieldsAt(instant(value), where);
    const { year, week } = isoWeek(fields);
    const day: Doc = wantsIso
      ? doc({ isoWeekYear: int(year), isoWeek: int(week), isoDayOfWeek: int(isoWeekday(fields)) })
      : doc({ year: int(fields.year), month: int(fields.month), day: int(fields.day) });
    return new Map([...day, ...clock(fields)]);
  };
};

const CLOCK = ['hour', 'minute', 'second', 'millisecond'];
const GREGORIAN = ['year', 'month', 'day'];
const ISO_WEEK = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];

const dateFromParts: Compile = (spec, name) => {
  const isIso = isDoc(spec) && spec.has('isoWeekYear');
  if (!isDoc(spec)) throw new MongoError(40519, '$dateFromParts only supports an object as its argument');
  if (!isIso && !spec.has('year'))
    throw new MongoError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  const names = [...(isIso ? ISO_WEEK : GREGORIAN), ...CLOCK];
  for (const key of isIso ? GREGORIAN : ISO_WEEK)
    if (spec.has(key))
      throw new MongoError(isIso ? 40489 : 40525, `$dateFromParts does not allow mixing natural dates with ISO dates`);
  named(spec, name, [], [...names, 'timezone'], 40518);
  const parts = names.map(
    (key) => [key, spec.has(key) ? compileExpression(spec.get(key) as Value) : undefined] as const,
  );
  const zone = zoneArgument(spec);
  return (scope) => {
    const where = zone(scope);
    const values = parts.map(([key, evaluate], i) => (evaluate ? partValue(evaluate(scope), key) : i < 3 ? 1 : 0));
    if (!where || values.includes(null)) return null;
    const [first = 0, second = 1, third = 1, hour = 0, minute = 0, sec = 0, millisecond = 0] = values.map(Number);
    const time = { hour, minute, second: sec, millisecond };
    const day = isIso ? fieldsOfDay(isoDay(first, second, third)) : { year: first, month: second, day: third };
    return instantOf({ ...day, ...time }, where);
  };
};

function partValue(value: Value | undefined, name: string): number | null {
  if (isNullish(value)) return null;
  const whole = isNumeric(value) ? wholeNumber(value) : undefined;
  if (whole === undefined) throw new MongoError(40515, `'${name}' must evaluate to an integer`);
  const isYear = name === 'year' || name === 'isoWeekYear';
  if (isYear && (whole < 1 || whole > 9999))
    throw new MongoError(
      name === 'year' ? 40523 : 31095,
      `'${name}' must evaluate to an integer in the range 1 to 9999`,
    );
  if (!isYear && name !== 'second' && name !== 'millisecond' && (whole > 32767 || whole < -32768))
    throw new MongoError(31034, `'${name}' must evaluate to a value in the range [-32768, 32767]`);
  return whole;
}

export const DATE_OPERATORS: Readonly<Record<string, Compile>> = {
  $year: part(({ year }) => int(year)),
  $month: part(({ month }) => int(month)),
  $dayOfMonth: part(({ day }) => int(day)),
  $dayOfWeek: part((fields) => int(weekday(fields) + 1)),
  $dayOfYear: part((fields) => int(dayOfYear(fields))),
  $hour: part(({ hour }) => int(hour)),
  $minute: part(({ minute }) => int(minute)),
  $second: part(({ second }) => int(second)),
  $millisecond: part(({ millisecond }) => int(millisecond)),
  $week: part((fields) => int(sundayWeek(fields))),
  $isoWeek: part((fields) => int(isoWeek(fields).week)),
  $isoWeekYear: part((fields) => Long.fromNumber(isoWeek(fields).year)),
  $isoDayOfWeek: part((fields) => int(isoWeekday(fields))),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateToParts: dateToParts,
  $dateFromParts: dateFromParts,
};

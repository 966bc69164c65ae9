import { describe, test } from '@jest/globals';
import { Timestamp } from 'mongodb';
import { ENGINES, useServer } from '../server.ts';
import { at, type Case, expectCode, expectValue, type Failure, long } from './expression-cases.ts';

const PARIS = 'Europe/Paris';
const WINTER = at('2024-01-15T23:30:45.678Z');
const SUMMER = at('2024-07-01T22:15:00Z');
const trunc = (date: Date, unit: string, more: object = {}) => ({ $dateTrunc: { date, unit, ...more } });
const text = (date: Date, format: string, timezone?: string) => ({
  $dateToString: { date, format, ...(timezone ? { timezone } : {}) },
});
const diff = (startDate: string, endDate: string, unit: string, more: object = {}) => ({
  $dateDiff: { startDate: at(startDate), endDate: at(endDate), unit, ...more },
});
const add = (startDate: string, unit: string, amount: number, more: object = {}) => ({
  $dateAdd: { startDate: at(startDate), unit, amount, ...more },
});

const VALUES: readonly Case[] = [
  ['$year in UTC', { $year: WINTER }, 2024],
  ['$hour of a zone in winter', { $hour: { date: WINTER, timezone: PARIS } }, 0],
  ['$dayOfMonth of a zone', { $dayOfMonth: { date: WINTER, timezone: PARIS } }, 16],
  ['$hour of a zone in summer', { $hour: { date: SUMMER, timezone: PARIS } }, 0],
  ['$minute of an offset', { $minute: { date: WINTER, timezone: '+05:30' } }, 0],
  ['$hour of a negative offset', { $hour: { date: WINTER, timezone: '-0200' } }, 21],
  ['a part of null', { $year: null }, null],
  ['a part in no zone', { $year: { date: WINTER, timezone: null } }, null],
  ['a part of a timestamp', { $year: new Timestamp({ t: 0, i: 1 }) }, 1970],
  ['$dayOfWeek counts from Sunday', { $dayOfWeek: at('2024-01-14T00:00:00Z') }, 1],
  ['$isoDayOfWeek counts from Monday', { $isoDayOfWeek: at('2024-01-14T00:00:00Z') }, 7],
  ['$isoWeek of a day of the year before', { $isoWeek: at('2021-01-03T00:00:00Z') }, 53],
  ['$isoWeekYear is a long', { $isoWeekYear: at('2021-01-03T00:00:00Z') }, long(2020)],
  ['$week before the first Sunday', { $week: at('2021-01-02T00:00:00Z') }, 0],
  ['$week from the first Sunday', { $week: at('2021-01-03T00:00:00Z') }, 1],
  ['$dayOfYear', { $dayOfYear: at('2024-12-31T00:00:00Z') }, 366],

  ['$dateToString by default', { $dateToString: { date: WINTER } }, '2024-01-15T23:30:45.678Z'],
  [
    '$dateToString of a zone by default',
    { $dateToString: { date: WINTER, timezone: PARIS } },
    '2024-01-16T00:30:45.678',
  ],
  [
    '$dateToString with all letters',
    text(WINTER, '%Y/%m/%d %H:%M:%S.%L %j %G-%V-%u %U %%'),
    '2024/01/15 23:30:45.678 015 2024-03-1 02 %',
  ],
  ['%z and %Z', text(SUMMER, '%z %Z', PARIS), '+0200 +120'],
  ['%z of a negative offset', text(SUMMER, '%z', '-03:30'), '-0330'],
  ['$dateToString of null', { $dateToString: { date: null, format: '%Y' } }, null],
  ['$dateToString onNull', { $dateToString: { date: '$nope', format: '%Y', onNull: 'none' } }, 'none'],

  ['$dateFromString', { $dateFromString: { dateString: '2024-03-01T10:20:30.5Z' } }, at('2024-03-01T10:20:30.500Z')],
  ['$dateFromString of a day', { $dateFromString: { dateString: '2024-03-01' } }, at('2024-03-01T00:00:00Z')],
  [
    '$dateFromString with an offset',
    { $dateFromString: { dateString: '2024-03-01T10:00:00+0200' } },
    at('2024-03-01T08:00:00Z'),
  ],
  [
    '$dateFromString in a zone',
    { $dateFromString: { dateString: '2024-07-01T10:00:00', timezone: PARIS } },
    at('2024-07-01T08:00:00Z'),
  ],
  ['$dateFromString of null', { $dateFromString: { dateString: null, onNull: 0 } }, 0],
  ['$dateFromString onError of a number', { $dateFromString: { dateString: 5, onError: 'bad' } }, 'bad'],

  [
    '$dateToParts',
    { $dateToParts: { date: WINTER, timezone: PARIS } },
    { year: 2024, month: 1, day: 16, hour: 0, minute: 30, second: 45, millisecond: 678 },
  ],
  [
    '$dateToParts of ISO weeks',
    { $dateToParts: { date: at('2021-01-03T01:02:03Z'), iso8601: true } },
    { isoWeekYear: 2020, isoWeek: 53, isoDayOfWeek: 7, hour: 1, minute: 2, second: 3, millisecond: 0 },
  ],
  ['$dateFromParts', { $dateFromParts: { year: 2024, month: 2, day: 29 } }, at('2024-02-29T00:00:00Z')],
  ['$dateFromParts carries over', { $dateFromParts: { year: 2023, month: 14, day: 0 } }, at('2024-01-31T00:00:00Z')],
  [
    '$dateFromParts in a zone',
    { $dateFromParts: { year: 2024, month: 7, day: 1, hour: 2, timezone: PARIS } },
    at('2024-07-01T00:00:00Z'),
  ],
  [
    '$dateFromParts of an hour that is skipped',
    { $dateFromParts: { year: 2024, month: 3, day: 31, hour: 2, minute: 30, timezone: PARIS } },
    at('2024-03-31T01:30:00Z'),
  ],
  [
    '$dateFromParts of an ISO week',
    { $dateFromParts: { isoWeekYear: 2020, isoWeek: 53, isoDayOfWeek: 7 } },
    at('2021-01-03T00:00:00Z'),
  ],
  ['$dateFromParts with null', { $dateFromParts: { year: 2024, month: null } }, null],

  [
    '$dateAdd of days keeps the hour over a change of clocks',
    add('2024-03-30T08:00:00Z', 'day', 1, { timezone: PARIS }),
    at('2024-03-31T07:00:00Z'),
  ],
  [
    '$dateAdd of hours is elapsed time',
    add('2024-03-30T08:00:00Z', 'hour', 24, { timezone: PARIS }),
    at('2024-03-31T08:00:00Z'),
  ],
  ['$dateAdd of a month ends with the month', add('2024-01-31T10:00:00Z', 'month', 1), at('2024-02-29T10:00:00Z')],
  ['$dateAdd of quarters over a year', add('2023-11-30T00:00:00Z', 'quarter', 1), at('2024-02-29T00:00:00Z')],
  ['$dateAdd of years from a leap day', add('2024-02-29T00:00:00Z', 'year', 1), at('2025-02-28T00:00:00Z')],
  ['$dateAdd of weeks', add('2024-12-30T00:00:00Z', 'week', 1), at('2025-01-06T00:00:00Z')],
  ['$dateAdd of null', { $dateAdd: { startDate: null, unit: 'day', amount: 1 } }, null],
  [
    '$dateSubtract',
    { $dateSubtract: { startDate: at('2024-03-31T00:00:00Z'), unit: 'month', amount: 1 } },
    at('2024-02-29T00:00:00Z'),
  ],

  ['$dateDiff counts midnights', diff('2024-01-01T23:59:00Z', '2024-01-02T00:01:00Z', 'day'), long(1)],
  [
    '$dateDiff counts a zone’s midnights',
    diff('2024-01-01T22:59:00Z', '2024-01-01T23:01:00Z', 'day', { timezone: PARIS }),
    long(1),
  ],
  ['$dateDiff of years', diff('2023-12-31T00:00:00Z', '2024-01-01T00:00:00Z', 'year'), long(1)],
  ['$dateDiff of months backwards', diff('2024-03-01T00:00:00Z', '2024-01-31T00:00:00Z', 'month'), long(-2)],
  ['$dateDiff of quarters', diff('2024-01-01T00:00:00Z', '2024-12-31T00:00:00Z', 'quarter'), long(3)],
  ['$dateDiff of weeks from Sunday', diff('2024-01-13T00:00:00Z', '2024-01-14T00:00:00Z', 'week'), long(1)],
  [
    '$dateDiff of weeks from Monday',
    diff('2024-01-13T00:00:00Z', '2024-01-14T00:00:00Z', 'week', { startOfWeek: 'monday' }),
    long(0),
  ],
  ['$dateDiff of hours', diff('2024-01-01T00:59:00Z', '2024-01-01T02:01:00Z', 'hour'), long(2)],
  ['$dateDiff of milliseconds', diff('2024-01-01T00:00:00Z', '2024-01-01T00:00:01.5Z', 'millisecond'), long(1500)],

  ['$dateTrunc to the hour', trunc(WINTER, 'hour'), at('2024-01-15T23:00:00Z')],
  ['$dateTrunc to a zone’s day', trunc(SUMMER, 'day', { timezone: PARIS }), at('2024-07-01T22:00:00Z')],
  ['$dateTrunc to the week from Sunday', trunc(WINTER, 'week'), at('2024-01-14T00:00:00Z')],
  [
    '$dateTrunc to the week from Monday',
    trunc(at('2024-01-14T12:00:00Z'), 'week', { startOfWeek: 'Mon' }),
    at('2024-01-08T00:00:00Z'),
  ],
  ['$dateTrunc to the month', trunc(WINTER, 'month'), at('2024-01-01T00:00:00Z')],
  ['$dateTrunc to the quarter', trunc(SUMMER, 'quarter'), at('2024-07-01T00:00:00Z')],
  [
    '$dateTrunc to a zone’s year',
    trunc(at('2023-12-31T23:30:00Z'), 'year', { timezone: PARIS }),
    at('2023-12-31T23:00:00Z'),
  ],
  ['$dateTrunc to bins of 15 minutes', trunc(WINTER, 'minute', { binSize: 15 }), at('2024-01-15T23:30:00Z')],
  [
    '$dateTrunc to bins of days before 2000',
    trunc(at('1999-12-31T12:00:00Z'), 'day', { binSize: 2 }),
    at('1999-12-30T00:00:00Z'),
  ],
  [
    '$dateTrunc to bins of two weeks',
    trunc(at('2000-01-20T00:00:00Z'), 'week', { binSize: 2 }),
    at('2000-01-16T00:00:00Z'),
  ],
  [
    '$dateTrunc to bins of weeks from Saturday',
    trunc(at('2000-01-15T00:00:00Z'), 'week', { binSize: 2, startOfWeek: 'sat' }),
    at('2000-01-15T00:00:00Z'),
  ],
  [
    '$dateTrunc to bins of weeks before 2000',
    trunc(at('1999-12-31T00:00:00Z'), 'week', { binSize: 2, startOfWeek: 'sat' }),
    at('1999-12-18T00:00:00Z'),
  ],
  [
    '$dateTrunc to bins of hours from a zone’s midnight',
    trunc(at('2024-01-15T10:30:00Z'), 'hour', { binSize: 2, timezone: PARIS }),
    at('2024-01-15T09:00:00Z'),
  ],
  [
    '$dateTrunc to bins of hours is elapsed time in summer',
    trunc(at('2024-07-15T10:30:00Z'), 'hour', { binSize: 2, timezone: PARIS }),
    at('2024-07-15T09:00:00Z'),
  ],
  ['$dateTrunc of null', { $dateTrunc: { date: null, unit: 'day' } }, null],
];

const FAILURES: readonly Failure[] = [
  ['an unknown day of the week', trunc(WINTER, 'week', { startOfWeek: 'x' }), 5439016],
  ['$dateTrunc of a text', trunc('x' as never, 'day'), 5166307],
  ['$dateDiff of a number', { $dateDiff: { startDate: 5, endDate: WINTER, unit: 'day' } }, 5166307],
  ['$dateAdd to a number', { $dateAdd: { startDate: 5, unit: 'day', amount: 1 } }, 5166403],
  ['an unknown zone', { $hour: { date: WINTER, timezone: 'Mars/Olympus' } }, 40485],
  ['a zone that is no text', { $hour: { date: WINTER, timezone: 5 } }, 40517],
  ['a part of a text', { $year: 'x' }, 16006],
  ['an unknown letter of a format', text(WINTER, '%q'), 18536],
  ['a % at the end', text(WINTER, '%'), 18535],
  ['an unknown unit', trunc(WINTER, 'fortnight'), 9],
  ['a fractional amount', { $dateAdd: { startDate: WINTER, unit: 'day', amount: 1.5 } }, 5166405],
  ['a bin of no size', trunc(WINTER, 'day', { binSize: 0 }), 5439018],
  ['a year out of range', { $dateFromParts: { year: 0 } }, 40523],
  ['natural and ISO parts together', { $dateFromParts: { isoWeekYear: 2020, month: 1 } }, 40489],
  ['$dateFromString of a number', { $dateFromString: { dateString: 5 } }, 241],
];

/** What MongoDB answers and this server refuses. */
const REFUSED: readonly Failure[] = [
  [
    'an hour that comes twice',
    { $dateFromParts: { year: 2024, month: 10, day: 27, hour: 2, minute: 30, timezone: PARIS } },
    238,
  ],
  ['a date that is not written as in ISO 8601', { $dateFromString: { dateString: 'March 1st 2024' } }, 238],
  ['a format of $dateFromString', { $dateFromString: { dateString: '1', format: '%d' } }, 238],
];

describe.each(ENGINES)('dates in expressions on %s', (engine) => {
  const server = useServer(engine);
  test.each(VALUES)('%s', async (...item) => expectValue(server(), item));
  test.each(FAILURES)('%s is an error', async (...item) => expectCode(server(), item));
  if (engine !== 'real') test.each(REFUSED)('%s is refused', async (...item) => expectCode(server(), item));
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, monthText, rangeText, sameClock, wallOf, zoneName } from './times.ts';

describe('An hour on the wall', () => {
  test.each([
    ['2027-01-12', '09:30', 'Europe/Paris', '2027-01-12T08:30:00.000Z'],
    ['2027-07-12', '09:30', 'Europe/Paris', '2027-07-12T07:30:00.000Z'],
    ['2027-01-12', '09:30', 'America/New_York', '2027-01-12T14:30:00.000Z'],
    ['2027-01-12', '00:15', 'Asia/Kolkata', '2027-01-11T18:45:00.000Z'],
  ])('%s %s in %s is an instant', (day, time, zone, instant) => {
    expect(instantOf({ day, time }, zone)).toBe(instant);
    expect(wallOf(instant, zone)).toEqual({ day, time });
  });

  test('that comes twice is the first of the two, one that is left out the one after it', () => {
    expect(instantOf({ day: '2027-10-31', time: '02:30' }, 'Europe/Paris')).toBe('2027-10-31T00:30:00.000Z');
    expect(instantOf({ day: '2027-03-28', time: '02:30' }, 'Europe/Paris')).toBe('2027-03-28T01:30:00.000Z');
  });

  test('of any minute and zone is found again, but for the hour that a change of clocks repeats', () => {
    const zone = fc.constantFrom('Europe/Paris', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000_000 }), zone, (minute, name) => {
        const instant = new Date(minute * 60_000).toISOString();
        const again = instantOf(wallOf(instant, name), name);
        expect(wallOf(again, name)).toEqual(wallOf(instant, name));
      }),
    );
  });
});

describe('The hours of a meeting', () => {
  const span = { startAt: '2027-01-12T08:30:00.000Z', endAt: '2027-01-12T11:00:00.000Z' };

  test('are said in its zone', () => {
    expect(rangeText('fr', span, 'Europe/Paris')).toBe('09:30 – 12:00');
    expect(rangeText('en', { startAt: span.startAt }, 'Europe/London')).toBe('08:30');
  });

  test('name their days when they go over several', () => {
    const text = rangeText('fr', { ...span, endAt: '2027-01-19T11:00:00.000Z' }, 'Europe/Paris');
    expect(text).toBe('mar. 12 janv., 09:30 – mar. 19 janv., 12:00');
  });
});

test('Two zones are compared at an instant, not by their names', () => {
  expect(sameClock('2027-01-12T08:30:00.000Z', 'Europe/Paris', 'Europe/Rome')).toBe(true);
  expect(sameClock('2027-01-12T08:30:00.000Z', 'Europe/London', 'UTC')).toBe(true);
  expect(sameClock('2027-07-12T08:30:00.000Z', 'Europe/London', 'UTC')).toBe(false);
});

test('A zone and a month are said as people say them', () => {
  expect(zoneName('America/New_York')).toBe('New York');
  expect(monthText('fr', '2027-01')).toBe('Janvier 2027');
});

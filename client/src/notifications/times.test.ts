import { expect, test } from '@jest/globals';
import { dayNames, hourNames, zoneNames } from './times.ts';

test('a week begins on Monday, whatever the language', () => {
  expect(dayNames('fr').map(({ value, label }) => `${value} ${label}`)).toEqual([
    '1 lundi',
    '2 mardi',
    '3 mercredi',
    '4 jeudi',
    '5 vendredi',
    '6 samedi',
    '7 dimanche',
  ]);
  expect(dayNames('it')[0]?.label).toBe('lunedì');
});

test('hours are those of a clock of 24', () => {
  for (const locale of ['fr', 'en', 'it'] as const) {
    const names = hourNames(locale);
    expect(names).toHaveLength(24);
    expect(names[0]?.label).toMatch(/^00/);
    expect(names[20]?.label).toMatch(/^20/);
  }
});

test('a zone that the browser does not know stands among the choices when it is set', () => {
  expect(zoneNames('Mars/Olympus')).toContain('Mars/Olympus');
  expect(zoneNames('Europe/Paris').filter((zone) => zone === 'Europe/Paris')).toHaveLength(1);
});

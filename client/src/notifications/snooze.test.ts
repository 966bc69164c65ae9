import { expect, test } from '@jest/globals';
import { snoozeChoices } from './snooze.ts';

const named = (now: Date) =>
  Object.fromEntries(
    snoozeChoices(now).map(([choice, moment]) => [choice, `${moment.getDate()} ${moment.getHours()}:00`]),
  );

test('what is put off comes back this evening, tomorrow morning or on Monday', () => {
  // A Wednesday.
  expect(named(new Date(2026, 10, 25, 11, 30))).toEqual({ evening: '25 18:00', tomorrow: '26 8:00', week: '30 8:00' });
  // After six there is no evening left; on a Monday, Monday is the next one.
  expect(named(new Date(2026, 10, 23, 18, 0))).toEqual({ tomorrow: '24 8:00', week: '30 8:00' });
  // On a Sunday, tomorrow is Monday.
  expect(named(new Date(2026, 10, 29, 9, 0))).toEqual({ evening: '29 18:00', tomorrow: '30 8:00', week: '30 8:00' });
});

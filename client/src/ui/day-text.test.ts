import { describe, expect, test } from '@jest/globals';
import { parseDay, parseFinishedDay } from './day-text.ts';

describe('A day typed by hand', () => {
  test.each(['31/12/2028', '31.12.2028', '31-12-2028', '31 12 2028', '31122028', '2028-12-31', ' 31/12/2028 '])(
    'is understood when written “%s”',
    (typed) => {
      expect(parseDay(typed)).toBe('2028-12-31');
    },
  );

  test('may leave out the zeros', () => {
    expect(parseDay('1/2/2028')).toBe('2028-02-01');
  });

  test.each(['', '31/12', '31/12/202', '31/02/2028', '12/31/2028', 'demain', '2028'])(
    'is nothing yet when it says “%s”',
    (typed) => {
      expect(parseDay(typed)).toBeNull();
    },
  );

  test('takes a year of two digits for one of this century once typing has ended, not before', () => {
    expect(parseDay('31/12/28')).toBeNull();
    expect(parseFinishedDay('31/12/28')).toBe('2028-12-31');
  });
});

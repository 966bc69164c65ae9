import { expect, test } from '@jest/globals';
import { formatNumber } from '../../../platform/format.ts';
import { ballotsText } from './numbers.ts';

test('[V33] votes that were moved by parts show two decimals at most, as the language writes them, and are known in full', () => {
  const french = (votes: number) => ballotsText(votes, (value, options) => formatNumber('fr', value, options));
  expect(french(1_500_000)).toEqual({ shown: '15', whole: '15' });
  expect(french(1_550_000)).toEqual({ shown: '15,5', whole: '15,5' });
  expect(french(1_466_666)).toEqual({ shown: '14,67', whole: '14,66666' });
  expect(french(3)).toEqual({ shown: '0', whole: '0,00003' });
});

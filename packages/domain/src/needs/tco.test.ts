import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { totalCosts } from './tco.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const yearly = (...amounts: string[]) =>
  amounts.map((amount, at) => ({ id: `y${at + 1}`, year: at + 1, money: eur(amount) }));

describe('total cost of ownership', () => {
  test('[N1] two years at 10 %, worked by hand', () => {
    // Nothing: 1100/1.1 + 1210/1.21 = 1000 + 1000 = 2000.
    // Robot: 1000 + (110 + 11)/1.1 + (121)/1.21 + 242/1.21 − 121/1.21 = 1000 + 110 + 100 + 200 − 100 = 1310.
    const costs = totalCosts({
      years: 2,
      discountRate: '10',
      options: [
        { id: 'a', name: 'Nothing', doNothing: true, operation: yearly('1100', '1210') },
        {
          id: 'b',
          name: 'Robot',
          doNothing: false,
          investment: eur('1000'),
          operation: yearly('110', '121'),
          transition: yearly('11'),
          endOfLife: eur('242'),
          residual: eur('121.00'),
        },
      ],
    });
    expect(costs).toEqual({
      ok: true,
      currency: 'EUR',
      years: 2,
      discountRate: '10',
      options: [
        { id: 'a', name: 'Nothing', doNothing: true, total: '2000.00' },
        { id: 'b', name: 'Robot', doNothing: false, total: '1310.00', saving: '690.00', breakEvenYear: 2 },
      ],
    });
  });

  test('[N1] without a rate, 4 % a year', () => {
    // 100 + 104/1.04 + 108.16/1.0816 = 300.
    const costs = totalCosts({
      years: 2,
      options: [{ id: 'a', investment: eur('100'), maintenance: yearly('104', '108.16') }],
    });
    expect(costs).toMatchObject({ discountRate: '4', options: [{ total: '300.00' }] });
  });

  test('[N2] rounding happens once, half away from zero', () => {
    // 0.01/1.04 + 0.01/1.0816 + 0.01/1.124864 = 0.02775…, where rounding each year would also give 0.03,
    // and 0.04/1.6 = 0.025 is exactly a half.
    const three = totalCosts({ years: 3, options: [{ id: 'a', operation: yearly('0.01', '0.01', '0.01') }] });
    expect(three).toMatchObject({ options: [{ total: '0.03' }] });
    const half = totalCosts({ years: 1, discountRate: '60', options: [{ id: 'a', residual: eur('0.04') }] });
    expect(half).toMatchObject({ options: [{ total: '-0.03' }] });
  });

  test('[N2] fifty years of large amounts stay exact to the cent', () => {
    const costs = totalCosts({
      years: 50,
      discountRate: '0',
      options: [{ id: 'a', operation: yearly(...Array.from({ length: 50 }, () => '999999999999.99')) }],
    });
    expect(costs).toMatchObject({ options: [{ total: '49999999999999.50' }] });
  });

  test('[N3] the saving is the difference of the totals as they are shown', () => {
    // 0.06/1.04 = 0.0576… and 0.02/1.04 = 0.0192…: shown as 0.06 and 0.02.
    const costs = totalCosts({
      years: 1,
      options: [
        { id: 'a', doNothing: true, operation: yearly('0.06') },
        { id: 'b', operation: yearly('0.02') },
      ],
    });
    expect(costs).toMatchObject({ options: [{ total: '0.06' }, { total: '0.02', saving: '0.04' }] });
  });

  test('[N3] an option that never pays back says so, and costs after the period are left out', () => {
    const costs = totalCosts({
      years: 1,
      discountRate: '0',
      options: [
        { id: 'a', doNothing: true, operation: yearly('10', '1000') },
        { id: 'b', investment: eur('11') },
      ],
    });
    expect(costs).toMatchObject({
      options: [{ total: '10.00' }, { total: '11.00', saving: '-1.00', breakEvenYear: null }],
    });
  });

  test('[N3] break-even is the year from which the advantage lasts', () => {
    const costs = totalCosts({
      years: 3,
      discountRate: '0',
      options: [
        { id: 'a', doNothing: true, operation: yearly('10', '0', '10') },
        { id: 'b', operation: yearly('5', '10', '0') },
      ],
    });
    expect(costs).toMatchObject({ options: [{}, { saving: '5.00', breakEvenYear: 3 }] });
  });

  test.each([
    ['no-years', { options: [{ id: 'a' }] }],
    ['no-options', { years: 3 }],
    ['rate-out-of-range', { years: 3, discountRate: '400', options: [{ id: 'a' }] }],
    [
      'mixed-currencies',
      { years: 1, options: [{ id: 'a', investment: eur('1'), residual: { amount: '1', currency: 'CHF' } }] },
    ],
  ])('[N1] %s is an answer, not a number', (reason, values) => {
    expect(totalCosts(values)).toEqual({ ok: false, reason });
  });

  test('[N1] agrees with floating point within a cent', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 2_000 }),
        (amounts, rate) => {
          const percent = (rate / 100).toFixed(2);
          const expected = amounts.reduce(
            (sum, amount, at) => sum + Number(amount) / (1 + Number(percent) / 100) ** (at + 1),
            0,
          );
          const costs = totalCosts({
            years: amounts.length,
            discountRate: percent,
            options: [{ id: 'a', operation: yearly(...amounts) }],
          });
          expect(costs.ok && Math.abs(Number(costs.options[0]?.total) - expected)).toBeLessThan(0.0051);
        },
      ),
    );
  });
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add, multiply } from '../../src/bson/arithmetic.ts';
import { Decimal128 } from '../../src/bson/types.ts';
import { runs, SEED, TIMEOUT } from './generators.ts';
import { type Plain, product, sum } from './reference-decimal.ts';

const digits = fc.oneof(
  fc.bigInt({ min: -999n, max: 999n }),
  fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }),
  fc.integer({ min: 0, max: 33 }).map((zeros) => 5n * 10n ** BigInt(zeros)),
);
const plain: fc.Arbitrary<Plain> = fc
  .tuple(digits, fc.integer({ min: -60, max: 60 }))
  .map(([coefficient, exponent]) => ({ coefficient, exponent }))
  .filter(({ coefficient }) => coefficient !== 0n);

const decimalOf = ({ coefficient, exponent }: Plain): Decimal128 => Decimal128.fromString(`${coefficient}E${exponent}`);

test(
  `[seed ${SEED}] decimals add and multiply to the last of their 34 digits`,
  () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const [x, y] = [decimalOf(a), decimalOf(b)];
        expect(String(multiply(x, y))).toBe(String(decimalOf(product(a, b))));
        if (a.coefficient !== -b.coefficient) expect(String(add(x, y))).toBe(String(decimalOf(sum(a, b))));
      }),
      runs(3000),
    );
  },
  TIMEOUT,
);

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compare } from './compare.ts';
import { bounded, encodeKey, invert } from './key.ts';
import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from './types.ts';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 34 });
const decimal = fc
  .tuple(fc.boolean(), digits, fc.oneof(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -6176, max: 6077 })))
  .map(([negative, coefficient, exponent]) =>
    Decimal128.fromString(`${negative ? '-' : ''}${coefficient}E${exponent}`),
  );

/** Numbers near each other in every type: where an encoding of mixed types would go wrong. */
const near = fc.tuple(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.nat(3)).map(([value, kind]): Value => {
  if (kind === 0) return Long.fromBigInt(value);
  if (kind === 1) return new Double(Number(value));
  return kind === 2 ? Decimal128.fromString(String(value)) : Decimal128.fromString(`${value}.5`);
});

const number: fc.Arbitrary<Value> = fc.oneof(
  fc.integer().map((value) => new Int32(value)),
  fc.double().map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  decimal,
  near,
  fc.constantFrom(...['NaN', 'Infinity', '-Infinity', '-0', '0.1'].map((text) => Decimal128.fromString(text))),
  fc
    .constantFrom(0, -0, 0.1, Number.NaN, Infinity, -Infinity, 5e-324, -5e-324, Number.MAX_VALUE)
    .map((value) => new Double(value)),
);

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '\0', '\u0001', '\u00ff', 'é', '\ue000', '\uffff', '😀'),
  maxLength: 5,
});

const scalar: fc.Arbitrary<Value> = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 3 }), fc.constantFrom(0, 4, 5))
    .map(([bytes, subtype]) => new Binary(bytes, subtype)),
  fc.tuple(fc.nat(3), fc.nat(3)).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom<Value>(new MinKey(), new MaxKey(), new BSONRegExp('a', 'i'), new BSONRegExp('ab', '')),
);

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '1', '0'), tie('value')), { maxLength: 3 })
      .map((pairs) => new Map(pairs)),
  ),
}));

const sign = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

test('keys order as the values do, and are equal for equal values only', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(sign(encodeKey(a), encodeKey(b))).toBe(Math.sign(compare(a, b)));
    }),
    { numRuns: 3000 },
  );
});

test('numbers of all four types order exactly', () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(sign(encodeKey(a), encodeKey(b))).toBe(Math.sign(compare(a, b)));
    }),
    { numRuns: 3000 },
  );
});

test('texts order by their bytes, also around zero bytes, alone and in documents and compound keys', () => {
  const near = fc.string({ unit: fc.constantFrom('\0', '\u0001', 'a', 'é', '\uffff'), maxLength: 3 });
  fc.assert(
    fc.property(near, near, near, (a, b, c) => {
      const wrap: ((item: string) => Value)[] = [
        (item) => item,
        (item) => [item, c],
        (item) => new Map([[`n${c.replaceAll('\0', '')}`, item]]),
      ];
      for (const made of wrap) expect(sign(encodeKey(made(a)), encodeKey(made(b)))).toBe(Math.sign(compare(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test('comparing is a total order', () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(compare(a, a)).toBe(0);
      expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

test('inverted keys order the other way round, also inside of a compound key', () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      const [left, right] = [a, b].map((item) => invert(encodeKey(item)) + encodeKey(c));
      expect(sign(left as string, right as string)).toBe(0 - Math.sign(compare(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test('no key is the beginning of another one', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [encodeKey(a), encodeKey(b)];
      expect(left !== right && right.startsWith(left)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('a key that is too long is cut, and stays different from others with the same beginning', () => {
  const [a, b] = ['a', 'b'].map((end) => bounded(encodeKey('x'.repeat(4000) + end)));
  expect(a).toMatchObject({ cut: true });
  expect(a?.key.length).toBeLessThanOrEqual(1900);
  expect(a?.key).not.toBe(b?.key);
});

import { expect, test } from '@jest/globals';
import { BSON } from 'bson';
import fc from 'fast-check';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { FlatDoc } from './flat.ts';
import { encodeKey } from './key.ts';

const plain = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.boolean(),
  fc.constant(null),
  fc.integer().map((value) => new BSON.Int32(value)),
  fc.double().map((value) => new BSON.Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => BSON.Long.fromBigInt(value)),
  fc.date({ noInvalidDate: true }),
  fc.constantFrom(new Date(8.64e15), new Date(-8.64e15), new Date(0)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new BSON.ObjectId(bytes)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => new BSON.Binary(bytes, 0)),
);
const other = fc.constantFrom<unknown>(
  [],
  {},
  [1],
  { a: 1 },
  'é',
  new BSON.Binary(Buffer.alloc(3), 2),
  new BSON.Timestamp({ t: 0, i: 0 }),
  BSON.Decimal128.fromString('1'),
  new BSON.MinKey(),
  /x/,
);
const names = ['_id', 'a', 'b.c', '$d', '1', 'é'];
const document = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...names), fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: other })),
  { maxLength: 5, selector: ([name]) => name },
);

/** What the bytes say when they are decoded: to be said by the flat document too. */
function expectSame(bytes: Buffer, flat: FlatDoc): void {
  const decoded = decode(bytes);
  const kept = Buffer.from(flat.bytes);
  const stored = decode(kept);
  expect([...stored.keys()][0]).toBe('_id');
  expect(encode(stored).equals(kept)).toBe(true);
  if (!decoded.has('_id')) stored.delete('_id');
  expect(encode(stored).equals(bytes)).toBe(true);
  for (const name of [...names, 'missing']) {
    const value = name === '_id' ? decode(kept).get(name) : decoded.get(name);
    expect(flat.key(name)).toBe(value === undefined ? undefined : encodeKey(value));
    expect(encodeKey(flat.get(name))).toBe(encodeKey(value));
  }
}

test('a document that is kept as it came is the one that decoding gives', () => {
  let taken = 0;
  fc.assert(
    fc.property(document, (fields) => {
      const bytes = Buffer.from(BSON.serialize(new Map(fields)));
      const flat = FlatDoc.of(bytes);
      if (!flat) return;
      taken++;
      expectSame(bytes, flat);
    }),
    { numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(200);
});

test('damaged bytes are never kept as they came unless decoding reads them and writes the same', () => {
  const whole = Buffer.from(
    BSON.serialize({
      _id: 1,
      text: 'abc',
      bytes: new BSON.Binary(Buffer.alloc(4)),
      yes: true,
      at: new Date(1),
      n: null,
    }),
  );
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      for (const candidate of [bytes, bytes.subarray(0, length)]) {
        const flat = FlatDoc.of(candidate);
        if (flat) expectSame(candidate, flat);
      }
    }),
    { numRuns: 5000 },
  );
});

test('a name given twice is left to decoding, which refuses it', () => {
  const once = Buffer.from(BSON.serialize({ a: 1, b: 2 }));
  const twice = Buffer.from(once);
  twice[twice.indexOf('b')] = 'a'.charCodeAt(0);
  expect(FlatDoc.of(once)).toBeInstanceOf(FlatDoc);
  expect(FlatDoc.of(twice)).toBeUndefined();
});

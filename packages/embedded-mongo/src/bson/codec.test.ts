import { expect, test } from '@jest/globals';
import { BSON } from 'bson';
import fc from 'fast-check';
import { MongoError } from '../errors.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.boolean(),
  fc.constant(null),
  fc.integer().map((value) => new BSON.Int32(value)),
  fc.double().map((value) => new BSON.Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => BSON.Long.fromBigInt(value)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new BSON.ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(0, 2, 4, 128))
    .map(([bytes, subtype]) => new BSON.Binary(bytes, subtype)),
  fc.constantFrom(
    new BSON.MinKey(),
    new BSON.MaxKey(),
    new BSON.BSONRegExp('a.c', 'im'),
    new BSON.Code('x'),
    new BSON.Timestamp({ t: 4e9, i: 5 }),
    BSON.Decimal128.fromString('-1.50'),
  ),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 8 }).filter((name) => !name.includes('\0')),
      tie('tree'),
      { maxKeys: 4 },
    ),
  ),
}));

test('what the official library writes is read and written again byte for byte', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', '1', 'é'), tree), (document) => {
      const bytes = Buffer.from(BSON.serialize(document));
      expect(encode(decode(bytes)).equals(bytes)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('damaged bytes are refused or read, and never end in another error', () => {
  const whole = Buffer.from(
    BSON.serialize({ a: 'text', b: [1, { c: new BSON.ObjectId() }], d: new BSON.Binary(Buffer.alloc(9)), e: /x/i }),
  );
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      for (const candidate of [bytes, bytes.subarray(0, length)]) {
        try {
          decode(candidate);
        } catch (error) {
          expect(error).toBeInstanceOf(MongoError);
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test('documents nested too deep are refused', () => {
  let document: object = {};
  for (let i = 0; i < 250; i++) document = { a: document };
  expect(() => decode(BSON.serialize(document))).toThrow(expect.objectContaining({ code: 15 }));
});

test('a name twice in one document is refused, as one of the two would be lost', () => {
  const bytes = Buffer.from(BSON.serialize({ a: 1, b: 2 }));
  bytes[bytes.indexOf('b\0')] = 'a'.charCodeAt(0);
  expect(() => decode(bytes)).toThrow(expect.objectContaining({ code: 2 }));
});

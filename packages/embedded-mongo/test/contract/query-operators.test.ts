import { describe, expect, test } from '@jest/globals';
import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'mongodb';
import { ENGINES, useServer } from '../server.ts';
import { filled, findsTable } from './tables.ts';

describe.each(ENGINES)('query operators on %s', (engine) => {
  const server = useServer(engine);

  describe('logic', () => {
    const things = filled(server, [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 'x' },
      {},
      { a: [1, 2], b: null },
    ]);
    findsTable(things, [
      ['nothing finds all', {}, [0, 1, 2, 3, 4, 5]],
      ['several fields must all hold', { a: 1, b: 2 }, [1]],
      ['$and', { $and: [{ a: 1 }, { b: 1 }] }, [0]],
      ['$and on one field twice', { $and: [{ a: 1 }, { a: 2 }] }, [5]],
      ['$or', { $or: [{ a: 2 }, { b: 2 }] }, [1, 2, 5]],
      ['$or beside a field', { b: 1, $or: [{ a: 2 }, { a: 1 }] }, [0, 2]],
      ['$or in $or', { $or: [{ $or: [{ a: 'x' }] }, { b: 2 }] }, [1, 3]],
      ['$and in $or', { $or: [{ $and: [{ a: 1 }, { b: 2 }] }, { a: 'x' }] }, [1, 3]],
      ['$nor', { $nor: [{ a: 1 }, { b: 1 }] }, [3, 4]],
      ['$nor with one', { $nor: [{ a: { $exists: true } }] }, [4]],
      ['$not finds missing and other types', { a: { $not: { $gt: 1 } } }, [0, 1, 3, 4]],
      ['$not with two operators', { a: { $not: { $gte: 1, $lt: 2 } } }, [2, 3, 4]],
      ['$not $not', { a: { $not: { $not: { $eq: 1 } } } }, [0, 1, 5]],
      ['$ne finds missing', { b: { $ne: 1 } }, [1, 3, 4, 5]],
      ['$eq in an operator document', { a: { $eq: 'x' } }, [3]],
      ['$in with nothing finds nothing', { a: { $in: [] } }, []],
      ['$nin with nothing finds all', { a: { $nin: [] } }, [0, 1, 2, 3, 4, 5]],
      ['an empty document in $and holds for all', { $and: [{}, { a: 2 }] }, [2, 5]],
      ['$comment changes nothing', { a: 2, $comment: 'why' }, [2, 5]],
      [
        'a field of the same name twice through $and and a range',
        { $and: [{ b: { $gte: 1 } }, { b: { $lt: 2 } }] },
        [0, 2],
      ],
    ]);
  });

  describe('$type', () => {
    const things = filled(server, [
      { a: new Double(1.5) },
      { a: 'text' },
      { a: {} },
      { a: [] },
      { a: new Binary(Buffer.from([1])) },
      { a: new ObjectId() },
      { a: false },
      { a: new Date() },
      { a: null },
      { a: /x/ },
      { a: new Int32(1) },
      { a: new Timestamp({ t: 1, i: 1 }) },
      { a: Long.fromNumber(1) },
      { a: Decimal128.fromString('1') },
      {},
      { a: [new Int32(1), 'x'] },
    ]);
    const types = [
      'double',
      'string',
      'object',
      'array',
      'binData',
      'objectId',
      'bool',
      'date',
      'null',
      'regex',
      'int',
    ];
    const found: readonly number[][] = [[0], [1, 15], [2], [3, 15], [4], [5], [6], [7], [8], [9], [10, 15]];
    findsTable(
      things,
      types.map((type, i) => [`trap: $type ${type} finds this type only`, { a: { $type: type } }, found[i] ?? []]),
    );
    findsTable(things, [
      ['timestamp', { a: { $type: 'timestamp' } }, [11]],
      ['trap: long', { a: { $type: 'long' } }, [12]],
      ['trap: decimal', { a: { $type: 'decimal' } }, [13]],
      ['number is all four', { a: { $type: 'number' } }, [0, 10, 12, 13, 15]],
      ['by number', { a: { $type: 2 } }, [1, 15]],
      ['by a list', { a: { $type: ['string', 8] } }, [1, 6, 15]],
      ['$not $type finds missing too', { a: { $not: { $type: 'number' } } }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 14]],
    ]);
  });

  describe('$mod and the bits', () => {
    const things = filled(server, [
      { a: 0 },
      { a: 7 },
      { a: -7 },
      { a: new Double(7.9) },
      { a: Long.fromNumber(7) },
      { a: new Double(Number.NaN) },
      { a: new Double(Infinity) },
      { a: '7' },
      { a: new Binary(Buffer.from([0b101, 0b1])) },
      { a: Long.fromString('-1') },
      {},
      { d: Decimal128.fromString('7') },
      { d: Decimal128.fromString('7.99') },
      { d: Decimal128.fromString('-1E-40') },
      { d: Decimal128.fromString('1E+19') },
      { d: Decimal128.fromString('NaN') },
    ]);
    findsTable(things, [
      ['$mod cuts fractions off', { a: { $mod: [4, 3] } }, [1, 3, 4]],
      ['$mod of decimals cuts fractions off', { d: { $mod: [4, 3] } }, [11, 12]],
      ['$mod finds no decimal beyond 64 bits', { d: { $mod: [1, 0] } }, [11, 12, 13]],
      ['$mod of negative numbers is negative', { a: { $mod: [4, -3] } }, [2]],
      ['$mod cuts the fraction of the divisor off', { a: { $mod: [4.9, 3] } }, [1, 3, 4]],
      ['$mod finds no NaN and no Infinity', { a: { $mod: [1, 0] } }, [0, 1, 2, 3, 4, 9]],
      ['$bitsAllSet by a mask', { a: { $bitsAllSet: 5 } }, [1, 4, 8, 9]],
      ['$bitsAllSet by positions', { a: { $bitsAllSet: [0, 2] } }, [1, 4, 8, 9]],
      ['$bitsAllSet by a binary', { a: { $bitsAllSet: new Binary(Buffer.from([5])) } }, [1, 4, 8, 9]],
      ['$bitsAnySet', { a: { $bitsAnySet: 2 } }, [1, 4, 9]],
      ['$bitsAllClear', { a: { $bitsAllClear: 2 } }, [0, 2, 8]],
      ['$bitsAnyClear', { a: { $bitsAnyClear: [3, 4] } }, [0, 1, 4, 8]],
      ['bits of a binary beyond its first byte', { a: { $bitsAllSet: [8] } }, [2, 8, 9]],
      ['negative numbers are sign-extended', { a: { $bitsAllSet: [200] } }, [2, 9]],
      ['nothing asked is met by all that have bits', { a: { $bitsAllSet: [] } }, [0, 1, 2, 4, 8, 9]],
    ]);
  });

  describe('$expr', () => {
    const things = filled(server, [
      { a: 1, b: 2 },
      { a: 3, b: 2 },
      { a: 'x', b: 2 },
      { b: 2 },
      { a: null, b: 2 },
      { a: [5], b: 2 },
      { a: new Date(0), b: 2 },
      { a: Long.fromNumber(2), b: new Double(2) },
      { a: { x: 1 }, b: { x: 1 } },
      { a: 0, b: false },
    ]);
    findsTable(things, [
      ['trap: $gt compares across types', { $expr: { $gt: ['$a', '$b'] } }, [1, 2, 5, 6]],
      ['trap: missing is lower than null', { $expr: { $lt: ['$a', null] } }, [3]],
      ['null is lower than numbers', { $expr: { $lt: ['$a', '$b'] } }, [0, 3, 4, 9]],
      ['$eq crosses numeric types', { $expr: { $eq: ['$a', '$b'] } }, [7, 8]],
      ['missing does not equal null', { $expr: { $eq: ['$a', null] } }, [4]],
      ['$ne', { $expr: { $ne: ['$a', '$b'] } }, [0, 1, 2, 3, 4, 5, 6, 9]],
      ['an array is compared as a whole', { $expr: { $eq: ['$a', [5]] } }, [5]],
      ['an element does not equal its array', { $expr: { $eq: ['$a', 5] } }, []],
      ['zero, false, null and missing are false', { $expr: '$a' }, [0, 1, 2, 5, 6, 7, 8]],
      ['$and and $or inside', { $expr: { $or: [{ $eq: ['$a', 1] }, { $eq: ['$a', 3] }] } }, [0, 1]],
      ['beside a field', { b: 2, $expr: { $gt: ['$a', 2] } }, [1, 2, 5, 6]],
      ['in $or', { $or: [{ $expr: { $eq: ['$a', 1] } }, { a: 'x' }] }, [0, 2]],
      ['in $nor', { $nor: [{ $expr: { $gt: ['$b', 0] } }] }, []],
      ['a constant holds for all', { $expr: true }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ]);

    test('variables of let', async () => {
      const found = await things()
        .find({ $expr: { $eq: ['$a', '$$wanted'] } }, { let: { wanted: 3 } })
        .toArray();
      expect(found.map(({ _id }) => _id)).toEqual([1]);
    });
  });
});

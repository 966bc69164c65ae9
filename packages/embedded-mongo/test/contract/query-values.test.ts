import { describe } from '@jest/globals';
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import { ENGINES, useServer } from '../server.ts';
import { filled, findsTable } from './tables.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const long = (text: string): Long => Long.fromString(text);
const bytes = (...list: number[]): Buffer => Buffer.from(list);

describe.each(ENGINES)('values in queries on %s', (engine) => {
  const server = useServer(engine);

  describe('numbers', () => {
    const things = filled(server, [
      { a: new Int32(1) },
      { a: new Double(1) },
      { a: Long.fromNumber(1) },
      { a: decimal('1') },
      { a: decimal('1.00') },
      { a: new Double(1.5) },
      { a: decimal('1.5') },
      { a: '1' },
      { a: true },
      { a: [1] },
      { a: new Int32(2) },
      { a: new Int32(-1) },
    ]);
    findsTable(things, [
      ['an int finds every 1, of whatever numeric type', { a: new Int32(1) }, [0, 1, 2, 3, 4, 9]],
      ['a double finds every 1', { a: new Double(1) }, [0, 1, 2, 3, 4, 9]],
      ['trap: a Long compares with the other numbers', { a: long('1') }, [0, 1, 2, 3, 4, 9]],
      ['trap: a Decimal128 compares with the other numbers', { a: decimal('1.0') }, [0, 1, 2, 3, 4, 9]],
      ['a decimal with another exponent is the same number', { a: decimal('10E-1') }, [0, 1, 2, 3, 4, 9]],
      ['trap: a range by a Long finds numbers of all types', { a: { $gt: long('1') } }, [5, 6, 10]],
      ['trap: a range by a Decimal128 finds numbers of all types', { a: { $gte: decimal('1.5') } }, [5, 6, 10]],
      ['$lt', { a: { $lt: 1 } }, [11]],
      ['$lte', { a: { $lte: 1 } }, [0, 1, 2, 3, 4, 9, 11]],
      ['$ne leaves out all of the same number', { a: { $ne: decimal('1') } }, [5, 6, 7, 8, 10, 11]],
      ['$in crosses numeric types', { a: { $in: [long('2'), decimal('1.5')] } }, [5, 6, 10]],
      ['$nin crosses numeric types', { a: { $nin: [new Double(1), decimal('2')] } }, [5, 6, 7, 8, 11]],
      ['two ends of a range', { a: { $gt: 1, $lt: 2 } }, [5, 6]],
      ['a text is no number', { a: '1' }, [7]],
      ['true is no number', { a: true }, [8]],
    ]);
  });

  describe('large and special numbers', () => {
    const things = filled(server, [
      { a: long('9007199254740993') },
      { a: new Double(9007199254740992) },
      { a: decimal('9007199254740993') },
      { a: Long.MAX_VALUE },
      { a: new Double(2 ** 63) },
      { a: new Double(Number.NaN) },
      { a: decimal('NaN') },
      { a: new Double(Infinity) },
      { a: decimal('-Infinity') },
      { a: new Double(-0) },
      { a: new Int32(0) },
      { a: decimal('-0E+3') },
      { a: new Double(0.1) },
      { a: decimal('0.1') },
      { a: decimal('1E-6176') },
      { a: new Double(5e-324) },
      { a: decimal('1E+400') },
    ]);
    findsTable(things, [
      ['a Long above 2^53 is exact', { a: long('9007199254740993') }, [0, 2]],
      ['a double of 2^53 is not the Long after it', { a: new Double(9007199254740992) }, [1]],
      ['the largest Long is below the double 2^63', { a: { $gt: Long.MAX_VALUE, $lt: Infinity } }, [4, 16]],
      ['NaN equals NaN of both types', { a: Number.NaN }, [5, 6]],
      ['NaN is found by $gte NaN', { a: { $gte: Number.NaN } }, [5, 6]],
      ['NaN is found by $lte NaN', { a: { $lte: decimal('NaN') } }, [5, 6]],
      ['nothing is above NaN', { a: { $gt: Number.NaN } }, []],
      ['nothing is below NaN', { a: { $lt: Number.NaN } }, []],
      ['NaN is in no range of numbers', { a: { $lt: -1e300 } }, [8]],
      ['$in finds NaN', { a: { $in: [Number.NaN] } }, [5, 6]],
      ['-0, 0 and a decimal zero are equal', { a: 0 }, [9, 10, 11]],
      ['nothing lies below 0 but -Infinity', { a: { $lt: new Double(-0) } }, [8]],
      ['0.1 as a double is not 0.1 as a decimal', { a: decimal('0.1') }, [13]],
      ['0.1 as a double is a little more than the decimal', { a: { $gt: decimal('0.1'), $lt: 0.2 } }, [12]],
      ['Infinity equals only itself', { a: decimal('Infinity') }, [7]],
      ['a decimal below every double is above zero', { a: { $gt: 0, $lt: 5e-324 } }, [14]],
      ['a decimal above every double is below Infinity', { a: { $gt: Number.MAX_VALUE, $lt: Infinity } }, [16]],
    ]);
  });

  describe('comparison within a type', () => {
    const id = new ObjectId('64b000000000000000000005');
    const things = filled(server, [
      { a: 5 },
      { a: 'm' },
      { a: { x: 1 } },
      { a: [7] },
      { a: new Binary(bytes(5)) },
      { a: id },
      { a: true },
      { a: new Date(5) },
      { a: new Timestamp({ t: 5, i: 1 }) },
      { a: /m/ },
      { a: null },
      {},
      { a: new MinKey() },
      { a: new MaxKey() },
    ]);
    findsTable(things, [
      ['$gt on numbers finds numbers only', { a: { $gt: -1 } }, [0, 3]],
      ['$gte on texts finds texts only', { a: { $gte: '' } }, [1]],
      ['$lt on texts finds texts only', { a: { $lt: 'z' } }, [1]],
      ['$gt on documents finds documents only', { a: { $gt: {} } }, [2]],
      ['$gte on arrays finds arrays only', { a: { $gte: [] } }, [3]],
      ['$gt on ObjectIds finds ObjectIds only', { a: { $gt: new ObjectId('000000000000000000000000') } }, [5]],
      ['$gte false finds both booleans', { a: { $gte: false } }, [6]],
      ['$gt false finds true', { a: { $gt: false } }, [6]],
      ['$lt true does not find true', { a: { $lt: true } }, []],
      ['$gt on dates finds dates only', { a: { $gt: new Date(-5) } }, [7]],
      ['$gt on timestamps finds timestamps only', { a: { $gt: new Timestamp({ t: 1, i: 1 }) } }, [8]],
      ['$gt on binaries finds binaries only', { a: { $gte: new Binary(bytes()) } }, [4]],
      ['trap: $gte null finds null and missing', { a: { $gte: null } }, [10, 11]],
      ['trap: $lte null finds null and missing', { a: { $lte: null } }, [10, 11]],
      ['$gt null finds nothing', { a: { $gt: null } }, []],
      ['$lt null finds nothing', { a: { $lt: null } }, []],
      [
        'trap: $gt MinKey finds all but MinKey',
        { a: { $gt: new MinKey() } },
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13],
      ],
      ['$gte MinKey finds all', { a: { $gte: new MinKey() } }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]],
      [
        'trap: $lt MaxKey finds all but MaxKey',
        { a: { $lt: new MaxKey() } },
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      ],
      ['nothing is below MinKey', { a: { $lt: new MinKey() } }, []],
      ['$lte MinKey finds MinKey', { a: { $lte: new MinKey() } }, [12]],
      ['MinKey equals itself only', { a: new MinKey() }, [12]],
      ['MaxKey equals itself only', { a: { $eq: new MaxKey() } }, [13]],
      ['$gte MaxKey finds MaxKey', { a: { $gte: new MaxKey() } }, [13]],
    ]);
  });

  describe('dates and timestamps', () => {
    const things = filled(server, [
      { a: new Date(0) },
      { a: new Date(-1) },
      { a: new Date('1900-01-01T00:00:00Z') },
      { a: new Date('2026-11-23T00:00:00.001Z') },
      { a: new Timestamp({ t: 10, i: 2 }) },
      { a: new Timestamp({ t: 4000000000, i: 1 }) },
    ]);
    findsTable(things, [
      ['the epoch', { a: new Date(0) }, [0]],
      ['dates before 1970 are lower', { a: { $lt: new Date(0) } }, [1, 2]],
      ['a range that crosses 1970', { a: { $gte: new Date(-1), $lte: new Date(0) } }, [0, 1]],
      ['a millisecond counts', { a: { $gt: new Date('2026-11-23T00:00:00Z') } }, [3]],
      ['a number is no date', { a: 0 }, []],
      ['timestamps compare by seconds, then by count', { a: { $gt: new Timestamp({ t: 10, i: 1 }) } }, [4, 5]],
      ['seconds above 2^31 are not negative', { a: { $gt: new Timestamp({ t: 11, i: 0 }) } }, [5]],
      ['a timestamp is no date', { a: { $type: 'date' } }, [0, 1, 2, 3]],
    ]);
  });

  describe('binaries and ids', () => {
    const uuid = new UUID('11111111-2222-4333-8444-555555555555');
    const things = filled(server, [
      { a: new Binary(bytes(0xff, 1)) },
      { a: new Binary(bytes(0xfe, 1)) },
      { a: new Binary(bytes(0xff, 1), 5) },
      { a: new Binary(bytes(9)) },
      { a: uuid },
      { a: new Binary(bytes()) },
      { a: new ObjectId('64b000000000000000000001') },
      { a: '64b000000000000000000001' },
    ]);
    findsTable(things, [
      ['trap: two different binaries never match each other', { a: new Binary(bytes(0xff, 1)) }, [0]],
      ['the subtype counts', { a: new Binary(bytes(0xff, 1), 5) }, [2]],
      ['a UUID is found', { a: uuid }, [4]],
      ['a shorter binary is lower, whatever its bytes', { a: { $lt: new Binary(bytes(0, 0)) } }, [3, 5]],
      ['of one length the lower subtype is lower', { a: { $gt: new Binary(bytes(0xff, 1)), $lt: uuid } }, [2]],
      [
        'of one subtype bytes decide',
        { a: { $gte: new Binary(bytes(0xfe, 2)), $lte: new Binary(bytes(0xff, 1)) } },
        [0],
      ],
      ['trap: $type objectId finds ObjectIds', { a: { $type: 'objectId' } }, [6]],
      ['trap: $type binData finds binaries', { a: { $type: 'binData' } }, [0, 1, 2, 3, 4, 5]],
      ['an ObjectId is not its text', { a: new ObjectId('64b000000000000000000001') }, [6]],
    ]);
  });

  describe('embedded documents', () => {
    const things = filled(server, [
      { a: { x: 1, y: 2 } },
      { a: { y: 2, x: 1 } },
      { a: { x: 1 } },
      { a: { x: 1, y: 2, z: 3 } },
      { a: {} },
      { a: [{ x: 1, y: 2 }] },
      { a: { x: new Double(1), y: Long.fromNumber(2) } },
      { a: { x: { y: 1 } } },
      { a: { x: 'A' } },
      { a: null },
    ]);
    findsTable(things, [
      ['trap: equality takes the order of fields into account', { a: { x: 1, y: 2 } }, [0, 5, 6]],
      ['the other order is another document', { a: { y: 2, x: 1 } }, [1]],
      ['a part of a document is not equal to it', { a: { x: 1 } }, [2]],
      ['the empty document equals itself only', { a: {} }, [4]],
      ['paths look inside, in any order', { 'a.x': 1, 'a.y': 2 }, [0, 1, 3, 5, 6]],
      ['$eq compares whole documents', { a: { $eq: { x: { y: 1 } } } }, [7]],
      ['a nested path', { 'a.x.y': 1 }, [7]],
      ['$in with documents', { a: { $in: [{ x: 1 }, {}] } }, [2, 4]],
      ['$ne with a document', { a: { $ne: { x: 1, y: 2 } } }, [1, 2, 3, 4, 7, 8, 9]],
      ['documents order by type, name and value of each field', { a: { $gt: { x: 1, y: 2 } } }, [1, 3, 7, 8]],
      ['a document that ends first is lower', { a: { $lt: { x: 1, y: 2 } } }, [2, 4]],
    ]);
  });

  describe('regular expressions', () => {
    const things = filled(server, [
      { a: 'Apple' },
      { a: 'apple pie' },
      { a: 'one\napple' },
      { a: ['x', 'apple'] },
      { a: /apple/ },
      { a: 5 },
      { a: 'äpple' },
      { a: 'a.c' },
      { a: null },
    ]);
    findsTable(things, [
      ['a pattern is looked for anywhere', { a: /pple/ }, [0, 1, 2, 3, 6]],
      ['^ binds to the beginning', { a: /^apple/ }, [1, 3]],
      ['i ignores case', { a: /^apple/i }, [0, 1, 3]],
      ['m lets ^ match after a line break', { a: /^apple/m }, [1, 2, 3]],
      ['$regex with $options', { a: { $regex: '^APPLE$', $options: 'i' } }, [0, 3]],
      ['$regex with s lets the dot match a line break', { a: { $regex: 'one.apple', $options: 's' } }, [2]],
      ['without s the dot does not', { a: { $regex: 'one.apple' } }, []],
      ['a regular expression matches itself as a value', { a: /apple/ }, [1, 2, 3, 4]],
      ['$regex with a text of the same pattern', { a: { $regex: 'apple' } }, [1, 2, 3, 4]],
      ['$eq with a regular expression matches the value only', { a: { $eq: /apple/ } }, [4]],
      ['$in takes regular expressions', { a: { $in: [/^Apple$/, /^ä/] } }, [0, 6]],
      ['$nin takes regular expressions', { a: { $nin: [/pple/] } }, [4, 5, 7, 8]],
      ['$not with a regular expression finds other types and missing too', { a: { $not: /pple/i } }, [4, 5, 7, 8]],
      ['an escaped dot', { a: /^a\.c$/ }, [7]],
      ['$regex together with another operator', { a: { $regex: 'apple', $ne: 'apple pie' } }, [2, 3, 4]],
      ['a look behind', { a: { $regex: '(?<=one\n)apple' } }, [2]],
      ['a look ahead', { a: { $regex: '^apple(?! pie)' } }, [3]],
      ['a lazy count', { a: { $regex: '^A.{1,3}?e$' } }, [0]],
      ['an alternation', { a: { $regex: '^(one|äpple)' } }, [2, 6]],
    ]);
  });
});

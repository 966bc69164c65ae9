import { describe, expect, test } from '@jest/globals';
import { Decimal128, Double, Int32, Long, Timestamp } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { type Thing, type UpdateCase, updatesTable } from './tables.ts';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const long = (text: string): Long => Long.fromString(text);
const MAX_INT = 2147483647;

const SET: readonly UpdateCase[] = [
  {
    title: '$set changes a field where it stands',
    before: { a: 1, b: 2 },
    update: { $set: { a: 'x' } },
    after: { a: 'x', b: 2 },
  },
  {
    title: '$set adds new fields in the order of their names',
    before: { m: 1 },
    update: { $set: { z: 1, b: 2, _c: 3 } },
    after: { m: 1, _c: 3, b: 2, z: 1 },
  },
  {
    title: 'fields named by numbers are added in the order of the numbers',
    before: { m: {} },
    update: { $set: { 'm.10': 1, 'm.9': 2 } },
    after: { m: { 9: 2, 10: 1 } },
  },
  { title: '$set makes missing parents', before: {}, update: { $set: { 'a.b.c': 1 } }, after: { a: { b: { c: 1 } } } },
  {
    title: '$set makes a document for a number in a missing path',
    before: {},
    update: { $set: { 'a.0': 1 } },
    after: { a: { 0: 1 } },
  },
  { title: '$set by position', before: { a: [1, 2] }, update: { $set: { 'a.1': 9 } }, after: { a: [1, 9] } },
  {
    title: '$set fills up with null',
    before: { a: [1] },
    update: { $set: { 'a.3': 4 } },
    after: { a: [1, null, null, 4] },
  },
  {
    title: '$set makes a document at a position',
    before: { a: [] },
    update: { $set: { 'a.1.b': 4 } },
    after: { a: [null, { b: 4 }] },
  },
  { title: 'trap: $set through a scalar is refused', before: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { title: '$set through null is refused', before: { a: null }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { title: '$set of a name in an array is refused', before: { a: [1] }, update: { $set: { 'a.b': 1 } }, code: 28 },
  {
    title: '$set replaces whole documents',
    before: { a: { x: 1 } },
    update: { $set: { a: { y: 1 } } },
    after: { a: { y: 1 } },
  },
  {
    title: '$set of what is there modifies nothing',
    before: { a: { x: [1] } },
    update: { $set: { a: { x: [1] } } },
    after: { a: { x: [1] } },
    modified: 0,
  },
  {
    title: 'trap: $set of another numeric type modifies',
    before: { a: 1 },
    update: { $set: { a: new Double(1) } },
    after: { a: new Double(1) },
  },
  {
    title: '$set of the fields in another order modifies',
    before: { a: { x: 1, y: 2 } },
    update: { $set: { a: { y: 2, x: 1 } } },
    after: { a: { y: 2, x: 1 } },
  },
  { title: '$set of null', before: { a: 1 }, update: { $set: { a: null } }, after: { a: null } },
  { title: '$set of nothing modifies nothing', before: { a: 1 }, update: { $set: {} }, after: { a: 1 }, modified: 0 },
  {
    title: '$set of the same _id modifies nothing',
    before: { a: 1 },
    update: { $set: { _id: 1 } },
    after: { a: 1 },
    modified: 0,
  },
  { title: '$set of another _id is refused', before: {}, update: { $set: { _id: 2 } }, code: 66 },
  {
    title: '$setOnInsert does nothing to what is there',
    before: { a: 1 },
    update: { $setOnInsert: { a: 2, b: 2 } },
    after: { a: 1 },
    modified: 0,
  },
  { title: '$unset removes', before: { a: 1, b: 2 }, update: { $unset: { a: '' } }, after: { b: 2 } },
  {
    title: '$unset removes inside of documents',
    before: { a: { b: 1, c: 2 } },
    update: { $unset: { 'a.b': 1 } },
    after: { a: { c: 2 } },
  },
  {
    title: '$unset of what is missing modifies nothing',
    before: { a: 1 },
    update: { $unset: { b: '', 'a.c': '', 'x.y': '' } },
    after: { a: 1 },
    modified: 0,
  },
  {
    title: '$unset leaves null in arrays',
    before: { a: [1, 2, 3] },
    update: { $unset: { 'a.1': '' } },
    after: { a: [1, null, 3] },
  },
  {
    title: '$unset of a position that is not there modifies nothing',
    before: { a: [1] },
    update: { $unset: { 'a.4': '' } },
    after: { a: [1] },
    modified: 0,
  },
  { title: '$unset of _id is refused', before: {}, update: { $unset: { _id: '' } }, code: 66 },
];

const NUMBERS: readonly UpdateCase[] = [
  { title: '$inc adds ints', before: { a: 1 }, update: { $inc: { a: 2 } }, after: { a: 3 } },
  {
    title: '$inc makes a missing field',
    before: {},
    update: { $inc: { 'a.b': long('5') } },
    after: { a: { b: long('5') } },
  },
  {
    title: '$inc widens an int that overflows to a long',
    before: { a: MAX_INT },
    update: { $inc: { a: 1 } },
    after: { a: long('2147483648') },
  },
  {
    title: '$inc widens a negative int',
    before: { a: -MAX_INT },
    update: { $inc: { a: -2 } },
    after: { a: long('-2147483649') },
  },
  { title: 'trap: a long stays a long', before: { a: long('1') }, update: { $inc: { a: 1 } }, after: { a: long('2') } },
  {
    title: '$inc by a long makes a long',
    before: { a: 1 },
    update: { $inc: { a: long('1') } },
    after: { a: long('2') },
  },
  { title: '$inc beyond 64 bits is refused', before: { a: Long.MAX_VALUE }, update: { $inc: { a: 1 } }, code: 2 },
  {
    title: '$inc of an int by a double makes a double',
    before: { a: 1 },
    update: { $inc: { a: 0.5 } },
    after: { a: 1.5 },
  },
  {
    title: 'a double stays a double',
    before: { a: new Double(1) },
    update: { $inc: { a: 1 } },
    after: { a: new Double(2) },
  },
  {
    title: 'trap: $inc takes decimals',
    before: { a: decimal('1.10') },
    update: { $inc: { a: decimal('2.2') } },
    after: { a: decimal('3.30') },
  },
  {
    title: '$inc of an int by a decimal makes a decimal',
    before: { a: 1 },
    update: { $inc: { a: decimal('0.1') } },
    after: { a: decimal('1.1') },
  },
  {
    title: '$inc by zero modifies nothing',
    before: { a: 1 },
    update: { $inc: { a: 0 } },
    after: { a: 1 },
    modified: 0,
  },
  {
    title: '$inc by a double zero modifies the type',
    before: { a: 1 },
    update: { $inc: { a: new Double(0) } },
    after: { a: new Double(1) },
  },
  { title: 'trap: $inc of a text is refused', before: { a: 'x' }, update: { $inc: { a: 1 } }, code: 14 },
  { title: '$inc of null is refused', before: { a: null }, update: { $inc: { a: 1 } }, code: 14 },
  { title: '$inc by a text is refused', before: { a: 1 }, update: { $inc: { a: 'x' } }, code: 14 },
  { title: '$inc through a scalar is refused', before: { a: 1 }, update: { $inc: { 'a.b': 1 } }, code: 28 },
  { title: '$inc by position', before: { a: [1, 2] }, update: { $inc: { 'a.0': 10 } }, after: { a: [11, 2] } },
  { title: '$mul multiplies', before: { a: 3 }, update: { $mul: { a: 5 } }, after: { a: 15 } },
  { title: '$mul makes zero of a missing field', before: {}, update: { $mul: { a: 5 } }, after: { a: 0 } },
  {
    title: '$mul makes zero of the type of the factor',
    before: {},
    update: { $mul: { a: long('5') } },
    after: { a: long('0') },
  },
  {
    title: '$mul makes a double zero',
    before: {},
    update: { $mul: { a: new Double(5) } },
    after: { a: new Double(0) },
  },
  {
    title: '$mul widens an int',
    before: { a: 65536 },
    update: { $mul: { a: 65536 } },
    after: { a: long('4294967296') },
  },
  { title: '$mul by 1 modifies nothing', before: { a: 3 }, update: { $mul: { a: 1 } }, after: { a: 3 }, modified: 0 },
  { title: '$mul beyond 64 bits is refused', before: { a: Long.MAX_VALUE }, update: { $mul: { a: 2 } }, code: 2 },
  { title: '$mul of a text is refused', before: { a: 'x' }, update: { $mul: { a: 2 } }, code: 14 },
  {
    title: '$mul of decimals',
    before: { a: decimal('1.5') },
    update: { $mul: { a: 2 } },
    after: { a: decimal('3.0') },
  },
  { title: '$min takes what is lower', before: { a: 5 }, update: { $min: { a: 3 } }, after: { a: 3 } },
  { title: '$min keeps what is lower', before: { a: 2 }, update: { $min: { a: 3 } }, after: { a: 2 }, modified: 0 },
  {
    title: '$min keeps an equal number of another type',
    before: { a: 2 },
    update: { $min: { a: new Double(2) } },
    after: { a: 2 },
    modified: 0,
  },
  { title: '$min makes a missing field', before: {}, update: { $min: { a: 3 } }, after: { a: 3 } },
  { title: '$min compares types', before: { a: 'x' }, update: { $min: { a: 3 } }, after: { a: 3 } },
  { title: '$min with null', before: { a: 1 }, update: { $min: { a: null } }, after: { a: null } },
  { title: '$max takes what is higher', before: { a: 5 }, update: { $max: { a: 7 } }, after: { a: 7 } },
  {
    title: '$max keeps what is higher',
    before: { a: new Date(5) },
    update: { $max: { a: 7 } },
    after: { a: new Date(5) },
    modified: 0,
  },
  {
    title: '$max compares dates',
    before: { a: new Date(5) },
    update: { $max: { a: new Date(6) } },
    after: { a: new Date(6) },
  },
  {
    title: '$max compares numbers exactly',
    before: { a: new Double(2 ** 53) },
    update: { $max: { a: long('9007199254740993') } },
    after: { a: long('9007199254740993') },
  },
  { title: '$bit and', before: { a: 13 }, update: { $bit: { a: { and: 10 } } }, after: { a: 8 } },
  {
    title: '$bit or and xor, one after the other',
    before: { a: 1 },
    update: { $bit: { a: { or: 6, xor: 3 } } },
    after: { a: 4 },
  },
  {
    title: '$bit with a long makes a long',
    before: { a: 1 },
    update: { $bit: { a: { or: long('4294967296') } } },
    after: { a: long('4294967297') },
  },
  {
    title: '$bit on a missing field starts from zero',
    before: {},
    update: { $bit: { a: { or: 5 } } },
    after: { a: 5 },
  },
  {
    title: '$bit that changes nothing',
    before: { a: 5 },
    update: { $bit: { a: { or: 1 } } },
    after: { a: 5 },
    modified: 0,
  },
  { title: '$bit on a double is refused', before: { a: 1.5 }, update: { $bit: { a: { or: 1 } } }, code: 2 },
  { title: '$bit by a double is refused', before: { a: 1 }, update: { $bit: { a: { or: 1.5 } } }, code: 2 },
  { title: '$bit with another operation is refused', before: { a: 1 }, update: { $bit: { a: { nand: 1 } } }, code: 2 },
  { title: '$bit with nothing is refused', before: { a: 1 }, update: { $bit: { a: {} } }, code: 2 },
];

const RENAME: readonly UpdateCase[] = [
  {
    title: '$rename moves a field to the end',
    before: { a: 1, b: 2 },
    update: { $rename: { a: 'c' } },
    after: { b: 2, c: 1 },
  },
  {
    title: '$rename over a field that exists keeps its place',
    before: { a: 1, b: 2, c: 3 },
    update: { $rename: { c: 'a' } },
    after: { a: 3, b: 2 },
  },
  { title: '$rename into a document', before: { a: 1 }, update: { $rename: { a: 'b.c' } }, after: { b: { c: 1 } } },
  {
    title: '$rename out of a document',
    before: { a: { b: 1, c: 2 } },
    update: { $rename: { 'a.b': 'x' } },
    after: { a: { c: 2 }, x: 1 },
  },
  {
    title: '$rename of a missing field modifies nothing',
    before: { a: 1, b: 1 },
    update: { $rename: { x: 'b' } },
    after: { a: 1, b: 1 },
    modified: 0,
  },
  {
    title: '$rename of a missing field does not ask for the target',
    before: { b: [1] },
    update: { $rename: { x: 'b.0' } },
    after: { b: [1] },
    modified: 0,
  },
  { title: '$rename of an array as a whole', before: { a: [1] }, update: { $rename: { a: 'b' } }, after: { b: [1] } },
  { title: '$rename over an array', before: { a: 1, b: [1] }, update: { $rename: { a: 'b' } }, after: { b: 1 } },
  {
    title: '$rename of an element of an array is refused',
    before: { a: [1] },
    update: { $rename: { 'a.0': 'b' } },
    code: 2,
  },
  { title: '$rename into an array is refused', before: { a: 1, b: [1] }, update: { $rename: { a: 'b.0' } }, code: 2 },
  { title: '$rename through a scalar is refused', before: { a: 1 }, update: { $rename: { 'a.b': 'c' } }, code: 28 },
  { title: '$rename below a scalar is refused', before: { a: 1, b: 1 }, update: { $rename: { a: 'b.c' } }, code: 28 },
  { title: '$rename to itself is refused', before: { a: 1 }, update: { $rename: { a: 'a' } }, code: 2 },
  { title: '$rename below itself is refused', before: { a: 1 }, update: { $rename: { a: 'a.b' } }, code: 2 },
  { title: '$rename to a number is refused', before: { a: 1 }, update: { $rename: { a: 5 } }, code: 2 },
  { title: '$rename of _id is refused', before: {}, update: { $rename: { _id: 'b' } }, code: 66 },
  { title: '$rename to _id is refused', before: { a: 9 }, update: { $rename: { a: '_id' } }, code: 66 },
  {
    title: 'two fields change their names at once',
    before: { a: 1, b: 2 },
    update: { $rename: { a: 'c', b: 'd' } },
    after: { c: 1, d: 2 },
  },
  {
    title: '$rename with a dynamic path is refused',
    before: { a: [1] },
    update: { $rename: { 'a.$[]': 'b' } },
    code: 2,
  },
];

const REFUSED: readonly UpdateCase[] = [
  { title: 'one path twice', before: { a: 1 }, update: { $set: { a: 1 }, $inc: { a: 1 } }, code: 40 },
  { title: 'a path and one below it', before: { a: {} }, update: { $set: { a: {}, 'a.b': 1 } }, code: 40 },
  {
    title: 'a path below one that is removed',
    before: { a: {} },
    update: { $unset: { a: '' }, $set: { 'a.b': 1 } },
    code: 40,
  },
  { title: 'the target of a renaming', before: { a: 1 }, update: { $rename: { a: 'b' }, $set: { b: 1 } }, code: 40 },
  { title: 'the source of a renaming', before: { a: 1 }, update: { $rename: { a: 'b' }, $set: { a: 1 } }, code: 40 },
  { title: 'an unknown modifier', before: {}, update: { $nope: { a: 1 } }, code: 9 },
  { title: 'a modifier without fields', before: {}, update: { $set: 5 }, code: 9 },
  { title: 'an empty path', before: {}, update: { $set: { '': 1 } }, code: 56 },
  { title: 'an empty part of a path', before: {}, update: { $set: { 'a..b': 1 } }, code: 56 },
  { title: 'a path that ends with a dot', before: {}, update: { $set: { 'a.': 1 } }, code: 56 },
  { title: 'a name with a dollar', before: {}, update: { $set: { 'a.$b': 1 } }, code: 52 },
  { title: '$currentDate of an unknown type', before: {}, update: { $currentDate: { a: { $type: 'x' } } }, code: 2 },
  { title: '$currentDate with a number', before: {}, update: { $currentDate: { a: 1 } }, code: 2 },
  { title: 'too far beyond the end of an array', before: { a: [] }, update: { $set: { 'a.1500002': 1 } }, code: 163 },
];

describe.each(ENGINES)('updates of fields on %s', (engine) => {
  const server = useServer(engine);
  describe('$set, $unset and $setOnInsert', () => updatesTable(server, SET));
  describe('numbers', () => updatesTable(server, NUMBERS));
  describe('$rename', () => updatesTable(server, RENAME));
  describe('what is refused leaves the document alone', () => updatesTable(server, REFUSED));

  test('trap: $currentDate gives a date or a timestamp', async () => {
    const things = server().db.collection<Thing>('things');
    await things.insertOne({ _id: 1 });
    const start = Date.now();
    await things.updateOne({}, {
      $currentDate: { a: true, b: { $type: 'date' }, c: { $type: 'timestamp' }, 'd.e': true },
    } as never);
    const after = await things.findOne({}, { promoteValues: false });
    expect(after?.a).toBeInstanceOf(Date);
    expect(after?.b.getTime()).toBeGreaterThanOrEqual(start - 1000);
    expect(after?.c).toBeInstanceOf(Timestamp);
    expect(after?.d.e).toBeInstanceOf(Date);
  });

  test('operators of all kinds work together on one document', async () => {
    const things = server().db.collection<Thing>('things');
    await things.insertOne({ _id: 1, n: 1, list: [3], gone: 1, old: 'x' });
    await things.updateOne(
      {},
      {
        $inc: { n: 1 },
        $push: { list: 4 } as never,
        $unset: { gone: '' },
        $rename: { old: 'young' },
        $max: { top: 9 },
      },
    );
    expect(await things.findOne()).toEqual({ _id: 1, n: 2, list: [3, 4], young: 'x', top: 9 });
  });

  test('updateMany changes all that match and counts what changed', async () => {
    const things = server().db.collection<Thing>('things');
    await things.insertMany([{ _id: 1, a: 1 }, { _id: 2, a: 2 }, { _id: 3, a: 2 }, { _id: 4 }]);
    const result = await things.updateMany({ a: { $gte: 1 } }, { $set: { a: 2 } });
    expect(result).toMatchObject({ matchedCount: 3, modifiedCount: 1 });
  });

  test('a replacement keeps the _id, drops the rest and counts', async () => {
    const things = server().db.collection<Thing>('things');
    await things.insertOne({ _id: 1, a: 1, b: { c: 1 } });
    expect(await things.replaceOne({ _id: 1 }, { z: 1, a: 2 })).toMatchObject({ modifiedCount: 1 });
    const after = await things.findOne();
    expect(Object.entries(after ?? {})).toEqual([
      ['_id', 1],
      ['z', 1],
      ['a', 2],
    ]);
    expect(await things.replaceOne({ _id: 1 }, { z: 1, a: 2 })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await codeOf(things.replaceOne({ _id: 1 }, { _id: 2 } as never))).toBe(66);
    expect(
      await codeOf(server().db.command({ update: 'things', updates: [{ q: {}, u: { a: 1 }, multi: true }] })),
    ).toBeUndefined();
    expect(await things.findOne()).toEqual(after);
  });

  test('trap: numbers keep their type through an update of something else', async () => {
    const things = server().db.collection<Thing>('things');
    await things.insertOne({ _id: 1, i: new Int32(1), d: new Double(1), l: long('1'), e: decimal('1.0') });
    await things.updateOne({}, { $set: { x: 1 } });
    const after = await things.findOne({}, { promoteValues: false });
    expect([after?.i, after?.d, after?.l, after?.e].map((value) => value._bsontype)).toEqual([
      'Int32',
      'Double',
      'Long',
      'Decimal128',
    ]);
    expect(String(after?.e)).toBe('1.0');
  });
});

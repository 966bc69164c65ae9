import { describe, expect, test } from '@jest/globals';
import { serialize } from 'bson';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { shown, type Thing } from './tables.ts';

const nested = (depth: number): Document => {
  let document: Document = { end: 1 };
  for (let i = 0; i < depth; i++) document = { a: document };
  return document;
};

const VALUES: readonly (readonly [title: string, value: unknown])[] = [
  ['an int', new Int32(-2147483648)],
  ['a whole double', new Double(5)],
  ['minus zero', new Double(-0)],
  ['the smallest double', new Double(5e-324)],
  ['NaN', new Double(Number.NaN)],
  ['Infinity', new Double(-Infinity)],
  ['the largest Long', Long.MAX_VALUE],
  ['the smallest Long', Long.MIN_VALUE],
  ['a decimal with zeros at its end', Decimal128.fromString('1.500')],
  ['a decimal zero with an exponent', Decimal128.fromString('-0E-3')],
  ['the largest decimal', Decimal128.fromString('9.999999999999999999999999999999999E+6144')],
  ['a decimal NaN', Decimal128.fromString('NaN')],
  ['a text with a null character', 'a\0b'],
  ['a text beyond the first plane', 'é😀\uffff'],
  ['an empty text', ''],
  ['an empty document', {}],
  ['an empty array', []],
  ['arrays in arrays', [[[]], [1, [2]]]],
  ['a date before 1970', new Date(-1)],
  ['the last date', new Date(8.64e15)],
  ['a timestamp', new Timestamp({ t: 4294967295, i: 4294967295 })],
  ['an ObjectId', new ObjectId('ffffffffffffffffffffffff')],
  ['a binary', new Binary(Buffer.from([0, 255, 1]), 0)],
  ['an empty binary', new Binary(Buffer.alloc(0), 128)],
  ['a UUID', new UUID('11111111-2222-4333-8444-555555555555')],
  ['a regular expression', new BSONRegExp('^a.b$', 'im')],
  ['code', new Code('x = 1')],
  ['MinKey', new MinKey()],
  ['MaxKey', new MaxKey()],
  ['null', null],
  ['a field with an empty name', { '': 1 }],
  ['a field with a dot in its name', { 'x.y': 1 }],
  ['a reference to another collection', { $ref: 'c', $id: 1 }],
  ['fields in an order of their own', { z: 1, a: 2, m: { y: 1, b: 2 } }],
];

/** The driver makes an _id itself where there is none or null. */
const NO_IDS = [
  'null',
  'an empty array',
  'arrays in arrays',
  'a regular expression',
  'a reference to another collection',
];

describe.each(ENGINES)('stored values on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');

  test.each(VALUES.map((row) => [...row] as const))('%s comes back as it was, byte for byte', async (_title, value) => {
    await things().insertOne({ _id: 1, value } as Thing);
    const raw = await things().findOne({}, { raw: true });
    expect(Buffer.from(raw as unknown as Uint8Array).equals(Buffer.from(serialize({ _id: 1, value })))).toBe(true);
    await things().updateOne({}, { $set: { other: 1 } });
    const after = await things().findOne({}, { projection: { value: 1 }, promoteValues: false, bsonRegExp: true });
    expect(shown(after)).toBe(shown({ _id: new Int32(1), value }));
  });

  test.each(VALUES.filter(([title]) => !NO_IDS.includes(title)).map((row) => [...row] as const))(
    '%s can be an _id and is found by it',
    async (_title, value) => {
      const ids = server().db.collection('ids');
      await ids.insertOne({ _id: value } as Document);
      expect(await codeOf(ids.insertOne({ _id: value } as Document))).toBe(11000);
      expect(await ids.countDocuments({ _id: value } as Document)).toBe(1);
      expect(await ids.findOneAndDelete({ _id: value } as Document)).not.toBeNull();
    },
  );

  test.each([
    ['an array', [1], 53],
    ['a regular expression', /x/, 53],
    ['a document with an operator', { $x: 1 }, 52],
  ] as const)('%s is no _id', async (_title, value, code) => {
    expect(
      await codeOf(
        server()
          .db.command({ insert: 'things', documents: [{ _id: value }] })
          .then(throwWriteErrors),
      ),
    ).toBe(code);
  });

  test('an _id that comes last is put first, and one is made where there is none', async () => {
    await things().insertOne({ z: 1, _id: 7 });
    expect(Object.keys((await things().findOne({ _id: 7 })) ?? {})).toEqual(['_id', 'z']);
    await server().db.command({ insert: 'things', documents: [{ q: 1 }] });
    const made = await things().findOne({ q: 1 });
    expect(Object.keys(made ?? {})).toEqual(['_id', 'q']);
    expect(made?._id).toBeInstanceOf(ObjectId);
  });

  test('an empty timestamp in a field of its own is given the time', async () => {
    const empty = new Timestamp({ t: 0, i: 0 });
    const start = Math.floor(Date.now() / 1000) - 1;
    await things().insertOne({ _id: 1, at: empty, also: empty, deep: { at: empty } });
    const stored = await things().findOne();
    expect(stored?.at.t).toBeGreaterThanOrEqual(start);
    expect(stored?.also.toString()).not.toBe(stored?.at.toString());
    expect(stored?.deep.at.toString()).toBe('0');
    await things().replaceOne({ _id: 1 }, { at: empty });
    expect((await things().findOne())?.at.t).toBeGreaterThanOrEqual(start);
    await server()
      .db.collection('ids')
      .insertOne({ _id: empty } as Document);
    expect(
      await server()
        .db.collection('ids')
        .countDocuments({ _id: empty } as Document),
    ).toBe(1);
  });

  test('a name with a dot is no path', async () => {
    await things().insertMany([
      { _id: 1, 'a.b': 1 },
      { _id: 2, a: { b: 1 } },
    ]);
    expect((await things().find({ 'a.b': 1 }).toArray()).map(({ _id }) => _id)).toEqual([2]);
  });

  test('names that look like numbers keep their place through updates', async () => {
    const document = new Map<string, unknown>([
      ['_id', 1],
      ['b', 1],
      ['1', 2],
      ['0', 3],
    ]);
    await server().db.command({ insert: 'things', documents: [document] });
    await things().updateOne({}, { $set: { 5: 1 }, $inc: { 1: 1 } });
    const raw = Buffer.from((await things().findOne({}, { raw: true })) as unknown as Uint8Array);
    expect(raw.toString('latin1')).toMatch(/_id.*b.*1.*0.*5/s);
  });

  test('nesting has a limit', async () => {
    await things().insertOne({ _id: 1, ...nested(90) });
    expect(await things().countDocuments({ [`${'a.'.repeat(90)}end`]: 1 })).toBe(1);
    expect(await codeOf(things().insertOne({ _id: 2, ...nested(250) }))).toBe(15);
  });

  test('a document of 16 MB is stored, and one above is refused', async () => {
    const room = 16 * 1024 * 1024 - serialize({ _id: 1, text: '' }).length;
    await things().insertOne({ _id: 1, text: 'x'.repeat(room) });
    expect(await codeOf(things().insertOne({ _id: 2, text: 'x'.repeat(room + 1) }))).toBe(2);
    expect(await codeOf(things().updateOne({ _id: 1 }, { $set: { more: 'y' } }))).toBe(17419);
    expect(await things().countDocuments()).toBe(1);
    expect(await things().countDocuments({ more: { $exists: true } })).toBe(0);
  }, 120_000);

  describe('validators', () => {
    type Checked = readonly [title: string, validator: Document, good: Document, bad: Document];
    const CHECKED: readonly Checked[] = [
      ['a range', { n: { $gt: 0 } }, { n: 1 }, { n: 0 }],
      ['a type', { s: { $type: 'string' } }, { s: '' }, { s: 1 }],
      ['a field that must be there', { f: { $exists: true } }, { f: null }, {}],
      ['a list', { k: { $in: ['a', 'b'] } }, { k: 'b' }, { k: 'c' }],
      ['$or', { $or: [{ a: 1 }, { b: 1 }] }, { b: 1 }, { a: 2 }],
      ['$expr', { $expr: { $lte: ['$from', '$to'] } }, { from: 1, to: 2 }, { from: 2, to: 1 }],
      ['$elemMatch', { l: { $elemMatch: { n: 1 } } }, { l: [{ n: 1 }] }, { l: [] }],
      ['a regular expression', { m: /^[^@]+@[^@]+$/ }, { m: 'a@b' }, { m: 'ab' }],
      ['$not', { l: { $not: { $size: 0 } } }, { l: [1] }, { l: [] }],
    ];
    test.each(CHECKED.map((row) => [...row] as const))('%s', async (_title, validator, good, bad) => {
      const checked = await server().db.createCollection<Thing>('checked', { validator });
      await checked.insertOne({ _id: 1, ...good });
      const error = await checked.insertOne({ _id: 2, ...bad }).catch((reason) => reason);
      expect(error.code).toBe(121);
      expect(error.errInfo.failingDocumentId).toBe(2);
      expect(error.errInfo.details).toBeDefined();
      expect(await codeOf(checked.replaceOne({ _id: 1 }, bad))).toBe(121);
      expect(await codeOf(checked.updateOne({ _id: 3 }, { $set: bad }, { upsert: true }))).toBe(121);
      expect(await checked.find().toArray()).toEqual([{ _id: 1, ...good }]);
    });
  });
});

function throwWriteErrors(reply: Document): void {
  const [first] = reply.writeErrors ?? [];
  if (first) throw Object.assign(new Error(first.errmsg), { code: first.code });
}

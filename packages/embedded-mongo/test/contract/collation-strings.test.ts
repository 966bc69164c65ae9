import { describe, expect, test } from '@jest/globals';
import type { CollationOptions, Document } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { type FindCase, filled, findsTable, type Thing } from './tables.ts';

const WORDS = [
  'zoé',
  'Zoe',
  'ZOÉ',
  'zoe',
  'coté',
  'côte',
  'cote',
  'côté',
  'Élan',
  'elan',
  'perché',
  'perche',
  'a10',
  'a2',
  'a b',
  'ab',
  '',
];
const LOCALES = ['fr', 'en', 'it'] as const;
const at = (...words: string[]): number[] => words.map((word) => WORDS.indexOf(word)).sort((x, y) => x - y);

type Strength = 1 | 2 | 3;
const EQUAL: Readonly<Record<Strength, readonly FindCase[]>> = {
  1: [
    ['letters count, case and accents do not', { a: 'zoe' }, at('zoé', 'Zoe', 'ZOÉ', 'zoe')],
    ['all accents are one', { a: 'COTE' }, at('coté', 'côte', 'cote', 'côté')],
    ['$ne', { a: { $ne: 'zoe' }, _id: { $lt: 5 } }, at('coté')],
    ['$in', { a: { $in: ['élan', 'PERCHE'] } }, at('Élan', 'elan', 'perché', 'perche')],
    ['$nin', { a: { $nin: ['zoe', 'cote'] }, _id: { $lt: 10 } }, at('Élan', 'elan')],
    ['a range', { a: { $gt: 'zod', $lte: 'zoe' } }, at('zoé', 'Zoe', 'ZOÉ', 'zoe')],
  ],
  2: [
    ['accents count, case does not', { a: 'zoe' }, at('Zoe', 'zoe')],
    ['an accented word', { a: 'ÉLAN' }, at('Élan')],
    ['$in', { a: { $in: ['CÔTÉ', 'ELAN'] } }, at('côté', 'elan')],
    ['a range', { a: { $gt: 'zoe', $lt: 'zof' } }, at('zoé', 'ZOÉ')],
  ],
  3: [
    ['case and accents count', { a: 'zoe' }, at('zoe')],
    ['an accented word', { a: 'ZOÉ' }, at('ZOÉ')],
    ['a range takes the order of the language', { a: { $gt: 'zoe' } }, at('zoé', 'Zoe', 'ZOÉ')],
  ],
};

describe.each(ENGINES)('collations on %s', (engine) => {
  const server = useServer(engine);

  describe.each(LOCALES)('of %s', (locale) => {
    const things = filled(
      server,
      WORDS.map((a) => ({ a })),
    );
    describe.each([1, 2, 3] as const)('and strength %i', (strength) => {
      findsTable(things, EQUAL[strength], { collation: { locale, strength } });
    });
    describe('and no strength is strength 3', () => findsTable(things, EQUAL[3], { collation: { locale } }));

    test('sorting puts accents and case behind letters', async () => {
      const collation = { locale, strength: 3 };
      const sorted = await things().find({}, { collation }).sort({ a: 1 }).toArray();
      expect(sorted.map(({ a }) => a)).toEqual([
        '',
        'a b',
        'a10',
        'a2',
        'ab',
        'cote',
        'coté',
        'côte',
        'côté',
        'elan',
        'Élan',
        'perche',
        'perché',
        'zoe',
        'Zoe',
        'zoé',
        'ZOÉ',
      ]);
      const reversed = await things().find({}, { collation }).sort({ a: -1 }).toArray();
      expect(reversed.map(({ a }) => a)).toEqual(sorted.map(({ a }) => a).reverse());
    });

    test('sorting by strength 1 leaves equal words to the next field', async () => {
      const sorted = await things()
        .find({ a: { $in: ['zoe', 'cote'] } }, { collation: { locale, strength: 1 } })
        .sort({ a: 1, _id: -1 })
        .toArray();
      expect(sorted.map(({ _id }) => _id)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
    });

    test('numbers in texts can be compared as numbers', async () => {
      const collation = { locale, numericOrdering: true };
      const sorted = await things().find({ a: /^a\d/ }, { collation }).sort({ a: 1 }).toArray();
      expect(sorted.map(({ a }) => a)).toEqual(['a2', 'a10']);
    });

    test('distinct values are told apart by the collation', async () => {
      expect(await things().distinct('a', { _id: { $lt: 8 } }, { collation: { locale, strength: 1 } })).toHaveLength(2);
      expect(await things().distinct('a', { _id: { $lt: 8 } }, { collation: { locale, strength: 2 } })).toHaveLength(6);
      expect(await things().distinct('a', { _id: { $lt: 8 } })).toHaveLength(8);
    });
  });

  describe('values that hold texts', () => {
    const things = filled(server, [
      { a: { x: 'É' } },
      { a: ['é', 'b'] },
      { a: [{ x: 'e' }] },
      { a: 5 },
      { a: ['E', 'B'] },
      { b: 'e', a: 'E' },
    ]);
    findsTable(
      things,
      [
        ['documents', { a: { x: 'e' } }, [0, 2]],
        ['elements', { a: 'e' }, [1, 4, 5]],
        ['whole arrays', { a: ['e', 'b'] }, [1, 4]],
        ['$all', { a: { $all: ['b', 'e'] } }, [1, 4]],
        ['$elemMatch', { a: { $elemMatch: { $eq: 'e' } } }, [1, 4]],
        ['paths', { 'a.x': 'E' }, [0, 2]],
        ['numbers are left alone', { a: 5 }, [3]],
        ['names of fields are left alone', { A: 'e' }, []],
        ['$expr', { $expr: { $eq: ['$a', '$b'] }, b: { $exists: true } }, [5]],
        ['trap: regular expressions are left alone', { a: /^e$/ }, []],
        ['$not', { a: { $not: { $eq: 'e' } } }, [0, 2, 3]],
      ],
      { collation: { locale: 'fr', strength: 1 } },
    );
  });

  describe('with indexes', () => {
    const collation: CollationOptions = { locale: 'fr', strength: 1 };
    const things = filled(
      server,
      ['é', 'E', 'f', 'e'].map((a, i) => ({ a, n: i })),
    );

    test('trap: an index in the order of bytes does not answer for a collation', async () => {
      await things().createIndex({ a: 1 });
      await things().createIndex({ n: 1, a: 1 });
      expect(await things().find({ a: 'e' }, { collation }).toArray()).toHaveLength(3);
      expect(
        await things()
          .find({ a: { $in: ['e'] } }, { collation })
          .hint('a_1')
          .toArray(),
      ).toHaveLength(3);
      expect(await things().countDocuments({ a: { $lt: 'f' } }, { collation })).toBe(3);
      const sorted = await things()
        .find({}, { collation: { locale: 'fr' } })
        .sort({ a: 1 })
        .hint('a_1')
        .toArray();
      expect(sorted.map(({ a }) => a)).toEqual(['e', 'E', 'é', 'f']);
    });

    test('numbers are still answered by an index', async () => {
      await things().createIndex({ n: 1 });
      const text = JSON.stringify(await things().find({ n: 2 }, { collation }).explain());
      expect(text).toContain('IXSCAN');
      expect(await things().find({ n: 2, a: 'F' }, { collation }).toArray()).toHaveLength(1);
    });
  });

  test('writes take a collation', async () => {
    const things = server().db.collection<Thing>('things');
    const collation = { locale: 'it', strength: 1 } as const;
    await things.insertMany([
      { _id: 1, a: 'è', l: ['x', 'È'] },
      { _id: 2, a: 'E', l: [] },
      { _id: 3, a: 'f' },
    ]);
    expect(await things.updateMany({ a: 'e' }, { $set: { hit: true } }, { collation })).toMatchObject({
      modifiedCount: 2,
    });
    await things.updateOne({ _id: 1 }, { $addToSet: { l: 'e' } as never }, { collation });
    expect(await things.findOne({ _id: 1 })).toMatchObject({ l: ['x', 'È'] });
    await things.updateOne({ _id: 1 }, { $set: { 'l.$[e]': 'y' } }, { collation, arrayFilters: [{ e: 'e' }] });
    expect(await things.findOne({ _id: 1 })).toMatchObject({ l: ['x', 'y'] });
    await things.updateOne({ _id: 1 }, { $pull: { l: 'X' } as never }, { collation });
    expect(await things.findOne({ _id: 1 })).toMatchObject({ l: ['y'] });
    expect(
      await things.findOneAndUpdate({ a: 'È' }, { $inc: { n: 1 } }, { collation, sort: { _id: -1 } }),
    ).toMatchObject({ _id: 2 });
    expect(await things.deleteMany({ a: 'é' }, { collation })).toMatchObject({ deletedCount: 2 });
  });

  test('the simple locale is the order of bytes', async () => {
    const things = server().db.collection<Document & { _id: number }>('things');
    await things.insertMany(['b', 'é', 'A', 'a'].map((a, i) => ({ _id: i, a })));
    const sorted = await things
      .find({}, { collation: { locale: 'simple' } })
      .sort({ a: 1 })
      .toArray();
    expect(sorted.map(({ a }) => a)).toEqual(['A', 'a', 'b', 'é']);
  });

  test('a collation without a locale is refused', async () => {
    expect(await codeOf(server().db.command({ find: 'things', collation: { strength: 1 } }))).toBe(40414);
  });

  if (engine !== 'real')
    test.each([
      ['another locale', { locale: 'sv' }],
      ['caseLevel', { locale: 'fr', caseLevel: true }],
      ['caseFirst', { locale: 'fr', caseFirst: 'upper' }],
      ['backwards', { locale: 'fr', backwards: true }],
      ['strength 4', { locale: 'fr', strength: 4 }],
      ['alternate', { locale: 'fr', alternate: 'shifted' }],
    ])('trap: %s is refused and never ignored', async (_title, collation) => {
      expect(await codeOf(server().db.command({ find: 'things', collation }))).toBe(238);
    });
});

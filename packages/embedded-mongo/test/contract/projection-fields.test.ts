import { describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { filled, shown } from './tables.ts';

const DOCUMENT = {
  _id: 1,
  a: 1,
  b: { c: 2, d: 3, e: { f: 4 } },
  list: [
    { x: 1, y: 1 },
    { x: 2, y: 2 },
    { x: 3, y: 3 },
  ],
  mixed: [1, { x: 5, z: 6 }, [{ x: 7, z: 8 }], 'text', {}],
  tags: ['p', 'q', 'r'],
  none: null,
};
const { a, b, list, mixed, tags, none } = DOCUMENT;

type ProjectionCase = readonly [title: string, projection: Document, document: Document, filter?: Document];

const CASES: readonly ProjectionCase[] = [
  ['inclusion keeps _id', { a: 1 }, { _id: 1, a }],
  ['inclusion without _id', { _id: 0, a: 1 }, { a }],
  [
    'trap: fields come in the order of the document, not of the projection',
    { none: 1, b: 1, a: 1 },
    { _id: 1, a, b, none },
  ],
  ['true and any other number than 0 include', { a: true, none: 5 }, { _id: 1, a, none }],
  ['what is not there stays away', { nope: 1, 'a.x': 1 }, { _id: 1 }],
  ['_id alone', { _id: 1 }, { _id: 1 }],
  ['everything but _id', { _id: 0 }, { a, b, list, mixed, tags, none }],
  ['exclusion', { list: 0, mixed: 0, tags: 0, b: false }, { _id: 1, a, none }],
  ['exclusion with _id included', { _id: 1, list: 0, mixed: 0, tags: 0, b: 0 }, { _id: 1, a, none }],
  ['exclusion with _id excluded', { _id: 0, list: 0, mixed: 0, tags: 0, b: 0 }, { a, none }],
  ['inclusion by path', { 'b.c': 1, _id: 0 }, { b: { c: 2 } }],
  ['inclusion by a deep path', { 'b.e.f': 1, _id: 0 }, { b: { e: { f: 4 } } }],
  ['inclusion of a path that is not there keeps its parents', { 'b.e.nope': 1, _id: 0 }, { b: { e: {} } }],
  ['inclusion by a nested document', { b: { d: 1, c: 1 }, _id: 0 }, { b: { c: 2, d: 3 } }],
  ['exclusion by path', { 'b.c': 0, list: 0, mixed: 0, tags: 0 }, { _id: 1, a, b: { d: 3, e: { f: 4 } }, none }],
  ['inclusion in arrays of documents', { 'list.x': 1, _id: 0 }, { list: [{ x: 1 }, { x: 2 }, { x: 3 }] }],
  [
    'inclusion drops scalars from arrays and enters inner arrays',
    { 'mixed.x': 1, _id: 0 },
    { mixed: [{ x: 5 }, [{ x: 7 }], {}] },
  ],
  [
    'exclusion keeps scalars in arrays and enters inner arrays',
    { 'mixed.x': 0, a: 0, b: 0, list: 0, tags: 0, none: 0, _id: 0 },
    { mixed: [1, { z: 6 }, [{ z: 8 }], 'text', {}] },
  ],
  ['inclusion of a scalar by a path leaves nothing of it', { 'tags.x': 1, _id: 0 }, { tags: [] }],
  ['$slice keeps the first', { tags: { $slice: 2 }, a: 1 }, { _id: 1, a, tags: ['p', 'q'] }],
  ['$slice keeps the last', { tags: { $slice: -2 }, a: 1 }, { _id: 1, a, tags: ['q', 'r'] }],
  ['$slice 0 empties', { tags: { $slice: 0 }, a: 1 }, { _id: 1, a, tags: [] }],
  ['$slice with skip and limit', { tags: { $slice: [1, 1] }, a: 1 }, { _id: 1, a, tags: ['q'] }],
  ['$slice with a skip from the end', { tags: { $slice: [-2, 1] }, a: 1 }, { _id: 1, a, tags: ['q'] }],
  ['$slice with a skip before the beginning', { tags: { $slice: [-9, 2] }, a: 1 }, { _id: 1, a, tags: ['p', 'q'] }],
  ['$slice with a skip beyond the end', { tags: { $slice: [9, 2] }, a: 1 }, { _id: 1, a, tags: [] }],
  ['$slice alone excludes nothing', { tags: { $slice: 1 } }, { ...DOCUMENT, tags: ['p'] }],
  ['$slice with an exclusion', { tags: { $slice: 1 }, list: 0, mixed: 0, b: 0 }, { _id: 1, a, tags: ['p'], none }],
  ['$slice with _id included is an inclusion', { tags: { $slice: 1 }, _id: 1 }, { _id: 1, tags: ['p'] }],
  [
    '$slice with _id excluded is an exclusion',
    { tags: { $slice: 1 }, _id: 0, list: 0, mixed: 0, b: 0 },
    { a, tags: ['p'], none },
  ],
  ['$slice of a scalar leaves it', { a: { $slice: 1 }, none: 1 }, { _id: 1, a, none }],
  [
    '$elemMatch keeps the first element that matches',
    { list: { $elemMatch: { x: { $gt: 1 } } } },
    { _id: 1, list: [{ x: 2, y: 2 }] },
  ],
  ['$elemMatch by a value', { tags: { $elemMatch: { $gt: 'p' } } }, { _id: 1, tags: ['q'] }],
  ['$elemMatch without a match leaves the field out', { list: { $elemMatch: { x: 9 } } }, { _id: 1 }],
  ['$elemMatch of a scalar leaves the field out', { a: { $elemMatch: { $gt: 0 } } }, { _id: 1 }],
  [
    'trap: the field of $elemMatch comes after the included ones',
    { list: { $elemMatch: { x: 2 } }, tags: 1, a: 1 },
    { _id: 1, a, tags, list: [{ x: 2, y: 2 }] },
  ],
  [
    'the positional operator keeps the element that the filter found',
    { 'list.$': 1 },
    { _id: 1, list: [{ x: 3, y: 3 }] },
    { 'list.x': 3 },
  ],
  [
    'the positional operator keeps the place of the field',
    { 'list.$': 1, none: 1, a: 1 },
    { _id: 1, a, list: [{ x: 2, y: 2 }], none },
    { 'list.x': 2 },
  ],
  ['the positional operator with scalars', { 'tags.$': 1 }, { _id: 1, tags: ['q'] }, { tags: 'q' }],
  [
    'the positional operator with $elemMatch in the filter',
    { 'list.$': 1 },
    { _id: 1, list: [{ x: 2, y: 2 }] },
    { list: { $elemMatch: { x: { $gt: 1 }, y: { $lt: 3 } } } },
  ],
  ['an expression computes', { sum: { $add: ['$a', '$b.c'] }, _id: 0 }, { sum: 3 }],
  ['a text with a dollar is a path', { copy: '$b.c', _id: 0 }, { copy: 2 }],
  ['a path through an array gives an array', { xs: '$list.x', _id: 0 }, { xs: [1, 2, 3] }],
  ['a literal', { one: { $literal: 1 }, text: 'plain', _id: 0 }, { one: 1, text: 'plain' }],
  [
    'computed fields come last, in the order of the projection',
    { z: '$a', a: 1, m: '$a', none: 1 },
    { _id: 1, a, none, z: 1, m: 1 },
  ],
  ['a computed field of a name that exists', { a: { $add: ['$a', 1] }, none: 1, _id: 0 }, { none, a: 2 }],
  ['a computed field below a path', { 'b.sum': { $add: ['$a', 1] }, _id: 0 }, { b: { sum: 2 } }],
  ['a computed field that is missing stays away', { gone: '$nope', a: 1 }, { _id: 1, a }],
  ['nothing gives all', {}, DOCUMENT],
];

const REFUSED: readonly (readonly [title: string, projection: Document, code: number])[] = [
  ['an exclusion after an inclusion', { a: 1, b: 0 }, 31254],
  ['an inclusion after an exclusion', { a: 0, b: 1 }, 31253],
  ['an exclusion of a path after an inclusion', { a: 1, 'b.c': 0 }, 31254],
  ['an inclusion below a nested document', { a: 0, b: { c: 1 } }, 31253],
  ['an expression after an exclusion', { a: 0, b: { $add: [1, 1] } }, 31252],
  ['a literal after an exclusion', { a: 0, b: '$a' }, 31310],
  ['an exclusion after an expression', { b: { $add: [1, 1] }, a: 0 }, 31254],
  ['a path below another one', { b: 1, 'b.c': 1 }, 31249],
  ['a path above another one', { 'b.c': 1, b: 1 }, 31250],
  ['an unknown expression', { a: { $nope: 1 } }, 31325],
  ['two positional operators', { 'list.$': 1, 'tags.$': 1 }, 31276],
  ['$elemMatch on a path', { 'b.c': { $elemMatch: { x: 1 } } }, 31275],
  ['$elemMatch without a document', { list: { $elemMatch: 1 } }, 31274],
  ['an empty document', { a: {} }, 51270],
  ['a positional operator with an expression', { 'list.$': { $slice: 1 } }, 31271],
  ['a positional operator in the middle of a path', { 'list.$.x': 1 }, 31394],
];

describe.each(ENGINES)('projections on %s', (engine) => {
  const server = useServer(engine);

  describe('of one document', () => {
    const things = filled(server, [DOCUMENT]);

    test.each(CASES.map((row) => [...row] as [...ProjectionCase]))(
      '%s',
      async (_title, projection, document, filter = {}) => {
        expect(shown(await things().findOne(filter, { projection }))).toBe(shown(document));
      },
    );

    test.each(REFUSED.map((row) => [...row] as const))('refused: %s', async (_title, projection, code) => {
      expect(await codeOf(things().findOne({ 'list.x': 1, tags: 'p' }, { projection }))).toBe(code);
    });

    test('a positional operator that nothing was found for is refused', async () => {
      expect(await codeOf(things().findOne({ list: { $size: 3 } }, { projection: { 'list.$': 1 } }))).toBe(51246);
    });
  });

  test('findOneAndUpdate projects what it gives', async () => {
    const own = server().db.collection<Document & { _id: number }>('own');
    await own.insertOne({ _id: 1, a: 1, b: [1, 2, 3] });
    const projection = { b: { $slice: 1 }, _id: 0 };
    expect(await own.findOneAndUpdate({}, { $inc: { a: 1 } }, { projection, returnDocument: 'after' })).toEqual({
      a: 2,
      b: [1],
    });
    expect(await own.findOneAndUpdate({ b: 2 }, { $set: { 'b.$': 9 } }, { projection: { 'b.$': 1 } })).toEqual({
      _id: 1,
      b: [2],
    });
    expect(await own.findOneAndDelete({}, { projection: { a: 1 } })).toEqual({ _id: 1, a: 2 });
  });
});

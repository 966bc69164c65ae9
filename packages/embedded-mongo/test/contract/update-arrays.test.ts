import { describe } from '@jest/globals';
import { Double } from 'mongodb';
import { ENGINES, useServer } from '../server.ts';
import { type UpdateCase, updatesTable } from './tables.ts';

const each = (list: readonly unknown[], modifiers: object = {}): object => ({
  $push: { a: { $each: list, ...modifiers } },
});
const n = (...list: number[]): object[] => list.map((value) => ({ n: value }));

const PUSH: readonly UpdateCase[] = [
  { title: 'to a missing field', before: {}, update: { $push: { a: 1 } }, after: { a: [1] } },
  { title: 'to a missing path', before: {}, update: { $push: { 'a.b': 1 } }, after: { a: { b: [1] } } },
  { title: 'at the end', before: { a: [1] }, update: { $push: { a: 2 } }, after: { a: [1, 2] } },
  { title: 'an array as one element', before: { a: [1] }, update: { $push: { a: [2, 3] } }, after: { a: [1, [2, 3]] } },
  { title: 'a document', before: { a: [] }, update: { $push: { a: { x: 1, y: 2 } } }, after: { a: [{ x: 1, y: 2 }] } },
  { title: 'null', before: { a: [] }, update: { $push: { a: null } }, after: { a: [null] } },
  { title: 'trap: to what is no array is refused', before: { a: 1 }, update: { $push: { a: 1 } }, code: 2 },
  { title: 'to null is refused', before: { a: null }, update: { $push: { a: 1 } }, code: 2 },
  { title: '$each adds several', before: { a: [1] }, update: each([2, 3]), after: { a: [1, 2, 3] } },
  {
    title: '$each with nothing modifies nothing',
    before: { a: [1] },
    update: each([]),
    after: { a: [1] },
    modified: 0,
  },
  { title: '$each with nothing makes an empty array', before: {}, update: each([]), after: { a: [] } },
  {
    title: '$position 0 puts them first',
    before: { a: [3] },
    update: each([1, 2], { $position: 0 }),
    after: { a: [1, 2, 3] },
  },
  {
    title: '$position in the middle',
    before: { a: [1, 4] },
    update: each([2, 3], { $position: 1 }),
    after: { a: [1, 2, 3, 4] },
  },
  { title: '$position beyond the end', before: { a: [1] }, update: each([2], { $position: 9 }), after: { a: [1, 2] } },
  {
    title: '$position from the end',
    before: { a: [1, 2, 5] },
    update: each([3, 4], { $position: -1 }),
    after: { a: [1, 2, 3, 4, 5] },
  },
  {
    title: '$position before the beginning',
    before: { a: [2] },
    update: each([1], { $position: -9 }),
    after: { a: [1, 2] },
  },
  {
    title: '$slice keeps the first',
    before: { a: [1, 2] },
    update: each([3, 4], { $slice: 3 }),
    after: { a: [1, 2, 3] },
  },
  {
    title: '$slice keeps the last',
    before: { a: [1, 2] },
    update: each([3, 4], { $slice: -3 }),
    after: { a: [2, 3, 4] },
  },
  { title: '$slice 0 empties', before: { a: [1, 2] }, update: each([3], { $slice: 0 }), after: { a: [] } },
  { title: '$slice larger than the array', before: { a: [1] }, update: each([2], { $slice: 9 }), after: { a: [1, 2] } },
  {
    title: '$slice alone cuts what is there',
    before: { a: [1, 2, 3] },
    update: each([], { $slice: -2 }),
    after: { a: [2, 3] },
  },
  { title: '$sort ascending', before: { a: [5, 3] }, update: each([4], { $sort: 1 }), after: { a: [3, 4, 5] } },
  { title: '$sort descending', before: { a: [3, 5] }, update: each([4], { $sort: -1 }), after: { a: [5, 4, 3] } },
  {
    title: '$sort of mixed types',
    before: { a: ['x', null, 2] },
    update: each([true, { y: 1 }], { $sort: 1 }),
    after: { a: [null, 2, 'x', { y: 1 }, true] },
  },
  {
    title: '$sort by a field',
    before: { a: n(2, 9) },
    update: each(n(5), { $sort: { n: 1 } }),
    after: { a: n(2, 5, 9) },
  },
  {
    title: '$sort by two fields',
    before: { a: [{ x: 1, y: 2 }] },
    update: each(
      [
        { x: 1, y: 3 },
        { x: 0, y: 0 },
      ],
      { $sort: { x: 1, y: -1 } },
    ),
    after: {
      a: [
        { x: 0, y: 0 },
        { x: 1, y: 3 },
        { x: 1, y: 2 },
      ],
    },
  },
  {
    title: '$sort by a path',
    before: { a: [{ x: { y: 2 } }] },
    update: each([{ x: { y: 1 } }], { $sort: { 'x.y': 1 } }),
    after: { a: [{ x: { y: 1 } }, { x: { y: 2 } }] },
  },
  {
    title: '$sort takes what has no such field for null',
    before: { a: [{ n: 1 }, 7] },
    update: each([{ n: null }], { $sort: { n: -1 } }),
    after: { a: [{ n: 1 }, 7, { n: null }] },
  },
  {
    title: 'trap: $sort compares an array in a field as a whole',
    before: { a: [{ n: [1, 9] }] },
    update: each([{ n: 5 }], { $sort: { n: 1 } }),
    after: { a: [{ n: 5 }, { n: [1, 9] }] },
  },
  {
    title: '$sort, then $slice',
    before: { a: [5, 3, 9] },
    update: each([4], { $sort: -1, $slice: 2 }),
    after: { a: [9, 5] },
  },
  {
    title: '$position, then $slice',
    before: { a: [1, 2] },
    update: each([0], { $position: 0, $slice: 2 }),
    after: { a: [0, 1] },
  },
  {
    title: '$position, then $sort, then $slice, written in another order',
    before: { a: [5] },
    update: each([1, 9], { $slice: -2, $sort: 1, $position: 0 }),
    after: { a: [5, 9] },
  },
  {
    title: '$sort alone sorts what is there',
    before: { a: [3, 1, 2] },
    update: each([], { $sort: 1 }),
    after: { a: [1, 2, 3] },
  },
  { title: 'an unknown modifier is refused', before: { a: [] }, update: each([1], { $nope: 1 }), code: 2 },
  { title: '$each without a list is refused', before: { a: [] }, update: { $push: { a: { $each: 1 } } }, code: 2 },
  { title: '$slice with a fraction is refused', before: { a: [] }, update: each([1], { $slice: 1.5 }), code: 2 },
  { title: '$position with a text is refused', before: { a: [] }, update: each([1], { $position: 'x' }), code: 2 },
  { title: '$sort by 2 is refused', before: { a: [] }, update: each([1], { $sort: 2 }), code: 2 },
  { title: '$sort by an empty document is refused', before: { a: [] }, update: each([1], { $sort: {} }), code: 2 },
  { title: '$sort by a field and 0 is refused', before: { a: [] }, update: each([1], { $sort: { n: 0 } }), code: 2 },
];

const SETS: readonly UpdateCase[] = [
  {
    title: '$addToSet adds what is not there',
    before: { a: [1] },
    update: { $addToSet: { a: 2 } },
    after: { a: [1, 2] },
  },
  {
    title: '$addToSet of what is there modifies nothing',
    before: { a: [1] },
    update: { $addToSet: { a: 1 } },
    after: { a: [1] },
    modified: 0,
  },
  {
    title: 'trap: $addToSet takes an equal number of another type for the same',
    before: { a: [1] },
    update: { $addToSet: { a: new Double(1) } },
    after: { a: [1] },
    modified: 0,
  },
  {
    title: 'trap: $addToSet takes another order of fields for another document',
    before: { a: [{ x: 1, y: 2 }] },
    update: { $addToSet: { a: { y: 2, x: 1 } } },
    after: {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  },
  {
    title: '$addToSet $each adds each once',
    before: { a: [1] },
    update: { $addToSet: { a: { $each: [2, 1, 2, 3] } } },
    after: { a: [1, 2, 3] },
  },
  {
    title: '$addToSet makes the array',
    before: {},
    update: { $addToSet: { a: { $each: [1, 1] } } },
    after: { a: [1] },
  },
  {
    title: '$addToSet of an array adds one element',
    before: { a: [1] },
    update: { $addToSet: { a: [1] } },
    after: { a: [1, [1]] },
  },
  {
    title: '$addToSet leaves duplicates that were there',
    before: { a: [1, 1] },
    update: { $addToSet: { a: 2 } },
    after: { a: [1, 1, 2] },
  },
  { title: '$addToSet to a scalar is refused', before: { a: 1 }, update: { $addToSet: { a: 1 } }, code: 2 },
  {
    title: '$addToSet $each without a list is refused',
    before: { a: [] },
    update: { $addToSet: { a: { $each: 1 } } },
    code: 14,
  },
  {
    title: '$addToSet $each with more is refused',
    before: { a: [] },
    update: { $addToSet: { a: { $each: [1], $slice: 1 } } },
    code: 2,
  },
  {
    title: '$pull removes all that are equal',
    before: { a: [1, 2, 1] },
    update: { $pull: { a: 1 } },
    after: { a: [2] },
  },
  {
    title: '$pull of what is not there modifies nothing',
    before: { a: [1] },
    update: { $pull: { a: 9 } },
    after: { a: [1] },
    modified: 0,
  },
  {
    title: '$pull from a missing field modifies nothing',
    before: {},
    update: { $pull: { a: 9 } },
    after: {},
    modified: 0,
  },
  {
    title: '$pull by operators',
    before: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5, $lt: 9 } } },
    after: { a: [1, 9] },
  },
  { title: '$pull by $in', before: { a: [1, 5, 9] }, update: { $pull: { a: { $in: [1, 9] } } }, after: { a: [5] } },
  {
    title: '$pull by a regular expression',
    before: { a: ['ab', 'b', 3] },
    update: { $pull: { a: /^a/ } },
    after: { a: ['b', 3] },
  },
  {
    title: '$pull by fields of documents',
    before: { a: [{ x: 1, y: 1 }, { x: 2 }, 1] },
    update: { $pull: { a: { x: 1 } } },
    after: { a: [{ x: 2 }, 1] },
  },
  {
    title: '$pull by fields of documents with operators',
    before: { a: n(1, 5) },
    update: { $pull: { a: { n: { $gt: 2 } } } },
    after: { a: n(1) },
  },
  {
    title: '$pull by $or over documents',
    before: { a: n(1, 5, 7) },
    update: { $pull: { a: { $or: [{ n: 1 }, { n: 7 }] } } },
    after: { a: n(5) },
  },
  {
    title: '$pull by $elemMatch',
    before: { a: [{ r: n(1) }, { r: n(2) }] },
    update: { $pull: { a: { r: { $elemMatch: { n: 2 } } } } },
    after: { a: [{ r: n(1) }] },
  },
  {
    title: '$pull of an array takes it exactly',
    before: { a: [[1, 2], [2, 1], 1] },
    update: { $pull: { a: [1, 2] } },
    after: { a: [[2, 1], 1] },
  },
  {
    title: 'trap: $pull by operators looks into inner arrays',
    before: { a: [[1, 9], 2, [3]] },
    update: { $pull: { a: { $gt: 5 } } },
    after: { a: [2, [3]] },
  },
  {
    title: 'a value pulled is not looked for in inner arrays',
    before: { a: [[9], 9] },
    update: { $pull: { a: 9 } },
    after: { a: [[9]] },
  },
  { title: '$pull of null', before: { a: [null, 1] }, update: { $pull: { a: null } }, after: { a: [1] } },
  { title: '$pull from a scalar is refused', before: { a: 1 }, update: { $pull: { a: 1 } }, code: 2 },
  {
    title: '$pullAll removes each',
    before: { a: [1, 2, 1, 3] },
    update: { $pullAll: { a: [1, 3] } },
    after: { a: [2] },
  },
  {
    title: '$pullAll takes documents exactly',
    before: { a: [{ x: 1, y: 2 }, { x: 1 }] },
    update: { $pullAll: { a: [{ x: 1 }] } },
    after: { a: [{ x: 1, y: 2 }] },
  },
  {
    title: '$pullAll crosses numeric types',
    before: { a: [1, 2] },
    update: { $pullAll: { a: [new Double(1)] } },
    after: { a: [2] },
  },
  { title: '$pullAll without a list is refused', before: { a: [] }, update: { $pullAll: { a: 1 } }, code: 2 },
  { title: '$pullAll from a scalar is refused', before: { a: 1 }, update: { $pullAll: { a: [1] } }, code: 2 },
  { title: '$pop takes the last', before: { a: [1, 2, 3] }, update: { $pop: { a: 1 } }, after: { a: [1, 2] } },
  { title: '$pop takes the first', before: { a: [1, 2, 3] }, update: { $pop: { a: -1 } }, after: { a: [2, 3] } },
  {
    title: '$pop of an empty array modifies nothing',
    before: { a: [] },
    update: { $pop: { a: 1 } },
    after: { a: [] },
    modified: 0,
  },
  { title: '$pop of a missing field modifies nothing', before: {}, update: { $pop: { a: 1 } }, after: {}, modified: 0 },
  { title: '$pop from a scalar is refused', before: { a: 1 }, update: { $pop: { a: 1 } }, code: 14 },
  { title: '$pop by 2 is refused', before: { a: [] }, update: { $pop: { a: 2 } }, code: 9 },
];

const where = (...arrayFilters: object[]): { arrayFilters: object[] } => ({ arrayFilters });

const POSITIONS: readonly UpdateCase[] = [
  { title: '$[] changes every element', before: { a: [1, 2] }, update: { $inc: { 'a.$[]': 1 } }, after: { a: [2, 3] } },
  {
    title: '$[] of an empty array modifies nothing',
    before: { a: [] },
    update: { $inc: { 'a.$[]': 1 } },
    after: { a: [] },
    modified: 0,
  },
  {
    title: '$[] in $[]',
    before: { a: [{ b: [1] }, { b: [2, 3] }] },
    update: { $inc: { 'a.$[].b.$[]': 1 } },
    after: { a: [{ b: [2] }, { b: [3, 4] }] },
  },
  { title: '$[] of a missing field is refused', before: {}, update: { $set: { 'a.$[]': 1 } }, code: 2 },
  { title: '$[] of a scalar is refused', before: { a: 1 }, update: { $set: { 'a.$[]': 1 } }, code: 2 },
  {
    title: '$[x] by a value',
    before: { a: [1, 5, 9] },
    update: { $set: { 'a.$[x]': 0 } },
    options: where({ x: { $gte: 5 } }),
    after: { a: [1, 0, 0] },
  },
  {
    title: '$[x] by a field',
    before: { a: n(1, 5) },
    update: { $set: { 'a.$[x].y': 1 } },
    options: where({ 'x.n': 5 }),
    after: { a: [{ n: 1 }, { n: 5, y: 1 }] },
  },
  {
    title: '$[x] by two fields',
    before: {
      a: [
        { n: 1, m: 1 },
        { n: 1, m: 2 },
      ],
    },
    update: { $set: { 'a.$[x].y': 1 } },
    options: where({ 'x.n': 1, 'x.m': 2 }),
    after: {
      a: [
        { n: 1, m: 1 },
        { n: 1, m: 2, y: 1 },
      ],
    },
  },
  {
    title: '$[x] by $or',
    before: { a: n(1, 2, 3) },
    update: { $inc: { 'a.$[x].n': 10 } },
    options: where({ $or: [{ 'x.n': 1 }, { 'x.n': 3 }] }),
    after: { a: n(11, 2, 13) },
  },
  {
    title: '$[x] that holds for none modifies nothing',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 0 } },
    options: where({ x: 9 }),
    after: { a: [1] },
    modified: 0,
  },
  {
    title: '$[x] in $[y]',
    before: {
      a: [
        { k: 1, b: [1, 9] },
        { k: 2, b: [9] },
      ],
    },
    update: { $set: { 'a.$[y].b.$[x]': 0 } },
    options: where({ x: 9 }, { 'y.k': 1 }),
    after: {
      a: [
        { k: 1, b: [1, 0] },
        { k: 2, b: [9] },
      ],
    },
  },
  {
    title: '$[x] removes fields',
    before: {
      a: [
        { n: 1, z: 1 },
        { n: 2, z: 1 },
      ],
    },
    update: { $unset: { 'a.$[x].z': '' } },
    options: where({ 'x.n': 2 }),
    after: { a: [{ n: 1, z: 1 }, { n: 2 }] },
  },
  {
    title: '$[x] with $push',
    before: { a: [{ n: 1, l: [] }] },
    update: { $push: { 'a.$[x].l': 7 } },
    options: where({ 'x.n': 1 }),
    after: { a: [{ n: 1, l: [7] }] },
  },
  {
    title: 'two filters on one array',
    before: { a: n(1, 2) },
    update: { $set: { 'a.$[x].p': 1, 'a.$[y].q': 1 } },
    options: where({ 'x.n': 1 }, { 'y.n': 2 }),
    after: {
      a: [
        { n: 1, p: 1 },
        { n: 2, q: 1 },
      ],
    },
  },
  {
    title: 'two filters on one element add fields in the order of their names',
    before: { a: n(1) },
    update: { $set: { 'a.$[x].z': 1, 'a.$[y].b': 1 } },
    options: where({ 'x.n': 1 }, { 'y.n': 1 }),
    after: { a: [{ n: 1, b: 1, z: 1 }] },
  },
  {
    title: 'trap: filters look at the elements as they were',
    before: { a: n(1) },
    update: { $set: { 'a.$[].b': 5, 'a.$[x].c': 1 } },
    options: where({ 'x.b': 5 }),
    after: { a: [{ n: 1, b: 5 }] },
  },
  {
    title: 'trap: two filters that hold for one element conflict',
    before: { a: [1, 2] },
    update: { $set: { 'a.$[x]': 7 }, $inc: { 'a.$[y]': 1 } },
    options: where({ x: { $gte: 1 } }, { y: { $gte: 2 } }),
    code: 40,
  },
  {
    title: 'two filters that hold for different elements do not conflict',
    before: { a: [1, 2] },
    update: { $set: { 'a.$[x]': 7 }, $inc: { 'a.$[y]': 1 } },
    options: where({ x: 1 }, { y: 2 }),
    after: { a: [7, 3] },
  },
  {
    title: '$[] and a position of the same array conflict',
    before: { a: [1] },
    update: { $set: { 'a.$[]': 1, 'a.5': 2 } },
    code: 40,
  },
  {
    title: 'trap: $ and the position it stands for conflict',
    before: { a: [1, 2] },
    filter: { a: 2 },
    update: { $set: { 'a.$': 1, 'a.1': 2 } },
    code: 40,
  },
  {
    title: '$ and another position do not conflict',
    before: { a: [1, 2] },
    filter: { a: 2 },
    update: { $set: { 'a.$': 8, 'a.0': 9 } },
    after: { a: [9, 8] },
  },
  {
    title: '$ takes the place that the filter found',
    before: { a: [1, 2, 3] },
    filter: { a: 2 },
    update: { $set: { 'a.$': 9 } },
    after: { a: [1, 9, 3] },
  },
  {
    title: '$ in a path',
    before: { a: n(1, 2) },
    filter: { 'a.n': 2 },
    update: { $set: { 'a.$.v': 9 } },
    after: { a: [{ n: 1 }, { n: 2, v: 9 }] },
  },
  {
    title: '$ together with $[]',
    before: { a: [{ b: [1] }, { k: 1, b: [1, 2] }] },
    filter: { 'a.k': 1 },
    update: { $inc: { 'a.$.b.$[]': 1 } },
    after: { a: [{ b: [1] }, { k: 1, b: [2, 3] }] },
  },
  { title: '$ without a match in an array is refused', before: { a: [1] }, update: { $set: { 'a.$': 1 } }, code: 2 },
  { title: '$ twice is refused', before: { a: [[1]] }, filter: { a: 1 }, update: { $set: { 'a.$.$': 1 } }, code: 2 },
  {
    title: '$ at the beginning is refused',
    before: { a: [1] },
    filter: { a: 1 },
    update: { $set: { '$.a': 1 } },
    code: 2,
  },
  { title: 'a filter that is missing is refused', before: { a: [1] }, update: { $set: { 'a.$[x]': 1 } }, code: 2 },
  {
    title: 'a filter that is not used is refused',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 1 } },
    options: where({ x: 1 }, { y: 1 }),
    code: 9,
  },
  {
    title: 'a filter given twice is refused',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 1 } },
    options: where({ x: 1 }, { x: 2 }),
    code: 9,
  },
  {
    title: 'a filter of two names is refused',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 1 } },
    options: where({ x: 1, y: 1 }),
    code: 9,
  },
  {
    title: 'an empty filter is refused',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 1 } },
    options: where({}),
    code: 9,
  },
  {
    title: 'a filter with a capital letter is refused',
    before: { a: [1] },
    update: { $set: { b: 1 } },
    options: where({ X: 1 }),
    code: 2,
  },
  {
    title: 'filters for a pipeline are refused',
    before: { a: [1] },
    update: [{ $set: { b: 1 } }],
    options: where({ x: 1 }),
    code: 9,
  },
];

describe.each(ENGINES)('updates of arrays on %s', (engine) => {
  const server = useServer(engine);
  describe('$push', () => updatesTable(server, PUSH));
  describe('$addToSet, $pull, $pullAll and $pop', () => updatesTable(server, SETS));
  describe('positions', () => updatesTable(server, POSITIONS));
});

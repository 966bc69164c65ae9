import { describe } from '@jest/globals';
import { ENGINES, useServer } from '../server.ts';
import { filled, findsTable, refusedTable, updatesTable } from './tables.ts';

describe.each(ENGINES)('paths and arrays in queries on %s', (engine) => {
  const server = useServer(engine);

  describe('null and missing', () => {
    const things = filled(server, [
      { a: null },
      {},
      { a: 1 },
      { a: { b: null } },
      { a: { b: 1 } },
      { a: [] },
      { a: [1] },
      { a: [null] },
      { a: [{ b: 1 }, {}] },
      { a: [{ b: 1 }] },
      { a: [{ b: null }] },
      { a: {} },
    ]);
    findsTable(things, [
      ['null finds null, missing and null inside of arrays', { a: null }, [0, 1, 7]],
      ['$eq null is the same', { a: { $eq: null } }, [0, 1, 7]],
      ['$ne null finds what has a value', { a: { $ne: null } }, [2, 3, 4, 5, 6, 8, 9, 10, 11]],
      ['$in with null finds missing fields', { a: { $in: [null, 1] } }, [0, 1, 2, 6, 7]],
      ['$nin with null leaves them out', { a: { $nin: [null, 1] } }, [3, 4, 5, 8, 9, 10, 11]],
      ['$exists true finds null', { a: { $exists: true } }, [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
      ['$exists false finds missing fields only', { a: { $exists: false } }, [1]],
      ['$type null finds null and no missing field', { a: { $type: 'null' } }, [0, 7]],
      ['trap: a path finds elements of arrays without the field', { 'a.b': null }, [0, 1, 2, 3, 8, 10, 11]],
      ['a path is missing in arrays without documents', { 'a.b': { $exists: false } }, [0, 1, 2, 5, 6, 7, 11]],
      ['a path exists when one element has it', { 'a.b': { $exists: true } }, [3, 4, 8, 9, 10]],
      ['$ne null on a path asks every element', { 'a.b': { $ne: null } }, [4, 5, 6, 7, 9]],
      ['trap: $gte null on a path finds what has no such field', { 'a.b': { $gte: null } }, [0, 1, 2, 3, 8, 10, 11]],
      ['$not $exists', { 'a.b': { $not: { $exists: true } } }, [0, 1, 2, 5, 6, 7, 11]],
      ['$all with null', { a: { $all: [null] } }, [0, 1, 7]],
      ['$elemMatch with null', { a: { $elemMatch: { $eq: null } } }, [7]],
      ['$elemMatch on a missing field', { a: { $elemMatch: { b: null } } }, [8, 10]],
    ]);
  });

  describe('values in arrays', () => {
    const things = filled(server, [
      { a: [1, 2] },
      { a: [2, 1] },
      { a: [[1, 2]] },
      { a: 1 },
      { a: [] },
      { a: [5, 15] },
      { a: ['x', 3] },
      { a: [[1], [2, 5]] },
      { a: [[]] },
      {},
    ]);
    findsTable(things, [
      ['a value finds arrays that hold it', { a: 1 }, [0, 1, 3]],
      ['an array equals itself, also inside of an array', { a: [1, 2] }, [0, 2]],
      ['trap: arrays are compared in their order', { a: [2, 1] }, [1]],
      ['the empty array equals itself', { a: [] }, [4, 8]],
      ['two ends of a range may be met by different elements', { a: { $gt: 10, $lt: 6 } }, [5]],
      ['$elemMatch wants one element between', { a: { $elemMatch: { $gt: 10, $lt: 20 } } }, [5]],
      ['$elemMatch finds none between', { a: { $elemMatch: { $gt: 5, $lt: 15 } } }, []],
      ['$elemMatch never finds a scalar field', { a: { $elemMatch: { $eq: 1 } } }, [0, 1]],
      ['$elemMatch with an inner $elemMatch', { a: { $elemMatch: { $elemMatch: { $gt: 4 } } } }, [7]],
      ['$elemMatch on whole inner arrays', { a: { $elemMatch: { $size: 2 } } }, [2, 7]],
      ['$elemMatch does not look into inner arrays by itself', { a: { $elemMatch: { $gt: 4, $lt: 6 } } }, [5]],
      ['$elemMatch with $in', { a: { $elemMatch: { $in: [15, 'x'] } } }, [5, 6]],
      ['$elemMatch with $not', { a: { $elemMatch: { $not: { $lt: 5 } } } }, [2, 5, 6, 7, 8]],
      [
        '$not $elemMatch finds what has no such element',
        { a: { $not: { $elemMatch: { $gt: 1 } } } },
        [2, 3, 4, 7, 8, 9],
      ],
      ['$size', { a: { $size: 2 } }, [0, 1, 5, 6, 7]],
      ['$size 0 finds the empty array only', { a: { $size: 0 } }, [4]],
      ['$size takes a whole double', { a: { $size: 1.0 } }, [2, 8]],
      ['$all wants every value somewhere', { a: { $all: [1, 2] } }, [0, 1]],
      ['$all with one value also finds scalars', { a: { $all: [1] } }, [0, 1, 3]],
      ['$all with an array', { a: { $all: [[1, 2]] } }, [0, 2]],
      ['$all with nothing finds nothing', { a: { $all: [] } }, []],
      ['$all with $elemMatch', { a: { $all: [{ $elemMatch: { $gt: 10 } }, { $elemMatch: { $lt: 6 } }] } }, [5]],
      ['$all with a regular expression', { a: { $all: [/x/, 3] } }, [6]],
      ['$type array finds arrays', { a: { $type: 'array' } }, [0, 1, 2, 4, 5, 6, 7, 8]],
      ['$type looks at elements', { a: { $type: 'string' } }, [6]],
      ['$ne leaves out arrays that hold the value', { a: { $ne: 1 } }, [2, 4, 5, 6, 7, 8, 9]],
      ['$nin leaves out arrays that hold one of the values', { a: { $nin: [1, 5] } }, [2, 4, 6, 7, 8, 9]],
      ['$in with an array', { a: { $in: [[1, 2], 'x'] } }, [0, 2, 6]],
      ['$gt with an array compares arrays', { a: { $gt: [2] } }, [1, 2, 5, 6, 7, 8]],
      ['$mod looks at elements', { a: { $mod: [5, 0] } }, [5]],
      ['a position ends a path as it is: an inner array is not entered', { 'a.0': 1 }, [0]],
      ['a position of an inner array', { 'a.0.1': 2 }, [2]],
      ['a position that is not there', { 'a.2': { $exists: true } }, []],
      ['a position exists', { 'a.1': { $exists: true } }, [0, 1, 5, 6, 7]],
      ['a position with a range', { 'a.1': { $gte: 3 } }, [5, 6]],
    ]);
  });

  describe('documents in arrays', () => {
    const things = filled(server, [
      {
        a: [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      },
      { a: [{ x: 1, y: 2 }] },
      { a: { x: 1, y: 2 } },
      { a: [{ x: [1, 9] }, { x: 5 }] },
      { a: [{ 0: 'key' }, { x: 7 }] },
      { a: { 0: 'key' } },
      { a: [[{ x: 1, y: 2 }]] },
      { a: [] },
      { a: [{ x: { z: 3 } }, { x: [{ z: 4 }] }] },
    ]);
    findsTable(things, [
      ['conditions on two paths may be met by two elements', { 'a.x': 1, 'a.y': 2 }, [0, 1, 2]],
      ['$elemMatch wants them in one', { a: { $elemMatch: { x: 1, y: 2 } } }, [1]],
      ['$elemMatch with $or', { a: { $elemMatch: { $or: [{ x: 7 }, { x: 5 }] } } }, [3, 4]],
      ['$elemMatch with a path', { a: { $elemMatch: { 'x.z': 4 } } }, [8]],
      ['$elemMatch on inner arrays takes their positions for names', { a: { $elemMatch: { '0.x': 1 } } }, [6]],
      ['$elemMatch with nothing finds arrays of documents', { a: { $elemMatch: {} } }, [0, 1, 3, 4, 6, 8]],
      ['a path through an array and another array', { 'a.x': 9 }, [3]],
      ['a path does not enter an array in an array', { 'a.y': 2 }, [0, 1, 2]],
      ['a deep path enters documents and arrays of documents', { 'a.x.z': { $gt: 0 } }, [8]],
      ['a position, then a field', { 'a.0.x': 1 }, [0, 1, 3, 6]],
      ['a position and the last position of an inner array', { 'a.0.x.1': 9 }, [3]],
      ['a number is also a name of a field', { 'a.0': 'key' }, [4, 5]],
      ['a position is also null when an element has no such field', { 'a.0.x': null }, [0, 1, 2, 3, 4, 5, 8]],
      ['$size of a path', { 'a.x': { $size: 2 } }, [3]],
      ['$all over paths', { 'a.x': { $all: [1, 2] } }, [0]],
      [
        '$all with $elemMatch on documents',
        { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { y: 2 } }] } },
        [0, 1],
      ],
      ['$ne on a path asks every element', { 'a.x': { $ne: 1 } }, [4, 5, 6, 7, 8]],
      ['an element equal to a whole document', { a: { x: 1, y: 2 } }, [1, 2]],
      ['$in with a whole document', { a: { $in: [{ x: 7 }] } }, [4]],
    ]);
  });

  describe('positions that a filter found', () => {
    updatesTable(server, [
      {
        title: 'the position is the one of the outermost array',
        before: { a: [{ b: [1] }, { b: [7, 8] }] },
        filter: { 'a.b': 8 },
        update: { $set: { 'a.$.hit': true } },
        after: { a: [{ b: [1] }, { b: [7, 8], hit: true }] },
      },
      {
        title: 'trap: a position written in the filter is none that was found',
        before: { a: [1, 2] },
        filter: { 'a.1': 2 },
        update: { $set: { 'a.$': 9 } },
        code: 2,
      },
      {
        title: 'trap: behind a written position the inner array says where',
        before: { a: [{ b: [1, 2] }] },
        filter: { 'a.0.b': 2 },
        update: { $set: { 'a.0.b.$': 9 } },
        after: { a: [{ b: [1, 9] }] },
      },
      {
        title: '$elemMatch says where',
        before: { a: [{ x: 1 }, { x: 2, y: 1 }, { x: 2, y: 2 }] },
        filter: { a: { $elemMatch: { x: 2, y: 2 } } },
        update: { $set: { 'a.$.z': 1 } },
        after: { a: [{ x: 1 }, { x: 2, y: 1 }, { x: 2, y: 2, z: 1 }] },
      },
      {
        title: '$in says where',
        before: { a: [3, 4, 5] },
        filter: { a: { $in: [5, 4] } },
        update: { $inc: { 'a.$': 10 } },
        after: { a: [3, 14, 5] },
      },
      {
        title: 'a range says where',
        before: { a: [3, 14, 25] },
        filter: { a: { $gt: 10 } },
        update: { $unset: { 'a.$': '' } },
        after: { a: [3, null, 25] },
      },
      {
        title: 'a condition on no array says nothing',
        before: { a: [1], b: 1 },
        filter: { b: 1 },
        update: { $set: { 'a.$': 9 } },
        code: 2,
      },
      {
        title: '$or says where for the branch that holds',
        before: { a: [1, 2, 3] },
        filter: { $or: [{ a: 9 }, { a: 3 }] },
        update: { $set: { 'a.$': 0 } },
        after: { a: [1, 2, 0] },
      },
    ]);
  });

  describe('what is no query', () => {
    const things = filled(server, []);
    refusedTable(things, [
      ['an unknown operator', { a: { $nope: 1 } }, 2],
      ['an unknown top level operator', { $nope: 1 }, 2],
      ['$not at the top', { $not: { a: 1 } }, 2],
      ['$in without a list', { a: { $in: 5 } }, 2],
      ['$in with an operator in its list', { a: { $in: [{ $gt: 1 }] } }, 2],
      ['$nin without a list', { a: { $nin: {} } }, 2],
      ['$all without a list', { a: { $all: 1 } }, 2],
      ['$all with operators', { a: { $all: [{ $gt: 1 }] } }, 2],
      ['$all with $elemMatch and a value', { a: { $all: [{ $elemMatch: { $gt: 1 } }, 2] } }, 2],
      ['$elemMatch without a document', { a: { $elemMatch: 1 } }, 2],
      ['$or without a list', { $or: { a: 1 } }, 2],
      ['$or with nothing', { $or: [] }, 2],
      ['$and with nothing', { $and: [] }, 2],
      ['$nor with nothing', { $nor: [] }, 2],
      ['$and with a scalar', { $and: [1] }, 2],
      ['$not with a scalar', { a: { $not: 1 } }, 2],
      ['$not with nothing', { a: { $not: {} } }, 2],
      ['$not with a value of a document', { a: { $not: { b: 1 } } }, 2],
      ['operators mixed with names', { a: { $gt: 1, b: 2 } }, 2],
      ['$ne with a regular expression', { a: { $ne: /x/ } }, 2],
      ['$gt with a regular expression', { a: { $gt: /x/ } }, 2],
      ['$options without $regex', { a: { $options: 'i' } }, 2],
      ['$regex with a number', { a: { $regex: 1 } }, 2],
      ['a broken pattern', { a: { $regex: '(' } }, 51091],
      ['an unknown flag', { a: { $regex: 'x', $options: 'q' } }, 51108],
      ['$type with an unknown name', { a: { $type: 'nope' } }, 2],
      ['$type with an unknown number', { a: { $type: 99 } }, 2],
      ['$type with nothing', { a: { $type: [] } }, 9],
      ['$type with a document', { a: { $type: {} } }, 14],
      ['$size with a negative number', { a: { $size: -1 } }, 2],
      ['$size with a fraction', { a: { $size: 1.5 } }, 2],
      ['$size with a condition', { a: { $size: { $gt: 1 } } }, 2],
      ['a mask that is a document', { a: { $bitsAllSet: {} } }, 2],
      ['a negative mask', { a: { $bitsAnySet: -1 } }, 9],
      ['a negative position of a bit', { a: { $bitsAllClear: [-1] } }, 2],
      ['options in $regex and in $options', { a: { $regex: /x/i, $options: 'm' } }, 51075],
      ['$mod without a list', { a: { $mod: 4 } }, 2],
      ['$mod with one number', { a: { $mod: [4] } }, 2],
      ['$mod with three numbers', { a: { $mod: [4, 1, 1] } }, 2],
      ['$mod by zero', { a: { $mod: [0, 1] } }, 2],
      ['$mod by a text', { a: { $mod: ['x', 1] } }, 2],
      ['an unknown expression', { $expr: { $nope: 1 } }, 168],
    ]);
    if (engine !== 'real')
      refusedTable(things, [
        ['trap: $where never runs here', { $where: 'true' }, 238],
        ['$text is refused', { $text: { $search: 'x' } }, 238],
        ['$jsonSchema is refused', { $jsonSchema: {} }, 238],
        ['$near is refused', { a: { $near: [0, 0] } }, 238],
        ['$geoWithin is refused', { a: { $geoWithin: {} } }, 238],
        ['a look behind of another kind is refused', { a: { $regex: '(?>x)' } }, 238],
        ['trap: a back reference is refused', { a: { $regex: '(x)?\\1y' } }, 238],
        ['a look behind of no fixed length is refused', { a: { $regex: '(?<=x+)y' } }, 238],
        ['an inline flag is refused', { a: { $regex: '(?i)x' } }, 238],
        ['the extended syntax is refused', { a: { $regex: 'x', $options: 'x' } }, 238],
      ]);
  });
});

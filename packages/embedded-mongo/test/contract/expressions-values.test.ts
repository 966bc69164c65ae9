import { describe, test } from '@jest/globals';
import { Binary, MaxKey, ObjectId, Timestamp } from 'mongodb';
import { ENGINES, useServer } from '../server.ts';
import { at, type Case, decimal, double, expectCode, expectValue, type Failure, long } from './expression-cases.ts';

const NUMBERS: readonly Case[] = [
  ['$round to even', { $round: 2.5 }, double(2)],
  ['$round of an odd half', { $round: 3.5 }, double(4)],
  ['$round to a place', { $round: [1.235, 2] }, double(1.24)],
  ['$round by the exact value of a double', { $round: [2.675, 2] }, double(2.67)],
  ['$round to tens', { $round: [25, -1] }, 20],
  ['$round of a long to tens', { $round: [long(35), -1] }, long(40)],
  ['$round of an int beyond 32 bits', { $round: [2147483647, -1] }, long(2147483650)],
  ['$round of an int keeps it', { $round: [7, 2] }, 7],
  ['$round of a decimal', { $round: [decimal('1.25'), 1] }, decimal('1.2')],
  ['$round of null', { $round: null }, null],
  ['$round to null', { $round: [1.5, null] }, null],
  ['$round of NaN', { $round: [Number.NaN, 1] }, Number.NaN],
  ['$trunc', { $trunc: -2.7 }, double(-2)],
  ['$trunc to a place', { $trunc: [1.23456, 3] }, 1.234],
  ['$trunc to hundreds', { $trunc: [1789, -2] }, 1700],
  ['$floor of a decimal', { $floor: decimal('-1.5') }, decimal('-2')],
  ['$ceil of a decimal', { $ceil: decimal('1.2') }, decimal('2')],
  ['$floor of a double', { $floor: -1.5 }, double(-2)],
  ['$sqrt', { $sqrt: 25 }, double(5)],
  ['$pow of whole numbers', { $pow: [3, 4] }, 81],
  ['$pow that needs 64 bits', { $pow: [2, 40] }, long(2 ** 40)],
  ['$divide of ints', { $divide: [7, 2] }, 3.5],
  ['$divide of decimals', { $divide: [decimal('1'), decimal('8')] }, decimal('0.125')],
  [
    '$divide without an end',
    { $divide: [decimal('1'), decimal('3')] },
    decimal('0.3333333333333333333333333333333333'),
  ],
  [
    '$divide rounds the last digit',
    { $divide: [decimal('2'), decimal('3')] },
    decimal('0.6666666666666666666666666666666667'),
  ],
  ['$divide of a decimal by an int', { $divide: [decimal('10.50'), 2] }, decimal('5.25')],
  ['$avg of decimals', { $avg: [[decimal('1.5'), decimal('2.5')]] }, decimal('2.0')],
  ['$stdDevPop of an array', { $stdDevPop: [[2, 4, 4, 4, 5, 5, 7, 9]] }, double(2)],
  ['$stdDevSamp of one', { $stdDevSamp: [[5]] }, null],
  ['$bitAnd', { $bitAnd: [6, 3] }, 2],
  ['$bitOr with a long', { $bitOr: [long(4), 1] }, long(5)],
  ['$bitXor with null', { $bitXor: [1, null] }, null],
  ['$bitNot', { $bitNot: 5 }, -6],
  ['$tsSecond', { $tsSecond: new Timestamp({ t: 7, i: 3 }) }, long(7)],
  ['$tsIncrement', { $tsIncrement: new Timestamp({ t: 7, i: 3 }) }, long(3)],
  ['$toDecimal of a double', { $toDecimal: 2.5 }, decimal('2.50000000000000')],
  ['$toDecimal of a text', { $toDecimal: '-12.340' }, decimal('-12.340')],
];

const LISTS: readonly Case[] = [
  ['$range', { $range: [0, 10, 4] }, [0, 4, 8]],
  ['$range downwards', { $range: [3, 0, -1] }, [3, 2, 1]],
  ['$range of nothing', { $range: [3, 3] }, []],
  ['$zip', { $zip: { inputs: [[1, 2], ['a']] } }, [[1, 'a']]],
  [
    '$zip to the longest',
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true } },
    [
      [1, 'a'],
      [2, null],
    ],
  ],
  [
    '$zip with defaults',
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
    [
      [1, 'a'],
      [2, 'z'],
    ],
  ],
  ['$zip with null', { $zip: { inputs: [[1], null] } }, null],
  ['$sortArray of values', { $sortArray: { input: [3, 'a', 1, null], sortBy: 1 } }, [null, 1, 3, 'a']],
  ['$sortArray downwards', { $sortArray: { input: [1, 3, 2], sortBy: -1 } }, [3, 2, 1]],
  [
    '$sortArray of documents',
    {
      $sortArray: {
        input: [
          { a: 2, b: 1 },
          { a: 1, b: 2 },
          { a: 1, b: 1 },
        ],
        sortBy: { a: 1, b: -1 },
      },
    },
    [
      { a: 1, b: 2 },
      { a: 1, b: 1 },
      { a: 2, b: 1 },
    ],
  ],
  [
    '$sortArray by a field that holds arrays compares them whole',
    { $sortArray: { input: [{ a: [3] }, { a: [1, 9] }, { a: 5 }], sortBy: { a: 1 } } },
    [{ a: 5 }, { a: [1, 9] }, { a: [3] }],
  ],
  ['$sortArray of null', { $sortArray: { input: null, sortBy: 1 } }, null],
  ['$firstN', { $firstN: { input: [1, 2, 3], n: 2 } }, [1, 2]],
  ['$lastN', { $lastN: { input: [1, 2, 3], n: 2 } }, [2, 3]],
  ['$minN leaves null out', { $minN: { input: [3, null, 1, 2], n: 2 } }, [1, 2]],
  ['$maxN', { $maxN: { input: [3, 1, 2], n: 5 } }, [3, 2, 1]],
  ['$first of an array', { $first: [[1, 2]] }, 1],
  ['$last of an array', { $last: [[1, 2]] }, 2],
  ['$first of an empty array is missing', { $type: { $first: [[]] } }, 'missing'],
  ['$indexOfArray', { $indexOfArray: [['a', 'b', 'a'], 'a', 1] }, 2],
  ['$indexOfArray of what is not there', { $indexOfArray: [[1], 2] }, -1],
  ['$indexOfArray compares numbers of any type', { $indexOfArray: [[1, long(2)], double(2)] }, 1],
  ['$indexOfArray of null', { $indexOfArray: [null, 1] }, null],
  ['$isArray', { $isArray: [[1]] }, true],
  ['$isNumber of a decimal', { $isNumber: decimal('1') }, true],
  ['$isNumber of a text', { $isNumber: '1' }, false],
];

const TEXTS: readonly Case[] = [
  ['$regexMatch', { $regexMatch: { input: 'Hôtel', regex: '^hô', options: 'i' } }, true],
  ['$regexMatch of null', { $regexMatch: { input: null, regex: 'a' } }, false],
  [
    '$regexFind',
    { $regexFind: { input: 'aé-42-7', regex: '(\\d)(\\d)?' } },
    { match: '42', idx: 3, captures: ['4', '2'] },
  ],
  ['$regexFind of nothing', { $regexFind: { input: 'a', regex: 'b' } }, null],
  [
    '$regexFindAll',
    { $regexFindAll: { input: 'a1b2', regex: /(\d)(x)?/ } },
    [
      { match: '1', idx: 1, captures: ['1', null] },
      { match: '2', idx: 3, captures: ['2', null] },
    ],
  ],
  ['$replaceOne', { $replaceOne: { input: 'a.b.c', find: '.', replacement: '-$&' } }, 'a-$&b.c'],
  ['$replaceAll', { $replaceAll: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b-c'],
  ['$replaceAll with null', { $replaceAll: { input: 'a', find: null, replacement: '' } }, null],
  ['$indexOfCP', { $indexOfCP: ['é😀x', 'x'] }, 2],
  ['$indexOfBytes', { $indexOfBytes: ['éx', 'x'] }, 2],
  ['$indexOfCP within a range', { $indexOfCP: ['abcabc', 'c', 3, 5] }, -1],
  ['$substrBytes', { $substrBytes: ['éa', 2, -1] }, 'a'],
  ['$substrCP', { $substrCP: ['é😀x', 1, 1] }, '😀'],
  ['$trim of characters', { $trim: { input: 'xxaxbyx', chars: 'xy' } }, 'axb'],
  ['$ltrim of spaces', { $ltrim: { input: ' \t a ' } }, 'a '],
  ['$split', { $split: ['a,b,,c', ','] }, ['a', 'b', '', 'c']],
];

const OBJECTS: readonly Case[] = [
  ['$getField of a name with a dot', { $getField: { field: 'a.b', input: { $literal: { 'a.b': 1 } } } }, 1],
  [
    '$getField of a name with a dollar',
    { $getField: { field: { $literal: '$x' }, input: { $literal: { $x: 2 } } } },
    2,
  ],
  ['$setField', { $setField: { field: 'b', input: { $literal: { a: 1 } }, value: 2 } }, { a: 1, b: 2 }],
  ['$setField to $$REMOVE', { $setField: { field: 'a', input: { $literal: { a: 1 } }, value: '$$REMOVE' } }, {}],
  ['$setField of null', { $setField: { field: 'a', input: null, value: 1 } }, null],
  ['$unsetField', { $unsetField: { field: 'a', input: { $literal: { a: 1, b: 2 } } } }, { b: 2 }],
  ['$bsonSize', { $bsonSize: { $literal: { a: 1 } } }, 12],
  ['$binarySize', { $binarySize: new Binary(Buffer.from('abc')) }, 3],
];

const CONVERSIONS: readonly Case[] = [
  ['$convert by name', { $convert: { input: '42', to: 'int' } }, 42],
  ['$convert by number', { $convert: { input: 1.9, to: 18 } }, long(1)],
  ['$convert onError', { $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
  ['$convert onNull', { $convert: { input: null, to: 'int', onNull: 0 } }, 0],
  ['$convert to null', { $convert: { input: 1, to: null } }, null],
  [
    '$convert of an ObjectId to a date',
    { $convert: { input: new ObjectId('65a5c1000000000000000000'), to: 'date' } },
    at('2024-01-15T23:34:24.000Z'),
  ],
  ['$convert to bool', { $convert: { input: 0, to: 'bool' } }, false],
  ['$toDate of a text', { $toDate: '2024-01-02' }, at('2024-01-02T00:00:00Z')],
  ['$toDouble of a decimal', { $toDouble: decimal('1.5') }, 1.5],
];

const FAILURES: readonly Failure[] = [
  ['$round of a text', { $round: 'x' }, 51081],
  ['$round to a fraction of a place', { $round: [1, 1.5] }, 51082],
  ['$round to too many places', { $round: [1, 101] }, 51083],
  ['$sqrt of a negative number', { $sqrt: -1 }, 28714],
  ['$pow of zero and less', { $pow: [0, -1] }, 28764],
  ['$divide by zero', { $divide: [1, 0] }, 2],
  ['$divide of a decimal by zero', { $divide: [decimal('1'), decimal('0')] }, 2],
  ['$bitAnd of a double', { $bitAnd: [1.5, 1] }, 14],
  ['$range without a step', { $range: [0, 1, 0] }, 34449],
  ['$range of a text', { $range: ['a', 1] }, 34443],
  ['$zip of nothing', { $zip: { inputs: [] } }, 34465],
  ['$zip of a number', { $zip: { inputs: [1] } }, 34468],
  ['$sortArray of a number', { $sortArray: { input: 1, sortBy: 1 } }, 2942504],
  ['$firstN of none', { $firstN: { input: [1], n: 0 } }, 5787908],
  ['$firstN of a text', { $firstN: { input: [1], n: 'x' } }, 5787902],
  ['$indexOfArray of a number', { $indexOfArray: [1, 1] }, 40090],
  ['$regexMatch of a number', { $regexMatch: { input: 1, regex: 'a' } }, 51104],
  ['$regexMatch with unknown arguments', { $regexMatch: { input: 'a', regex: 'a', x: 1 } }, 31024],
  ['$replaceOne of a number', { $replaceOne: { input: 1, find: 'a', replacement: 'b' } }, 51746],
  ['$convert of what cannot be', { $convert: { input: 'x', to: 'int' } }, 241],
  ['$convert to an unknown type', { $convert: { input: 1, to: 'nope' } }, 2],
  ['$toInt of too much', { $toInt: long(2 ** 40) }, 241],
  ['$substrBytes inside of a character', { $substrBytes: ['é', 1, 1] }, 28656],
  ['an unknown operator', { $nope: 1 }, 168],
];

const REFUSED: readonly Failure[] = [
  ['$pow of fractions', { $pow: [2, 0.5] }, 238],
  ['$mod of decimals', { $mod: [decimal('5'), 3] }, 238],
  ['$toString of a fraction', { $toString: 1.5 }, 238],
  ['$convert to a binary', { $convert: { input: 'x', to: 'binData' } }, 238],
  ['a regular expression with lookbehind of no fixed meaning', { $regexMatch: { input: 'a', regex: '(?<n>a)' } }, 238],
];

describe.each(ENGINES)('values in expressions on %s', (engine) => {
  const server = useServer(engine);
  test.each([...NUMBERS, ...LISTS, ...TEXTS, ...OBJECTS, ...CONVERSIONS])('%s', async (...item) =>
    expectValue(server(), item),
  );
  test.each(FAILURES)('%s is an error', async (...item) => expectCode(server(), item));
  if (engine !== 'real') test.each(REFUSED)('%s is refused', async (...item) => expectCode(server(), item));

  test('numbers and keys of any type stay what they are', async () => {
    await expectValue(server(), [
      '',
      ['$a', '$b', '$c'],
      [1, long(1), new MaxKey()],
      { a: 1, b: long(1), c: new MaxKey() },
    ]);
  });
});

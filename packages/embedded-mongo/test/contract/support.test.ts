import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { ACCUMULATORS } from '../../src/aggregate/accumulators.ts';
import { expressionOperators } from '../../src/aggregate/operators.ts';
import { stageNames } from '../../src/aggregate/pipeline.ts';
import { commandNames } from '../../src/commands/dispatch.ts';
import { UPDATE_OPERATORS } from '../../src/query/update-operators.ts';
import { supportSummary, withMatrix } from '../../src/support/matrix.ts';
import { README } from '../../src/support/print.ts';
import { SUPPORT, type SupportArea } from '../../src/support/table.ts';
import { codeOf, ENGINES, useServer } from '../server.ts';

const OWN = ENGINES.filter((engine) => engine !== 'real');

const supported = (area: SupportArea): string[] =>
  [...SUPPORT[area]].filter(([, { kind }]) => kind !== 'refused').map(([name]) => name);
const refused = (area: SupportArea): [string, number][] =>
  [...SUPPORT[area]].flatMap(([name, entry]): [string, number][] =>
    entry.kind === 'refused' ? [[name, entry.code]] : [],
  );
const sorted = (names: Iterable<string>): string[] => [...names].sort();

afterAll(() => {
  process.stdout.write(`${supportSummary()}\n`);
});

describe('[E4] the support table is what is built', () => {
  const answered = refused('commands').flatMap(([name]) => (commandNames().includes(name) ? [name] : []));

  test('commands', () => {
    expect(sorted(commandNames())).toEqual(sorted([...supported('commands'), ...answered]));
  });

  test('stages', () => expect(sorted(stageNames())).toEqual(sorted(supported('stages'))));
  test('accumulators', () => expect(sorted(Object.keys(ACCUMULATORS))).toEqual(sorted(supported('accumulators'))));
  test('expression operators', () =>
    expect(sorted(Object.keys(expressionOperators()))).toEqual(sorted(supported('expressions'))));

  test('update operators', () => {
    const parts = ['$', '$[]', '$[identifier]', '$each', '$position', '$slice', '$sort'];
    expect(sorted([...Object.keys(UPDATE_OPERATORS), '$rename', ...parts])).toEqual(sorted(supported('update')));
  });

  test('the matrix in the README is up to date (npm run -s embedded-mongo -- support --write)', () => {
    const readme = readFileSync(README, 'utf8');
    expect(readme).toBe(withMatrix(readme));
  });
});

/** A filter that uses an operator as it has to be used. */
const FILTERS: Readonly<Record<string, Document>> = {
  $all: { a: { $all: [1] } },
  $alwaysFalse: { $alwaysFalse: 1 },
  $alwaysTrue: { $alwaysTrue: 1 },
  $and: { $and: [{ a: 1 }] },
  $bitsAllClear: { a: { $bitsAllClear: 1 } },
  $bitsAllSet: { a: { $bitsAllSet: 1 } },
  $bitsAnyClear: { a: { $bitsAnyClear: 1 } },
  $bitsAnySet: { a: { $bitsAnySet: 1 } },
  $comment: { $comment: 'x' },
  $elemMatch: { a: { $elemMatch: { $gt: 1 } } },
  $eq: { a: { $eq: 1 } },
  $exists: { a: { $exists: true } },
  $expr: { $expr: true },
  $gt: { a: { $gt: 1 } },
  $gte: { a: { $gte: 1 } },
  $in: { a: { $in: [1] } },
  $lt: { a: { $lt: 1 } },
  $lte: { a: { $lte: 1 } },
  $mod: { a: { $mod: [2, 0] } },
  $ne: { a: { $ne: 1 } },
  $nin: { a: { $nin: [1] } },
  $nor: { $nor: [{ a: 1 }] },
  $not: { a: { $not: { $gt: 1 } } },
  $or: { $or: [{ a: 1 }] },
  $regex: { a: { $regex: 'x' } },
  $size: { a: { $size: 1 } },
  $type: { a: { $type: 'int' } },
};

/** A filter that uses an operator in the place where MongoDB knows it. */
const filterWith = (name: string): Document =>
  FILTERS[name] ??
  (['$where', '$text', '$jsonSchema', '$sampleRate'].includes(name) ? { [name]: 1 } : { a: { [name]: 1 } });

describe.each(OWN)('[E1] every name of the support table answers as it says, on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection('things');
  const aggregate = (stage: Document) => codeOf(things().aggregate([stage]).toArray());

  test.each(refused('commands'))('the command %s is refused with %d', async (name, code) => {
    const db = code === 238 || code === 76 ? server().client.db('admin') : server().db;
    expect(await codeOf(db.command({ [name]: 1 }))).toBe(code);
  });

  test.each(refused('stages'))('the stage %s is refused with %d', async (name, code) => {
    expect(await aggregate({ [name]: {} })).toBe(code);
  });

  test.each(refused('accumulators'))('the accumulator %s is refused with %d', async (name, code) => {
    expect(await aggregate({ $group: { _id: null, r: { [name]: '$a' } } })).toBe(code);
  });

  test.each(refused('expressions'))('the expression operator %s is refused with %d', async (name, code) => {
    expect(await aggregate({ $match: { $expr: { [name]: '$a' } } })).toBe(code);
  });

  test.each(refused('query'))('the query operator %s is refused with %d', async (name, code) => {
    expect(await codeOf(things().findOne(filterWith(name)))).toBe(code);
  });

  test.each(supported('query'))('the query operator %s is taken', async (name) => {
    await things().insertOne({ a: 1 });
    expect(await codeOf(things().findOne(filterWith(name)))).toBeUndefined();
  });

  test('no operator of another kind is taken in a filter', async () => {
    const others = new Set([
      ...SUPPORT.expressions.keys(),
      ...SUPPORT.update.keys(),
      ...SUPPORT.stages.keys(),
      '$nope',
    ]);
    const known = [...SUPPORT.query.keys(), '$'];
    for (const name of [...others].filter((other) => !known.includes(other))) {
      expect([name, await codeOf(things().findOne({ a: { [name]: 1 } }))]).toEqual([name, 2]);
      expect([name, await codeOf(things().findOne({ [name]: 1 }))]).toEqual([name, 2]);
    }
  });

  test('$meta is refused in projections and sorts', async () => {
    expect(await codeOf(things().findOne({}, { projection: { s: { $meta: 'textScore' } } }))).toBe(238);
    expect(await codeOf(things().findOne({}, { sort: { s: { $meta: 'textScore' } } }))).toBe(238);
  });

  test.each<[string, Document]>([
    ['text', { key: { a: 'text' } }],
    ['2d', { key: { a: '2d' } }],
    ['2dsphere', { key: { a: '2dsphere' } }],
    ['hashed', { key: { a: 'hashed' } }],
    ['wildcard', { key: { '$**': 1 } }],
    ['hidden', { key: { a: 1 }, hidden: true }],
    ['collation', { key: { a: 1 }, collation: { locale: 'fr' } }],
    ['clustered', { key: { a: 1 }, clustered: true }],
    ['prepareUnique', { key: { a: 1 }, prepareUnique: true }],
  ])('%s indexes are refused with 238', async (name, spec) => {
    expect(refused('indexes').map(([known]) => known)).toContain(name);
    expect(await codeOf(server().db.command({ createIndexes: 'things', indexes: [{ name: 'i', ...spec }] }))).toBe(238);
  });

  test.each(refused('collation'))('the collation option %s is refused with %d', async (name, code) => {
    const collation = { locale: 'fr', [name]: 'upper' };
    expect(await codeOf(server().db.command({ find: 'things', collation }))).toBe(code);
  });

  test.each(refused('validation'))('a collection with %s is refused with %d', async (name, code) => {
    expect(await codeOf(server().db.command({ create: 'other', [name]: { x: 1 } }))).toBe(code);
  });
});

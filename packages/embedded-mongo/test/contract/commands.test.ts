import { describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

const OWN = ENGINES.filter((engine) => engine !== 'real');

/** The names of all stages of a plan, from the outermost. */
const stagesOf = (plan: Document | undefined): string[] => (plan ? [plan.stage, ...stagesOf(plan.inputStage)] : []);

describe.each(ENGINES)('commands on %s', (engine) => {
  const server = useServer(engine);
  const command = (document: Document) => server().db.command(document);
  const things = () => server().db.collection<Thing>('things');
  const fill = (length: number) =>
    things().insertMany(Array.from({ length }, (_, i) => ({ _id: i, a: i, b: i % 3, at: new Date(i) })));

  test.each<[string, Document]>([
    ['find', { find: 'x' }],
    ['insert', { insert: 'x', documents: [{}] }],
    ['update', { update: 'x', updates: [{ q: {}, u: { $set: { a: 1 } } }] }],
    ['delete', { delete: 'x', deletes: [{ q: {}, limit: 0 }] }],
    ['findAndModify', { findAndModify: 'x', remove: true }],
    ['aggregate', { aggregate: 'x', pipeline: [], cursor: {} }],
    ['count', { count: 'x' }],
    ['distinct', { distinct: 'x', key: 'a' }],
    ['create', { create: 'y' }],
    ['createIndexes', { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a' }] }],
    ['listIndexes', { listIndexes: 'x' }],
    ['listCollections', { listCollections: 1 }],
    ['dbStats', { dbStats: 1 }],
  ])('%s refuses a field that it does not know', async (_name, document) => {
    expect(await codeOf(command({ ...document, nope: 1 }))).toBe(40415);
  });

  test.each<[string, Document, number]>([
    ['an update without q', { update: 'x', updates: [{ u: {} }] }, 40414],
    ['an unknown field of an update', { update: 'x', updates: [{ q: {}, u: { $set: { a: 1 } }, nope: 1 }] }, 40415],
    [
      'a sort of an update, which version 8 has',
      { update: 'x', updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }] },
      40415,
    ],
    ['an unknown field of a delete', { delete: 'x', deletes: [{ q: {}, limit: 0, nope: 1 }] }, 40415],
    ['a limit of 2 of a delete', { delete: 'x', deletes: [{ q: {}, limit: 2 }] }, 9],
    ['an aggregate without a cursor', { aggregate: 'x', pipeline: [] }, 9],
    ['an aggregate without a pipeline', { aggregate: 'x', cursor: {} }, 40414],
    ['a filter that is no document', { find: 'x', filter: 5 }, 14],
    ['an unknown read concern', { find: 'x', readConcern: { level: 'nope' } }, 2],
    ['an API version of the future', { find: 'x', apiVersion: '2' }, 322],
    ['a size without capped', { create: 'y', size: 5 }, 72],
    ['a pipeline without a view', { create: 'y', pipeline: [] }, 72],
    ['the bulkWrite of version 8', { bulkWrite: 1, ops: [], nsInfo: [] }, 59],
    ['a profile level of text', { profile: 'x' }, 14],
  ])('%s is an error', async (_title, document, code) => {
    expect(await codeOf(command(document))).toBe(code);
  });

  test('collection.bulkWrite does all kinds of writes', async () => {
    const result = await things().bulkWrite([
      { insertOne: { document: { _id: 1, a: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { a: 1 } } } },
      { replaceOne: { filter: { _id: 2 }, replacement: { a: 9 }, upsert: true } },
      { updateMany: { filter: {}, update: { $set: { b: 1 } } } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 3,
      modifiedCount: 3,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(await things().find().toArray()).toEqual([{ _id: 2, a: 9, b: 1 }]);
  });

  test('let holds constant expressions', async () => {
    await fill(5);
    const found = await things()
      .find({ $expr: { $eq: ['$a', '$$x'] } }, { let: { x: { $add: [1, 2] } } })
      .toArray();
    expect(found.map(({ _id }) => _id)).toEqual([3]);
    const filter = { $expr: { $eq: ['$a', '$$x'] } };
    expect(await codeOf(command({ find: 'things', filter, let: { x: '$a' } }))).toBe(4890500);
  });

  test('$$NOW is one moment all through a command', async () => {
    await fill(200);
    await things().updateMany({}, [{ $set: { now: '$$NOW' } }]);
    expect(await things().distinct('now')).toHaveLength(1);
    const [first] = await things().distinct('now');
    const later = await things()
      .aggregate([{ $group: { _id: '$$NOW' } }, { $match: { $expr: { $gte: ['$_id', first] } } }])
      .toArray();
    expect(later).toHaveLength(1);
  });

  test('distinct, count and their options', async () => {
    await fill(10);
    expect(await things().distinct('b', { a: { $gt: 0 } })).toEqual([0, 1, 2]);
    expect((await command({ count: 'things', query: { b: 1 }, skip: 1, limit: 1 })).n).toBe(1);
    expect((await command({ count: 'things', limit: -4 })).n).toBe(4);
    expect(await things().estimatedDocumentCount()).toBe(10);
    expect(await codeOf(command({ distinct: 'things' }))).toBe(40414);
  });

  test('collMod changes the time to live of an index, and can give one its first', async () => {
    await fill(1);
    await things().createIndex({ at: 1 }, { expireAfterSeconds: 100 });
    await things().createIndex({ a: 1 });
    expect(
      await command({ collMod: 'things', index: { keyPattern: { at: 1 }, expireAfterSeconds: 200 } }),
    ).toMatchObject({
      expireAfterSeconds_old: 100,
      expireAfterSeconds_new: 200,
    });
    expect(await command({ collMod: 'things', index: { name: 'a_1', expireAfterSeconds: 5 } })).toMatchObject({
      expireAfterSeconds_new: 5,
    });
    const indexes = await things().listIndexes().toArray();
    expect(indexes.map(({ expireAfterSeconds }) => expireAfterSeconds)).toEqual([undefined, 200, 5]);
    expect(await codeOf(command({ collMod: 'things', index: { name: 'nope', expireAfterSeconds: 5 } }))).toBe(27);
    expect(await codeOf(command({ collMod: 'things', index: { expireAfterSeconds: 5 } }))).toBe(72);
    expect(await codeOf(command({ collMod: 'nope', validator: {} }))).toBe(26);
  });

  test('collMod changes the validator', async () => {
    await fill(1);
    await command({ collMod: 'things', validator: { a: { $gte: 0 } } });
    expect(await codeOf(things().insertOne({ _id: 50, a: -1 }))).toBe(121);
    await command({ collMod: 'things', validator: {} });
    expect(await codeOf(things().insertOne({ _id: 50, a: -1 }))).toBeUndefined();
  });

  test('explain tells the plan, and on demand what running it takes', async () => {
    await fill(100);
    await things().createIndex({ b: 1, a: 1 });
    const planned = await things().find({ b: 1 }).sort({ a: 1 }).explain('queryPlanner');
    expect(planned).not.toHaveProperty('executionStats');
    expect(planned.queryPlanner.namespace).toBe(`${server().db.databaseName}.things`);
    expect(stagesOf(planned.queryPlanner.winningPlan)).toEqual(['FETCH', 'IXSCAN']);
    const run = await things().find({ b: 1 }).explain('executionStats');
    expect(run.executionStats).toMatchObject({
      executionSuccess: true,
      nReturned: 33,
      totalKeysExamined: 33,
      totalDocsExamined: 33,
    });
    expect(run.executionStats).not.toHaveProperty('allPlansExecution');
    expect((await things().find().explain('allPlansExecution')).executionStats).toHaveProperty('allPlansExecution');
    const scanned = await things()
      .find({ at: new Date(5) })
      .explain('executionStats');
    expect(stagesOf(scanned.queryPlanner.winningPlan)).toEqual(['COLLSCAN']);
    expect(scanned.executionStats).toMatchObject({ nReturned: 1, totalKeysExamined: 0, totalDocsExamined: 100 });
    expect(await codeOf(command({ explain: { find: 'things' }, verbosity: 'nope' }))).toBe(2);
  });

  test('explain of a sort that no index gives', async () => {
    await fill(10);
    const plan = await things().find().sort({ at: 1 }).skip(1).explain('queryPlanner');
    expect(stagesOf(plan.queryPlanner.winningPlan)).toContain('SORT');
    expect(stagesOf(plan.queryPlanner.winningPlan)).toContain('COLLSCAN');
  });

  test('explain of writes writes nothing', async () => {
    await fill(10);
    const updated = await command({
      explain: { update: 'things', updates: [{ q: { b: 1 }, u: { $set: { a: -1 } }, multi: true }] },
      verbosity: 'executionStats',
    });
    expect(stagesOf(updated.queryPlanner.winningPlan)[0]).toBe('UPDATE');
    const deleted = await command({
      explain: { delete: 'things', deletes: [{ q: {}, limit: 0 }] },
      verbosity: 'executionStats',
    });
    expect(stagesOf(deleted.queryPlanner.winningPlan)[0]).toBe('DELETE');
    expect(deleted.executionStats.nReturned).toBe(0);
    expect(await things().countDocuments({ a: { $gte: 0 } })).toBe(10);
  });

  test('explain of counts and of unknown collections', async () => {
    await fill(4);
    const counted = await command({ explain: { count: 'things', query: { b: 1 } }, verbosity: 'executionStats' });
    expect(stagesOf(counted.queryPlanner.winningPlan)[0]).toBe('COUNT');
    const none = await command({ explain: { find: 'none' }, verbosity: 'executionStats' });
    expect([none.queryPlanner.winningPlan.stage, none.executionStats.nReturned]).toEqual(['EOF', 0]);
  });

  test('explain of an aggregation that is one search is that of the search', async () => {
    await fill(20);
    await things().createIndex({ a: 1 });
    const explained = await things()
      .aggregate([{ $match: { a: { $gt: 15 } } }])
      .explain('executionStats');
    expect(stagesOf(explained.queryPlanner.winningPlan)).toContain('IXSCAN');
    expect(explained.executionStats.nReturned).toBe(4);
  });

  test('sessions begin and end', async () => {
    const { id, timeoutMinutes } = await command({ startSession: 1 });
    expect(timeoutMinutes).toBe(30);
    expect(await command({ refreshSessions: [id] })).toMatchObject({ ok: 1 });
    expect(await command({ endSessions: [id] })).toMatchObject({ ok: 1 });
  });

  test('listCommands names the commands', async () => {
    const { commands } = await command({ listCommands: 1 });
    expect(Object.keys(commands)).toEqual(expect.arrayContaining(['find', 'insert', 'aggregate', 'collMod']));
  });
});

describe.each(OWN)('commands that the embedded database answers in part, on %s', (engine) => {
  const server = useServer(engine);
  const command = (document: Document) => server().db.command(document);

  test('explain lists the stages of an aggregation after its search', async () => {
    await server()
      .db.collection<Thing>('things')
      .insertMany([{ _id: 1 }, { _id: 2 }]);
    const explained = await server()
      .db.collection('things')
      .aggregate([{ $match: { _id: { $gt: 0 } } }, { $group: { _id: null, n: { $sum: 1 } } }])
      .explain('executionStats');
    expect(explained.stages.map((stage: Document) => Object.keys(stage)[0])).toEqual(['$cursor', '$group']);
    expect(explained.stages[0].$cursor.executionStats.nReturned).toBe(2);
    expect(explained.stages[1].nReturned).toBe(1);
  });

  test.each<[string, Document]>([
    ['a profiler', { profile: 1 }],
    ['validationLevel moderate', { create: 'y', validationLevel: 'moderate' }],
    ['validationAction warn', { create: 'y', validationAction: 'warn' }],
    ['$jsonSchema in a validator', { create: 'y', validator: { $jsonSchema: {} } }],
    ['a default collation', { create: 'y', collation: { locale: 'fr' } }],
    ['hiding an index', { collMod: 'things', index: { name: '_id_', hidden: true } }],
    ['a tailable cursor', { find: 'x', tailable: true }],
    ['returnKey', { find: 'x', returnKey: true }],
    ['min of an index', { find: 'x', min: { a: 1 } }],
  ])('%s is refused with 238', async (_title, document) => {
    await server().db.collection<Thing>('things').insertOne({ _id: 1 });
    expect(await codeOf(command(document))).toBe(238);
  });

  test('profile and connectionStatus say that there is nothing', async () => {
    expect(await command({ profile: -1 })).toMatchObject({ was: 0 });
    expect(await command({ connectionStatus: 1 })).toMatchObject({ authInfo: { authenticatedUsers: [] } });
  });
});

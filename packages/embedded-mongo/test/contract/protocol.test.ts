import { describe, expect, test } from '@jest/globals';
import { codeOf, ENGINES, useServer } from '../server.ts';

const OWN = ENGINES.filter((engine) => engine !== 'real');

describe.each(ENGINES)('the protocol on %s', (engine) => {
  const server = useServer(engine);

  test('unknown commands, fields and names are refused by code', async () => {
    const { db } = server();
    expect(await codeOf(db.command({ nope: 1 }))).toBe(59);
    expect(await codeOf(db.command({ find: 'x', nope: 1 }))).toBe(40415);
    expect(await codeOf(db.command({ insert: 'x', documents: [] }))).toBe(16);
    expect(await codeOf(db.command({ find: '' }))).toBe(73);
    expect(await codeOf(db.collection('a$b').insertOne({}))).toBe(73);
    expect(await codeOf(db.command({ listDatabases: 1 }))).toBe(13);
  });

  test('sessions are accepted', async () => {
    await server().client.withSession(async (session) => {
      await server().db.collection<{ _id: number }>('x').insertOne({ _id: 1 }, { session });
      expect(await server().db.collection('x').findOne({}, { session })).toEqual({ _id: 1 });
    });
  });

  test('writes of all concerns are accepted', async () => {
    const x = server().db.collection<{ _id: number }>('x');
    await x.insertOne({ _id: 1 }, { writeConcern: { w: 'majority', j: true } });
    await x.insertOne({ _id: 2 }, { writeConcern: { w: 0 } });
    await x.insertOne({ _id: 3 }, { writeConcern: { w: 1 } });
    expect(await x.findOne({ _id: 3 })).toEqual({ _id: 3 });
  });
});

describe.each(OWN)('what the embedded database refuses, on %s', (engine) => {
  const server = useServer(engine);

  test('transactions are refused with a text that names the way out, and write nothing', async () => {
    const x = server().db.collection('x');
    let runs = 0;
    const attempt = server().client.withSession((session) =>
      session.withTransaction(async () => {
        runs++;
        await x.insertOne({ a: 1 }, { session });
      }),
    );
    await expect(attempt).rejects.toMatchObject({ code: 263, message: expect.stringContaining('MONGODB_URL') });
    expect(runs).toBe(1);
    expect(await x.countDocuments()).toBe(0);
  });

  test('change streams are refused at once', async () => {
    const stream = server().db.collection('x').watch();
    expect(await codeOf(stream.next())).toBe(40573);
    await stream.close();
  });

  test.each([
    ['$where', { $where: 'true' }],
    ['$text', { $text: { $search: 'x' } }],
    ['$near', { a: { $near: [0, 0] } }],
    ['$jsonSchema', { $jsonSchema: {} }],
  ])('%s is refused as not implemented', async (_name, filter) => {
    expect(
      await codeOf(
        server()
          .db.collection('x')
          .findOne(filter as never),
      ),
    ).toBe(238);
  });

  test.each(['$out', '$merge', '$bucketAuto', '$setWindowFields'])(
    'the stage %s is refused as not implemented',
    async (stage) => {
      expect(
        await codeOf(
          server()
            .db.collection('x')
            .aggregate([{ [stage]: {} }])
            .toArray(),
        ),
      ).toBe(238);
    },
  );

  test('server-side JavaScript is refused in every form', async () => {
    const run = (expression: object) =>
      codeOf(
        server()
          .db.collection('x')
          .aggregate([{ $project: { r: expression } }])
          .toArray(),
      );
    expect(await run({ $function: { body: 'x', args: [], lang: 'js' } })).toBe(238);
    expect(await codeOf(server().db.command({ mapReduce: 'x' }))).toBe(238);
  });

  test('it reports version 7 and no replica set', async () => {
    expect((await server().db.command({ buildInfo: 1 })).version).toMatch(/^7\.0/);
    const hello = await server().db.command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 21 });
    expect(hello).not.toHaveProperty('setName');
    expect(hello).not.toHaveProperty('topologyVersion');
  });
});

import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.ts';
import { useProcesses } from './processes.ts';

const { directory, run, cli } = useProcesses();

/** A process that starts a database, writes, says so, and then waits to be killed. */
const PARENT = `
  import { MongoClient } from 'mongodb';
  const { startEmbeddedMongo } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
  const server = await startEmbeddedMongo({ dataDir: process.argv[1] });
  await new MongoClient(server.url).db('t').collection('x').insertOne({ a: 1 });
  console.log('written');
`;

test('[R2] a database ends with its parent, and the next one starts at once on the same data', async () => {
  const dataDir = directory();
  const { child, lines } = run('--input-type=module', '--eval', PARENT, dataDir);
  expect((await lines.next()).value).toBe('written');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await startEmbeddedMongo({ dataDir });
  const client = new MongoClient(next.url);
  expect(await client.db('t').collection('x').countDocuments()).toBe(1);
  await client.close();
  await next.stop();
}, 120_000);

test('[R1] the end of the database is told to who started it, unless it was stopped', async () => {
  const server = await startEmbeddedMongo({ dataDir: directory() });
  const exit = new Promise((resolve) => server.onExit(resolve));
  process.kill(server.pid as number, 'SIGKILL');
  expect(await exit).toEqual({
    code: null,
    signal: 'SIGKILL',
    message: 'the embedded database ended by itself (SIGKILL)',
  });
});

test.each([
  ['no directory', [], /--data is missing/],
  ['an unknown option', ['--nope'], /nope/],
  ['a port that is none', ['--data', 'x', '--port', '99999'], /--port must be a number/],
])('the command line refuses %s with a clear line', async (_title, args, message) => {
  expect(await cli(...args)).toMatchObject({ code: 1, errors: expect.stringMatching(message) });
});

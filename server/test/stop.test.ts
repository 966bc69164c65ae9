import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { clientOf, until } from './harness.ts';
import { type Running, runServer } from './process.ts';
import { storeProxy } from './store-proxy.ts';
import { numbersIn, openWriter, type Writer } from './writer.ts';

const CRASHING = 'server/test/entries/crashing.ts';
const ended: (() => unknown)[] = [];
const start = (options: Parameters<typeof runServer>[0] = {}): Running => {
  const server = runServer(options);
  ended.push(() => {
    server.child.kill('SIGKILL');
    rmSync(server.dataDir, { recursive: true, force: true });
  });
  return server;
};
const write = (url: string, cookie: string, id: string): Writer => {
  const writer = openWriter(url, cookie, id);
  ended.push(() => writer.close());
  return writer;
};
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

async function withDocument(server: Running) {
  const { url, cookie } = await server.administrator();
  const { workspaces, documents } = clientOf(url, { cookie });
  const { id: workspaceId } = await workspaces.create({ name: 'Stopping' });
  const { id } = await documents.create({ workspaceId, kind: 'note', title: 'Stopping' });
  const writer = write(url, cookie, id);
  await until('the document is open', () => writer.provider.synced);
  return { url, cookie, id, writer };
}

/** Writes at every turn until told to stop. */
function keepWriting(writer: Writer): () => void {
  const timer = setInterval(() => writer.write(), 5);
  ended.push(() => clearInterval(timer));
  return () => clearInterval(timer);
}

/** What a new process finds of the text in the same folder. */
async function foundAgain(server: Running, id: string): Promise<number[]> {
  const { url, cookie } = await server.administrator();
  const reader = write(url, cookie, id);
  await until('the document is read', () => reader.provider.synced);
  return numbersIn(reader.doc);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('an orderly stop', () => {
  test('[F13] takes no more, sends everybody away to come back, keeps all that was acknowledged, and ends with 0', async () => {
    const server = start();
    const { url, cookie, id, writer } = await withDocument(server);
    const live = io(url, { transports: ['websocket'], extraHeaders: { cookie, origin: url }, reconnection: false });
    await new Promise((resolve) => live.once('connect', () => resolve(null)));
    const told = new Promise((resolve) => live.once('disconnect', resolve));
    const hung = write(url, cookie, id);
    await until('a second client is there', () => hung.provider.synced);
    hung.socket()?.pause();
    const early = connect(Number(new URL(url).port), '127.0.0.1');
    early.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
    let answered = '';
    early.on('data', (chunk) => {
      answered += chunk.toString();
    });
    const stopWriting = keepWriting(writer);
    await until('some is acknowledged', () => writer.acknowledged() > 100);
    const began = performance.now();
    const exited = server.stop();
    await until('it is stopping', () => server.said.err.includes('"stopping"'));
    early.write('\r\n');
    expect(await exited).toBe(0);
    const took = performance.now() - began;
    stopWriting();
    expect(took).toBeLessThan(10_000);
    expect(await told).not.toBe('io server disconnect');
    await until('the writer is told', () => writer.closes.length > 0);
    expect(writer.closes[0]).toBe(1012);
    expect(answered).toMatch(/^HTTP\/1\.1 503 /);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    const acknowledged = writer.acknowledged();
    const found = await foundAgain(start({ dataDir: server.dataDir }), id);
    expect(found.length).toBeGreaterThanOrEqual(acknowledged);
    expect(found).toEqual(upTo(found.length));
    process.stdout.write(
      `stopped in ${Math.round(took)} ms with ${acknowledged} edits acknowledged, ${found.length} kept\n`,
    );
  }, 120_000);

  test('[F13] is not held up by a database that says nothing: it says what it gave up, and ends with 1', async () => {
    const door = await storeProxy(process.env.TEST_MONGODB_URL ?? '');
    ended.push(() => door.close());
    const mongodbUrl = door.url.replace('/?', `/stop_${process.pid}?`);
    const server = start({ env: { MONGODB_URL: mongodbUrl } });
    const { id, writer } = await withDocument(server);
    writer.write();
    await until('the first is acknowledged', () => writer.acknowledged() === 1);
    door.shut();
    writer.write();
    const began = performance.now();
    expect(await server.stop()).toBe(1);
    const took = performance.now() - began;
    expect(took).toBeLessThan(25_000);
    expect(server.said.err).toMatch(/gave up: .*text that could not be saved/);
    expect(writer.acknowledged()).toBe(1);
    door.open();
    const again = start({ env: { MONGODB_URL: mongodbUrl } });
    expect((await foundAgain(again, id))[0]).toBe(1);
    process.stdout.write(`stopped in ${Math.round(took)} ms without its database\n`);
  }, 120_000);

  test('[F13] becomes an immediate one by a second signal', async () => {
    const door = await storeProxy(process.env.TEST_MONGODB_URL ?? '');
    ended.push(() => door.close());
    const server = start({ env: { MONGODB_URL: door.url.replace('/?', `/stop_${process.pid}?`) } });
    const half = connect(Number(new URL(await server.ready()).port), '127.0.0.1');
    half.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
    half.on('error', () => undefined);
    await once(half, 'connect');
    door.shut();
    const began = performance.now();
    server.child.kill('SIGTERM');
    await until('it is stopping', () => server.said.err.includes('"stopping"'));
    // A launcher and a terminal may both tell of one wish: the second signal is one that comes later.
    await until('a second has passed', () => performance.now() - began > 1_500);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(1);
    expect(server.said.err).toMatch(/second signal/);
  }, 120_000);
});

test('[F13] a stop that never ends is ended, and says so', async () => {
  const server = start({ entry: 'server/test/entries/hanging.ts' });
  await server.ready();
  expect(await server.stop()).toBe(1);
  expect(server.said.err).toMatch(/did not stop within 0\.3 s and is ended/);
}, 120_000);

describe('an error that nobody expected', () => {
  test.each([
    ['SIGUSR1', 'thrown where nobody catches'],
    ['SIGUSR2', 'rejected where nobody waits'],
  ] as const)(
    '[F18] is logged and ends the process with 1, with all that was acknowledged (%s)',
    async (signal, what) => {
      const server = start({ entry: CRASHING });
      const { id, writer } = await withDocument(server);
      const stopWriting = keepWriting(writer);
      await until('some is acknowledged', () => writer.acknowledged() > 20);
      server.child.kill(signal);
      expect(await server.exited).toBe(1);
      stopWriting();
      const lines = server.said.err.trim().split('\n');
      const fatal = lines.find((line) => line.includes('"fatal"')) ?? '';
      expect(JSON.parse(fatal)).toMatchObject({ level: 'fatal', err: { message: what } });
      expect(lines.at(-1)).toMatch(/^Concert ends after an error that nobody expected/);
      const acknowledged = writer.acknowledged();
      const found = await foundAgain(start({ dataDir: server.dataDir }), id);
      expect(found.length).toBeGreaterThanOrEqual(acknowledged);
      expect(found).toEqual(upTo(found.length));
    },
    120_000,
  );
});

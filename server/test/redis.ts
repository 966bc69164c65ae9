import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { createClient } from 'redis';
import { until } from './harness.ts';

/** Whether this machine has a Redis to test with. */
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Tests that need a Redis: skipped where there is none, with the reason; where a release is judged that is a failure. */
export function describeWithRedis(title: string, tests: () => void): void {
  const reason = 'there is no redis-server on this machine (package redis-server)';
  if (hasRedis) describe(title, tests);
  else if (process.env.CI) {
    test(`${title}: has a Redis to be tested with`, () => {
      throw new Error(reason);
    });
  } else {
    process.stdout.write(`skipped: ${title}, because ${reason}\n`);
    describe.skip(title, tests);
  }
}

/** A Redis of one's own, which can be stopped and started again at the same address. */
export type TestRedis = {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Holds it: connections stay open and nothing is answered any more. */
  freeze(): void;
  thaw(): void;
  remove(): Promise<void>;
};

/** A port that was free a moment ago: an instance that lost its Redis looks for it again at the same one. */
const freePort = async (): Promise<number> => {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port was free');
  return address.port;
};

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch {
    return false;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** Starts a Redis on a free port that keeps nothing. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'concert-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const options = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ];
    child = spawn('redis-server', options, { stdio: 'ignore' });
    await until('Redis answers', () => answers(url));
  };
  const kill = async (): Promise<void> => {
    const dying = child;
    if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
    const ended = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    start,
    kill,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

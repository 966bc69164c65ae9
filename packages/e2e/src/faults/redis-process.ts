import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { startChild } from '../child.ts';

/** A Redis that keeps nothing, and can be started again at the same port. */
export type RedisProcess = {
  readonly port: number;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Holds it: connections stay open and nothing is answered any more. */
  freeze(): void;
  thaw(): void;
};

/** A port that was free a moment ago: who lost its Redis looks for it at the same one. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port was free');
  return address.port;
};

/** Why there can be no Redis here; null when there can. */
export const lacksRedis = (): string | null =>
  spawnSync('redis-server', ['--version']).status === 0
    ? null
    : 'there is no redis-server on this machine (package redis-server)';

/** Starts a Redis on a free port. */
export async function startRedis(folder: string): Promise<RedisProcess> {
  const port = await freePort();
  const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const start = async () =>
    (await startChild(['redis-server', '--port', String(port), ...options], /Ready to accept connections/)).child;
  let child = await start();
  return {
    port,
    kill: () => child.kill(),
    start: async () => {
      child = await start();
    },
    freeze: () => child.signal('SIGSTOP'),
    thaw: () => child.signal('SIGCONT'),
  };
}

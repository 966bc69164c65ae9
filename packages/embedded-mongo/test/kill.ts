import type { EmbeddedMongo } from '../src/index.ts';

/** Kills the process of a server and waits until it is gone. */
export async function kill(server: EmbeddedMongo): Promise<void> {
  const gone = new Promise((resolve) => server.onExit(resolve));
  process.kill(server.pid as number, 'SIGKILL');
  await gone;
}

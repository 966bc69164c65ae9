import { fileURLToPath } from 'node:url';
import type { Child } from '../child.ts';
import { startChild } from '../child.ts';

const CLI = fileURLToPath(new URL('../../../embedded-mongo/src/cli.ts', import.meta.url));

/** The database in a process of its own, that can be started again at the same port. */
export type StoreProcess = {
  readonly port: number;
  readonly folder: string;
  /** `kill -9`, unless it has ended already. */
  kill(): Promise<void>;
  /** Starts it again. @throws with its last words when it does not */
  start(): Promise<void>;
  /** Holds it between two instructions. */
  freeze(): void;
  thaw(): void;
};

/** The address of a database at a port of this machine. */
export const storeUrl = (port: number): string => `mongodb://127.0.0.1:${port}/?directConnection=true`;

/** Starts the database on a folder, at any port. @throws with its last words when it does not start */
export async function startStore(folder: string): Promise<StoreProcess> {
  const start = async (port: number): Promise<{ child: Child; port: number }> => {
    const { child, line } = await startChild(
      [process.execPath, '--import', 'tsx', CLI, '--data', folder, '--port', String(port)],
      /^embedded-mongo is ready on mongodb:\/\/127\.0\.0\.1:(\d+)$/,
    );
    return { child, port: Number(line[1]) };
  };
  let { child, port } = await start(0);
  return {
    port,
    folder,
    kill: () => child.kill(),
    start: async () => {
      ({ child, port } = await start(port));
    },
    freeze: () => child.signal('SIGSTOP'),
    thaw: () => child.signal('SIGCONT'),
  };
}

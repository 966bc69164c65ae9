import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A server in a process group of its own. */
export type ServerProcess = {
  readonly pid: number;
  /** What the ready line named first: an address or a port. */
  readonly ready: string;
  /** SIGTERM; resolves when it is gone, by force after 20 s. */
  stop(): Promise<void>;
  /** `kill -9` of the whole group. */
  kill(): Promise<void>;
};

export type Command = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The line on stdout that says that it answers. */
  readonly ready: RegExp;
};

const STOP_MS = 20_000;
const START_MS = 120_000;

function signal(group: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(name === 'SIGKILL' ? -group : group, name);
  } catch (error) {
    // It is already gone.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Starts a Node program and waits for its ready line.
 * @throws with what it wrote on stderr when it ends before that
 */
export async function startProcess(command: Command): Promise<ServerProcess> {
  const child = spawn(process.execPath, command.args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...command.env },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the server could not be started');
  const ended = once(child, 'exit');
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const ready = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready after ${START_MS} ms:\n${complaints}`)), START_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = command.ready.exec(line);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[1] ?? '');
    });
    void ended.then(([code]) => {
      clearTimeout(timer);
      reject(new Error(`it ended with ${code} before it was ready:\n${complaints}`));
    });
  });
  const kill = async (): Promise<void> => {
    signal(pid, 'SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await ended;
  };
  return {
    pid,
    ready,
    kill,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      signal(pid, 'SIGTERM');
      const timer = setTimeout(() => void kill(), STOP_MS);
      await ended;
      clearTimeout(timer);
      // Whatever it may have left behind in its group.
      signal(pid, 'SIGKILL');
    },
  };
}

/** A port that nobody listens on at the moment, for servers that cannot say which one they were given. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

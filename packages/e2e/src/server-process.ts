import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A server in a process tree of its own, as an operator runs it. */
export type ServerProcess = {
  readonly url: string;
  readonly port: number;
  /** `kill -9` of the whole tree, the embedded database included; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it; resolves with the exit code. */
  stop(): Promise<number | null>;
};

export type ServerSettings = { readonly dataDir: string; readonly env?: Readonly<Record<string, string>> };

const READY = /^Concert is ready on (http:\/\/\S+)$/;

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // The group is already gone.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Starts the server from its sources and waits for the ready line.
 * @throws with what it wrote on stderr when it ends before that
 */
export async function startServer(settings: ServerSettings): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: '',
      PORT: '0',
      DEMO: 'false',
      LOG_LEVEL: 'warn',
      ...settings.env,
      DATA_DIR: settings.dataDir,
    },
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-4_000);
  });
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    lines.on('line', (line) => {
      const match = READY.exec(line);
      if (match?.[1]) resolve(match[1]);
    });
    void exited.then(([code]) =>
      reject(new Error(`the server ended with ${code} before it was ready:\n${complaints}`)),
    );
  });
  return {
    url,
    port: Number(new URL(url).port),
    kill: async () => {
      killTree(child);
      await exited;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
  };
}

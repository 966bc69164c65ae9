import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type EmbeddedMongoOptions = {
  /** Where the data lives; made if missing. With the memory engine only the socket is put there. */
  readonly dataDir: string;
  /** Listen on this port of 127.0.0.1 (0 = any free) instead of a unix socket that only this user can open. */
  readonly port?: number;
  /** 'memory' keeps nothing: for tests. */
  readonly engine?: 'lmdb' | 'memory';
};

export type EmbeddedMongo = {
  /** The connection string for the official driver. */
  readonly url: string;
  readonly pid?: number;
  /** Stops the database; resolves when its process is gone and the data directory is free. */
  stop(): Promise<void>;
  /** Calls back once if the database ends without having been stopped. */
  onExit(callback: (exit: { code: number | null; signal: string | null }) => void): void;
};

/** What the database process tells its parent. */
export type FromChild =
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'failed'; readonly message: string };

const STOP_PATIENCE_MS = 10_000;

/**
 * Starts a MongoDB-compatible database on a data directory, in a process of its own, so that neither a long query nor
 * a failing disk stalls or ends the caller. The process ends with the caller, even when that one is killed.
 * Rejects with a readable message when the directory is in use, cannot be written, or is of a newer format.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const child = spawnChild(options);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const url = await ready(child, exited);
  let stopping = false;
  return {
    url,
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    stop: async () => {
      stopping = true;
      if (child.connected) child.send('stop');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await exited;
      clearTimeout(timer);
    },
    onExit: (callback) => {
      void exited.then((exit) => {
        if (!stopping) callback(exit);
      });
    },
  };
}

function spawnChild(options: EmbeddedMongoOptions): ChildProcess {
  const script = fileURLToPath(new URL('./child.ts', import.meta.url));
  // Node options of the caller (a debugger's port, a test runner's flags) are not meant for the database.
  const { NODE_OPTIONS: _own, ...env } = process.env;
  return spawn(process.execPath, ['--import', typescriptLoader(), script, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env,
  });
}

/** The loader that lets the process run these sources, whatever the caller itself is run by. */
function typescriptLoader(): string {
  const packageFile = createRequire(import.meta.url).resolve('tsx/package.json');
  return pathToFileURL(join(dirname(packageFile), 'dist', 'loader.mjs')).href;
}

async function ready(
  child: ChildProcess,
  exited: Promise<{ code: number | null; signal: string | null }>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (message: FromChild) => {
      if (message.type === 'ready') resolve(message.url);
      else reject(new Error(message.message));
    });
    void exited.then(({ code, signal }) =>
      reject(new Error(`the embedded database ended while starting (${signal ?? code})`)),
    );
  });
}

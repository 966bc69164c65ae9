import { type BackupSummary, backup } from './backup/backup.ts';
import { BackupError } from './backup/manifest.ts';
import { type Exit, spawnSource } from './child-process.ts';

export { type BackupSummary, backup, restore, verifyBackup } from './backup/backup.ts';
export { BackupError } from './backup/manifest.ts';

export type EmbeddedMongoOptions = {
  /** Where the data lives; made if missing. With the memory engine only the socket is put there. */
  readonly dataDir: string;
  /** Listen on this port of 127.0.0.1 (0 = any free) instead of a unix socket that only this user can open. */
  readonly port?: number;
  /** 'memory' keeps nothing: for tests. */
  readonly engine?: 'lmdb' | 'memory';
  /** One user that every client has to be, proved by SCRAM-SHA-256. Advisable with a port. */
  readonly auth?: { readonly username: string; readonly password: string };
};

export type EmbeddedMongo = {
  /** The connection string for the official driver; without the credentials of `auth`. */
  readonly url: string;
  readonly pid?: number;
  /**
   * Makes a backup in an empty or new directory while reads and writes go on. Every write acknowledged before the
   * call is in it. Rejects with BackupError; the memory engine has nothing to back up and rejects too.
   */
  backup(directory: string): Promise<BackupSummary>;
  /** Stops the database; resolves when its process is gone and the data directory is free. */
  stop(): Promise<void>;
  /** Calls back once if the database ends without having been stopped; `message` says it in one line. */
  onExit(callback: (exit: Exit & { readonly message: string }) => void): void;
};

/** What the database process tells its parent. */
export type FromChild =
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'failed'; readonly message: string };

/** The environment variable that hands the user to the database's process, which removes it. */
export const AUTH_VARIABLE = 'EMBEDDED_MONGO_AUTH';

const STOP_PATIENCE_MS = 10_000;

/**
 * Starts a MongoDB-compatible database on a data directory, in a process of its own, so that neither a long query nor
 * a failing disk stalls or ends the caller. The process ends with the caller, even when that one is killed.
 * Rejects with a readable message when the directory is in use, cannot be written, or is of a newer format.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { auth, ...rest } = options;
  const secrets: Record<string, string> = auth ? { [AUTH_VARIABLE]: JSON.stringify(auth) } : {};
  const { child, exited } = spawnSource(new URL('./child.ts', import.meta.url), rest, secrets);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (message: FromChild) => {
      if (message.type === 'ready') resolve(message.url);
      else reject(new Error(message.message));
    });
    void exited.then((exit) => reject(new Error(endedByItself(options.dataDir, exit))));
  });
  let stopping = false;
  return {
    url,
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    backup: async (directory) => {
      if (options.engine === 'memory') throw new BackupError('the memory engine keeps nothing that could be backed up');
      return backup({ dataDir: options.dataDir, to: directory });
    },
    stop: async () => {
      stopping = true;
      if (child.connected) child.send('stop');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await exited;
      clearTimeout(timer);
    },
    onExit: (callback) => {
      void exited.then((exit) => {
        if (!stopping) callback({ ...exit, message: endedByItself(options.dataDir, exit) });
      });
    },
  };
}

// What native code dies of that reads pages which are not what they must be.
const CRASHES = ['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL'];

function endedByItself(dataDir: string, { code, signal }: Exit): string {
  const how = `the embedded database ended by itself (${signal ?? `code ${code}`})`;
  if (!CRASHES.includes(signal ?? '')) return how;
  return `${how}: the disk may be full, or the data in ${dataDir} damaged; if so, restore a backup to another directory`;
}

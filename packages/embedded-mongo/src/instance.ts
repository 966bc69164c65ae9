import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { finishCompaction } from './storage/compaction.ts';
import { checkDataFile, DamagedData } from './storage/data-file.ts';
import { makeDirectory, reasonOf } from './storage/directory.ts';
import { deleteExpired } from './storage/expiry.ts';
import { checkFormat, writeFormat } from './storage/format.ts';
import { lmdbEngine } from './storage/lmdb.ts';
import { lockDirectory } from './storage/lock.ts';
import { memoryEngine } from './storage/memory.ts';
import { checkRoom } from './storage/space.ts';
import { checkAtStart } from './storage/start-check.ts';
import { Store } from './storage/store.ts';
import { type ListenOptions, listen, type WireServer } from './wire/server.ts';

export type InstanceOptions = {
  readonly dataDir: string;
  /** A TCP port on 127.0.0.1 (0 = any free); without it a unix socket that only this user can open. */
  readonly port?: number | undefined;
  readonly engine?: 'lmdb' | 'memory' | undefined;
  readonly auth?: ListenOptions['auth'];
};

export type Instance = { readonly url: string; close(): Promise<void> };

const EXPIRY_MS = 60_000;
/** What fits a sockaddr_un everywhere, with room for the terminating zero. */
const LONGEST_SOCKET_PATH = 103;

/** Opens the data directory and serves it, in this process. What was opened is closed again when that fails. */
export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.splice(0).reverse()) await end();
  };
  try {
    return { url: await open(options, opened), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives the address; adds to `opened` how each part is closed. */
async function open(options: InstanceOptions, opened: (() => Promise<void>)[]): Promise<string> {
  const directory = resolve(options.dataDir);
  makeDirectory(directory);
  const store = options.engine === 'memory' ? openMemory(opened) : await openStore(directory, opened);
  const socket = options.port === undefined ? await socketPath(directory) : undefined;
  if (socket && dirname(socket) !== directory)
    opened.push(async () => rmSync(dirname(socket), { recursive: true, force: true }));
  const server = await startListening(store, socket, options.port ?? 0, options.auth);
  opened.push(() => server.close());
  opened.push(expiryLoop(store).stop);
  return socket
    ? `mongodb://${encodeURIComponent(socket)}/?directConnection=true`
    : `mongodb://127.0.0.1:${server.port}/?directConnection=true`;
}

function openMemory(opened: (() => Promise<void>)[]): Store {
  const store = new Store(memoryEngine());
  opened.push(() => store.close());
  return store;
}

/** Nothing in the directory is touched before its format is known, and nothing written before it is locked. */
async function openStore(directory: string, opened: (() => Promise<void>)[]): Promise<Store> {
  checkFormat(directory);
  checkRoom(directory);
  const lock = await lockDirectory(directory);
  opened.push(lock.release);
  // Once more under the lock: a restore may have begun in the meantime.
  checkFormat(directory);
  await finishCompaction(directory);
  checkDataFile(directory);
  writeFormat(directory);
  const engine = lmdbEngine(directory);
  let store: Store;
  try {
    store = new Store(engine);
  } catch (cause) {
    await engine.close();
    throw new DamagedData(directory, cause instanceof Error ? cause.message : String(cause));
  }
  opened.push(() => store.close());
  const damage = await checkAtStart(store, (what) =>
    console.error(`embedded-mongo: the data in ${directory} is damaged, restore a backup: ${what}`),
  ).catch((cause: unknown) => (cause instanceof Error ? cause.message : String(cause)));
  if (damage !== undefined) throw new DamagedData(directory, damage);
  return store;
}

async function startListening(
  store: Store,
  socket: string | undefined,
  port: number,
  auth: ListenOptions['auth'],
): Promise<WireServer> {
  try {
    return await listen(store, socket ? { path: socket } : { port }, { auth });
  } catch (cause) {
    throw new Error(`${socket ?? `port ${port}`} cannot be listened on: ${reasonOf(cause)}`, { cause });
  }
}

async function socketPath(directory: string): Promise<string> {
  const path = join(directory, 'mongo.sock');
  // The driver decodes an address twice, so that a path with a percent sign in it would never be found.
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH || path.includes('%')) {
    const own = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    chmodSync(own, 0o700);
    return join(own, 'mongo.sock');
  }
  if (existsSync(path)) {
    // Processes in different containers do not see each other's process ids, but they share this socket.
    if (await answers(path)) throw new Error(`the data directory ${directory} is in use by another process`);
    rmSync(path, { force: true });
  }
  return path;
}

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    const end = (alive: boolean) => (): void => {
      socket.destroy();
      done(alive);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}

/** Deletes expired documents every minute. */
function expiryLoop(store: Store): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => deleteExpired(store, new Date()))
      .catch((error) => console.error('embedded-mongo: expired documents could not be deleted', error));
  }, EXPIRY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

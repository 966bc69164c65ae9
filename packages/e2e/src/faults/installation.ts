import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Member } from '../member.ts';
import { createNote, createWorkspace, join as joinAs } from '../member.ts';
import type { ServerProcess, ServerSettings } from '../server-process.ts';
import { startServer } from '../server-process.ts';
import type { Ground } from './fault.ts';
import { Link } from './link.ts';
import type { RedisProcess } from './redis-process.ts';
import { startRedis } from './redis-process.ts';
import type { StoreProcess } from './store-process.ts';
import { startStore, storeUrl } from './store-process.ts';
import type { Tampering } from './wire.ts';

/** One server, and the link to the database that is its own. */
export type Instance = {
  readonly toStore: Link;
  /** Null without a Redis. */
  readonly toRedis: Link | null;
  readonly server: () => ServerProcess;
  /** Starts it again, at the same address. */
  start(): Promise<void>;
};

/** A database, servers and what is between them, each a process that a fault can meet by itself. */
export type Installation = {
  readonly store: StoreProcess;
  readonly redis: RedisProcess | null;
  readonly instances: readonly Instance[];
  readonly first: Instance;
  /** Somebody who may write everything here, at the first server. */
  readonly member: Member;
  readonly documents: readonly string[];
  createDocument(): Promise<string>;
};

export type InstallationOptions = {
  readonly documents: number;
  readonly servers?: 1 | 2;
  readonly redis?: boolean;
  /** Folder of the database; otherwise one below the ground's. */
  readonly storeFolder?: string;
  readonly tampering?: Tampering;
  readonly server?: Pick<ServerSettings, 'env' | 'within'>;
};

const SECRET = 'a secret for trials alone, long enough to be one';

async function startInstance(
  ground: Ground,
  index: number,
  parts: { readonly store: StoreProcess; readonly redis: RedisProcess | null },
  { tampering, server: settings }: InstallationOptions,
): Promise<Instance> {
  const toStore = await Link.to(parts.store.port, tampering ? { tampering } : {});
  ground.atEnd(() => toStore.close());
  const toRedis = parts.redis && (await Link.to(parts.redis.port));
  ground.atEnd(() => toRedis?.close());
  const dataDir = join(ground.folder, `server-${index}`);
  const start = (port: number) =>
    startServer({
      ...settings,
      dataDir,
      env: {
        RATE_LIMITS: 'off',
        AUTH_SECRET: SECRET,
        MONGODB_URL: storeUrl(toStore.port),
        PORT: String(port),
        ...(toRedis ? { REDIS_URL: `redis://127.0.0.1:${toRedis.port}` } : {}),
        ...settings?.env,
      },
    });
  let server = await start(0);
  ground.atEnd(() => server.kill());
  return {
    toStore,
    toRedis,
    server: () => server,
    start: async () => {
      server = await start(server.port);
    },
  };
}

/** Starts everything; all of it ends with the ground. */
export async function startInstallation(ground: Ground, options: InstallationOptions): Promise<Installation> {
  const storeFolder = options.storeFolder ?? join(ground.folder, 'store');
  mkdirSync(storeFolder, { recursive: true });
  const redis = options.redis ? await startRedis(ground.folder) : null;
  if (redis) ground.atEnd(() => redis.kill());
  const store = await startStore(storeFolder);
  ground.atEnd(() => store.kill());
  const instances: Instance[] = [];
  for (let index = 0; index < (options.servers ?? 1); index += 1) {
    instances.push(await startInstance(ground, index, { store, redis }, options));
  }
  const [first] = instances;
  if (!first) throw new Error('an installation has a server');
  const member = await joinAs(first.server().url, 'writer');
  const workspaceId = await createWorkspace(member, 'Faults');
  let made = 0;
  const createDocument = () => {
    made += 1;
    return createNote(member, workspaceId, `Note ${made}`);
  };
  const documents: string[] = [];
  for (let index = 0; index < options.documents; index += 1) documents.push(await createDocument());
  return { store, redis, instances, first, member, documents, createDocument };
}

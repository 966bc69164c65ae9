import { mkdirSync, mkdtempSync } from 'node:fs';
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
import type { Lie } from './wire.ts';
import { lying } from './wire.ts';

/** One server, and the link to the database that is its own. */
export type Instance = {
  readonly toStore: Link;
  /** Null without a Redis. */
  readonly toRedis: Link | null;
  readonly server: () => ServerProcess;
  /** Starts it again, at the same address. */
  start(): Promise<void>;
};

/** Which lie the database tells next, null for the truth. */
export type NextLie = () => Lie | null;

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
  /** From now on what the database answers to a server is sometimes not true. */
  lie(next: NextLie): void;
};

/** What ends when whoever holds it ends. */
type Holder = Pick<Ground, 'folder' | 'atEnd'>;

export type InstallationOptions = {
  readonly documents: number;
  readonly servers?: 1 | 2;
  readonly redis?: boolean;
  /** Folder of the database; otherwise one below the ground's. */
  readonly storeFolder?: string;
  readonly server?: Pick<ServerSettings, 'env' | 'within'>;
};

const SECRET = 'a secret for trials alone, long enough to be one';

async function startInstance(
  ground: Holder,
  index: number,
  parts: { readonly store: StoreProcess; readonly redis: RedisProcess | null; readonly next: NextLie },
  { server: settings }: Pick<InstallationOptions, 'server'>,
): Promise<Instance> {
  const toStore = await Link.to(parts.store.port, { tampering: lying(parts.next) });
  ground.atEnd(() => toStore.close());
  const toRedis = parts.redis && (await Link.to(parts.redis.port));
  ground.atEnd(() => toRedis?.close());
  const dataDir = mkdtempSync(join(ground.folder, `server-${index}-`));
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

type Started = Omit<Installation, 'documents'>;

async function start(holder: Holder, options: Omit<InstallationOptions, 'documents'>): Promise<Started> {
  const storeFolder = options.storeFolder ?? mkdtempSync(join(holder.folder, 'store-'));
  mkdirSync(storeFolder, { recursive: true });
  const redis = options.redis ? await startRedis(holder.folder) : null;
  if (redis) holder.atEnd(() => redis.kill());
  const store = await startStore(storeFolder);
  holder.atEnd(() => store.kill());
  let lie: NextLie = () => null;
  const parts = { store, redis, next: () => lie() };
  const instances: Instance[] = [];
  for (let index = 0; index < (options.servers ?? 1); index += 1) {
    instances.push(await startInstance(holder, index, parts, options));
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
  const tell = (next: NextLie): void => {
    lie = next;
  };
  return { store, redis, instances, first, member, createDocument, lie: tell };
}

/** Installations that several cases use, one case after the other, because starting one takes longer than most. */
export class SharedInstallations {
  readonly #holder: Holder;
  readonly #kept = new Map<string, Promise<Started>>();

  constructor(holder: Holder) {
    this.#holder = holder;
  }

  /** The one of this kind, started when there is none; undefined for those that are not like others. */
  get(options: InstallationOptions): Promise<Started> | undefined {
    if (options.storeFolder !== undefined || options.server !== undefined) return undefined;
    const kind = `${options.servers ?? 1} servers ${options.redis ? 'with' : 'without'} Redis`;
    let started = this.#kept.get(kind);
    if (started === undefined) {
      const folder = mkdtempSync(join(this.#holder.folder, 'shared-'));
      started = start({ folder, atEnd: this.#holder.atEnd }, options);
      this.#kept.set(kind, started);
    }
    return started;
  }

  /** Whoever asks from now on gets new ones. */
  forget(): void {
    this.#kept.clear();
  }
}

/** Starts everything that the case does not share with others, and makes its documents; all of it ends with the ground. */
export async function startInstallation(ground: Ground, options: InstallationOptions): Promise<Installation> {
  const installation = await (ground.shared?.get(options) ?? start(ground, options));
  installation.lie(() => null);
  const documents: string[] = [];
  for (let index = 0; index < options.documents; index += 1) documents.push(await installation.createDocument());
  return { ...installation, documents };
}

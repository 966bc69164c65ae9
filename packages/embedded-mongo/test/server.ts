import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../src/index.ts';

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'emb-'));

/** Engines that the contract runs on. With MONGODB_URL it runs on that server instead: it must pass the same suite. */
const SERVERS = process.env.MONGODB_URL ? (['real'] as const) : (['lmdb', 'memory'] as const);
export const ENGINES: readonly (typeof SERVERS)[number][] = SERVERS;

export type Contract = { readonly db: Db; readonly client: MongoClient };

/**
 * A fresh database for each test, in the server that the whole run shares.
 * @param options.own a server of one's own instead: for what concerns the server as a whole, or keeps it busy for long
 */
export function useServer(engine: (typeof ENGINES)[number], options: { own?: boolean } = {}): () => Contract {
  let server: EmbeddedMongo | undefined;
  let client: MongoClient;
  let db: Db;
  const run = randomBytes(6).toString('hex');
  let number = 0;
  const directory = options.own ? newDirectory() : undefined;
  beforeAll(async () => {
    if (engine !== 'real' && directory !== undefined) server = await startEmbeddedMongo({ dataDir: directory, engine });
    client = new MongoClient(server?.url ?? sharedUrl(engine));
  }, 120_000);
  beforeEach(() => {
    db = client.db(`contract_${run}_${++number}`);
  });
  afterEach(async () => {
    await db.dropDatabase();
  });
  afterAll(async () => {
    await client.close();
    await server?.stop();
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  });
  return () => ({ db, client });
}

/** Where the server is that `global-setup.js` started, or the one that was named. */
function sharedUrl(engine: (typeof ENGINES)[number]): string {
  const name = engine === 'real' ? 'MONGODB_URL' : `TEST_CONTRACT_URL_${engine.toUpperCase()}`;
  const url = process.env[name];
  if (!url) throw new Error(`${name} is not set`);
  return url;
}

/** The code of the error that a promise rejects with; undefined when it does not reject. */
export async function codeOf(promise: Promise<unknown>): Promise<number | string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? (error.code as number | string | undefined) : String(error);
  }
}

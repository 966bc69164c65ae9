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

/** One server per file and engine, one fresh database per test. */
export function useServer(engine: (typeof ENGINES)[number]): () => Contract {
  let server: EmbeddedMongo | undefined;
  let client: MongoClient;
  let db: Db;
  let number = 0;
  const directory = newDirectory();
  beforeAll(async () => {
    if (engine !== 'real') server = await startEmbeddedMongo({ dataDir: directory, engine });
    client = new MongoClient(server?.url ?? process.env.MONGODB_URL ?? '');
  }, 30_000);
  beforeEach(() => {
    db = client.db(`contract_${process.pid}_${++number}`);
  });
  afterEach(async () => {
    await db.dropDatabase();
  });
  afterAll(async () => {
    await client.close();
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  return () => ({ db, client });
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

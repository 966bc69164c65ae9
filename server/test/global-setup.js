// One embedded database for the whole run; every test opens a fresh database of its own in it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';

export default async function start() {
  if (process.env.MONGODB_URL) {
    process.env.TEST_MONGODB_URL = process.env.MONGODB_URL;
    return;
  }
  const unregister = register();
  const { startEmbeddedMongo } = await import('../../packages/embedded-mongo/src/index.ts');
  const dataDir = mkdtempSync(join(tmpdir(), 'concert-db-'));
  const running = await startEmbeddedMongo({ dataDir });
  await unregister();
  process.env.TEST_MONGODB_URL = running.url;
  // Where tests look for what ought to be gone from the disk.
  process.env.TEST_DATABASE_DIR = dataDir;
  globalThis.stopTestDatabase = running.stop;
  globalThis.testDatabaseDir = dataDir;
}

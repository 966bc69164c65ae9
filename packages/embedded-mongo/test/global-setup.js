// One database for each engine for the whole run; every test of the contract opens a fresh database of its own in it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';

export default async function start() {
  if (process.env.MONGODB_URL) return;
  const unregister = register();
  const { startEmbeddedMongo } = await import('../src/index.ts');
  const engines = ['lmdb', 'memory'];
  const root = mkdtempSync(join(tmpdir(), 'emb-'));
  const servers = await Promise.all(
    engines.map((engine) => startEmbeddedMongo({ dataDir: join(root, engine), engine })),
  );
  await unregister();
  for (const [at, { url }] of servers.entries()) process.env[`TEST_CONTRACT_URL_${engines[at].toUpperCase()}`] = url;
  globalThis.contractServers = { root, servers };
}

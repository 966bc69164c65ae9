import { rmSync } from 'node:fs';

export default async function stop() {
  await globalThis.stopTestDatabase?.();
  if (globalThis.testDatabaseDir) rmSync(globalThis.testDatabaseDir, { recursive: true, force: true });
}

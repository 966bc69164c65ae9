import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';

/** While this stands in a data folder, a restore into it has not been completed. */
export const UNFINISHED = 'restore-unfinished';

/** @throws ConfigError when a restore into this folder was broken off */
export function refuseUnfinished(dataDir: string): void {
  if (existsSync(join(dataDir, UNFINISHED)))
    throw new ConfigError(`DATA_DIR ${dataDir} holds an unfinished restore: empty it and restore again`);
}

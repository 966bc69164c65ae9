import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterRestore } from './platform/backup/restored.ts';
import { refuseUnfinished } from './platform/backup/unfinished.ts';
import type { Config } from './platform/config.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import { openDatabase } from './platform/mongo/database.ts';
import { hideSecrets } from './platform/redact.ts';
import { carryOutAll } from './platform/steps.ts';
import { supervise } from './platform/supervise.ts';
import { seedDemo } from './seed/seed.ts';

const fail = (message: string): never => {
  console.error(hideSecrets(message));
  process.exit(1);
};

function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return fail(`Concert cannot start: ${error.message}.`);
    throw error;
  }
}

/** The secret that signs cookies: given, or made once and kept beside the data. */
function withSecret(config: Config): Config & { authSecret: string } {
  if (config.authSecret !== undefined) return { ...config, authSecret: config.authSecret };
  const path = join(config.dataDir, 'auth-secret');
  if (!existsSync(path)) {
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  }
  chmodSync(path, 0o600);
  return { ...config, authSecret: readFileSync(path, 'utf8').trim() };
}

function prepareFolder(config: Config): void {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    fail(
      `Concert cannot start: DATA_DIR ${config.dataDir} cannot be used (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}

async function main(): Promise<void> {
  const given = settings();
  prepareFolder(given);
  refuseUnfinished(given.dataDir);
  const config = withSecret(given);
  const log = createLog(config.logLevel);
  // The database starts while the product is still being read: together they take as long as the longer of the two.
  const [database, { createApp }] = await Promise.all([
    openDatabase(config, log, () => fail('Concert ends: its database has ended. What was acknowledged is on disk.')),
    import('./app.ts'),
  ]);
  await afterRestore(database.db, config.dataDir, log);
  const app = await createApp({ config, log, database });
  if (app.platform.config.demo) await seedDemo(app.platform);

  supervise({
    log,
    stop: async () => [
      ...(await app.stop()),
      ...(await carryOutAll([[{ name: 'closing the database', withinMs: 5_000, run: database.close }]], log)),
    ],
    leave: (code, why) => {
      if (why !== undefined) console.error(why);
      process.exit(code);
    },
  });

  const url = await app.listen();
  const claim = await app.platform.auth.claimLink();
  if (claim !== null) console.log(`Nobody administers this installation yet. Claim it once at ${claim}`);
  console.log(`Concert is ready on ${url}`);
}

main().catch((error) => {
  fail(`Concert cannot start: ${error instanceof Error ? error.message : String(error)}`);
});

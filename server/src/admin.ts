// `npm run -s admin -- link`: a way in for an administrator when none can sign in any more.
import { existsSync, writeFileSync } from 'node:fs';
import { recoveryFile, recoveryNote } from './platform/auth/recovery.ts';
import { newSecret } from './platform/auth/secrets.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { createSite } from './platform/http/site.ts';

const USAGE = `usage: npm run -s admin -- link

Writes a note into DATA_DIR and prints a link with which somebody becomes an administrator of this installation, once and
within the hour. The server may run meanwhile; give the environment with which it was started (DATA_DIR, PUBLIC_URL).`;

/** @throws ConfigError */
function link(): string {
  const { DATA_DIR, PUBLIC_URL, HOST, PORT } = process.env;
  const config = readConfig({ DATA_DIR, PUBLIC_URL, HOST, PORT });
  if (!existsSync(config.dataDir)) throw new ConfigError(`DATA_DIR ${config.dataDir} does not exist`);
  const secret = newSecret();
  writeFileSync(recoveryFile(config.dataDir), recoveryNote(secret, new Date()), { mode: 0o600 });
  return `${createSite(config).url()}/claim#${secret}`;
}

function main(): void {
  const [command, ...more] = process.argv.slice(2);
  if (command !== 'link' || more.length > 0) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    process.stdout.write(`${link()}\n`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`No link: ${error.message}.`);
    process.exitCode = 1;
  }
}

main();

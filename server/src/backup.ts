// `npm run backup` and `npm run restore`: the installation in DATA_DIR, running or not.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BackupSummary } from '@concert/embedded-mongo';
import { BackupError } from '@concert/embedded-mongo';
import { BackupFailed, backUp, holdsSecret, restoreTo, verify } from './platform/backup/backup.ts';
import { ConfigError, readConfig } from './platform/config.ts';

const USAGE = `usage: npm run backup -- --to DIR [--data DATA_DIR] [--without-secret]
       npm run backup -- verify DIR
       npm run restore -- --from DIR --data EMPTY_DIR`;

/** Where the data are that are not said to be elsewhere. @throws BackupFailed where they are not in a folder at all */
function dataDirOf(given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  // Read for its folder alone: what a server needs beside it is not asked for.
  const { DATA_DIR, MONGODB_URL } = process.env;
  const { dataDir, mongodbUrl } = readConfig({ DATA_DIR, MONGODB_URL });
  if (mongodbUrl === undefined) return dataDir;
  throw new BackupFailed(
    'this installation keeps its data in MongoDB (MONGODB_URL): back it up with mongodump --oplog, and AUTH_SECRET with it (docs/operations.md)',
  );
}

const described = ({ documents, collections, bytes, instant }: BackupSummary): string =>
  `${documents} records in ${collections} collections, ${bytes} bytes, as of ${instant}`;

async function backupCommand(args: string[]): Promise<string> {
  const [first, folder, ...more] = args;
  if (first === 'verify' && folder !== undefined && more.length === 0)
    return `the backup ${resolve(folder)} is good: ${described(await verify(resolve(folder)))}`;
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string' }, data: { type: 'string' }, 'without-secret': { type: 'boolean' } },
  });
  if (values.to === undefined) throw new BackupFailed(`--to is missing\n${USAGE}`);
  const to = resolve(values.to);
  const summary = await backUp({ dataDir: dataDirOf(values.data), to, withSecret: values['without-secret'] !== true });
  const secret = holdsSecret(to)
    ? 'It holds the secret that signs cookies, beside all data: keep it where only administrators can read it.'
    : 'It does not hold the secret that signs cookies (AUTH_SECRET): keep that beside it.';
  return `backup written to ${to}: ${described(summary)}\n${secret}`;
}

async function restoreCommand(args: string[]): Promise<string> {
  const { values } = parseArgs({ args, options: { from: { type: 'string' }, data: { type: 'string' } } });
  if (values.from === undefined || values.data === undefined)
    throw new BackupFailed(`--from and --data are both needed\n${USAGE}`);
  const dataDir = resolve(values.data);
  const from = resolve(values.from);
  const summary = await restoreTo({ from, dataDir });
  const next = holdsSecret(from)
    ? `Start with DATA_DIR=${dataDir}.`
    : `Start with DATA_DIR=${dataDir} and the AUTH_SECRET of the installation that was backed up.`;
  return `restored to ${dataDir}: ${described(summary)}\n${next}`;
}

const isExpected = (error: unknown): error is Error =>
  error instanceof BackupFailed ||
  error instanceof BackupError ||
  error instanceof ConfigError ||
  // What parseArgs says of options that it does not know.
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

const [command, ...rest] = process.argv.slice(2);
try {
  const said = await (command === 'restore' ? restoreCommand : backupCommand)(rest);
  process.stdout.write(`${said}\n`);
} catch (error) {
  console.error(isExpected(error) ? error.message : error);
  process.exitCode = 1;
}

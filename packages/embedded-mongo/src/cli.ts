import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BackupSummary, backup, restore, startEmbeddedMongo, verifyBackup } from './index.ts';
import { printSupport } from './support/print.ts';

const USAGE = `usage: embedded-mongo --data DIR [--port N] [--auth-file FILE]
       embedded-mongo backup --data DIR --to BACKUP
       embedded-mongo restore --from BACKUP --data EMPTYDIR
       embedded-mongo verify --from BACKUP
       embedded-mongo support [--write]`;

function fail(message: string): never {
  console.error(`embedded-mongo: ${message}`);
  process.exit(1);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads the named options, all of them with a value. */
function readOptions(args: string[], names: readonly string[]): Readonly<Record<string, string | undefined>> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args, options }).values;
  } catch (error) {
    return fail(`${messageOf(error)}\n${USAGE}`);
  }
}

const required = (value: string | undefined, name: string): string => value || fail(`--${name} is missing\n${USAGE}`);

/** The user that a file holds as one line `username:password`. */
function readAuth(file: string): { username: string; password: string } {
  const [, username, password] = /^([^:\r\n]+):([^\r\n]+)\r?\n?$/.exec(readFileSync(file, 'utf8')) ?? [];
  if (username === undefined || password === undefined) return fail(`${file} must hold one line username:password`);
  return { username, password };
}

async function serve(args: string[]): Promise<void> {
  const values = readOptions(args, ['data', 'port', 'auth-file']);
  const dataDir = required(values.data, 'data');
  const port = values.port ?? '27017';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) fail(`--port must be a number from 0 to 65535, not "${port}"`);
  const file = values['auth-file'];
  const server = await startEmbeddedMongo({ dataDir, port: Number(port), ...(file ? { auth: readAuth(file) } : {}) });
  server.onExit(({ message }) => fail(message));
  const stop = (): void => void server.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`embedded-mongo is ready on ${server.url.replace(/\/\?.*$/, '')}`);
}

const described = ({ instant, documents, collections, bytes }: BackupSummary): string =>
  `${documents} documents in ${collections} collections, ${bytes} bytes, as of ${instant}`;

/** The commands that end by themselves. */
const TASKS: Readonly<Record<string, (args: string[]) => Promise<string>>> = {
  backup: async (args) => {
    const values = readOptions(args, ['data', 'to']);
    const to = required(values.to, 'to');
    return `backup written to ${to}: ${described(await backup({ dataDir: required(values.data, 'data'), to }))}`;
  },
  restore: async (args) => {
    const values = readOptions(args, ['from', 'data']);
    const dataDir = required(values.data, 'data');
    return `restored to ${dataDir}: ${described(await restore({ from: required(values.from, 'from'), dataDir }))}`;
  },
  verify: async (args) => {
    const from = required(readOptions(args, ['from']).from, 'from');
    return `the backup ${from} is good: ${described(await verifyBackup({ from }))}`;
  },
  support: async (args) => printSupport(args),
};

const [name = '', ...rest] = process.argv.slice(2);
const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
try {
  if (task) console.log(await task(rest));
  else await serve(process.argv.slice(2));
} catch (error) {
  fail(messageOf(error));
}

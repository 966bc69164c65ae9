import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openInstance } from './instance.ts';

const USAGE = 'usage: embedded-mongo --data DIR [--port N]';

function fail(message: string): never {
  console.error(`embedded-mongo: ${message}`);
  process.exit(1);
}

function readArguments(): { dataDir: string; port: number } {
  try {
    const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string' } } });
    if (!values.data) return fail(`--data is missing\n${USAGE}`);
    const port = values.port ?? '27017';
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
      return fail(`--port must be a number from 0 to 65535, not "${port}"`);
    return { dataDir: values.data, port: Number(port) };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

function checkDirectory(directory: string): void {
  if (!existsSync(directory)) return;
  if (!statSync(directory).isDirectory()) fail(`${directory} is not a directory`);
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const readOnly = error instanceof Error && 'code' in error && error.code === 'EROFS';
    fail(`${directory} cannot be written: ${readOnly ? 'the file system is read-only' : 'no permission'}`);
  }
}

const { dataDir, port } = readArguments();
checkDirectory(dataDir);
try {
  const instance = await openInstance({ dataDir, port });
  const stop = (): void => void instance.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`embedded-mongo is ready on ${instance.url.replace(/\/\?.*$/, '')}`);
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  fail(inUse ? `port ${port} is in use` : error instanceof Error ? error.message : String(error));
}

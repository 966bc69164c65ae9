import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type Exit = { readonly code: number | null; readonly signal: string | null };

/**
 * Starts one of these sources as a process of its own with a channel to it; its argument is passed as JSON. Arguments
 * can be read by every user of the machine: secrets go into the environment, which only its own user can read.
 */
export function spawnSource(
  url: URL,
  argument: unknown,
  secrets: Readonly<Record<string, string>> = {},
): { child: ChildProcess; exited: Promise<Exit> } {
  // Node options of the caller (a debugger's port, a test runner's flags) are not meant for this process.
  const { NODE_OPTIONS: _own, ...env } = process.env;
  const child = spawn(
    process.execPath,
    ['--import', typescriptLoader(), fileURLToPath(url), JSON.stringify(argument)],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...env, ...secrets } },
  );
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return { child, exited };
}

/** The loader that lets the process run these sources, whatever the caller itself is run by. */
function typescriptLoader(): string {
  const packageFile = createRequire(import.meta.url).resolve('tsx/package.json');
  return pathToFileURL(join(dirname(packageFile), 'dist', 'loader.mjs')).href;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from '../src/index.ts';
import { newDirectory } from './server.ts';

const LOADER = createRequire(import.meta.url)
  .resolve('tsx/package.json')
  .replace('package.json', 'dist/loader.mjs');

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

export type Running = {
  readonly child: ChildProcess;
  readonly lines: AsyncIterator<string>;
  readonly errors: () => string;
};

export type Finished = { readonly code: number | null; readonly output: string; readonly errors: string };

/** Directories and processes of one test; all are gone after it. */
export function useProcesses() {
  const directories: string[] = [];
  const processes: ChildProcess[] = [];
  const servers: EmbeddedMongo[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    for (const child of processes.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
  });

  function run(...args: string[]): Running {
    const { NODE_OPTIONS: _ignored, ...env } = process.env;
    const child = spawn(process.execPath, ['--import', LOADER, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env,
    });
    processes.push(child);
    let errors = '';
    child.stderr?.on('data', (text) => {
      errors += text;
    });
    if (!child.stdout) throw new Error('no output');
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), errors: () => errors };
  }

  return {
    /** A new empty directory. */
    directory: (): string => {
      const made = newDirectory();
      directories.push(made);
      return made;
    },
    /** Runs node with these arguments, able to load TypeScript. */
    run,
    /** Runs the command line to its end. */
    cli: async (...args: string[]): Promise<Finished> => {
      const { child, errors } = run(CLI, ...args);
      let output = '';
      child.stdout?.on('data', (text) => {
        output += text;
      });
      const [code] = await once(child, 'close');
      return { code, output, errors: errors() };
    },
    /** Starts the command line as a server on any port. */
    serve: async (dataDir: string): Promise<{ child: ChildProcess; url: string }> => {
      const { child, lines, errors } = run(CLI, '--data', dataDir, '--port', '0');
      const { value } = await lines.next();
      const url = /^embedded-mongo is ready on (mongodb:\/\/127\.0\.0\.1:\d+)$/.exec(value ?? '')?.[1];
      if (!url) throw new Error(`not ready: ${value} ${errors()}`);
      return { child, url: `${url}/?directConnection=true` };
    },
    start: async (options: EmbeddedMongoOptions): Promise<EmbeddedMongo> => {
      const server = await startEmbeddedMongo(options);
      servers.push(server);
      return server;
    },
  };
}

/** Resolves when the condition holds; the test's own time limit ends the waiting. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
}

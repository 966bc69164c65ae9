import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD, signIn } from './harness.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A server in a process of its own, as an operator runs it. */
export type Running = {
  readonly child: ChildProcess;
  readonly dataDir: string;
  /** Everything it wrote so far. */
  readonly said: { out: string; err: string };
  /** Resolves with the exit code, -1 for a signal. */
  readonly exited: Promise<number>;
  /** Resolves with the origin, once it is ready. @throws with what it wrote when it ends before */
  ready(): Promise<string>;
  /** The first administrator, signed in: makes the account with the printed link at the first call. */
  administrator(): Promise<{ url: string; cookie: string }>;
  stop(): Promise<number>;
};

const ADMINISTRATOR = 'first@test.example';

/** Starts `server/src/main.ts`, or another module beside it that calls it. */
export function runServer(options: { env?: Record<string, string>; dataDir?: string; entry?: string } = {}): Running {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'concert-process-'));
  const child = spawn(process.execPath, ['--import', 'tsx', options.entry ?? 'server/src/main.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: '0',
      LOG_LEVEL: 'debug',
      ...options.env,
      DATA_DIR: dataDir,
    },
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const exited = once(child, 'close').then(([code]: number[]) => code ?? -1);
  const ready = async (): Promise<string> => {
    let ended: number | undefined;
    void exited.then((code) => {
      ended = code;
    });
    for (;;) {
      const url = /^Concert is ready on (http:\S+)$/m.exec(said.out)?.[1];
      if (url !== undefined) return url;
      if (ended !== undefined) throw new Error(`it ended with ${ended}:\n${said.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    child,
    dataDir,
    said,
    exited,
    ready,
    administrator: async () => {
      const url = await ready();
      const token = /\/claim\/?(?:#|\?token=)?([\w-]{20,})/.exec(said.out)?.[1];
      if (token !== undefined) {
        const account = { token, name: 'First', email: ADMINISTRATOR, password: PASSWORD };
        const headers = { 'content-type': 'application/json', origin: url };
        const claimed = await fetch(`${url}/api/claim`, { method: 'POST', headers, body: JSON.stringify(account) });
        if (!claimed.ok) throw new Error(`the claim answered ${claimed.status}: ${await claimed.text()}`);
      }
      return { url, cookie: await signIn(url, ADMINISTRATOR) };
    },
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

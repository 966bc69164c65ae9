import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { codeOf } from './code-of.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A process in a group of its own, that others may be killed and held with. */
export type Child = {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  hasEnded(): boolean;
  /** What it wrote on stderr last. */
  said(): string;
  signal(name: NodeJS.Signals): void;
  /** Ends the whole group at once; resolves when it is gone. */
  kill(): Promise<void>;
};

/** Groups that end with this process, however it ends. */
const running = new Set<number>();
process.on('exit', () => {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
});

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch (error) {
    // The group is already gone.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

function watch(child: ChildProcess, pid: number): Child {
  let ended = false;
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-20_000);
  });
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => {
    ended = true;
    running.delete(pid);
    return code ?? null;
  });
  return {
    pid,
    exited,
    hasEnded: () => ended,
    said: () => complaints,
    signal: (name) => signalGroup(pid, name),
    kill: async () => {
      signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}

/**
 * Starts a program in the root of the repository and waits for a line of it.
 * @throws with what it wrote on stderr when it ends before that
 */
export async function startChild(
  command: readonly string[],
  ready: RegExp,
  env: NodeJS.ProcessEnv = {},
): Promise<{ child: Child; line: RegExpExecArray }> {
  const [program = '', ...args] = command;
  const spawned = spawn(program, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...env },
  });
  await once(spawned, 'spawn');
  const pid = spawned.pid ?? 0;
  running.add(pid);
  const child = watch(spawned, pid);
  const lines = createInterface({ input: spawned.stdout });
  const line = await new Promise<RegExpExecArray>((resolve, reject) => {
    lines.on('line', (text) => {
      const match = ready.exec(text);
      if (match) resolve(match);
    });
    void child.exited.then((code) =>
      reject(new Error(`${command.join(' ')} ended with ${code} before it was ready: ${child.said()}`)),
    );
  });
  return { child, line };
}

import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Ask, JobName, Jobs, Reply } from './load/main.ts';
import type { Target } from './load/target.ts';
import { ROOT } from './server-process.ts';

export type JobResult<N extends JobName> = Awaited<ReturnType<Jobs[N]>>;

const LONGEST_MS = 600_000;

/** The load generator, in a process of its own. */
export class LoadProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(join(ROOT, 'bench', 'src', 'load', 'main.ts'), [], {
      cwd: ROOT,
      execArgv: ['--import', 'tsx', '--max-old-space-size=3072'],
      // Not JSON, which knows no NaN.
      serialization: 'advanced',
    });
  }

  /** @throws when the job fails, or the generator ends */
  async run<N extends JobName>(name: N, target: Target, job: Parameters<Jobs[N]>[1]): Promise<JobResult<N>> {
    const answered = new AbortController();
    try {
      const reply = await new Promise<Reply>((resolve, reject) => {
        this.#child.once('message', (message: Reply) => resolve(message));
        once(this.#child, 'exit', { signal: answered.signal }).then(
          ([code]) => reject(new Error(`the load generator ended with ${code}`)),
          () => undefined,
        );
        setTimeout(() => reject(new Error(`${name} took longer than ${LONGEST_MS} ms`)), LONGEST_MS).unref();
        this.#child.send({ name, target, job } as Ask);
      });
      if ('error' in reply) throw new Error(reply.error);
      return reply.result as JobResult<N>;
    } finally {
      answered.abort();
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** A job did not end in its time; its worker was stopped. */
export class BudgetExceeded extends Error {
  constructor(name: string, ms: number) {
    super(`job ${name} took longer than ${ms} ms`);
    this.name = 'BudgetExceeded';
  }
}

/** A job threw. */
export class JobFailed extends Error {
  /** The name of the error that it threw. */
  readonly thrown: string;
  constructor(name: string, thrown: string, reason: string) {
    super(`job ${name} failed: ${reason}`);
    this.name = 'JobFailed';
    this.thrown = thrown;
  }
}

/** A worker could not start or ended in the middle of a job. */
export class WorkerLost extends Error {
  constructor(name: string, reason: string) {
    super(`worker lost at job ${name}: ${reason}`);
    this.name = 'WorkerLost';
  }
}

/** Runs named jobs in worker threads; jobs are defined in the worker's module with `serveJobs`. */
export interface WorkerPool {
  /**
   * Runs one job. Arguments and result are copied by structured clone.
   * @param budgetMs processor time from the start of the job in its worker, told by that of the whole process, and in
   * real time up to ten times as much on a busy machine; the pool's own when absent
   * @throws {BudgetExceeded} {@link JobFailed} {@link WorkerLost}
   */
  run<Result>(name: string, argument: unknown, budgetMs?: number): Promise<Result>;
  stop(): Promise<void>;
}

/** A job gets so many times its budget in real time where it has to wait for a processor. */
const patience = 10;

const bootstrap = new URL('./bootstrap.js', import.meta.url);

type Job = {
  name: string;
  argument: unknown;
  budgetMs: number;
  resolve(result: unknown): void;
  reject(error: Error): void;
};
type Answer = { ready: true } | { ok: true; result: unknown } | { ok: false; thrown: string; reason: string };
type Thread = { worker: Worker; ready: boolean; job: Job | null; timer: NodeJS.Timeout | null };

/**
 * A pool over a worker module (a `file:` URL, TypeScript allowed). Threads start when first needed and do not keep
 * the process alive.
 */
export function createWorkerPool(url: URL, options: { size?: number; budgetMs?: number } = {}): WorkerPool {
  const size = options.size ?? Math.max(1, availableParallelism() - 1);
  const poolBudgetMs = options.budgetMs ?? 30_000;
  const threads = new Set<Thread>();
  const queue: Job[] = [];
  let stopped = false;

  function next(): void {
    for (const thread of threads) {
      if (!thread.ready || thread.job) continue;
      const job = queue.shift();
      if (!job) return;
      begin(thread, job);
    }
    if (queue.length > 0 && threads.size < size) startThread();
  }

  function begin(thread: Thread, job: Job): void {
    thread.job = job;
    thread.worker.ref();
    watch(thread, job, { cpu: process.cpuUsage(), latest: performance.now() + job.budgetMs * patience }, job.budgetMs);
    thread.worker.postMessage({ name: job.name, argument: job.argument });
  }

  /**
   * Ends a job that has had its time. As long as the whole process was given less of a processor than that, so was the
   * job: on a machine that is busy with something else an honest job must not pass for one that never ends.
   */
  function watch(thread: Thread, job: Job, begun: { cpu: NodeJS.CpuUsage; latest: number }, afterMs: number): void {
    thread.timer = setTimeout(() => {
      const { user, system } = process.cpuUsage(begun.cpu);
      const leftMs = Math.min(job.budgetMs - (user + system) / 1_000, begun.latest - performance.now());
      if (leftMs > 1) {
        watch(thread, job, begun, leftMs);
        return;
      }
      drop(thread);
      job.reject(new BudgetExceeded(job.name, job.budgetMs));
      next();
    }, afterMs);
  }

  function end(thread: Thread): Job | null {
    const { job } = thread;
    if (thread.timer) clearTimeout(thread.timer);
    thread.job = null;
    thread.timer = null;
    thread.worker.unref();
    return job;
  }

  function drop(thread: Thread): void {
    threads.delete(thread);
    if (thread.timer) clearTimeout(thread.timer);
    void thread.worker.terminate();
  }

  function startThread(): void {
    const worker = new Worker(bootstrap, { workerData: { module: url.href }, execArgv: [] });
    const thread: Thread = { worker, ready: false, job: null, timer: null };
    threads.add(thread);
    worker.on('message', (answer: Answer) => {
      if ('ready' in answer) {
        thread.ready = true;
        worker.unref();
      } else {
        const job = end(thread);
        if (answer.ok) job?.resolve(answer.result);
        else job?.reject(new JobFailed(job.name, answer.thrown, answer.reason));
      }
      next();
    });
    worker.on('error', (error) => fail(thread, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => fail(thread, `worker ended with ${code}`));
  }

  /** A thread died: its job fails; when it never became ready, so does what waits for it. */
  function fail(thread: Thread, reason: string): void {
    if (!threads.has(thread)) return;
    const job = thread.job;
    drop(thread);
    job?.reject(new WorkerLost(job.name, reason));
    if (!thread.ready) for (const waiting of queue.splice(0)) waiting.reject(new WorkerLost(waiting.name, reason));
    else if (!stopped) next();
  }

  return {
    run<Result>(name: string, argument: unknown, budgetMs = poolBudgetMs): Promise<Result> {
      if (stopped) return Promise.reject(new WorkerLost(name, 'the pool is stopped'));
      return new Promise<Result>((resolve, reject) => {
        queue.push({ name, argument, budgetMs, resolve: (result) => resolve(result as Result), reject });
        next();
      });
    },
    async stop() {
      stopped = true;
      for (const job of queue.splice(0)) job.reject(new WorkerLost(job.name, 'the pool is stopped'));
      const running = [...threads];
      threads.clear();
      await Promise.all(
        running.map(async (thread) => {
          const job = end(thread);
          job?.reject(new WorkerLost(job.name, 'the pool is stopped'));
          await thread.worker.terminate();
        }),
      );
    },
  };
}

import { BudgetExceeded, createWorkerPool, JobFailed, WorkerLost } from '@concert/sync';
import { serveJobs as serve } from '@concert/sync/workers/serve';

/** What a worker can do, by name. Inputs and outputs are structured-cloneable. */
export type JobTable = Readonly<Record<string, (input: never) => unknown>>;

/** Runs the jobs of one table off the main thread: texts come from outside, and working on one must not stall everybody. */
export type Workers<Jobs extends JobTable> = {
  /**
   * @throws JobFailed when the job threw, BudgetExceeded when it took longer than `budgetMs` once it had begun,
   * WorkerLost when its thread ended
   */
  run<Name extends keyof Jobs & string>(
    name: Name,
    input: Parameters<Jobs[Name]>[0],
    budgetMs?: number,
  ): Promise<Awaited<ReturnType<Jobs[Name]>>>;
  stop(): Promise<void>;
};

/** Workers on the module `entry`, which calls `serveJobs` with the same table. Threads start when first needed. */
export function createWorkers<Jobs extends JobTable>(entry: URL, size: number): Workers<Jobs> {
  const pool = createWorkerPool(entry, { size, budgetMs: 15_000 });
  return { run: (name, input, budgetMs) => pool.run(name, input, budgetMs), stop: () => pool.stop() };
}

/** Answers the jobs of a pool; to be called by the module that the pool starts. */
export const serveJobs = (jobs: JobTable): void => serve({ ...jobs });

/** Whether a job ended with its thread, or without an answer, rather than with one. */
export const isDeath = (error: unknown): boolean =>
  [JobFailed, WorkerLost, BudgetExceeded].some((death) => error instanceof death);

/** Whether a job found its input too big (a RangeError is what exporters say then), or worked on it for too long. */
export const isTooMuch = (error: unknown): boolean =>
  error instanceof BudgetExceeded || (error instanceof JobFailed && error.thrown === RangeError.name);

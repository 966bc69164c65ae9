import { parentPort } from 'node:worker_threads';

/** The jobs of a worker module, by name. Arguments and results must survive structured cloning. */
export type Jobs = Record<string, (argument: never) => unknown>;

/** Answers the jobs that a pool sends to this worker thread. Call it once, at the end of the worker's module. */
export function serveJobs(jobs: Jobs): void {
  const port = parentPort;
  if (!port) throw new Error('serveJobs runs in a worker thread only');
  port.on('message', async ({ name, argument }: { name: string; argument: never }) => {
    try {
      const job = jobs[name];
      if (!job) throw new Error(`no such job: ${name}`);
      port.postMessage({ ok: true, result: await job(argument) });
    } catch (error) {
      const { name: thrown, message: reason } = error instanceof Error ? error : new Error(String(error));
      port.postMessage({ ok: false, thrown, reason });
    }
  });
  port.postMessage({ ready: true });
}

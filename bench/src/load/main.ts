import { edits, saturation } from './jobs-edits.ts';
import { count, writeUntilKilled } from './jobs-kill.ts';
import { open, seed } from './jobs-open.ts';
import { idle, presence } from './jobs-quiet.ts';
import type { Target } from './target.ts';

/** What the load generator can be asked to do. */
export const JOBS = { edits, saturation, idle, presence, seed, open, writeUntilKilled, count };

export type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type Ask = { readonly [N in JobName]: { name: N; target: Target; job: Parameters<Jobs[N]>[1] } }[JobName];
export type Reply = { readonly result: Awaited<ReturnType<Jobs[JobName]>> } | { readonly error: string };

function run(ask: Ask): Promise<Awaited<ReturnType<Jobs[JobName]>>> {
  switch (ask.name) {
    case 'edits':
      return edits(ask.target, ask.job);
    case 'saturation':
      return saturation(ask.target, ask.job);
    case 'idle':
      return idle(ask.target, ask.job);
    case 'presence':
      return presence(ask.target, ask.job);
    case 'seed':
      return seed(ask.target, ask.job);
    case 'open':
      return open(ask.target, ask.job);
    case 'writeUntilKilled':
      return writeUntilKilled(ask.target, ask.job);
    case 'count':
      return count(ask.target, ask.job);
  }
}

process.on('message', (ask: Ask) => {
  run(ask).then(
    (result) => process.send?.({ result } satisfies Reply),
    (error: unknown) =>
      process.send?.({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies Reply),
  );
});

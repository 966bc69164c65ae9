import { setTimeout as wait } from 'node:timers/promises';
import { serveJobs } from '../src/workers/serve.ts';

/** A job that takes time but no processor, as every job does on a busy machine. */
serveJobs({ wait: (ms: number) => wait(ms, 'done') });

// Starts a worker whose module is TypeScript. `--import tsx` does not reach workers on every Node 20.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);

import { diff, digest, merge, mergeState, scan, tryUpdate } from './jobs.ts';
import { serveJobs } from './serve.ts';

serveJobs({ diff, digest, merge, mergeState, scan, tryUpdate });

import { diff, digest, mergeState, scan, tryUpdate } from './jobs.ts';
import { serveJobs } from './serve.ts';

serveJobs({ diff, digest, mergeState, scan, tryUpdate });

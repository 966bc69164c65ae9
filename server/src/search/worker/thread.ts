import { serveJobs } from '../../platform/documents/workers.ts';
import { jobs } from './jobs.ts';

serveJobs(jobs);

// `npm start`: sets up what is missing, then runs the server in this very process, with the demonstration region
// unless DEMO says otherwise.
import { setUp } from './setup.js';

setUp();
process.env.DEMO ??= process.env.NODE_ENV === 'production' ? 'false' : 'true';

// A launcher above us that is killed outright cannot pass the signal on: follow it, or the port stays taken.
const parent = process.ppid;
if (parent > 1)
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1_000).unref();

const { register } = await import('tsx/esm/api');
register();
await import('../server/src/main.ts');

// `npm start`: sets up what is missing, then runs the server in this very process, with the demonstration region
// unless DEMO says otherwise.
import { readFileSync } from 'node:fs';
import { setUp } from './setup.js';

setUp();
process.env.DEMO ??= process.env.NODE_ENV === 'production' ? 'false' : 'true';

// A launcher above us (npm, and the shell it runs) that is killed outright cannot pass the signal on: follow it, or the
// port stays taken.
const parentOf = (pid) => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
  } catch {
    return undefined;
  }
};
const launchers = () => [process.ppid, process.env.npm_lifecycle_event ? parentOf(process.ppid) : undefined];
const [shell, npm] = launchers();
if (shell > 1) {
  const watch = setInterval(() => {
    const [nowShell, nowNpm] = launchers();
    if (nowShell === shell && nowNpm === npm) return;
    // Once: a second signal would mean at once.
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 1_000).unref();
}

const { register } = await import('tsx/esm/api');
register();
await import('../server/src/main.ts');

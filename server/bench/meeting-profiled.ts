// The server with a profile of its main thread, written when it ends: `npm run bench:meeting -- --profile FILE`.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const { CPU_PROFILE = 'meeting.cpuprofile' } = process.env;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.on('exit', () => {
  session.post('Profiler.stop', (_error, { profile }) => writeFileSync(CPU_PROFILE, JSON.stringify(profile)));
});
await import('../src/main.ts');

// The server with a profile of its main thread, written when it ends: `npm run bench:meeting -- --profile FOLDER`.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

const { PROFILE_DIR = '' } = process.env;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.on('exit', () => {
  session.post('Profiler.stop', (_error, { profile }) =>
    writeFileSync(join(PROFILE_DIR, `server-${process.pid}.cpuprofile`), JSON.stringify(profile)),
  );
});
await import('../src/main.ts');

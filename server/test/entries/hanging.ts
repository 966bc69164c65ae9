// A program whose stop never ends, with little patience.
import { createLog } from '../../src/platform/log.ts';
import { supervise } from '../../src/platform/supervise.ts';

supervise({
  log: createLog('info'),
  stop: () => new Promise(() => undefined),
  leave: (code, why) => {
    if (why !== undefined) console.error(why);
    process.exit(code);
  },
  forcedMs: 300,
});
process.stdout.write('Concert is ready on http://127.0.0.1:0\n');
setInterval(() => undefined, 1_000);

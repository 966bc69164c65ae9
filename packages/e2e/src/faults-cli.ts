// `npm run faults [-- --only F4[,F5]] [--seed N] [--quick] [--minutes N]`: every fault under load; exit code 1 when one did harm.
// --minutes: how long F17 goes on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faults } from './faults/all.ts';
import type { Verdict } from './faults/fault.ts';
import { runFault } from './faults/fault.ts';
import { SharedInstallations } from './faults/installation.ts';
import { report } from './faults/report.ts';

// Every stock client listens for the end of the process; twenty writers are no leak.
process.setMaxListeners(200);
// What was mounted and started is put right when the process ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string' },
    quick: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '30' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const ids = values.only?.toUpperCase().split(',');
const chosen = faults.filter(({ id }) => ids?.includes(id) ?? true);
if (chosen.length === 0 || !Number.isInteger(seed)) {
  console.error(`usage: npm run faults -- [--only ${faults.map(({ id }) => id).join(',')}] [--seed N] [--quick]`);
  process.exit(1);
}
console.log(`seed ${seed}`);
const folder = mkdtempSync(join(tmpdir(), 'concert-faults-'));
const undoing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
const shared = new SharedInstallations({ folder, atEnd: (undo) => void undoing.push(undo) });
const verdicts: Verdict[] = [];
for (const fault of chosen) {
  console.log(`${fault.id}: ${fault.title}`);
  verdicts.push(
    await runFault(fault, {
      seed,
      quick: values.quick,
      minutes: Number(values.minutes),
      say: console.log,
      ...(values.quick ? { shared } : {}),
    }),
  );
}
for (const undo of undoing.reverse()) await undo();
console.log(`\n${report(verdicts)}`);
const failed = verdicts.filter(({ outcome }) => outcome === 'failed').length;
const skipped = verdicts.filter(({ outcome }) => outcome === 'skipped').length;
const lost = verdicts.reduce((sum, { findings }) => sum + findings.lost.length, 0);
console.log(
  `${verdicts.length - failed - skipped} held, ${failed} failed, ${skipped} skipped; ${lost} acknowledged edits lost; seed ${seed}`,
);
process.exit(failed > 0 ? 1 : 0);

// `npm run kills [-- KILLS [SEED]]`: 200 kills at random points under 20 writers; exit code 1 when anything was lost.
import { runKills } from './kills.ts';

// Every stock client listens for the end of the process; twenty writers are no leak.
process.setMaxListeners(100);

const kills = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}`);
const result = await runKills({ kills, writers: 20, documents: 10, rate: 5, seed, report: console.log });
const sorted = [...result.restartMs].sort((a, b) => a - b);
console.log(
  `${result.kills} kills: ${result.sent} edits sent, ${result.acknowledged} acknowledged, ${result.lost.length} of these lost, ${result.doubled.length} doubled; ` +
    `${(100 * result.olderAcknowledged).toFixed(1)} % of the edits older than a second were acknowledged; ` +
    `back in ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms (median), ${Math.round(sorted.at(-1) ?? 0)} ms (longest)`,
);
process.exitCode = result.lost.length === 0 && result.doubled.length === 0 && result.olderAcknowledged >= 0.9 ? 0 : 1;

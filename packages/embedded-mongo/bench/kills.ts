import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from '../test/kill-rounds.ts';

/** Kills the database at random moments for as many rounds as asked for: `--rounds 100 --seed 1`. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? randomInt(2 ** 31));
const wanted = Number(values.rounds);
if (![seed, wanted].every(Number.isSafeInteger)) throw new Error('--rounds and --seed take numbers');

const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-kills-'));
process.stdout.write(`seed ${seed}\n`);
const { rounds, acknowledged, lost, mismatches } = await killRounds(dataDir, seed, (done) => done < wanted);
const good = lost.length === 0 && mismatches.length === 0;
process.stdout.write(
  `${rounds} rounds, ${acknowledged} acknowledged writes, ${lost.length} lost, ${mismatches.length} mismatches\n`,
);
for (const line of [...lost, ...mismatches].slice(0, 20)) process.stdout.write(`${line}\n`);
if (good) rmSync(dataDir, { recursive: true, force: true });
process.exitCode = good ? 0 : 1;

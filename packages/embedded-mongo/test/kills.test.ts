import { randomInt } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { killRounds } from './kill-rounds.ts';
import { useProcesses } from './processes.ts';

const { directory } = useProcesses();

const BUDGET_MS = 12_000;
const LEAST = 3;

test('[E2] [S2] kill -9 at random moments loses no acknowledged write and leaves every index as the documents ask', async () => {
  const seed = Number(process.env.KILLS_SEED ?? randomInt(2 ** 31));
  const until = Date.now() + BUDGET_MS;
  const { rounds, lost, mismatches } = await killRounds(
    directory(),
    seed,
    (done) => done < LEAST || Date.now() < until,
  );
  expect({ seed, lost, mismatches }).toEqual({ seed, lost: [], mismatches: [] });
  expect(rounds).toBeGreaterThanOrEqual(LEAST);
}, 120_000);

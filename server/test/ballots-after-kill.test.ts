import { expect, test } from '@jest/globals';
import { runBallots } from '../bench/meeting-ballots.ts';

test('[M21] [M22] [check 60] kill -9 amid the ballots of everybody loses none that was answered, and doubles none', async () => {
  const seed = Math.floor(Math.random() * 1_000_000);
  const rounds = await runBallots({ voters: 30, rounds: 2, seed });
  const faults = rounds.map(({ secrecy, faults: found }) => ({ secrecy, faults: found }));
  expect({ seed, faults }).toEqual({
    seed,
    faults: [
      { secrecy: 'named-live', faults: [] },
      { secrecy: 'secret', faults: [] },
    ],
  });
  expect(rounds.every(({ kill }) => kill !== undefined)).toBe(true);
}, 120_000);

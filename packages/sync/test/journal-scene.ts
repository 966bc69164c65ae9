import type { Log } from '../src/index.ts';

export const quiet: Log = { warn: () => {}, error: () => {} };

/** Waits for a condition, turn by turn. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

import { type Limits, networkOf, tooMany } from '../limits.ts';
import { fingerprint } from './secrets.ts';

/** Who tries a password. */
type Guessing = { readonly account: string; readonly address: string; readonly device?: string | undefined };

/** Brakes on guessing. Only failures count, so that nobody is shut out by signing in often. */
export type Attempts = {
  /**
   * Runs one check of a password for an account from an address; `check` answers whether it was right. A browser
   * that is known for the account (`device`) has a count of its own, and none for the network it is in.
   * @throws Problem TOO_MANY_REQUESTS `too-many-attempts` with `retryAfter` (seconds), without running the check.
   */
  guard<Result>(who: Guessing, check: () => Promise<{ failed: boolean; result: Result }>): Promise<Result>;
};

/** At most `width` runs at a time for one key; the others wait their turn. */
function turnstile(width: number) {
  const queues = new Map<string, { running: number; waiting: (() => void)[] }>();
  return async <Result>(key: string, run: () => Promise<Result>): Promise<Result> => {
    const queue = queues.get(key) ?? { running: 0, waiting: [] };
    queues.set(key, queue);
    if (queue.running >= width) await new Promise<void>((enter) => queue.waiting.push(enter));
    else queue.running += 1;
    try {
      return await run();
    } finally {
      const next = queue.waiting.shift();
      // The place of one that leaves is handed over, so that nobody slips in between.
      if (next !== undefined) next();
      else if (--queue.running === 0) queues.delete(key);
    }
  };
}

/** Wrong passwords counted by the hash of the account's address and by network. */
export function createAttempts(limits: Limits): Attempts {
  // One at a time: guesses sent at once would otherwise all be checked before the first one has been counted.
  const oneByOne = turnstile(1);
  return {
    guard: (who, check) => {
      const account = fingerprint(`${who.account} ${who.device ?? ''}`);
      const network = networkOf(who.address);
      return oneByOne(account, async () => {
        const full = who.device === undefined ? await limits.exhausted('wrongPasswordsOfNetwork', network) : undefined;
        // Counted before it is checked, so that several instances together do not check more than one would.
        const wait = full ?? (await limits.spend('wrongPasswordsOfAccount', account));
        if (wait !== undefined) throw tooMany('too-many-attempts', wait);
        const { failed, result } = await check();
        if (failed) await limits.spend('wrongPasswordsOfNetwork', network);
        else await limits.giveBack('wrongPasswordsOfAccount', account);
        return result;
      });
    },
  };
}

import { Problem } from '@concert/contract';
import type { Db, IndexDescription } from 'mongodb';
import { RateLimiterMemory, RateLimiterMongo, type RateLimiterRes } from 'rate-limiter-flexible';
import { fingerprint } from './secrets.ts';

const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords one account may see in a quarter of an hour, whoever types them. */
const PER_ACCOUNT = 10;
/** Wrong passwords from one address: far more, because a whole town hall may share one. */
const PER_ADDRESS = 300;
/** New accounts from one address in a quarter of an hour. */
const SIGN_UPS_PER_ADDRESS = 300;

/** Indexes of the collection in which failed attempts are counted, for all instances together. */
export const attemptIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  attempts: [
    { key: { key: 1 }, unique: true },
    { key: { expire: -1 }, expireAfterSeconds: 0 },
  ],
};

/** Who tries a password. */
type Guessing = { readonly account: string; readonly address: string; readonly device?: string | undefined };

/** Brakes on guessing. Only failures count, so that nobody is shut out by signing in often. */
export type Attempts = {
  /**
   * Runs one check of a password for an account from an address; `check` answers whether it was right. A browser
   * that is known for the account (`device`) has a count of its own.
   * @throws Problem TOO_MANY_REQUESTS `too-many-attempts` with `retryAfter` (seconds), without running the check.
   */
  guard<Result>(who: Guessing, check: () => Promise<{ failed: boolean; result: Result }>): Promise<Result>;
  /** @throws Problem TOO_MANY_REQUESTS when an address has opened too many accounts. */
  signUp(address: string): Promise<void>;
};

const refused = (state: { msBeforeNext: number }): Problem =>
  new Problem('TOO_MANY_REQUESTS', 'too-many-attempts', {
    detail: { retryAfter: Math.max(1, Math.ceil(state.msBeforeNext / 1000)) },
  });

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

/** Attempts counted in the database, by the hash of the account's address; `enabled: false` lifts every limit. */
export function createAttempts(options: { db: Db; enabled: boolean }): Attempts {
  const shared = { storeClient: options.db, tableName: 'attempts', disableIndexesCreation: true };
  const accounts = new RateLimiterMongo({
    ...shared,
    keyPrefix: 'account',
    points: PER_ACCOUNT,
    duration: WINDOW_SECONDS,
  });
  const addresses = new RateLimiterMongo({
    ...shared,
    keyPrefix: 'address',
    points: PER_ADDRESS,
    duration: WINDOW_SECONDS,
  });
  const signUps = new RateLimiterMemory({ points: SIGN_UPS_PER_ADDRESS, duration: WINDOW_SECONDS });
  // One at a time: guesses sent at once would otherwise all be checked before the first one has been counted.
  const oneByOne = turnstile(1);
  const full = (state: RateLimiterRes | null, points: number): state is RateLimiterRes =>
    state !== null && state.consumedPoints >= points;

  return {
    guard: (who, check) => {
      if (!options.enabled) return check().then(({ result }) => result);
      const account = fingerprint(`${who.account} ${who.device ?? ''}`);
      return oneByOne(account, async () => {
        const [byAccount, byAddress] = await Promise.all([accounts.get(account), addresses.get(who.address)]);
        if (full(byAccount, PER_ACCOUNT)) throw refused(byAccount);
        if (full(byAddress, PER_ADDRESS)) throw refused(byAddress);
        const { failed, result } = await check();
        if (failed) await Promise.all([accounts.penalty(account), addresses.penalty(who.address)]);
        return result;
      });
    },
    signUp: async (address) => {
      if (!options.enabled) return;
      const state = await signUps.penalty(address);
      if (state.consumedPoints > SIGN_UPS_PER_ADDRESS) throw refused(state);
    },
  };
}

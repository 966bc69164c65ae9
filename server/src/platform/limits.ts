import { isIPv6 } from 'node:net';
import { Problem } from '@concert/contract';
import { LIMITS, type LimitName } from '@concert/domain/accounts/rules.ts';
import type { Db, IndexDescription } from 'mongodb';
import { RateLimiterMongo, type RateLimiterRes } from 'rate-limiter-flexible';

/** What may happen so and so often, counted in the database for all instances together. */
export type Limits = {
  /** Counts one more; answers the seconds until the next one when there were too many already, else undefined. */
  spend(name: LimitName, key: string): Promise<number | undefined>;
  /** As `spend`. @throws Problem TOO_MANY_REQUESTS with this reason and `retryAfter` (seconds). */
  require(name: LimitName, key: string, reason: string): Promise<void>;
  /** Takes back what `spend` counted: it turned out not to be what is limited. */
  giveBack(name: LimitName, key: string): Promise<void>;
  /** The seconds to wait when nothing is left, else undefined; counts nothing. */
  exhausted(name: LimitName, key: string): Promise<number | undefined>;
  readonly indexes: Readonly<Record<string, readonly IndexDescription[]>>;
};

/** Collection of the counters. */
const COUNTERS = 'attempts';

const secondsOf = (state: RateLimiterRes): number => Math.max(1, Math.ceil(state.msBeforeNext / 1000));

/** The refusal of one who did something too often. */
export const tooMany = (reason: string, retryAfter: number): Problem =>
  new Problem('TOO_MANY_REQUESTS', reason, { detail: { retryAfter } });

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}

/** What is counted as one network: an IPv4 address, or the 64 bits of IPv6 that one household owns. */
export function networkOf(address: string): string {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (!isIPv6(plain)) return plain;
  const groups = groupsOf(plain).slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** Counters in the database; `enabled: false` (RATE_LIMITS=off) lifts every limit. */
export function createLimits({ db, enabled }: { db: Db; enabled: boolean }): Limits {
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterMongo({
        storeClient: db,
        tableName: COUNTERS,
        disableIndexesCreation: true,
        keyPrefix: name,
        points,
        duration: seconds,
      }),
    ]),
  );
  const limiterOf = (name: LimitName): RateLimiterMongo => {
    const limiter = limiters.get(name);
    if (limiter === undefined) throw new Error(`there is no limit ${name}`);
    return limiter;
  };
  const spend = async (name: LimitName, key: string): Promise<number | undefined> => {
    if (!enabled) return undefined;
    const state = await limiterOf(name).penalty(key);
    return state.consumedPoints > LIMITS[name].points ? secondsOf(state) : undefined;
  };
  return {
    spend,
    require: async (name, key, reason) => {
      const wait = await spend(name, key);
      if (wait !== undefined) throw tooMany(reason, wait);
    },
    giveBack: async (name, key) => {
      if (enabled) await limiterOf(name).reward(key);
    },
    exhausted: async (name, key) => {
      if (!enabled) return undefined;
      const state = await limiterOf(name).get(key);
      return state !== null && state.consumedPoints >= LIMITS[name].points ? secondsOf(state) : undefined;
    },
    indexes: {
      [COUNTERS]: [
        { key: { key: 1 }, unique: true },
        { key: { expire: -1 }, expireAfterSeconds: 0 },
      ],
    },
  };
}

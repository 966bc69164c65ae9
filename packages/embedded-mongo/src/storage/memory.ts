import type { Key } from '../bson/key.ts';
import type { Change, Engine } from './engine.ts';
import { SortedMap } from './sorted-map.ts';

/** The engine without a disk: for tests and throw-away databases. */
export function memoryEngine(): Engine {
  const map = new SortedMap<Uint8Array>();
  return {
    get: (key: Key) => map.get(key),
    range: (gte: Key, lt: Key, reverse?: boolean) => map.range(gte, lt, reverse),
    holds: (gte: Key, lt: Key) => map.holds(gte, lt),
    // A turn later, as a disk would answer: a commit must never look synchronous to what is built on it.
    commit: async (changes: readonly Change[]) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      for (const { key, value } of changes) {
        if (value === null) map.delete(key);
        else map.set(key, value);
      }
    },
    snapshot: () => {
      const copy = map.clone();
      return {
        get: (key) => copy.get(key),
        range: (gte, lt, reverse) => copy.range(gte, lt, reverse),
        isUnwanted: () => false,
        release: () => undefined,
      };
    },
    // There is no file that could hold what was.
    compact: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}

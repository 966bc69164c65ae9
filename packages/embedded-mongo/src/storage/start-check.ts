import { setTimeout as wait } from 'node:timers/promises';
import { namespaceOf } from './catalog.ts';
import { letOthersRun } from './check.ts';
import type { Store } from './store.ts';

/** So long a start waits for the check; what is bigger is checked to its end while it is being used. */
const BEFORE_READY_MS = 2_000;
/** About as long as one go of the check, so that it then takes half of a core at most. */
const REST_MS = 8;

/**
 * Compares every index with its documents. LMDB knows no checksums: one changed byte in a page of an index hides
 * documents from whoever looks for them, and nothing says so. Documents themselves are sealed, and told when read.
 * Answers what is damaged as far as that shows in time; whatever shows later is given to `onDamage`.
 */
export async function checkAtStart(store: Store, onDamage: (what: string) => void): Promise<string | undefined> {
  let isReady = false;
  const rest = (): Promise<void> => (isReady ? wait(REST_MS, undefined, { ref: false }) : letOthersRun());
  const found = firstDamage(store, rest);
  const inTime = wait(BEFORE_READY_MS, undefined, { ref: false });
  const damage = await Promise.race([found, inTime]);
  isReady = true;
  if (damage !== undefined) return damage;
  found.then(
    (what) => what !== undefined && onDamage(what),
    () => undefined, // it was being stopped
  );
  return undefined;
}

async function firstDamage(store: Store, rest: () => Promise<void>): Promise<string | undefined> {
  for (const { id } of store.collections()) {
    // As it is now: meanwhile it may have other indexes, or be gone.
    const collection = store.collections().find((one) => one.id === id);
    if (!collection) continue;
    const { indexErrors } = await store.inspect(collection, rest);
    const [first] = indexErrors;
    if (first !== undefined) return `${namespaceOf(collection.db, collection.name)}: ${first}`;
  }
  return undefined;
}

import type { Db } from 'mongodb';
import type { Log } from '../log.ts';

export type Compaction = {
  /**
   * Takes off the disk what documents of a collection were before they were replaced or removed. What was replaced
   * before the call is gone from the embedded database when it resolves to `done`. A MongoDB server has then done what
   * it does: its journal and oplog, other members of a replica set, and blocks it has freed may still hold it.
   * `unsupported`: this database does not do it at all, or not for this user; that is logged once.
   * Rejects when it failed, also when the answer took longer than the client's `socketTimeoutMS`: then the database
   * goes on with it, and who wants to know it done asks again.
   */
  compact(collection: string): Promise<'done' | 'unsupported'>;
};

/**
 * What a server answers that has no such command, does not let this user run it, or does not run it where it is: a
 * router of a sharded cluster, a view (MongoDB's `error_codes.yml`).
 */
const UNSUPPORTED: ReadonlySet<unknown> = new Set([
  13, // Unauthorized
  20, // IllegalOperation
  59, // CommandNotFound
  115, // CommandNotSupported
  166, // CommandNotSupportedOnView
  238, // NotImplemented
  8000, // AtlasError: what shared clusters do not allow
]);
const NAMESPACE_NOT_FOUND = 26;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

type Outcome = Awaited<ReturnType<Compaction['compact']>>;

/**
 * Runs `compact` one at a time. Those who ask during a run share the one that begins after it: a run that had begun
 * before they asked might not have seen what they want gone.
 */
export function createCompaction(db: Db, log: Log): Compaction {
  let running: Promise<unknown> = Promise.resolve();
  let isToldOfRefusal = false;
  /** The runs that have been asked for and not begun, by collection. */
  const waiting = new Map<string, Promise<Outcome>>();

  const run = async (collection: string): Promise<Outcome> => {
    waiting.delete(collection);
    try {
      // `force` lets the primary of a replica set do it, where it would refuse.
      await db.command({ compact: collection, force: true });
      return 'done';
    } catch (error) {
      const code = codeOf(error);
      // Nothing was ever stored in it.
      if (code === NAMESPACE_NOT_FOUND) return 'done';
      if (!UNSUPPORTED.has(code)) throw error;
      if (!isToldOfRefusal)
        log.warn(
          { collection, code },
          'this database does not compact collections for Concert: earlier versions of stored documents, such as the ' +
            'boxes of secret polls, may stay in its files until it overwrites them itself',
        );
      isToldOfRefusal = true;
      return 'unsupported';
    }
  };

  return {
    compact: (collection) => {
      const next = waiting.get(collection) ?? running.then(() => run(collection));
      waiting.set(collection, next);
      running = next.catch(() => undefined); // told to who asked for it
      return next;
    },
  };
}

import type { Key } from '../bson/key.ts';

/** One change of a commit: `value: null` removes the key. */
export type Change = { readonly key: Key; readonly value: Uint8Array | null };

/**
 * An ordered key-value store. Reads see the last commit and nothing else. This is all that a storage engine has to
 * offer; transactions, group commit and the catalog are built on it.
 */
export type Engine = {
  get(key: Key): Uint8Array | undefined;
  /** Entries with gte <= key < lt, in key order or reversed. */
  range(gte: Key, lt: Key, reverse?: boolean): Iterable<readonly [Key, Uint8Array]>;
  /** Whether there is an entry with gte <= key < lt. */
  holds(gte: Key, lt: Key): boolean;
  /** Applies all changes or none; resolves when they are durable. Throws `OutOfSpace` when the disk is full. */
  commit(changes: readonly Change[]): Promise<void>;
  /** The last commit, to be read over many turns while others are made; it must be released soon. */
  snapshot(): Snapshot;
  /**
   * Puts a file without anything that is no longer stored in the place of the data file, while reads go on and, but for
   * a moment, writes; then overwrites the old one. Nothing that was replaced or removed before the call is in the data
   * directory afterwards. Resolves to the bytes by which the file became shorter. One at a time.
   * @param check asked now and then; what it throws ends the compaction, and nothing has changed
   */
  compact(check: () => void): Promise<number>;
  close(): Promise<void>;
};

export type Snapshot = Pick<Engine, 'get' | 'range'> & {
  /** Whether the engine waits for the release: who reads for long should release it and begin anew a turn later. */
  isUnwanted(): boolean;
  release(): void;
};

/** The disk is full: nothing of the commit was kept. */
export class OutOfSpace extends Error {
  constructor(cause: unknown) {
    super('the disk is full', { cause });
    this.name = 'OutOfSpace';
  }
}

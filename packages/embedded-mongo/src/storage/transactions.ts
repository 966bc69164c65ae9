import type { Key } from '../bson/key.ts';
import { MongoError } from '../errors.ts';
import { type Change, type Engine, OutOfSpace } from './engine.ts';
import { SortedMap } from './sorted-map.ts';

/** What a command reads from: the last commit, or for writers all that was written before them. */
export type View = {
  get(key: Key): Uint8Array | undefined;
  range(gte: Key, lt: Key, reverse?: boolean): Iterable<readonly [Key, Uint8Array]>;
};

/** A command's own writes: they become visible to other writers when it ends well, to readers once durable. */
export type Transaction = View & {
  put(key: Key, value: Uint8Array): void;
  remove(key: Key): void;
};

type Layer = SortedMap<Uint8Array | null>;
type Group = { layer: Layer; waiting: { resolve: () => void; reject: (error: unknown) => void }[] };

const newGroup = (): Group => ({ layer: new SortedMap(), waiting: [] });

/**
 * Runs commands one at a time and commits them in groups: while one group goes to the disk the next one gathers.
 * A command that throws leaves nothing behind, since its writes never left its own layer.
 */
export class Transactions {
  private readonly engine: Engine;
  private readonly onDiscard: () => void;
  private inFlight: Group | undefined;
  private gathering = newGroup();
  private scheduled = false;
  private idle: (() => void)[] = [];

  /** `onDiscard` is called when a commit failed and everything not yet durable was thrown away. */
  constructor(engine: Engine, onDiscard: () => void) {
    this.engine = engine;
    this.onDiscard = onDiscard;
  }

  /** The durable state. */
  get committed(): View {
    return this.engine;
  }

  /** Durable state plus everything that earlier commands of this process wrote and that is on its way to the disk. */
  latest(): View {
    return overlaid(this.engine, this.layers());
  }

  /**
   * Runs `work` at once and keeps its writes if it returns. The promise resolves when they are durable.
   * Throws what `work` throws; rejects with OutOfDiskSpace (14031) when the disk is full.
   */
  run<T>(work: (transaction: Transaction) => T): { value: T; durable: Promise<void> } {
    const own: Layer = new SortedMap();
    const view = overlaid(this.engine, [...this.layers(), own]);
    const value = work({
      get: view.get,
      range: view.range,
      put: (key, bytes) => own.set(key, bytes),
      remove: (key) => own.set(key, null),
    });
    for (const [key, bytes] of own.range('', '\xff\xff\xff\xff\xff')) this.gathering.layer.set(key, bytes);
    return { value, durable: this.enqueue() };
  }

  /** Whether nothing is on its way to the disk. */
  get isQuiet(): boolean {
    return !this.inFlight && this.gathering.waiting.length === 0;
  }

  /** Resolves when nothing is on its way to the disk. */
  async drain(): Promise<void> {
    if (!this.inFlight && !this.scheduled) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private layers(): Layer[] {
    return this.inFlight ? [this.inFlight.layer, this.gathering.layer] : [this.gathering.layer];
  }

  private enqueue(): Promise<void> {
    const durable = new Promise<void>((resolve, reject) => this.gathering.waiting.push({ resolve, reject }));
    if (!this.scheduled && !this.inFlight) {
      this.scheduled = true;
      // The other sockets' commands that have already arrived join this group.
      setImmediate(() => void this.flush());
    }
    return durable;
  }

  private async flush(): Promise<void> {
    this.scheduled = false;
    while (this.gathering.waiting.length > 0) {
      const group = this.gathering;
      this.gathering = newGroup();
      this.inFlight = group;
      try {
        await this.engine.commit(changesOf(group.layer));
        this.inFlight = undefined;
        for (const { resolve } of group.waiting) resolve();
        // What has arrived in the meantime joins the next group.
        await new Promise<void>((resolve) => setImmediate(resolve));
      } catch (error) {
        this.discard(group, error);
      }
    }
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /** What was gathered after the failed group was built on it, so it goes too; later commands start from the disk. */
  private discard(group: Group, cause: unknown): void {
    const lost = [...group.waiting, ...this.gathering.waiting];
    this.inFlight = undefined;
    this.gathering = newGroup();
    this.onDiscard();
    const error =
      cause instanceof OutOfSpace
        ? new MongoError('OutOfDiskSpace', 'the disk is full: nothing was written; free some space and try again')
        : new MongoError(
            'InternalError',
            `the storage refused a commit: ${cause instanceof Error ? cause.message : cause}`,
          );
    for (const { reject } of lost) reject(error);
  }
}

function changesOf(layer: Layer): Change[] {
  const changes: Change[] = [];
  for (const [key, value] of layer.range('', '\xff\xff\xff\xff\xff')) changes.push({ key, value });
  return changes;
}

function overlaid(base: View, layers: readonly Layer[]): View {
  const get = (key: Key): Uint8Array | undefined => {
    for (let i = layers.length - 1; i >= 0; i--) {
      const found = layers[i]?.get(key);
      if (found !== undefined) return found ?? undefined;
    }
    return base.get(key);
  };
  const range = (gte: Key, lt: Key, reverse = false): Iterable<readonly [Key, Uint8Array]> => {
    let result: Iterable<readonly [Key, Uint8Array]> = base.range(gte, lt, reverse);
    for (const layer of layers) {
      const changes = [...layer.range(gte, lt, reverse)];
      if (changes.length > 0) result = merge(result, changes, reverse);
    }
    return result;
  };
  return { get, range };
}

/** Both sides in order; where both have a key the change wins, a null removes it. */
function* merge(
  base: Iterable<readonly [Key, Uint8Array]>,
  changes: readonly (readonly [Key, Uint8Array | null])[],
  reverse: boolean,
): Generator<readonly [Key, Uint8Array]> {
  let at = 0;
  for (const entry of base) {
    for (let next = changes[at]; next && before(next[0], entry[0], reverse); next = changes[++at]) {
      if (next[1] !== null) yield [next[0], next[1]];
    }
    const same = changes[at];
    if (same?.[0] === entry[0]) {
      at++;
      if (same[1] !== null) yield [same[0], same[1]];
    } else yield entry;
  }
  for (const [key, value] of changes.slice(at)) if (value !== null) yield [key, value];
}

const before = (a: Key, b: Key, reverse: boolean): boolean => (reverse ? a > b : a < b);

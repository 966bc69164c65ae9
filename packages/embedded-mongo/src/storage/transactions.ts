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
  /** Whether anything is in the range: cheaper than a range where mostly nothing is. */
  holds(gte: Key, lt: Key): boolean;
  put(key: Key, value: Uint8Array): void;
  remove(key: Key): void;
  /** Gives what undoes all writes from now on, unless another savepoint is taken in between. */
  savepoint(): () => void;
};

type Layer = SortedMap<Uint8Array | null>;
type Group = { layer: Layer; readonly waiting: { resolve: () => void; reject: (error: unknown) => void }[] };

/** Above all keys. */
const END: Key = '\xff\xff\xff\xff\xff';

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
    const layers = this.layers();
    return {
      get: (key) => find(this.engine, layers, key),
      range: (gte, lt, reverse = false) => merged(this.engine, layers, gte, lt, reverse),
    };
  }

  /**
   * Runs `work` at once and keeps its writes if it returns. The promise resolves when they are durable.
   * Throws what `work` throws; rejects with OutOfDiskSpace (14031) when the disk is full.
   */
  run<T>(work: (transaction: Transaction) => T): { value: T; durable: Promise<void> } {
    const own = new OwnWrites(this.engine, this.layers());
    const value = work(own);
    this.gather(own.layer);
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

  private gather(layer: Layer): void {
    if (this.gathering.layer.isEmpty) this.gathering.layer = layer;
    else for (const [key, bytes] of layer.range('', END)) this.gathering.layer.set(key, bytes);
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
  for (const [key, value] of layer.range('', END)) changes.push({ key, value });
  return changes;
}

type Undo = { readonly key: Key; readonly before: Uint8Array | null | undefined };

/** What one command writes, over what it reads. */
class OwnWrites implements Transaction {
  readonly layer: Layer = new SortedMap();
  private readonly engine: Engine;
  private readonly layers: readonly Layer[];
  private undo: Undo[] = [];

  constructor(engine: Engine, below: readonly Layer[]) {
    this.engine = engine;
    this.layers = [...below, this.layer];
  }

  get(key: Key): Uint8Array | undefined {
    return find(this.engine, this.layers, key);
  }

  range(gte: Key, lt: Key, reverse = false): Iterable<readonly [Key, Uint8Array]> {
    return merged(this.engine, this.layers, gte, lt, reverse);
  }

  holds(gte: Key, lt: Key): boolean {
    if (this.layers.every((layer) => !layer.holds(gte, lt))) return this.engine.holds(gte, lt);
    for (const _ of this.range(gte, lt)) return true;
    return false;
  }

  put(key: Key, value: Uint8Array): void {
    this.set(key, value);
  }

  remove(key: Key): void {
    this.set(key, null);
  }

  private set(key: Key, value: Uint8Array | null): void {
    this.undo.push({ key, before: this.layer.set(key, value) });
  }

  savepoint(): () => void {
    const undo: Undo[] = [];
    this.undo = undo;
    return () => {
      for (const { key, before } of undo.splice(0).reverse()) {
        if (before === undefined) this.layer.delete(key);
        else this.layer.set(key, before);
      }
    };
  }
}

function find(base: View, layers: readonly Layer[], key: Key): Uint8Array | undefined {
  for (let i = layers.length - 1; i >= 0; i--) {
    const found = layers[i]?.get(key);
    if (found !== undefined) return found ?? undefined;
  }
  return base.get(key);
}

function merged(
  base: View,
  layers: readonly Layer[],
  gte: Key,
  lt: Key,
  reverse: boolean,
): Iterable<readonly [Key, Uint8Array]> {
  let result: Iterable<readonly [Key, Uint8Array]> = base.range(gte, lt, reverse);
  for (const layer of layers) {
    const changes = [...layer.range(gte, lt, reverse)];
    if (changes.length > 0) result = merge(result, changes, reverse);
  }
  return result;
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

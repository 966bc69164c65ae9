import type { Key } from '../bson/key.ts';

const CHUNK = 256;

/** An ordered map from keys to values: chunks of sorted arrays, so that inserting stays cheap when it is large. */
export class SortedMap<V> {
  private chunks: { keys: Key[]; values: V[] }[] = [];

  get isEmpty(): boolean {
    return this.chunks.length === 0;
  }

  get size(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.keys.length, 0);
  }

  clone(): SortedMap<V> {
    const copy = new SortedMap<V>();
    copy.chunks = this.chunks.map(({ keys, values }) => ({ keys: keys.slice(), values: values.slice() }));
    return copy;
  }

  get(key: Key): V | undefined {
    const chunk = this.chunks[this.chunkOf(key)];
    if (!chunk) return undefined;
    const at = lowerBound(chunk.keys, key);
    return chunk.keys[at] === key ? chunk.values[at] : undefined;
  }

  /** Gives the value that was there before. */
  set(key: Key, value: V): V | undefined {
    const index = this.chunkOf(key);
    const chunk = this.chunks[index];
    if (!chunk) {
      this.chunks.push({ keys: [key], values: [value] });
      return undefined;
    }
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] === key) {
      const before = chunk.values[at];
      chunk.values[at] = value;
      return before;
    }
    chunk.keys.splice(at, 0, key);
    chunk.values.splice(at, 0, value);
    if (chunk.keys.length > CHUNK) this.split(index);
    return undefined;
  }

  delete(key: Key): void {
    const index = this.chunkOf(key);
    const chunk = this.chunks[index];
    if (!chunk) return;
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] !== key) return;
    chunk.keys.splice(at, 1);
    chunk.values.splice(at, 1);
    if (chunk.keys.length === 0) this.chunks.splice(index, 1);
  }

  /** Whether there is an entry with gte <= key < lt. */
  holds(gte: Key, lt: Key): boolean {
    for (let i = this.chunkOf(gte); i < this.chunks.length; i++) {
      const keys = this.chunks[i]?.keys ?? [];
      const first = keys[lowerBound(keys, gte)];
      if (first !== undefined) return first < lt;
    }
    return false;
  }

  /** Entries with gte <= key < lt, in order. The map must not change while the caller iterates. */
  *range(gte: Key, lt: Key, reverse = false): Generator<readonly [Key, V]> {
    if (gte >= lt) return;
    if (reverse) {
      yield* this.descending(gte, lt);
      return;
    }
    for (let i = this.chunkOf(gte); i < this.chunks.length; i++) {
      const chunk = this.chunks[i];
      if (!chunk) return;
      for (let at = lowerBound(chunk.keys, gte); at < chunk.keys.length; at++) {
        const key = chunk.keys[at] as Key;
        if (key >= lt) return;
        yield [key, chunk.values[at] as V];
      }
    }
  }

  private *descending(gte: Key, lt: Key): Generator<readonly [Key, V]> {
    for (let i = this.chunkOf(lt); i >= 0; i--) {
      const chunk = this.chunks[i];
      if (!chunk) return;
      for (let at = lowerBound(chunk.keys, lt) - 1; at >= 0; at--) {
        const key = chunk.keys[at] as Key;
        if (key < gte) return;
        yield [key, chunk.values[at] as V];
      }
    }
  }

  /** The last chunk whose first key is not above the key (0 when there is none). */
  private chunkOf(key: Key): number {
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.chunks[middle]?.keys[0] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private split(index: number): void {
    const chunk = this.chunks[index];
    if (!chunk) return;
    const half = chunk.keys.length >> 1;
    this.chunks.splice(index + 1, 0, { keys: chunk.keys.splice(half), values: chunk.values.splice(half) });
  }
}

function lowerBound(keys: readonly Key[], key: Key): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as Key) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

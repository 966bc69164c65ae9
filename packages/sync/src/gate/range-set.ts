/** Clock ranges per client, disjoint, merged and sorted: which ticks of a document are deleted. */
export class RangeSet {
  readonly #clients = new Map<number, { starts: number[]; ends: number[] }>();

  /** Adds [start, end) of a client. */
  add(client: number, start: number, end: number): void {
    const ranges = this.#clients.get(client);
    if (!ranges) {
      this.#clients.set(client, { starts: [start], ends: [end] });
      return;
    }
    const { starts, ends } = ranges;
    const first = firstReaching(ends, start);
    let after = first;
    while (after < starts.length && (starts[after] ?? 0) <= end) after += 1;
    const mergedStart = after > first ? Math.min(start, starts[first] ?? start) : start;
    const mergedEnd = after > first ? Math.max(end, ends[after - 1] ?? end) : end;
    starts.splice(first, after - first, mergedStart);
    ends.splice(first, after - first, mergedEnd);
  }

  /** Calls back with each part of [start, end) that is not in the set. */
  missing(client: number, start: number, end: number, each: (start: number, end: number) => void): void {
    const ranges = this.#clients.get(client);
    let from = start;
    if (ranges) {
      for (let i = firstReaching(ranges.ends, start); i < ranges.starts.length && from < end; i++) {
        const next = ranges.starts[i] ?? 0;
        if (next >= end) break;
        if (next > from) each(from, next);
        from = Math.max(from, ranges.ends[i] ?? from);
      }
    }
    if (from < end) each(from, end);
  }

  /** Everything as groups of client, start, end. */
  flat(): number[] {
    const flat: number[] = [];
    for (const [client, { starts, ends }] of this.#clients) {
      for (let i = 0; i < starts.length; i++) flat.push(client, starts[i] ?? 0, ends[i] ?? 0);
    }
    return flat;
  }
}

/** Index of the first range whose end is not before `start`. */
function firstReaching(ends: number[], start: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

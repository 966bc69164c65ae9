type Ranges = { starts: number[]; ends: number[] };

/** From so many ranges on, sorting them and passing once over what is there costs less than placing each. */
const manyRanges = 64;

/** Clock ranges per client, disjoint, merged and sorted: which ticks of a document are deleted. */
export class RangeSet {
  readonly #clients = new Map<number, Ranges>();

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

  /** Adds groups of client, start, end. Takes time in proportion to what is there and what comes, in whatever order. */
  addAll(groups: readonly number[]): void {
    if (groups.length < manyRanges * 3) {
      for (let i = 0; i < groups.length; i += 3) this.add(groups[i] ?? 0, groups[i + 1] ?? 0, groups[i + 2] ?? 0);
      return;
    }
    const byClient = new Map<number, Ranges>();
    let client = -1;
    let own: Ranges = { starts: [], ends: [] };
    for (let i = 0; i < groups.length; i += 3) {
      if (groups[i] !== client) {
        client = groups[i] ?? 0;
        own = byClient.get(client) ?? { starts: [], ends: [] };
        byClient.set(client, own);
      }
      own.starts.push(groups[i + 1] ?? 0);
      own.ends.push(groups[i + 2] ?? 0);
    }
    for (const [id, added] of byClient) this.#clients.set(id, union(this.#clients.get(id), added));
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

/** The ranges that are there and those that come, merged. */
function union(present: Ranges | undefined, added: Ranges): Ranges {
  const { starts: oldStarts, ends: oldEnds } = present ?? { starts: [], ends: [] };
  const united: Ranges = { starts: [], ends: [] };
  let next = 0;
  for (const at of inOrder(added.starts)) {
    const start = added.starts[at] ?? 0;
    for (; next < oldStarts.length && (oldStarts[next] ?? 0) <= start; next++) {
      take(united, oldStarts[next] ?? 0, oldEnds[next] ?? 0);
    }
    take(united, start, added.ends[at] ?? 0);
  }
  for (; next < oldStarts.length; next++) take(united, oldStarts[next] ?? 0, oldEnds[next] ?? 0);
  return united;
}

/** Adds a range that begins where the last one does or after that. */
function take({ starts, ends }: Ranges, start: number, end: number): void {
  const last = ends.length - 1;
  if (last >= 0 && start <= (ends[last] ?? 0)) ends[last] = Math.max(ends[last] ?? 0, end);
  else {
    starts.push(start);
    ends.push(end);
  }
}

/** The places of numbers from the smallest to the highest. Honest ones come in order. */
function inOrder(numbers: readonly number[]): Uint32Array {
  const places = Uint32Array.from(numbers, (_, at) => at);
  const sorted = numbers.every((n, at) => at === 0 || (numbers[at - 1] ?? 0) <= n);
  return sorted ? places : places.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
}

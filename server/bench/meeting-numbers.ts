import { readdirSync, readFileSync } from 'node:fs';

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * times.length) - 1)] ?? Number.NaN;

/** `p50 / p95 / max`, in whole milliseconds. */
export const spread = (times: readonly number[]): string =>
  [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(0)).join(' / ');

/** A table in Markdown; the first row is its head. */
export const table = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map((_, n) => (n === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Carries out some work for each, so many at a time; answers in the order of the items. */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      results[next[0]] = await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** The fields of `/proc/<pid>/stat` behind the name of the program, which may hold anything; undefined where there is none. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It has ended, or this is no Linux.
    return undefined;
  }
}

/** Processes that this one has started: of a server its embedded database. None where the system does not tell. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (statOf(Number(name))?.[1] === String(pid) ? [Number(name)] : []));
  } catch {
    // No Linux.
    return [];
  }
}

/** Ticks of the clock by which Linux counts the time of the processor, for every program alike. */
const TICK_MS = 10;

/** Time of the processor that a process has had so far, in milliseconds; NaN where the system does not tell. */
export function cpuOf(pid: number): number {
  const stat = statOf(pid);
  return stat === undefined ? Number.NaN : (Number(stat[11]) + Number(stat[12])) * TICK_MS;
}

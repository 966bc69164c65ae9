import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Ticks of `/proc/<pid>/stat` a second; Linux has reported 100 to programs on every architecture for decades. */
const TICKS_PER_SECOND = 100;

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number };

/** Null when the process is gone. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function statOf(pid: number): Stat | null {
  const line = readOrNull(`/proc/${pid}/stat`);
  if (line === null) return null;
  // The command stands in brackets and may hold spaces; the fields after it are counted from the state (3rd).
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  // utime and stime, and those of ended children that were waited for.
  return { pid, parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) };
}

/** The process and everything that descends from it. */
function treeOf(root: number): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== null);
  const found = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all)
      if (found.has(parent) && !found.has(pid)) {
        found.add(pid);
        grown = true;
      }
  }
  return all.filter(({ pid }) => found.has(pid));
}

/** CPU time that a process tree has used since it began, in seconds. */
export const cpuSeconds = (root: number): number =>
  treeOf(root).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;

/** CPU time of the process alone, without its descendants, in seconds. */
export const ownCpuSeconds = (pid: number): number => (statOf(pid)?.ticks ?? 0) / TICKS_PER_SECOND;

const kilobytes = (text: string | null, label: string): number | null => {
  const match = text === null ? null : new RegExp(`^${label}:\\s+(\\d+) kB`, 'm').exec(text);
  return match ? Number(match[1]) : null;
};

/**
 * What a process tree holds for itself in KiB: heaps, buffers, stacks. Programs and data files that are mapped are not
 * in it: the system may drop their pages and read them again, and shares them with whatever else runs.
 */
export const ownMemoryKib = (root: number): number =>
  treeOf(root).reduce((sum, { pid }) => {
    const own = kilobytes(readOrNull(`/proc/${pid}/smaps_rollup`), 'Pss_Anon');
    return sum + (own ?? kilobytes(readOrNull(`/proc/${pid}/status`), 'RssAnon') ?? 0);
  }, 0);

/** Memory of a process tree in KiB: proportional (shared pages divided) where the system tells, else resident. */
export const memoryKib = (root: number): number =>
  treeOf(root).reduce((sum, { pid }) => {
    const proportional = kilobytes(readOrNull(`/proc/${pid}/smaps_rollup`), 'Pss');
    return sum + (proportional ?? kilobytes(readOrNull(`/proc/${pid}/status`), 'VmRSS') ?? 0);
  }, 0);

/** Resolves when a process tree has done next to nothing for a while, or after `maxMs`. */
export async function untilIdle(root: number, quietMs: number, maxMs: number): Promise<void> {
  const end = performance.now() + maxMs;
  let last = cpuSeconds(root);
  let quietSince = performance.now();
  while (performance.now() < end) {
    await wait(250);
    const now = cpuSeconds(root);
    if (now - last > 0.03) quietSince = performance.now();
    last = now;
    if (performance.now() - quietSince >= quietMs) return;
  }
}

import { isIndexName } from './path.ts';

/** A path, and the beginning of it that something else changes too. */
export type Conflict = { readonly path: string; readonly at: string };

/** Two paths of which one is the beginning of the other; the shorter ones have to come first. */
export function overlap(paths: readonly (readonly string[])[]): Conflict | undefined {
  const seen = new Set<string>();
  for (const parts of paths) {
    const path = parts.join('.');
    for (let length = 1; length <= parts.length; length++) {
      const at = parts.slice(0, length).join('.');
      if (seen.has(at)) return { path, at };
    }
    seen.add(path);
  }
  return undefined;
}

/** One array that is addressed both by `$[]` or `$[name]` and in another way. */
export function mixture(paths: readonly (readonly string[])[]): Conflict | undefined {
  const filtered = new Map<string, boolean>();
  for (const parts of paths) {
    for (let length = 1; length < parts.length; length++) {
      const at = parts.slice(0, length).join('.');
      const isFiltered = parts[length]?.startsWith('$[') === true;
      if ((filtered.get(at) ?? isFiltered) !== isFiltered) return { path: parts.join('.'), at };
      filtered.set(at, isFiltered);
    }
  }
  return undefined;
}

/** Fields are changed in the order of their names, positions in the order of numbers. */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x === y) continue;
    if (isIndexName(x) && isIndexName(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

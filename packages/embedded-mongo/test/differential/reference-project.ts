// The slow and obvious projection by inclusion or exclusion.
import type { Doc, Value } from '../../src/bson/types.ts';

type Paths = readonly (readonly string[])[];

/** The paths below a field, and whether the field itself is among them. */
function below(paths: Paths, name: string): { readonly whole: boolean; readonly rest: Paths } {
  const own = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
  return { whole: own.some((rest) => rest.length === 0), rest: own.filter((rest) => rest.length > 0) };
}

export function included(value: Value, paths: Paths): Value | undefined {
  if (Array.isArray(value)) return value.map((item) => included(item, paths)).filter((item) => item !== undefined);
  if (!(value instanceof Map)) return undefined;
  const result: Doc = new Map();
  for (const [name, item] of value) {
    const { whole, rest } = below(paths, name);
    const kept = whole ? item : rest.length > 0 ? included(item, rest) : undefined;
    if (kept !== undefined) result.set(name, kept);
  }
  return result;
}

export function excluded(value: Value, paths: Paths): Value {
  if (Array.isArray(value)) return value.map((item) => excluded(item, paths));
  if (!(value instanceof Map)) return value;
  const kept = [...value].filter(([name]) => !below(paths, name).whole);
  return new Map(kept.map(([name, item]) => [name, excluded(item, below(paths, name).rest)]));
}

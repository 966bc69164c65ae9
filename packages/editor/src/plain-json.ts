/** A value as JSON knows it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a copy may hold at most. A value over a limit is cut just behind it, so that validation still sees "too long". */
export type Limits = { readonly depth: number; readonly items: number; readonly text: number };

/** How much may still be copied; shared by all values of a document. */
export type Budget = { left: number };

type Task = { readonly value: unknown; readonly depth: number; readonly put: (copy: Json) => void };

/**
 * Copies an untrusted value as plain JSON, without recursion: what JSON does not know, nests deeper than
 * `limits.depth` or comes after the budget is spent becomes null. Lists are cut after `limits.items` + 1 entries and
 * texts after `limits.text` + 1 characters.
 */
export function copyJson(value: unknown, limits: Limits, budget: Budget): Json {
  let result: Json = null;
  const tasks: Task[] = [
    {
      value,
      depth: 0,
      put: (copy) => {
        result = copy;
      },
    },
  ];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    budget.left -= 1;
    const { value: source, depth, put } = task;
    if (budget.left < 0) put(null);
    else if (typeof source === 'string') {
      budget.left -= Math.min(source.length, limits.text);
      put(source.slice(0, limits.text + 1));
    } else if (typeof source === 'boolean' || (typeof source === 'number' && Number.isFinite(source))) put(source);
    else if (depth < limits.depth && Array.isArray(source)) copyList(source, task, limits, tasks);
    else if (depth < limits.depth && isRecord(source)) copyRecord(source, task, limits, tasks);
    else put(null);
  }
  return result;
}

function copyList(source: readonly unknown[], { depth, put }: Task, limits: Limits, tasks: Task[]): void {
  const entries = source.slice(0, limits.items + 1);
  const list: Json[] = entries.map(() => null);
  put(list);
  for (const [index, entry] of entries.entries()) {
    tasks.push({
      value: entry,
      depth: depth + 1,
      put: (copy) => {
        list[index] = copy;
      },
    });
  }
}

function copyRecord(source: Record<string, unknown>, { depth, put }: Task, limits: Limits, tasks: Task[]): void {
  const record: Record<string, Json> = {};
  put(record);
  for (const key of Object.keys(source).slice(0, limits.items + 1)) {
    // "__proto__" as an own key would set the prototype of the copy.
    if (key === '__proto__' || source[key] === undefined) continue;
    tasks.push({
      value: source[key],
      depth: depth + 1,
      put: (copy) => {
        record[key] = copy;
      },
    });
  }
}

/** True for plain objects only: not for lists, dates, byte arrays or shared types. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Deep equality of JSON values, keys in any order; both sides must be shallow enough to recurse (see `Limits`). */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => sameJson(item, b[at]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameJson(a[key], b[key]));
}

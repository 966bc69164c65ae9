import type { Key } from '../bson/key.ts';
import type { WriteContext } from '../storage/store.ts';

/**
 * Runs one operation of a command so that, if it throws, the writes it had made are undone while those of the
 * operations before it stay.
 */
export function guarded<T>(context: WriteContext, run: (context: WriteContext) => T): T {
  const undo: [Key, Uint8Array | undefined][] = [];
  const afterwards: (() => void)[] = [];
  const { view } = context;
  const inner: WriteContext = {
    ...context,
    view: {
      get: view.get,
      range: view.range,
      put: (key, value) => {
        undo.push([key, view.get(key)]);
        view.put(key, value);
      },
      remove: (key) => {
        undo.push([key, view.get(key)]);
        view.remove(key);
      },
    },
    afterwards: (then) => afterwards.push(then),
  };
  try {
    const result = run(inner);
    for (const then of afterwards) context.afterwards(then);
    return result;
  } catch (error) {
    for (const [key, value] of undo.reverse()) {
      if (value) view.put(key, value);
      else view.remove(key);
    }
    throw error;
  }
}

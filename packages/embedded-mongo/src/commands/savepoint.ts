import type { WriteContext } from '../storage/store.ts';

/**
 * Runs one operation of a command so that, if it throws, the writes it had made are undone while those of the
 * operations before it stay.
 */
export function guarded<T>(context: WriteContext, run: (context: WriteContext) => T): T {
  const undo = context.view.savepoint();
  const afterwards: (() => void)[] = [];
  try {
    const result = run({ ...context, afterwards: (then) => afterwards.push(then) });
    for (const then of afterwards) context.afterwards(then);
    return result;
  } catch (error) {
    undo();
    throw error;
  }
}

import type { WriteContext } from '../storage/store.ts';

/**
 * Runs the operations of a command one after the other so that, if one throws, the writes it had made are undone while
 * those of the operations before it stay.
 */
export function guard(context: WriteContext): <T>(run: (context: WriteContext) => T) => T {
  const afterwards: (() => void)[] = [];
  const inner: WriteContext = { ...context, afterwards: (then) => afterwards.push(then) };
  return (run) => {
    const undo = context.view.savepoint();
    afterwards.length = 0;
    try {
      const result = run(inner);
      for (const then of afterwards) context.afterwards(then);
      return result;
    } catch (error) {
      undo();
      throw error;
    }
  };
}

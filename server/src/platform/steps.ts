import type { Log } from './log.ts';

/** One part of stopping, and how long it may take in milliseconds. */
export type Step = { readonly name: string; readonly withinMs: number; readonly run: () => Promise<unknown> };

async function carryOut({ name, withinMs, run }: Step, log: Log): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), withinMs);
  });
  try {
    if ((await Promise.race([run(), late])) !== 'late') return [];
    log.error({ step: name, withinMs }, 'stopping: a step took too long and was given up');
  } catch (error) {
    log.error({ step: name, err: error }, 'stopping: a step failed');
  } finally {
    clearTimeout(timer);
  }
  return [name];
}

/**
 * Carries out groups of steps, one group after the other, the steps of a group together. A step that fails or takes too
 * long does not keep the others from being done. Answers the names of those that were given up.
 */
export async function carryOutAll(groups: readonly (readonly Step[])[], log: Log): Promise<readonly string[]> {
  const givenUp: string[] = [];
  for (const group of groups) givenUp.push(...(await Promise.all(group.map((step) => carryOut(step, log)))).flat());
  return givenUp;
}

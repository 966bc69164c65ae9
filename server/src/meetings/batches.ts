/** One change that waits for its turn. */
export type Waiting<Decide, Result> = {
  readonly decide: Decide;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Changes of one record in turn: those that come while one is being written are written together next. Sixty people who
 * raise their hands in one second would else write sixty times, one after the other, each behind everybody's reading.
 * @param write settles each of a batch, or throws for those it has not settled
 */
export function inBatches<Decide, Result>(
  write: (id: string, batch: readonly Waiting<Decide, Result>[]) => Promise<void>,
): (id: string, decide: Decide) => Promise<Result> {
  const queues = new Map<string, Waiting<Decide, Result>[]>();
  const work = async (id: string, queue: Waiting<Decide, Result>[]): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0);
      try {
        await write(id, batch);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    queues.delete(id);
  };
  return (id, decide) =>
    new Promise((resolve, reject) => {
      const waiting = { decide, resolve, reject };
      const queue = queues.get(id);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const mine = [waiting];
      queues.set(id, mine);
      void work(id, mine);
    });
}

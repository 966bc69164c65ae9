import type { Workers } from '../platform/documents/workers.ts';
import type { SearchPort, SearchSource } from '../platform/search.ts';
import type { Jobs } from './worker/jobs.ts';

/** Entries that are read and handed over at a time. */
const BATCH = 100;
const BATCH_MS = 30_000;

const chunks = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) => items.slice(at * BATCH, (at + 1) * BATCH));

type Parts = { readonly search: SearchPort; readonly workers: Workers<Jobs>; readonly isStopped: () => boolean };

/** Brings what slices have into the index: one thing at a time, so that an older reading never follows a newer one. */
export function createTaking({ search, workers, isStopped }: Parts) {
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(async () => {
      if (!isStopped()) await work();
    });
    turn = done.catch(() => undefined);
    return done;
  };

  const take = async (name: string, source: SearchSource, ids: readonly string[]): Promise<void> => {
    const entries = await source.entries(ids);
    const there = new Set(entries.map(({ id }) => id));
    await workers.run('put', { source: name, entries }, BATCH_MS);
    await workers.run('drop', { source: name, ids: ids.filter((id) => !there.has(id)) }, BATCH_MS);
  };

  /** Compares a source with what is held of it, and takes what is new; answers how much that was. */
  const compareOne = async (name: string, source: SearchSource): Promise<number> => {
    let taken = 0;
    let found: { id: string; revision: string }[] = [];
    const compare = (): Promise<void> => {
      const batch = found;
      found = [];
      return inTurn(async () => {
        const ids = await workers.run('compare', { source: name, found: batch }, BATCH_MS);
        if (ids.length > 0) await take(name, source, ids);
        taken += ids.length;
      });
    };
    await inTurn(() => workers.run('begin', name));
    for await (const one of source.revisions()) {
      if (isStopped()) return taken;
      if (found.push(one) >= BATCH) await compare();
    }
    await compare();
    await inTurn(() => workers.run('end', name));
    return taken;
  };

  return {
    inTurn,
    /** Takes these as they are now. */
    these: (changed: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> =>
      inTurn(async () => {
        for (const [name, ids] of changed) {
          const source = search.sources().get(name);
          if (source !== undefined) for (const batch of chunks([...ids])) await take(name, source, batch);
        }
      }),
    /** Looks at everything there is, and takes what is not held as it is now; answers how much that was. */
    everything: async (): Promise<number> => {
      let taken = 0;
      for (const [name, source] of search.sources()) taken += await compareOne(name, source);
      return taken;
    },
  };
}

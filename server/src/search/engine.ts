import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createWorkers, isDeath } from '../platform/documents/workers.ts';
import type { Platform } from '../platform/module.ts';
import { createTaking } from './taking.ts';
import { THREAD } from './worker/entry.ts';
import type { Jobs } from './worker/jobs.ts';
import type { PassageAnswer, PassageInput, QueryAnswer, QueryInput } from './worker/types.ts';

/** From a change to the index: what changes together is read together. */
const QUIET_MS = 150;
/** How often what is held is compared with what there is: what other instances told may have been lost. */
const COMPARE_MS = 15 * 60_000;
const SAVE_MS = 5 * 60_000;
/** How long after the start the index is made if nobody has asked for it by then. */
const WARM_UP_MS = 20_000;
/** The end of an instance waits for it no longer. */
const SAVE_AT_END_MS = 2_000;
const RETRY_MS = 2_000;
const QUERY_MS = 3_000;
const FILE_MS = 120_000;
/** A first question waits so long for the index to be complete. */
const PATIENCE_MS = 1_500;

type Parts = Pick<Platform, 'config' | 'db' | 'log' | 'search'>;

export type Searching = {
  query(input: QueryInput): Promise<QueryAnswer & { readonly incomplete: boolean }>;
  passages(inputs: readonly PassageInput[]): Promise<readonly PassageAnswer[]>;
  /** Makes the index in a while; answers how to stop, which writes it down. */
  start(): Promise<() => Promise<void>>;
};

/** The index in its thread, kept up to date once somebody has asked for it. */
function createKeeping({ config, db, log, search }: Parts) {
  const workers = createWorkers<Jobs>(THREAD, 1);
  const place = { file: join(config.dataDir, 'search', 'index.bin'), database: db.databaseName };
  let stopped = false;
  const taking = createTaking({ search, workers, isStopped: () => stopped });
  let wanted = false;
  let complete = false;
  /** Of the thread whose index this is: it goes with its thread. */
  let epoch: string | undefined;

  /** Starts from what was written down, if the thread is a new one, and makes up for what that lacks. */
  const comparison = async (): Promise<void> => {
    const now = await workers.run('epoch', undefined);
    if (now === epoch) {
      await taking.everything();
      return;
    }
    complete = false;
    const begun = performance.now();
    const loaded = await workers.run('load', place, FILE_MS);
    epoch = now;
    const taken = await taking.everything();
    complete = true;
    log.info({ loaded, taken, ms: Math.round(performance.now() - begun) }, 'the search has read everything');
  };

  const retry = (error: unknown): void => {
    if (stopped) return;
    log.warn({ err: error }, 'the index of the search is not up to date; trying again');
    if (isDeath(error)) [epoch, complete] = [undefined, false];
    setTimeout(() => void (stopped || compare()), RETRY_MS).unref();
  };

  let comparing: Promise<void> | undefined;
  const compare = (): Promise<void> => {
    wanted = true;
    comparing ??= comparison()
      .catch(retry)
      .finally(() => {
        comparing = undefined;
      });
    return comparing;
  };

  const changed = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const now = new Map(changed);
    changed.clear();
    // What fails is found by comparing.
    taking.these(now).catch(retry);
  };
  search.onChanged((name, ids) => {
    // Nobody has asked yet: whoever does first finds it by comparing.
    if (!wanted || stopped) return;
    const known = changed.get(name) ?? new Set();
    for (const id of ids) known.add(id);
    changed.set(name, known);
    timer ??= setTimeout(flush, QUIET_MS);
  });
  search.onMissed(async () => {
    if (wanted) await compare();
  });

  const save = async (): Promise<void> => {
    if (!complete) return;
    await workers.run('save', place, FILE_MS).catch((error: unknown) => {
      log.warn({ err: error }, 'the index of the search was not written down: the next start makes it again');
    });
  };

  return {
    workers,
    compare,
    save,
    compareIfWanted: () => void (wanted && compare()),
    isComplete: () => complete,
    isOf: (asked: string) => asked === epoch,
    stop: async (): Promise<void> => {
      clearTimeout(timer);
      if (complete && comparing === undefined)
        await Promise.race([taking.inTurn(save), pause(SAVE_AT_END_MS, undefined, { ref: false })]);
      stopped = true;
      await workers.stop();
    },
  };
}

/**
 * The index of this instance, in a thread of its own. Each instance keeps one: it is told of changes, its own and those
 * of others, and compares revisions with the database at its start, whenever something may have been lost, and now and
 * then. What the index holds is never the truth: rights are asked for again before anything is shown.
 */
export function createSearching(parts: Parts): Searching {
  const index = createKeeping(parts);

  const ready = async (): Promise<void> => {
    if (!index.isComplete()) await Promise.race([index.compare(), pause(PATIENCE_MS, undefined, { ref: false })]);
  };

  return {
    query: async (input) => {
      await ready();
      const { epoch, ...answer } = await index.workers.run('query', input, QUERY_MS);
      // Another thread than the one that had the index: it has ended, and its index with it.
      if (!index.isOf(epoch)) void index.compare();
      return { ...answer, incomplete: !index.isComplete() || !index.isOf(epoch) };
    },
    passages: (inputs) => index.workers.run('passages', inputs, QUERY_MS),
    start: async () => {
      const warmUp = setTimeout(() => void index.compare(), WARM_UP_MS).unref();
      const comparisons = setInterval(index.compareIfWanted, COMPARE_MS).unref();
      const saves = setInterval(() => void index.save(), SAVE_MS).unref();
      return async () => {
        for (const one of [warmUp, comparisons, saves]) clearTimeout(one);
        await index.stop();
      };
    },
  };
}

import { Problem } from '@concert/contract';

/** How long somebody waits for the database before being told that it does not answer. */
const PATIENCE_MS = 10_000;
/** How long it may take to answer that it is there. */
const PING_MS = 2_000;
const RETRY_SECONDS = 5;

/** The answer to whoever has waited for the database in vain. */
export const storeUnavailable = (cause?: unknown): Problem =>
  new Problem('SERVICE_UNAVAILABLE', 'store-unavailable', { detail: { retryAfter: RETRY_SECONDS }, cause });

/** What work answers within the time, or null. */
async function within<Result>(work: Promise<Result>, ms: number): Promise<{ readonly result: Result } | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work.then((result) => ({ result })), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the database answers now. */
export async function answers(ping: () => Promise<unknown>): Promise<boolean> {
  // Why it does not is of no interest here: whoever asks tells its own story.
  return (await within(ping(), PING_MS).catch(() => null)) !== null;
}

/**
 * Waits for work of a request, however long it takes, as long as the database answers.
 * @throws Problem SERVICE_UNAVAILABLE `store-unavailable`; the work itself goes on
 */
export async function whileStoreAnswers<Result>(
  work: Promise<Result>,
  ping: () => Promise<unknown>,
  patienceMs = PATIENCE_MS,
): Promise<Result> {
  for (;;) {
    const done = await within(work, patienceMs);
    if (done !== null) return done.result;
    if (!(await answers(ping))) throw storeUnavailable();
  }
}

/** Waits for work that rests on the database alone. @throws Problem SERVICE_UNAVAILABLE `store-unavailable` */
export async function inStoreTime<Result>(work: Promise<Result>): Promise<Result> {
  const done = await within(work, PATIENCE_MS);
  if (done === null) throw storeUnavailable();
  return done.result;
}

/**
 * The same for work that waits for something else in its middle: `aside` runs that, and its time does not count. Once
 * the wait is given up, what stands aside is not begun any more.
 */
export async function inStoreTimeBut<Result>(
  start: (aside: <Value>(other: () => Promise<Value>) => Promise<Value>) => Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  let givenUp = false;
  let giveUp: (reason: Problem) => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const wait = (): void => {
    timer = setTimeout(() => {
      givenUp = true;
      giveUp(storeUnavailable());
    }, PATIENCE_MS);
  };
  wait();
  const work = start(async (other) => {
    if (givenUp) throw storeUnavailable();
    clearTimeout(timer);
    try {
      return await other();
    } finally {
      wait();
    }
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

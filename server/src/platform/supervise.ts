import type { Log } from './log.ts';

/** After this a process that should have stopped is ended: longer than all its steps may take together. */
const FORCED_MS = 25_000;
/** After an error that nobody expected the process is not to be trusted for long. */
const CRASH_MS = 5_000;
/** A terminal and a launcher tell of the same key press; a second one of its own comes later. */
const SAME_SIGNAL_MS = 1_000;

const STOPPED = 'Nothing that was acknowledged is lost.';

export type Supervised = {
  readonly log: Log;
  /** Stops in order; answers what had to be given up. */
  readonly stop: () => Promise<readonly string[]>;
  /** Ends the process, after saying why on stderr when there is something to say. */
  readonly leave: (code: 0 | 1, why?: string) => void;
  /** For tests of a stop that never ends. */
  readonly forcedMs?: number;
};

/**
 * Sees to the end of this process. SIGTERM and SIGINT stop it in order: exit code 0, or 1 when something was given up;
 * a second signal ends it at once. An error that nobody caught is logged and ends it with 1 after the same stop: what
 * broke may have left anything behind, so nothing goes on as if it had not (F18).
 */
export function supervise({ log, stop, leave, forcedMs = FORCED_MS }: Supervised): void {
  let since: number | undefined;
  const end = (limitMs: number, crashed: boolean): void => {
    since = performance.now();
    setTimeout(() => {
      const why = `Concert did not stop within ${limitMs / 1_000} s and is ended. ${STOPPED}`;
      log.fatal({ limitMs }, 'the stop took too long');
      leave(1, why);
    }, limitMs);
    stop().then(
      (givenUp) => {
        const lost = givenUp.length > 0 ? ` It gave up: ${givenUp.join(', ')}.` : '';
        if (crashed) leave(1, `Concert ends after an error that nobody expected; its log tells.${lost} ${STOPPED}`);
        else if (lost !== '') leave(1, `Concert stopped.${lost} ${STOPPED}`);
        else leave(0);
      },
      (error: unknown) => {
        log.fatal({ err: error }, 'the stop failed');
        leave(1, `Concert could not stop in order. ${STOPPED}`);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (since === undefined) {
        log.info({ signal }, 'stopping');
        end(forcedMs, false);
      } else if (performance.now() - since > SAME_SIGNAL_MS)
        leave(1, `Concert is ended at once by a second signal. ${STOPPED}`);
    });
  // Promises that nobody awaits end here too: Node raises their errors.
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'an error that nobody expected');
    if (since === undefined) end(CRASH_MS, true);
  });
}

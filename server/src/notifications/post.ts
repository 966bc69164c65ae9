import { afterQuiet } from '@concert/domain/notifications/preferences.ts';
import type { Platform } from '../platform/module.ts';
import type { DeliveryStore, WaitingLetter } from './deliveries.ts';
import type { PreferencesStore } from './preferences-store.ts';

type Parts = {
  readonly platform: Pick<Platform, 'config' | 'log' | 'ports'>;
  readonly deliveries: DeliveryStore;
  readonly preferences: PreferencesStore;
  /** Writes a letter as it is to be now, and sends it; nothing when there is nothing left to say. */
  readonly send: (letter: WaitingLetter) => Promise<void>;
};

/** How often it is looked whether something is due, beside what is said to be. */
const POLL_MS = 20_000;
/** Longer than a letter takes: after it another instance takes over. */
const LEASE_MS = 120_000;
const FIRST_RETRY_MS = 10_000;
const MAX_RETRY_MS = 3_600_000;
/** How long a mail server may be away before a letter is given up (RFC 5321 4.5.4.1); the inbox holds it still. */
const GIVEN_UP_MS = 4 * 24 * 3_600_000;
/** Letters sent at a time, so that one slow recipient does not hold up the rest. */
const LANES = 3;

/** Waits longer the longer the mail server has been away. */
const retryAfter = (dueFor: number): number => Math.min(Math.max(FIRST_RETRY_MS, dueFor), MAX_RETRY_MS);

/** Whether a mail server has said that it will never take the letter (RFC 5321 4.2.1). */
const isForGood = (error: unknown): boolean => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'responseCode') : undefined;
  return typeof code === 'number' && code >= 500;
};

/** Sends what is due: each letter by one instance, and again after a failure, as the same letter (rule N11). */
export function createPost({ platform, deliveries, preferences, send }: Parts) {
  const { config, log, ports } = platform;

  const failed = async ({ id, dueAt }: WaitingLetter, error: unknown): Promise<void> => {
    const now = ports.now();
    const dueFor = now.getTime() - dueAt.getTime();
    const givenUp = isForGood(error) || dueFor > GIVEN_UP_MS;
    log.warn({ err: error, letter: id, givenUp }, 'a notification could not be sent');
    if (givenUp) await deliveries.done(id, now);
    else await deliveries.later(id, new Date(now.getTime() + retryAfter(dueFor)));
  };

  /** Sends one letter, if any is due; whether there was one. */
  const sendNext = async (): Promise<boolean> => {
    const now = ports.now();
    const letter = await deliveries.lease(now, new Date(now.getTime() + LEASE_MS));
    if (letter === null) return false;
    // [N9] What waited for a mail server, or was due before the quiet hours were changed, keeps them too.
    const at = letter.asked ? now : afterQuiet(now, await preferences.of(letter.personId));
    if (at > now) {
      await deliveries.later(letter.id, at);
      return true;
    }
    try {
      await send(letter);
    } catch (error) {
      await failed(letter, error);
      return true;
    }
    await deliveries.done(letter.id, ports.now());
    return true;
  };

  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;
  const lane = async (): Promise<void> => {
    while (!stopped && (await sendNext()));
  };
  const run = (): void => {
    if (stopped) return;
    again = running !== undefined;
    running ??= Promise.all(Array.from({ length: LANES }, lane))
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error }, 'letters wait: the database does not answer'),
      )
      .finally(() => {
        running = undefined;
        if (again) run();
      });
  };
  return {
    /** Says that something may be due now. */
    wake: run,
    /** Sends from now on; answers how to stop after the letters under way. */
    start: async (): Promise<() => Promise<void>> => {
      // Without a bus there is no other instance: whoever had leases was an earlier run of this one.
      if (config.redisUrl === undefined) await deliveries.release();
      const timer = setInterval(run, POLL_MS);
      timer.unref();
      run();
      return async () => {
        stopped = true;
        clearInterval(timer);
        await running;
      };
    },
  };
}

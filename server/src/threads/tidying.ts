import { ATTACHMENTS } from '@concert/domain/threads/rules.ts';
import type { Parts } from './parts.ts';

const HOUR_MS = 3_600_000;

/** [T18] Lets go of files that were uploaded and not sent, or whose reply has gone; answers how many. */
export async function tidy({ attachments, platform: { ports }, store }: Parts): Promise<number> {
  let gone = 0;
  const since = new Date(ports.now().getTime() - ATTACHMENTS.waitHours * HOUR_MS);
  for await (const ids of attachments.before(since)) {
    const carried = await store.carried(ids);
    const left = ids.filter((id) => !carried.has(id));
    await attachments.remove(left);
    gone += left.length;
  }
  return gone;
}

/** Does so every hour; answers how to stop. */
export function keepTidy(parts: Parts): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = tidy(parts).catch((error: unknown) => {
      parts.platform.log.warn({ err: error }, 'files that nobody sent are still there; trying again in an hour');
    });
  }, HOUR_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

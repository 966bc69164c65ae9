import { meetingParts, type Parts } from '../parts.ts';
import { audienceOf } from '../telling.ts';
import type { PollRecord } from './records.ts';

/** Events of one poll are told at most this often: two hundred votes in a second are one piece of news. */
const TOLD_EVERY_MS = 250;

/** Tells those who see a meeting that one of its polls has changed. */
export function pollTelling(parts: Parts) {
  const { platform, store } = parts;
  const { live, log } = platform;
  const { bodyOf } = meetingParts(parts);
  const telling = new Map<string, NodeJS.Timeout>();

  const tellNow = async (poll: PollRecord): Promise<void> => {
    const meeting = await store.get(poll.meetingId);
    if (meeting === null) return;
    const body = await bodyOf(meeting);
    const event = { meetingId: poll.meetingId, pollId: poll.id };
    live.toBody(audienceOf({ meeting, body, now: platform.ports.now() }), 'poll.changed', event);
  };
  /** Tells soon that a poll has changed, once for all that happens meanwhile. */
  const tellPoll = (poll: PollRecord): void => {
    if (poll.result !== undefined) parts.feed(poll.meetingId);
    if (telling.has(poll.id)) return;
    const timer = setTimeout(() => {
      telling.delete(poll.id);
      tellNow(poll).catch((error: unknown) => log.warn({ err: error }, 'a poll could not be told'));
    }, TOLD_EVERY_MS);
    telling.set(poll.id, timer);
  };

  return {
    tellPoll,
    stop: (): void => {
      for (const timer of telling.values()) clearTimeout(timer);
    },
  };
}

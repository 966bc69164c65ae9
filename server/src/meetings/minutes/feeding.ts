import { wantedBlocks } from '@concert/domain/meetings/minutes.ts';
import { held, type Parts } from '../parts.ts';
import { happenedIn } from './recording.ts';

/** What comes within this time is put into the text together. */
const GATHERED_MS = 400;

/**
 * [M71] Puts into the draft of a meeting's minutes what the meeting has brought. It is asked for whenever something has
 * happened; what a crash has left out is put in when somebody next opens the minutes.
 */
export function feedMinutes(parts: Parts) {
  const { platform, store } = parts;
  const { bodies, log, papers, ports } = platform;
  const waiting = new Map<string, NodeJS.Timeout>();
  const working = new Set<Promise<unknown>>();
  /** What a text was last found to hold, and at which of its records, so that it is not opened for nothing. */
  const known = new Map<string, string>();

  /** Puts in now what is missing. */
  const feed = async (meetingId: string): Promise<void> => {
    const meeting = await store.get(meetingId);
    if (meeting?.minutes?.state !== 'draft') return;
    const body = (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
    if (body === undefined) return;
    const found = held(meeting, body, [], ports.now());
    const wanted = wantedBlocks(meeting, await happenedIn(parts, found));
    // What people have written since may lack a block again, by undoing, or hold one twice.
    const written = await platform.rooms.head(meeting.minutes.documentId);
    const key = [written, ...wanted.map(({ part, ref }) => `${part}/${ref}`)].join(' ');
    if (known.get(meetingId) === key) return;
    await papers.place(meeting.minutes.documentId, wanted);
    if (known.size > 500) known.clear();
    known.set(meetingId, key);
  };
  const start = (meetingId: string): void => {
    waiting.delete(meetingId);
    const work = feed(meetingId).catch((error: unknown) => {
      log.warn({ err: error, meetingId }, 'minutes could not be fed; it is tried again when they are next looked at');
    });
    working.add(work);
    void work.finally(() => working.delete(work));
  };
  return {
    feed,
    /** Soon, once for all that happens meanwhile. */
    due: (meetingId: string): void => {
      if (!waiting.has(meetingId))
        waiting.set(
          meetingId,
          setTimeout(() => start(meetingId), GATHERED_MS),
        );
    },
    stop: async (): Promise<void> => {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.all(working);
    },
  };
}
export type MinutesFeeding = ReturnType<typeof feedMinutes>;

import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';

/** How many of those who wait to speak are shown. */
export const NEXT_SPEAKERS = 3;

/**
 * The poll that a projector shows: the one that is open, else the last of the current item, until somebody speaks again.
 */
export function pollOnScreen(
  polls: readonly Poll[],
  { currentItemId, speakers }: Pick<Meeting, 'currentItemId' | 'speakers'>,
): Poll | undefined {
  const open = polls.findLast(({ state }) => state === 'open');
  if (open) return open;
  if (speakers.some(({ itemId, state }) => itemId === currentItemId && state === 'speaking')) return undefined;
  return polls.findLast(
    ({ itemId, state }) => itemId === currentItemId && (state === 'published' || state === 'closed'),
  );
}

/** What of its result may be thrown on a wall: nothing that was not made known, though who projects it may see it. */
export const resultOnScreen = ({ state, result }: Poll) => (state === 'published' ? result : undefined);

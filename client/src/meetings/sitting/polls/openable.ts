import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';

/** [M20] Whether a poll may open now: in session on the item that is open, or in writing once the meeting is convened. */
export const openable = (
  { mode, state, currentItemId }: Pick<Meeting, 'mode' | 'state' | 'currentItemId'>,
  { itemId }: Pick<Poll, 'itemId'>,
): boolean =>
  mode === 'written' ? state === 'convened' || state === 'frozen' : state === 'in-session' && currentItemId === itemId;

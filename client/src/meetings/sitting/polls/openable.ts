import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { isVotedIn } from '@concert/domain/meetings/states.ts';

/**
 * [M20] [M57] Whether a poll may open now: in session on the item that is open, or on whether a late one is taken; in writing
 * once the meeting is convened.
 */
export const openable = (
  { mode, state, currentItemId, agenda, rules }: Pick<Meeting, 'mode' | 'state' | 'currentItemId' | 'agenda' | 'rules'>,
  { itemId }: Pick<Poll, 'itemId'>,
): boolean => {
  if (mode === 'written') return state === 'convened' || state === 'frozen';
  const votedIn = agenda.some((item) => item.id === itemId && isVotedIn(item, rules));
  return state === 'in-session' && (currentItemId === itemId || votedIn);
};

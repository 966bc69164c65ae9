import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { Choice } from '@concert/domain/polls/api.ts';
import type { z } from 'zod';

type Answer = { readonly seatId: string; readonly turnout: Poll['turnout'] };

/** The poll once a seat has voted. What it chose is kept of named polls alone. */
export function afterVote(poll: Poll, { seatId, turnout }: Answer, choice: z.infer<typeof Choice>): Poll {
  const mine = poll.mine.map((seat) => {
    if (seat.seatId !== seatId) return seat;
    return { ...seat, voted: true, ...(poll.secrecy === 'secret' ? {} : { choice }) };
  });
  // Turnout only grows: an answer that was long under way takes nothing back.
  return { ...poll, mine, turnout: turnout.cast > poll.turnout.cast ? turnout : poll.turnout };
}

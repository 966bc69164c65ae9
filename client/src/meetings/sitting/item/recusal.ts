import { standing } from '@concert/domain/meetings/attendance.ts';
import type { Conflict } from '@concert/domain/meetings/shapes.ts';

/**
 * What a conflict of interest means for the reader: `pending` until it is assessed, which keeps out of the vote too. What
 * somebody else has reported means nothing yet [M60].
 */
export type Recusal = 'pending' | 'no-vote' | 'leave-room' | 'barred';

/** The strictest conflict of somebody in an item, if there is any. */
export function recusalOf(
  conflicts: readonly Conflict[],
  personId: string,
  itemId: string | undefined,
): Recusal | undefined {
  const own = conflicts.filter((one) => one.personId === personId && one.itemId === itemId && standing(one));
  const kinds = own.map(({ assessment }): string => assessment ?? 'pending');
  return (['barred', 'leave-room', 'no-vote', 'pending'] as const).find((kind) => kinds.includes(kind));
}

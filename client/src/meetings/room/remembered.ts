import { z } from 'zod';

/** What somebody has of a room in this browser: of which meeting it is open, and whether it is large. */
const Remembered = z.object({ meetingId: z.string().optional(), large: z.boolean() });
export type Remembered = z.infer<typeof Remembered>;

const keyOf = (personId: string): string => `concert.room.${personId}`;
const NOTHING: Remembered = { large: false };

/** How somebody has left it; a browser may refuse to keep anything. */
export function remembered(personId: string): Remembered {
  try {
    const { data } = Remembered.safeParse(JSON.parse(localStorage.getItem(keyOf(personId)) ?? 'null'));
    return data ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

export function remember(personId: string, state: Remembered): void {
  try {
    localStorage.setItem(keyOf(personId), JSON.stringify(state));
  } catch {
    return;
  }
}

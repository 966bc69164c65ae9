/** What somebody has of rooms: of which meeting it is open, and whether it is large. */
export type Remembered = { readonly meetingId: string | undefined; readonly large: boolean };

/** One window of theirs holds it open, also when it is loaded again; a second one must not join a second time by itself. */
const openKey = (personId: string): string => `concert.room.${personId}`;
const largeKey = (personId: string): string => `concert.room.large.${personId}`;

/** How somebody has left it; a browser may refuse to keep anything. */
export function remembered(personId: string): Remembered {
  try {
    const meetingId = sessionStorage.getItem(openKey(personId)) ?? undefined;
    return { meetingId, large: localStorage.getItem(largeKey(personId)) !== null };
  } catch {
    return { meetingId: undefined, large: false };
  }
}

export function remember(personId: string, { meetingId, large }: Remembered): void {
  try {
    if (meetingId === undefined) sessionStorage.removeItem(openKey(personId));
    else sessionStorage.setItem(openKey(personId), meetingId);
    if (large) localStorage.setItem(largeKey(personId), 'yes');
    else localStorage.removeItem(largeKey(personId));
  } catch {
    return;
  }
}

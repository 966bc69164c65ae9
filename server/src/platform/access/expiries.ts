/** The longest that a timer can wait; what is due later is looked at again then. */
const LONGEST_MS = 2 ** 31 - 1;
/** A hair after the instant: an end is exclusive, and a clock that is read a moment early would say "not yet". */
const AFTER_MS = 5;

/**
 * Wakes for people whose rights change by themselves: one timer, set to the nearest instant of all.
 * A person is woken once per instant that was asked for; who still has sockets then asks for the next one.
 */
export function createExpiries(options: { now: () => Date; onDue: (personIds: readonly string[]) => void }) {
  const due = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  const wake = (): void => {
    timerAt = Number.POSITIVE_INFINITY;
    const now = options.now().getTime();
    const people = [...due].filter(([, at]) => at <= now).map(([personId]) => personId);
    for (const personId of people) due.delete(personId);
    if (people.length > 0) options.onDue(people);
    setNearest();
  };
  const set = (at: number): void => {
    if (at >= timerAt) return;
    clearTimeout(timer);
    timerAt = at;
    const wait = at - options.now().getTime() + AFTER_MS;
    timer = setTimeout(wake, Math.max(0, Math.min(wait, LONGEST_MS)));
    timer.unref();
  };
  const setNearest = (): void => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const at of due.values()) nearest = Math.min(nearest, at);
    if (nearest < Number.POSITIVE_INFINITY) set(nearest);
  };
  return {
    /** Asks to be woken for this person at this instant, or earlier if that was asked for before. */
    at: (personId: string, instant: Date): void => {
      const at = Math.min(instant.getTime(), due.get(personId) ?? Number.POSITIVE_INFINITY);
      due.set(personId, at);
      set(at);
    },
    stop: (): void => {
      clearTimeout(timer);
      due.clear();
    },
  };
}

import type { BodyJson } from '@concert/editor/body-json.ts';

const PREFIX = 'concert.draft.';
const keyOf = (personId: string, place: string): string => `${PREFIX}${personId}.${place}`;

/** What somebody was writing in a place when they left it; undefined when there is nothing, or the browser keeps nothing. */
export function readDraft(personId: string, place: string): BodyJson | undefined {
  try {
    const stored = window.localStorage.getItem(keyOf(personId, place));
    const draft: unknown = stored === null ? undefined : JSON.parse(stored);
    return isBody(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

const isBody = (value: unknown): value is BodyJson =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc';

/** Keeps what somebody is writing, in this browser alone. */
export function keepDraft(personId: string, place: string, body: BodyJson | undefined): void {
  try {
    if (body === undefined) window.localStorage.removeItem(keyOf(personId, place));
    else window.localStorage.setItem(keyOf(personId, place), JSON.stringify(body));
  } catch {
    // A browser that keeps nothing, or has no room left, loses a draft when its page is closed: nothing worse.
  }
}

/** Lets go of everything a person was writing, when they sign out. */
export function eraseDrafts(personId: string): void {
  const mine = `${PREFIX}${personId}.`;
  try {
    for (const key of Object.keys(window.localStorage)) if (key.startsWith(mine)) window.localStorage.removeItem(key);
  } catch {
    // Nothing is kept where nothing can be read.
  }
}

import { z } from 'zod';
import type { Passages } from './passages.ts';

/**
 * What this browser keeps of documents, for work without a network: one IndexedDB database per person and document,
 * and the text of a refused copy until its writer has taken it. All of it is erased when the person signs out.
 */
const PREFIX = 'concert-document';
const RECOVERED = 'concert-recovered';

export const copyName = (personId: string, documentId: string): string => `${PREFIX}:${personId}:${documentId}`;

const recoveredName = (personId: string, documentId: string): string => `${RECOVERED}:${personId}:${documentId}`;

/** Erases one document's copy from this browser. Databases still open in another tab go when that tab lets go. */
export function eraseCopy(personId: string, documentId: string): Promise<void> {
  return typeof indexedDB === 'undefined' ? Promise.resolve() : eraseDatabase(copyName(personId, documentId));
}

function eraseDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onblocked = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

/** Erases every copy that a person left in this browser. */
export async function eraseCopiesOf(personId: string): Promise<void> {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${RECOVERED}:${personId}:`)) localStorage.removeItem(key);
  }
  if (typeof indexedDB === 'undefined') return;
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  await Promise.all(names.filter((name) => name.startsWith(`${PREFIX}:${personId}:`)).map(eraseDatabase));
}

/** Why words were set aside: what was sent was refused, or the right to write had ended before it was sent. */
export type RecoveredReason = 'bad-update' | 'too-big' | 'denied';

/** Words that the server would not take, kept for their writer. `savedAt` is an ISO instant. */
export type RecoveredText = {
  readonly passages: Passages;
  readonly reason: RecoveredReason;
  readonly savedAt: string;
};

/**
 * Keeps a recovered text over a reload of the page. Answers whether it could: a browser without room for it (a few
 * million letters) keeps it in the page alone.
 */
export function keepRecovered(personId: string, documentId: string, recovered: RecoveredText): boolean {
  try {
    localStorage.setItem(recoveredName(personId, documentId), JSON.stringify(recovered));
    return true;
  } catch {
    return false;
  }
}

export function readRecovered(personId: string, documentId: string): RecoveredText | undefined {
  const stored = localStorage.getItem(recoveredName(personId, documentId));
  if (stored === null) return undefined;
  return StoredRecovered.safeParse(JSON.parse(stored)).data;
}

export const forgetRecovered = (personId: string, documentId: string): void =>
  localStorage.removeItem(recoveredName(personId, documentId));

const StoredRecovered = z.object({
  passages: z.object({ body: z.array(z.string()), fields: z.record(z.string(), z.string()) }),
  reason: z.enum(['bad-update', 'too-big', 'denied']),
  savedAt: z.string(),
});

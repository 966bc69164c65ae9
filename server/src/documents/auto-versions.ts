import type { VersionParts, Versions } from './versions.ts';

/** A version is kept after so much time of editing, and when the last person has been gone for a moment. */
const EDITING_MS = 10 * 60_000;
const GONE_MS = 3_000;

/**
 * Keeps versions without being asked: after ten minutes of editing, and when everybody has left. Answers how to stop.
 * A reload leaves and comes back within the moment, and so keeps nothing.
 */
export function keepVersions(
  versions: Versions,
  { rooms, log }: Pick<VersionParts, 'rooms' | 'log'>,
): () => Promise<void> {
  const editing = new Map<string, NodeJS.Timeout>();
  const leaving = new Map<string, NodeJS.Timeout>();
  const working = new Set<Promise<unknown>>();
  let stopped = false;

  const keep = (documentId: string): void => {
    clearTimeout(editing.get(documentId));
    editing.delete(documentId);
    const work = versions.automatic(documentId).catch((error: unknown) => {
      // The text itself is safe; the next occasion keeps it.
      log.error({ err: error, documentId }, 'an automatic version could not be kept');
    });
    working.add(work);
    void work.finally(() => working.delete(work));
  };

  rooms.onDurable((documentId) => {
    if (stopped || editing.has(documentId)) return;
    editing.set(documentId, setTimeout(() => keep(documentId), EDITING_MS).unref());
  });

  rooms.onPresence((documentId) => {
    if (stopped || rooms.isOpen(documentId) || leaving.has(documentId)) return;
    const look = (): void => {
      leaving.delete(documentId);
      // Nothing was written since the last version: there is nothing to read, let alone to keep.
      if (!rooms.isOpen(documentId) && editing.has(documentId)) keep(documentId);
    };
    leaving.set(documentId, setTimeout(look, GONE_MS).unref());
  });

  return async () => {
    stopped = true;
    for (const timer of [...editing.values(), ...leaving.values()]) clearTimeout(timer);
    await Promise.all(working);
  };
}

import type { PeerPerson } from './peers.ts';

/** Asks who writes under these Yjs clientIDs; those of the template and unknown ones are left out of the answer. */
export type LoadAuthors = (clientIds: readonly number[]) => Promise<ReadonlyMap<number, PeerPerson>>;

/** Who writes under the clientIDs of a text, as far as it is known here. */
export type AuthorNames = {
  /** Null for the template and for whom the server does not know; undefined while nobody has been asked. */
  readonly personOf: (clientId: number) => PeerPerson | null | undefined;
  /** Asks for those that are not known yet; what is asked for meanwhile goes into the next question. */
  readonly want: (clientIds: Iterable<number>) => void;
  /** Asks again for those that could not be told before. */
  readonly retry: () => void;
  readonly failed: () => boolean;
  readonly subscribe: (changed: () => void) => () => void;
};

/** As many as one question may hold. */
const MAX_ASKED = 200;
/** What comes within this time goes into one question. */
const GATHER_MS = 50;

/** Names are asked for as their text appears, and kept as long as the page. `mine` needs no asking. */
export function createAuthorNames(
  load: LoadAuthors,
  mine: { readonly clientId: number; readonly me: PeerPerson },
): AuthorNames {
  const known = new Map<number, PeerPerson | null>([[mine.clientId, mine.me]]);
  const wanted = new Set<number>();
  const listeners = new Set<() => void>();
  let failed = false;
  let asking = false;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  const ask = async (): Promise<void> => {
    asking = true;
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    while (wanted.size > 0 && !failed) {
      const asked = [...wanted].slice(0, MAX_ASKED);
      try {
        const people = await load(asked);
        for (const clientId of asked) {
          wanted.delete(clientId);
          known.set(clientId, people.get(clientId) ?? null);
        }
      } catch {
        // Whatever it was, it is said beside the names, and the reader may ask again.
        failed = true;
      }
      tell();
    }
    asking = false;
  };

  const askIfNeeded = () => {
    if (!asking && !failed && wanted.size > 0) void ask();
  };

  return {
    personOf: (clientId) => known.get(clientId),
    want: (clientIds) => {
      for (const clientId of clientIds) if (!known.has(clientId)) wanted.add(clientId);
      askIfNeeded();
    },
    retry: () => {
      failed = false;
      for (const [clientId, person] of known) if (person === null) wanted.add(clientId);
      askIfNeeded();
      tell();
    },
    failed: () => failed,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

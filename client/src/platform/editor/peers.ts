import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';

export type PeerPerson = { readonly id: string; readonly name: string; readonly color: string };

/** One open page of somebody else. `field` is the path of the field their caret is in, if it is in one. */
export type Peer = { readonly clientId: number; readonly person: PeerPerson; readonly field: string | undefined };

const COLOR = /^#[0-9a-f]{6}$/i;

/** Everybody else who has the document open. The server stamps who they are; what it did not stamp is not shown. */
export function readPeers(awareness: Awareness): Peer[] {
  const peers: Peer[] = [];
  for (const [clientId, state] of awareness.getStates()) {
    const person = clientId === awareness.clientID ? undefined : personOf(state.user);
    if (person) peers.push({ clientId, person, field: typeof state.field === 'string' ? state.field : undefined });
  }
  return peers.sort((a, b) => a.clientId - b.clientId);
}

function personOf(user: unknown): PeerPerson | undefined {
  if (typeof user !== 'object' || user === null || !('id' in user) || !('name' in user) || !('color' in user))
    return undefined;
  const { id, name, color } = user;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof color !== 'string' || !COLOR.test(color))
    return undefined;
  return { id, name, color };
}

const sameAs = (a: readonly Peer[], b: readonly Peer[]): boolean =>
  a.length === b.length &&
  a.every((peer, at) => {
    const other = b[at];
    return (
      peer.clientId === other?.clientId &&
      peer.field === other.field &&
      peer.person.id === other.person.id &&
      peer.person.name === other.person.name &&
      peer.person.color === other.person.color
    );
  });

/** Who else is here, live. Moving a caret within the text changes nothing here, so that typing redraws no list. */
export function usePeers(awareness: Awareness): readonly Peer[] {
  const seen = useRef<readonly Peer[]>([]);
  const subscribe = useCallback(
    (changed: () => void) => {
      awareness.on('change', changed);
      return () => awareness.off('change', changed);
    },
    [awareness],
  );
  return useSyncExternalStore(subscribe, () => {
    const next = readPeers(awareness);
    if (!sameAs(next, seen.current)) seen.current = next;
    return seen.current;
  });
}

/** The people among the peers, each once however many pages they have open. */
export const peopleOf = (peers: readonly Peer[]): PeerPerson[] => [
  ...new Map(peers.map(({ person }) => [person.id, person])).values(),
];

/** Tells the others which field the caret is in; undefined when it left. */
export function announceField(awareness: Awareness, path: string | undefined): void {
  awareness.setLocalStateField('field', path ?? null);
}

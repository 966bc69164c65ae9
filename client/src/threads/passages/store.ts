import { useSyncExternalStore } from 'react';
import type { Passage } from '../../platform/editor/discussed.ts';

/** What the discussion beside a document shows: its list, one discussion, or a passage about which one is opened. */
export type Beside = {
  readonly opened: boolean;
  readonly threadId?: string | undefined;
  readonly passage?: Passage | undefined;
};

const CLOSED: Beside = { opened: false };
let beside = CLOSED;
/** Discussions whose passage is in the text now, in the order of the text. */
let order: readonly string[] = [];
/** Discussions whose passage has left the text. */
let orphans: ReadonlySet<string> = new Set();
let goTo: ((threadId: string) => void) | undefined;
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Changes what stands beside the text. */
export function setBeside(next: Beside): void {
  beside = next;
  tell();
}

export const useBeside = (): Beside => useSyncExternalStore(subscribe, () => beside);

/** The text says which discussions it holds; whoever leaves it takes everything away. */
export function setPlaces(places: { order: readonly string[]; orphans: ReadonlySet<string> }): void {
  const same = places.order.join() === order.join() && [...places.orphans].join() === [...orphans].join();
  if (same) return;
  ({ order, orphans } = places);
  tell();
}

/** The text says how a reader is brought to a passage; undefined when it is left. */
export function setGoTo(to: ((threadId: string) => void) | undefined): void {
  goTo = to;
  tell();
}

export const usePassageOrder = (): readonly string[] => useSyncExternalStore(subscribe, () => order);
export const useOrphans = (): ReadonlySet<string> => useSyncExternalStore(subscribe, () => orphans);
/** Brings the reader to the passage of a discussion; undefined where no text is open. */
export const useGoTo = (): ((threadId: string) => void) | undefined => useSyncExternalStore(subscribe, () => goTo);

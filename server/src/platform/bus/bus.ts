import type { PubSub } from '@concert/sync';
import type { createAdapter } from '@socket.io/redis-adapter';

/** What instances tell each other. Ids only: each reads the truth again. */
export type BusMessages = {
  /** Somebody's rights have changed. */
  'access.changed': {
    readonly personId?: string;
    readonly personIds?: readonly string[];
    readonly workspaceId?: string;
    readonly documentId?: string;
  };
  /** A session or token, or all of a person, have ended. */
  'auth.ended': { readonly personId?: string; readonly credentialId?: string };
  /** What can be found of a source has changed. */
  'search.changed': { readonly source: string; readonly ids: readonly string[] };
};

/** Hears one message from another instance. */
export type BusListener<Name extends keyof BusMessages> = (message: BusMessages[Name]) => Promise<void>;

/**
 * The way to the other instances on the same database. A message may be lost while the way is broken, so nothing
 * depends on one: who listens looks for itself while `isReady` is false, and once more when the way is back.
 */
export type Bus = {
  /** Tells every other instance; at most once, never waits, never throws. */
  publish<Name extends keyof BusMessages>(name: Name, message: BusMessages[Name]): void;
  on<Name extends keyof BusMessages>(name: Name, listener: BusListener<Name>): void;
  /** Called when the way is there again after a break in which messages may have been lost. */
  onReturn(listener: () => Promise<void>): void;
  /** Whether the other instances can be reached; always true for a single one. */
  isReady(): boolean;
  /** By which Socket.IO reaches the browsers of the other instances; undefined for a single one. */
  readonly adapter: ReturnType<typeof createAdapter> | undefined;
  /** By which open documents are shared with other instances; undefined for a single one. */
  readonly documents: PubSub | undefined;
  stop(): Promise<void>;
};

/** The bus of an instance that is alone. */
export const aloneBus: Bus = {
  publish: () => undefined,
  on: () => undefined,
  onReturn: () => undefined,
  isReady: () => true,
  adapter: undefined,
  documents: undefined,
  stop: async () => undefined,
};

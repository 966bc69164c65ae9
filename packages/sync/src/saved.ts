import type { WebsocketProvider } from 'y-websocket';

/** `saved`: everything here is durable on the server. `saving`: not yet. `offline`: not connected. */
export type SavedState = 'saved' | 'saving' | 'offline';

const messageSync = 0;
const messageSaved = 4;
const step1 = 0;
const socketOpen = 1;

/** Whether a local change of this origin is sent when it happens. */
export type Sends = (origin: unknown) => boolean;

/** Lets a stock provider send only some local changes when they happen; what remains is left to the next step 2. */
export function sendOnly(provider: WebsocketProvider, sends: Sends): void {
  const send = provider._updateHandler;
  provider.doc.off('update', send);
  provider._updateHandler = (update, origin) => {
    if (sends(origin)) send(update, origin);
  };
  provider.doc.on('update', provider._updateHandler);
}

/**
 * Whether a change of this origin is sent, where `copy` brings what an earlier visit has left. What it brings before
 * the server has answered is, for the most part, the text that the server has: step 2 carries what it lacks, where one
 * message would carry all, and be too big.
 */
export const sendsBeside =
  (provider: Pick<WebsocketProvider, 'synced'>, copy: unknown): Sends =>
  (origin) =>
    origin !== copy || copy === undefined || provider.synced;

type Decoder = { arr: Uint8Array; pos: number };

/**
 * Tells truthfully whether the text of a stock `y-websocket` provider is durable on the server. The provider must
 * connect with `params: { saved: '1' }`; create the watcher in the same turn as the provider.
 *
 * It counts: on each connection the client answers every step 1 of the server with all that the server lacks, and
 * sends every later local change (deletes included) as one update message. Message 4 says how many of both are
 * durable; when none is missing, nothing local is.
 */
export class SavedWatcher {
  readonly #provider: WebsocketProvider;
  readonly #sends: Sends;
  readonly #listeners = new Set<(state: SavedState) => void>();
  readonly #onUpdate: (update: Uint8Array, origin: unknown) => void;
  readonly #onStatus: (event: { status: string }) => void;
  #updatesSent = 0;
  #updatesSaved = 0;
  #step2sSent = 0;
  #step2sSaved = 0;
  /** A change that happened while the socket could not take it: the next connection's step 2 carries it. */
  #unsent = false;
  #changedOffline = false;
  #state: SavedState = 'offline';

  /** `sends` as given to {@link sendOnly}; a stock provider sends everything. */
  constructor(provider: WebsocketProvider, sends: Sends = () => true) {
    this.#provider = provider;
    this.#sends = sends;
    this.#onUpdate = (_update, origin) => this.#changed(origin);
    this.#onStatus = ({ status }) => this.#statusChanged(status);
    provider.doc.on('update', this.#onUpdate);
    provider.on('status', this.#onStatus);
    this.#watchMessages();
  }

  get state(): SavedState {
    return this.#state;
  }

  /** Whether there are local changes that the server has not acknowledged, as far as this page has seen them made. */
  get hasUnsavedChanges(): boolean {
    return this.#changedOffline || (this.#state === 'saving' && this.#updatesSent > this.#updatesSaved);
  }

  /** Hears of every change of state. Answers how to stop. */
  subscribe(listener: (state: SavedState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    this.#provider.doc.off('update', this.#onUpdate);
    this.#provider.off('status', this.#onStatus);
    this.#listeners.clear();
  }

  #watchMessages(): void {
    const handlers = this.#provider.messageHandlers;
    const sync = handlers[messageSync];
    handlers[messageSync] = (encoder, decoder, provider, emitSynced, type) => {
      if (decoder.arr[decoder.pos] === step1) this.#step2sSent += 1;
      sync?.(encoder, decoder, provider, emitSynced, type);
      this.#update();
    };
    handlers[messageSaved] = (_encoder, decoder) => {
      this.#updatesSaved = readVarUint(decoder);
      this.#step2sSaved = readVarUint(decoder);
      this.#update();
    };
  }

  #changed(origin: unknown): void {
    if (origin === this.#provider || !this.#sends(origin)) return;
    const { ws, wsconnected } = this.#provider;
    if (wsconnected && ws?.readyState === socketOpen) this.#updatesSent += 1;
    else {
      this.#unsent = true;
      this.#changedOffline = true;
    }
    this.#update();
  }

  #statusChanged(status: string): void {
    if (status !== 'connected') {
      if (this.#updatesSent > this.#updatesSaved) this.#changedOffline = true;
      this.#setState('offline');
      return;
    }
    this.#updatesSent = 0;
    this.#updatesSaved = 0;
    this.#step2sSent = 0;
    this.#step2sSaved = 0;
    this.#unsent = false;
    this.#update();
  }

  #update(): void {
    if (!this.#provider.wsconnected) {
      this.#setState('offline');
      return;
    }
    const step2sDone = this.#step2sSent > 0 && this.#step2sSaved >= this.#step2sSent;
    const saved = step2sDone && !this.#unsent && this.#updatesSaved >= this.#updatesSent;
    if (saved) this.#changedOffline = false;
    this.#setState(saved ? 'saved' : 'saving');
  }

  #setState(state: SavedState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

function readVarUint(decoder: Decoder): number {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = decoder.arr[decoder.pos++] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
    factor *= 128;
  }
}

import { CLOSE } from '@concert/contract';
import { SavedWatcher, type Sends } from '@concert/sync/saved';
import type { IndexeddbPersistence } from 'y-indexeddb';
import type { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { REFUSALS, type Refusal } from './refusal.ts';
import type { Way } from './way.ts';

/** How this page stands with the server. */
export type RoomState = {
  /** `connecting` is the first attempt; `offline` whatever comes after a failure, until the server answers again. */
  readonly link: 'connecting' | 'live' | 'offline';
  /** There is a text to show: the local copy's, or the server's. */
  readonly ready: boolean;
  /** What the server has told: everything of this page is durable there, is on its way, or is only here. */
  readonly saved: 'saved' | 'saving' | 'unsaved';
  /** Changes made here since everything was last known to be saved. */
  readonly pending: number;
  /** The server said that it takes no text from this page; what others write still arrives. */
  readonly denied: boolean;
  readonly refusal: Refusal | undefined;
  /** How frames travel: `polling` where the network lets no WebSocket through. */
  readonly way: Way;
};

const MESSAGE_SYNC = 0;
const STEP_1 = 0;
const MESSAGE_AUTH = 2;
/** Key in the local copy's own store. */
const UNSAVED = 'unsaved';

type Watched = {
  readonly doc: Y.Doc;
  readonly body: Y.XmlFragment;
  readonly provider: WebsocketProvider;
  readonly copy: IndexeddbPersistence | undefined;
  readonly mayWrite: () => boolean;
  readonly sends: Sends;
  readonly onAccessChanged: () => void;
};

/**
 * Follows a stock provider. "Saved" is what the server has said of this very connection (message 4); it is never
 * concluded from a message having been sent.
 */
export function watchRoom({ doc, body, provider, copy, mayWrite, sends, onAccessChanged }: Watched) {
  const watcher = new SavedWatcher(provider, sends);
  let carried = false;
  let current: RoomState = {
    link: 'connecting',
    ready: false,
    saved: 'saved',
    pending: 0,
    denied: false,
    refusal: undefined,
    way: 'socket',
  };
  const listeners = new Set<() => void>();

  const set = (change: Partial<RoomState>) => {
    const next = { ...current, ...change };
    const same = Object.entries(change).every(([key, value]) => Object.is(Reflect.get(current, key), value));
    if (same) return;
    current = next;
    // A listener may end the room, and with it the listening.
    for (const listener of [...listeners]) listener();
  };

  /** Remembers in the copy itself whether it holds what the server does not: the next visit may begin offline. */
  const mark = (next: boolean) => {
    if (carried === next) return;
    carried = next;
    if (copy?.db) void copy.set(UNSAVED, next ? 1 : 0);
  };

  const settle = () => {
    if (watcher.state === 'saved') {
      mark(false);
      set({ saved: 'saved', pending: 0 });
    } else if (carried) set({ saved: provider.wsconnected && !current.denied ? 'saving' : 'unsaved' });
  };

  const onUpdate = (_update: Uint8Array, origin: unknown) => {
    if (origin === provider || origin === copy || !mayWrite()) return;
    mark(true);
    set({ pending: current.pending + 1 });
    settle();
  };

  const onCopy = () => {
    if (body.length > 0) set({ ready: true });
    void copy?.get(UNSAVED).then((value) => {
      if (value !== 1 || carried) return;
      carried = true;
      settle();
    });
  };

  const onSync = (synced: boolean) => {
    if (!synced) return;
    set({ link: 'live', ready: true });
    settle();
  };

  const onClose = (event: CloseEvent | null) => {
    set({ link: 'offline', denied: false });
    settle();
    if (event?.code === CLOSE.accessChanged) onAccessChanged();
  };

  const onFinal = ({ code }: { code: number }) => set({ refusal: REFUSALS[code] ?? 'no-right' });

  const { messageHandlers } = provider;
  const [sync] = messageHandlers;
  messageHandlers[MESSAGE_SYNC] = (encoder, decoder, ...rest) => {
    // The server asks for this page's text when a connection begins, and when its person may write again.
    if (decoder.arr[decoder.pos] === STEP_1) set({ denied: false });
    sync?.(encoder, decoder, ...rest);
  };
  // The stock provider only writes a refusal to the console.
  messageHandlers[MESSAGE_AUTH] = () => {
    set({ denied: true });
    settle();
  };

  doc.on('update', onUpdate);
  provider.on('sync', onSync);
  watcher.subscribe(settle);
  provider.on('connection-close', onClose);
  provider.on('closed', onFinal);
  copy?.on('synced', onCopy);

  return {
    state: () => current,
    travels: (way: Way) => set({ way }),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      listeners.clear();
      doc.off('update', onUpdate);
      provider.off('sync', onSync);
      watcher.destroy();
      provider.off('connection-close', onClose);
      provider.off('closed', onFinal);
      copy?.off('synced', onCopy);
    },
  };
}

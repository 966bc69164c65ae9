import { EDITOR_SCHEMA } from '@concert/contract';
import { BODY, FIELDS } from '@concert/editor/template.ts';
import { sendOnly, sendsBeside } from '@concert/sync/saved';
import { IndexeddbPersistence } from 'y-indexeddb';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { copyName, eraseCopy } from './local-copies.ts';
import type { PeerPerson } from './peers.ts';
import { PollingSocket } from './polling-socket.ts';
import { type RoomState, watchRoom } from './room-watch.ts';
import { createUndo } from './undo.ts';
import { followWay, rememberedWay, type Way } from './way.ts';

/** One live document: its shared types, the undo of this page, who else is here, and how it stands with the server. */
export type Room = {
  readonly documentId: string;
  readonly doc: Y.Doc;
  readonly body: Y.XmlFragment;
  readonly fields: Y.Map<unknown>;
  readonly undo: Y.UndoManager;
  readonly awareness: Awareness;
  readonly me: PeerPerson;
  readonly state: () => RoomState;
  readonly subscribe: (changed: () => void) => () => void;
  /** Takes the page off the document. With `erase`, the local copy goes too. */
  readonly leave: (options?: { readonly erase?: boolean }) => Promise<void>;
};

export type RoomOptions = {
  readonly documentId: string;
  readonly me: PeerPerson;
  /** Address of `/sync`; the site's own unless told otherwise. */
  readonly url?: string;
  /** Whether what is changed here is sent. A reader's editor mends what it cannot show, and must keep that to itself. */
  readonly mayWrite: () => boolean;
  /** The server closed because rights changed: whoever shows the role must read it again. */
  readonly onAccessChanged: () => void;
};

// The stock provider only uses what the second has of the first.
const CLASSES: Readonly<Record<Way, typeof WebSocket>> = { socket: WebSocket, polling: PollingSocket as never };

/** Whether the server answers a plain request now. */
const answers = async (): Promise<boolean> =>
  (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5_000) })).ok;

const siteSync = (): string => `${window.location.origin.replace(/^http/, 'ws')}/sync`;

/** Opens a document. Everything that is opened here is closed by `leave`. */
export function openRoom({ documentId, me, url = siteSync(), mayWrite, onAccessChanged }: RoomOptions): Room {
  const doc = new Y.Doc();
  const body = doc.getXmlFragment(BODY);
  const fields = doc.getMap<unknown>(FIELDS);
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', me);
  const copy =
    typeof indexedDB === 'undefined' ? undefined : new IndexeddbPersistence(copyName(me.id, documentId), doc);
  const way = rememberedWay();
  const provider = new WebsocketProvider(url, documentId, doc, {
    awareness,
    WebSocketPolyfill: CLASSES[way],
    disableBc: true,
    params: { saved: '1', schema: String(EDITOR_SCHEMA) },
  });
  const copyWaits = sendsBeside(provider, copy);
  const sends = (origin: unknown): boolean => mayWrite() && copyWaits(origin);
  sendOnly(provider, sends);
  const watched = watchRoom({ doc, body, provider, copy, mayWrite, sends, onAccessChanged });
  const stopFollowing = followWay({ provider, began: way, classes: CLASSES, answers, onChange: watched.travels });
  const undo = createUndo(body, fields);

  const leave = async ({ erase = false } = {}): Promise<void> => {
    stopFollowing();
    watched.stop();
    provider.destroy();
    awareness.destroy();
    undo.destroy();
    doc.destroy();
    await copy?.destroy();
    if (erase) await eraseCopy(me.id, documentId);
  };
  return {
    documentId,
    doc,
    body,
    fields,
    undo,
    awareness,
    me,
    state: watched.state,
    subscribe: watched.subscribe,
    leave,
  };
}

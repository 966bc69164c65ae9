import { fallbackWebSocket } from '@concert/sync/fallback/fallback-web-socket';
import { carryOver } from '@concert/sync/fallback/socket-io-page';
import { io, type Socket } from 'socket.io-client';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** Headers that a browser sends by itself. */
type Headers = Readonly<Record<string, string>>;

/** A connection to the namespace of documents by long-polling alone. */
export const pollingSocket = (url: string, headers: Headers, address: unknown): Socket =>
  io(`${url}/sync`, {
    transports: ['polling'],
    upgrade: false,
    forceNew: true,
    reconnection: false,
    extraHeaders: { ...headers },
    auth: { address },
  });

/** A stock client on a document, whose WebSocket is long-polling. */
export function openByPolling(url: string, headers: Headers, documentId: string, doc = new Y.Doc()) {
  const closes: number[] = [];
  const saved: number[] = [];
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, documentId, doc, {
    disableBc: true,
    maxBackoffTime: 200,
    params: { saved: '1' },
    // The provider only uses what this class has of the browser's.
    WebSocketPolyfill: fallbackWebSocket((address, events) =>
      carryOver(pollingSocket(url, headers, address), events),
    ) as never,
  });
  provider.on('connection-close', (event) => {
    if (event !== null) closes.push(event.code);
  });
  // The stock provider writes a refusal to the console.
  provider.messageHandlers[2] = () => undefined;
  provider.messageHandlers[4] = (_encoder, { arr, pos }) => void saved.push(arr[pos] ?? 0);
  return {
    doc,
    provider,
    closes,
    saved,
    close: () => {
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
}

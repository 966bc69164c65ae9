import { decoding } from 'lib0';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

/** A stock client that numbers what it writes, and knows what it was told to be durable. */
export type Writer = {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly socket: () => WebSocket | undefined;
  /** Writes the next number; answers it. */
  write(): number;
  /** How many of the numbers are acknowledged, over all connections; the first this many. */
  acknowledged(): number;
  readonly closes: number[];
  close(): void;
};

const SAVED = 4;

/** The numbers in the text, in the order in which they stand there. */
export const numbersIn = (doc: Y.Doc): number[] =>
  doc.getText('test').toString().split(';').filter(Boolean).map(Number);

/** Opens a document for writing, with the session of `cookie`; a label stands before each number. */
export function openWriter(url: string, cookie: string, documentId: string, label = ''): Writer {
  const doc = new Y.Doc();
  const headers = { cookie, origin: url };
  const sockets: WebSocket[] = [];
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, documentId, doc, {
    WebSocketPolyfill: class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers });
        sockets.push(this);
      }
    } as never,
    disableBc: true,
    params: { saved: '1' },
  });
  let written = 0;
  let acknowledged = 0;
  const closes: number[] = [];
  provider.on('connection-close', (event) => {
    if (event !== null) closes.push(event.code);
  });
  provider.messageHandlers[SAVED] = (_encoder, decoder) => {
    // One update message for each number, on the one connection of this writer.
    acknowledged = Math.max(acknowledged, decoding.readVarUint(decoder));
    decoding.readVarUint(decoder);
    decoding.readVarUint8Array(decoder);
  };
  return {
    doc,
    provider,
    socket: () => sockets.at(-1),
    write: () => {
      written += 1;
      const text = doc.getText('test');
      text.insert(text.length, `${label}${written};`);
      return written;
    },
    acknowledged: () => acknowledged,
    closes,
    close: () => {
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
}

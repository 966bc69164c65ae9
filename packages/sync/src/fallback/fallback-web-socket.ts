import { Assembler, Packer, type Piece, pieceBytes, piecesTogether } from './pieces.ts';

/** The names of the events, from the browser and to it. */
export const fallbackEvent = { pieces: 'pieces', got: 'got', here: 'here', ask: 'ask', closed: 'closed' } as const;

/** What the page can say over the carrier. */
export interface PageCarrier {
  pieces(pieces: readonly Piece[]): void;
  got(total: number): void;
  here(): void;
  close(): void;
}

/** What the carrier tells the page. `gone` is the last of all. */
export interface PageEvents {
  open(): void;
  pieces(pieces: unknown): void;
  ask(): void;
  closed(code: number, reason: string): void;
  gone(): void;
}

/** Begins to carry what a WebSocket of this address (path and query) would. */
export type OpenCarrier = (address: string, events: PageEvents) => PageCarrier;

type CloseReport = { readonly code: number; readonly reason: string };

/** The longest frame that a page takes: a whole document, and then some. */
const maxFrameBytes = 64_000_000;
/** What a connection ends with when nobody has said why. */
const noReason: CloseReport = { code: 1006, reason: '' };

/**
 * Makes a class with as much of the browser's WebSocket as the stock y-websocket provider uses, which sends and hears
 * the same frames over something else.
 */
export function fallbackWebSocket(openCarrier: OpenCarrier) {
  return class FallbackWebSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readonly url: string;
    binaryType = 'arraybuffer';
    readyState: 0 | 1 | 2 | 3 = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: CloseReport) => void) | null = null;
    onerror: ((event: { type: 'error' }) => void) | null = null;
    readonly #carrier: PageCarrier;
    readonly #outgoing = new Packer();
    readonly #incoming = new Assembler(maxFrameBytes);
    #pumping = false;
    #got = 0;
    #told = 0;
    #report = noReason;

    constructor(url: string | URL) {
      this.url = String(url);
      const { pathname, search } = new URL(this.url);
      this.#carrier = openCarrier(`${pathname}${search}`, {
        open: () => this.#open(),
        pieces: (pieces) => this.#receive(pieces),
        ask: () => this.#carrier.here(),
        closed: (code, reason) => {
          this.#report = { code, reason };
        },
        gone: () => this.#gone(),
      });
    }

    #open(): void {
      if (this.readyState !== this.CONNECTING) return;
      this.readyState = this.OPEN;
      this.onopen?.();
    }

    send(frame: Uint8Array): void {
      if (this.readyState !== this.OPEN) return;
      this.#outgoing.add(frame);
      if (this.#pumping) return;
      this.#pumping = true;
      queueMicrotask(() => this.#pump());
    }

    #pump(): void {
      this.#pumping = false;
      while (this.readyState === this.OPEN) {
        const { pieces } = this.#outgoing.take(pieceBytes, piecesTogether);
        if (pieces.length === 0) return;
        this.#carrier.pieces(pieces);
      }
    }

    #receive(pieces: unknown): void {
      if (this.readyState !== this.OPEN || !Array.isArray(pieces)) return;
      for (const piece of pieces) {
        this.#got += bytesOf(piece);
        const frame = this.#incoming.add(piece);
        if (frame) this.onmessage?.({ data: new Uint8Array(frame).buffer });
      }
      if (this.#got - this.#told < pieceBytes) return;
      this.#told = this.#got;
      this.#carrier.got(this.#got);
    }

    close(): void {
      if (this.readyState === this.CLOSED) return;
      this.readyState = this.CLOSING;
      this.#carrier.close();
      queueMicrotask(() => this.#gone());
    }

    #gone(): void {
      if (this.readyState === this.CLOSED) return;
      const neverOpened = this.readyState === this.CONNECTING;
      this.readyState = this.CLOSED;
      this.#outgoing.clear();
      if (neverOpened) this.onerror?.({ type: 'error' });
      this.onclose?.(this.#report);
    }
  };
}

/** How many bytes a piece holds. */
function bytesOf(piece: unknown): number {
  const text: unknown = Array.isArray(piece) ? piece[0] : '';
  if (typeof text !== 'string') return 0;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

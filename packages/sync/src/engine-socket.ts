import type { RawData } from 'ws';

/** What the engine needs of a socket. A WebSocket of `ws` is one as it is; see `fallback/` for another. */
export interface EngineSocket {
  /** Bytes that were sent and that the other end has not taken yet. */
  readonly bufferedAmount: number;
  /** Whether {@link pause} was called: then no messages come until {@link resume}. */
  readonly isPaused: boolean;
  /** @param taken called when the frame has left, or cannot any more */
  send(frame: Uint8Array, taken?: (error?: Error) => void): void;
  /** Asks the other end whether it is there: `pong` follows. */
  ping(): void;
  pause(): void;
  resume(): void;
  /** Ends in good order: `close` follows. */
  close(code: number, reason?: string): void;
  /** Ends at once: `close` follows. */
  terminate(): void;
  on(event: 'message', listener: (data: RawData, isBinary: boolean) => void): unknown;
  on(event: 'pong', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'close', listener: () => void): unknown;
}

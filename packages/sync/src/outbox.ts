import type { Socket } from 'node:net';
import type { EngineSocket } from './engine-socket.ts';
import type { Limits } from './limits.ts';
import type { Clock } from './ports.ts';
import { closeCode, keepaliveFrame } from './protocol.ts';
import { closeTimeoutMs } from './socket.ts';

/** What goes out on one socket, within what the other end can take. */
export class Outbox {
  readonly #ws: EngineSocket;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #owner: { close(code: number, reason: string): void };
  #held: Uint8Array[] | null = null;
  #stateBytes = 0;
  /** Of one relayed frame that is bigger than what may wait, until it is on its way. */
  #bigBytes = 0;
  #onStateTaken: (() => void)[] = [];
  #lastSent: number;
  #alive = true;
  #bufferedAtPing = 0;
  #closed = false;
  /** Whether the socket was told of anybody's presence. */
  heardPresence = false;
  /** Whether presence was kept from the socket because it was slow. */
  missedPresence = false;

  /** @param owner closed when the other end does not keep up */
  constructor(ws: EngineSocket, limits: Limits, clock: Clock, owner: { close(code: number, reason: string): void }) {
    this.#ws = ws;
    this.#limits = limits;
    this.#clock = clock;
    this.#owner = owner;
    this.#lastSent = clock.now();
  }

  /** Sends a frame; a socket that does not keep up is closed. */
  send(frame: Uint8Array): void {
    if (this.#closed) return;
    this.#write(frame);
    this.#lastSent = this.#clock.now();
    if (this.#ws.bufferedAmount > this.#limits.bufferedBytes + this.#stateBytes + this.#bigBytes) {
      this.#owner.close(closeCode.tooSlow, 'too slow');
    }
  }

  /** What somebody brings who wrote for a week without a line is one frame above the bound: one such may wait. */
  #write(frame: Uint8Array): void {
    if (frame.length <= this.#limits.bufferedBytes || this.#bigBytes > 0) return void this.#ws.send(frame);
    this.#bigBytes = frame.length;
    this.#ws.send(frame, () => {
      this.#bigBytes = 0;
    });
  }

  /** Sends the document's state, which may be bigger than what a socket may otherwise let wait. */
  sendState(frame: Uint8Array): void {
    if (this.#closed) return;
    this.#stateBytes += frame.length;
    this.#ws.send(frame, () => {
      this.#stateBytes -= frame.length;
      if (this.#stateBytes === 0) for (const tell of this.#onStateTaken.splice(0)) tell();
    });
    this.#lastSent = this.#clock.now();
  }

  /** Resolves when the state that was sent is on its way; undefined when none waits. */
  stateTaken(): Promise<void> | undefined {
    if (this.#stateBytes === 0) return undefined;
    return new Promise((resolve) => this.#onStateTaken.push(resolve));
  }

  /** Sends relayed frames, or keeps them while relayed frames are held. */
  sendRelayed(frames: readonly Uint8Array[]): void {
    if (this.#held) this.#held.push(...frames);
    else this.#sendAll(frames);
  }

  /** From now on relayed frames wait. */
  hold(): void {
    this.#held = [];
  }

  releaseHeld(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.#sendAll(held);
  }

  /** Several frames are one write to the socket. */
  #sendAll(frames: readonly Uint8Array[]): void {
    const socket = frames.length > 1 ? (this.#ws as EngineSocket & { _socket?: Socket | null })._socket : null;
    socket?.cork();
    for (const frame of frames) this.send(frame);
    socket?.uncork();
  }

  /** Sends presence, unless text waits already. */
  sendPresence(frame: Uint8Array): void {
    this.heardPresence = true;
    this.missedPresence = this.#ws.bufferedAmount > this.#limits.presenceBufferedBytes;
    if (!this.missedPresence) this.send(frame);
  }

  /** The other end has shown that it is there. */
  heard(): void {
    this.#alive = true;
  }

  /** Keeps the stock client, which counts messages and not pings, from giving up. */
  keepAlive(now: number): void {
    if (now - this.#lastSent >= this.#limits.keepaliveMs) this.send(keepaliveFrame);
  }

  /** Cuts a socket that has neither answered the last ping nor taken anything since. */
  ping(): void {
    if (this.#closed) return;
    const buffered = this.#ws.bufferedAmount;
    // A socket that we do not read cannot answer; but who takes nothing of what waits is not there.
    const mayAnswer = !this.#ws.isPaused || this.#bufferedAtPing > 0;
    if (!this.#alive && mayAnswer && buffered >= this.#bufferedAtPing) {
      this.#ws.terminate();
      return;
    }
    this.#alive = false;
    this.#bufferedAtPing = buffered;
    this.#ws.ping();
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held = null;
    this.#ws.close(code, reason);
    const timer = setTimeout(() => this.#ws.terminate(), closeTimeoutMs);
    this.#ws.once('close', () => clearTimeout(timer));
  }

  /** The socket has closed: nothing is sent any more. */
  closed(): void {
    this.#closed = true;
    this.#held = null;
  }
}

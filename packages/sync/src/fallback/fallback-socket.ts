import { EventEmitter } from 'node:events';
import type { EngineSocket } from '../engine-socket.ts';
import { defaultLimits, type Limits } from '../limits.ts';
import { closeCode } from '../protocol.ts';
import { Assembler, BadPiece, FrameTooBig, Packer, type Piece } from './pieces.ts';

/** What a message has beside its payload: two types and a length. */
const framingBytes = 64;
/** So much is on its way to the other end at a time; the rest waits here, where it counts as not taken. */
const windowBytes = 240_000;

/** What carries the pieces of one socket: in order, without loss, until it ends. */
export interface Carrier {
  pieces(pieces: readonly Piece[]): void;
  /** Asks the other end for a sign of life. */
  ask(): void;
  /** Tells the other end why, then ends when that has left. */
  end(code: number, reason: string): void;
  /** Ends at once. */
  cut(): void;
}

/**
 * A socket of the engine over something else than a WebSocket. Whoever owns the carrier calls {@link received},
 * {@link got}, {@link here} and {@link gone} with what the other end says, unchecked.
 */
export class FallbackSocket extends EventEmitter implements EngineSocket {
  readonly #carrier: Carrier;
  readonly #limits: Limits;
  readonly #outgoing = new Packer();
  readonly #incoming: Assembler;
  /** Bytes sent so far, and how many of these the other end has said to have. */
  #sent = 0;
  #got = 0;
  #taken: { at: number; tell: () => void }[] = [];
  #asked = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #pumping: NodeJS.Immediate | null = null;
  #ended = false;
  #isGone = false;
  isPaused = false;

  constructor(carrier: Carrier, limits: Limits = defaultLimits) {
    super();
    this.#carrier = carrier;
    this.#limits = limits;
    this.#incoming = new Assembler(Math.max(limits.step2Bytes, limits.updateBytes) + framingBytes);
  }

  get bufferedAmount(): number {
    return this.#outgoing.bytes + this.#sent - this.#got;
  }

  send(frame: Uint8Array, taken?: () => void): void {
    if (this.#ended) return;
    this.#outgoing.add(frame);
    if (taken) this.#taken.push({ at: this.#sent + this.#outgoing.bytes, tell: taken });
    // What is sent in one turn goes together: each message to a browser that polls costs it a request.
    this.#pumping ??= setImmediate(() => this.#pump());
  }

  #pump(): void {
    if (this.#pumping) clearImmediate(this.#pumping);
    this.#pumping = null;
    if (this.#ended) return;
    const { pieces, bytes } = this.#outgoing.take(windowBytes - (this.#sent - this.#got));
    if (pieces.length === 0) return;
    this.#sent += bytes;
    this.#carrier.pieces(pieces);
  }

  /** Pieces from the other end. */
  received(pieces: unknown): void {
    if (this.#ended) return;
    try {
      if (!Array.isArray(pieces)) throw new BadPiece('no list');
      for (const piece of pieces) {
        const frame = this.#incoming.add(piece);
        if (frame) this.#deliver(frame);
        if (this.#ended) return;
      }
    } catch (error) {
      if (error instanceof FrameTooBig) this.close(closeCode.tooBig, 'message too big');
      else if (error instanceof BadPiece) this.close(closeCode.badUpdate, 'malformed');
      else throw error;
    }
  }

  #deliver(frame: Uint8Array): void {
    if (!this.isPaused) {
      this.emit('message', frame, true);
      return;
    }
    this.#held.push(frame);
    this.#heldBytes += frame.length;
    // A browser that polls cannot be held back: it may send what an honest one has when it comes, and no more.
    if (this.#heldBytes > this.#limits.step2Bytes || this.#held.length > this.#limits.messagesBurst) {
      this.close(closeCode.tooFast, 'too many messages');
    }
  }

  /** The other end has so many bytes of all that it was sent. */
  got(total: unknown): void {
    if (this.#ended) return;
    if (!Number.isSafeInteger(total) || Number(total) <= this.#got || Number(total) > this.#sent) {
      this.close(closeCode.badUpdate, 'malformed');
      return;
    }
    this.#got = Number(total);
    const taken = this.#taken.filter(({ at }) => at <= this.#got);
    this.#taken = this.#taken.slice(taken.length);
    for (const { tell } of taken) tell();
    this.emit('pong');
    this.#pump();
  }

  /** The other end answers that it is there. */
  here(): void {
    if (this.#ended) return;
    if (this.#asked === 0) {
      this.close(closeCode.badUpdate, 'malformed');
      return;
    }
    this.#asked -= 1;
    this.emit('pong');
  }

  /** The carrier has ended, for whatever reason. */
  gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#end();
    this.emit('close');
  }

  ping(): void {
    if (this.#ended) return;
    this.#asked += 1;
    this.#carrier.ask();
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    while (!this.isPaused && !this.#ended) {
      const frame = this.#held.shift();
      if (!frame) return;
      this.#heldBytes -= frame.length;
      this.emit('message', frame, true);
    }
  }

  close(code: number, reason = ''): void {
    if (this.#ended) return;
    this.#pump();
    this.#end();
    this.#carrier.end(code, reason);
  }

  terminate(): void {
    this.#end();
    this.#carrier.cut();
  }

  #end(): void {
    this.#ended = true;
    if (this.#pumping) clearImmediate(this.#pumping);
    this.#outgoing.clear();
    this.#held = [];
    this.#heldBytes = 0;
  }
}

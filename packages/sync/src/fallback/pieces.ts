import { fromBase64, toBase64 } from 'lib0/buffer';

/** Bytes of every piece of a frame but the last: in base64, with what stands around it, it fits a message of 64 kB. */
export const pieceBytes = 48_000;
/** Pieces that one message from a browser may carry, so that what stands around them fits too. */
export const piecesTogether = 64;

/**
 * A piece of a frame: its bytes in base64, and how many bytes of the same frame follow it. By long-polling bytes become
 * base64 in any case; as an attachment they would cost the page a request of their own.
 */
export type Piece = readonly [base64: string, left: number];

const base64Text = /^[A-Za-z0-9+/]*={0,2}$/;

/** What no honest other end sends. */
export class BadPiece extends Error {
  constructor(reason: string) {
    super(`bad piece: ${reason}`);
    this.name = 'BadPiece';
  }
}

/** A frame that is longer than any may be. */
export class FrameTooBig extends Error {
  constructor() {
    super('frame too big');
    this.name = 'FrameTooBig';
  }
}

/** Frames that wait to be sent, in their order, and are cut into pieces as they go. */
export class Packer {
  #frames: Uint8Array[] = [];
  /** How much of the first frame has gone. */
  #gone = 0;
  /** Bytes that wait. */
  bytes = 0;

  add(frame: Uint8Array): void {
    this.#frames.push(frame);
    this.bytes += frame.length;
  }

  /** The next pieces, of at most so many bytes together; none when the next does not fit. */
  take(maxBytes: number, maxPieces = Number.POSITIVE_INFINITY): { pieces: Piece[]; bytes: number } {
    const pieces: Piece[] = [];
    let bytes = 0;
    for (let next = this.#next(); next && pieces.length < maxPieces; next = this.#next()) {
      if (bytes + next.piece.length > maxBytes) break;
      pieces.push([toBase64(next.piece), next.left]);
      bytes += next.piece.length;
      this.#forward(next.piece.length, next.left === 0);
    }
    this.bytes -= bytes;
    return { pieces, bytes };
  }

  clear(): void {
    this.#frames = [];
    this.#gone = 0;
    this.bytes = 0;
  }

  #next(): { piece: Uint8Array; left: number } | null {
    const [frame] = this.#frames;
    if (!frame) return null;
    const piece = frame.subarray(this.#gone, this.#gone + pieceBytes);
    return { piece, left: frame.length - this.#gone - piece.length };
  }

  #forward(bytes: number, isLast: boolean): void {
    this.#gone = isLast ? 0 : this.#gone + bytes;
    if (isLast) this.#frames.shift();
  }
}

/**
 * Puts frames together. Pieces come in their order, those of one frame one after the other; nothing is set aside for
 * what a piece announces, only what has arrived is kept.
 */
export class Assembler {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  /** What the last piece said must follow. */
  #left = 0;

  /** @param maxBytes the longest frame there is */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes the next piece; answers the frame that it completes, or null.
   * @throws {BadPiece} {@link FrameTooBig}
   */
  add(piece: unknown): Uint8Array | null {
    const { bytes, left } = readPiece(piece);
    const isFirst = this.#pieces.length === 0;
    if (!isFirst && left !== this.#left - bytes.length) throw new BadPiece('another frame in between');
    if (isFirst && bytes.length + left > this.#maxBytes) throw new FrameTooBig();
    this.#left = left;
    this.#pieces.push(bytes);
    if (left > 0) return null;
    const frame = isFirst ? bytes : joined(this.#pieces);
    this.#pieces = [];
    return frame;
  }
}

function readPiece(piece: unknown): { bytes: Uint8Array; left: number } {
  if (!Array.isArray(piece) || piece.length !== 2) throw new BadPiece('no pair');
  const [text, left]: unknown[] = piece;
  if (typeof text !== 'string' || !Number.isSafeInteger(left) || Number(left) < 0) throw new BadPiece('no piece');
  // Decoders differ in what they leave out of what is no base64, and in what they throw.
  if (text.length % 4 !== 0 || !base64Text.test(text)) throw new BadPiece('no base64');
  const bytes = fromBase64(text);
  if (left !== 0 && bytes.length !== pieceBytes) throw new BadPiece('too short');
  if (bytes.length > pieceBytes) throw new BadPiece('too long');
  return { bytes, left: Number(left) };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const frame = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    frame.set(piece, at);
    at += piece.length;
  }
  return frame;
}

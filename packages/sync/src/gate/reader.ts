import { isUtf8 } from 'node:buffer';

/** The bytes are not what they claim to be. */
export class Malformed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Malformed';
  }
}

/** Reading went beyond the work that this thread may do for one message. */
export class TooMuchWork extends Error {
  constructor() {
    super('too much work for one message');
    this.name = 'TooMuchWork';
  }
}

/** Reads lib0's encodings with every length checked against what is left, so that no claim allocates memory. */
export class ByteReader {
  readonly bytes: Uint8Array;
  position = 0;
  #steps: number;

  /** @param steps work allowed before {@link TooMuchWork} */
  constructor(bytes: Uint8Array, steps = Number.POSITIVE_INFINITY) {
    this.bytes = bytes;
    this.#steps = steps;
  }

  get left(): number {
    return this.bytes.length - this.position;
  }

  /** Counts work done for this message. */
  spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new TooMuchWork();
  }

  byte(): number {
    const value = this.bytes[this.position];
    if (value === undefined) throw new Malformed('ends too early');
    this.position += 1;
    return value;
  }

  /** A safe integer ≥ 0. */
  varUint(): number {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) break;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new Malformed('integer out of range');
  }

  /** Passes over lib0's signed variable-length integer. */
  skipVarInt(): void {
    for (let i = 0; i < 8; i++) if (this.byte() < 0x80) return;
    throw new Malformed('integer out of range');
  }

  skip(length: number): void {
    if (length > this.left) throw new Malformed('ends too early');
    this.position += length;
  }

  /** A count of things that take at least `minBytes` each. */
  count(minBytes: number): number {
    const count = this.varUint();
    if (count * minBytes > this.left) throw new Malformed('claims more than it carries');
    return count;
  }

  /** The next bytes, as a view. */
  view(length: number): Uint8Array {
    const start = this.position;
    this.skip(length);
    return this.bytes.subarray(start, this.position);
  }

  /** Length-prefixed bytes, as a view. */
  varBytes(): Uint8Array {
    return this.view(this.varUint());
  }

  /** Passes over a string and answers its length in UTF-16 units, which is what Yjs counts. */
  skipString(): number {
    const text = this.varBytes();
    this.spend(text.length >> 10);
    return utf16Length(text);
  }

  string(): string {
    const text = this.varBytes();
    utf16Length(text);
    return decoder.decode(text);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-16 length of UTF-8 bytes: every lead byte is one unit, four-byte characters are two. */
function utf16Length(text: Uint8Array): number {
  let units = 0;
  let ascii = true;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i] ?? 0;
    if (byte >= 0x80) ascii = false;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  if (!ascii && !isUtf8(text)) throw new Malformed('text is not UTF-8');
  return units;
}

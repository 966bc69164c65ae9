import { MongoError } from '../errors.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Doc,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from './types.ts';

/** MongoDB refuses documents nested deeper than this. */
const MAX_DEPTH = 180;

const bad = (why: string): MongoError => new MongoError('BadValue', `Invalid BSON: ${why}`);

/** Gives what stands for a document in an array of a command, or `undefined` when that is to be decoded. */
type Take = (document: Buffer) => Value | undefined;

/** Decodes one BSON document with exact types. Throws MongoError (BadValue, Overflow) on malformed or foreign bytes. */
export function decode(bytes: Uint8Array, offset = 0, take?: Take): Doc {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new Reader(buffer, offset, take);
  try {
    return reader.document(0);
  } catch (error) {
    // Reading past the end, or a value that its class does not take.
    if (error instanceof MongoError) throw error;
    throw bad(error instanceof Error ? error.message : 'the document is cut short');
  }
}

class Reader {
  private readonly buffer: Buffer;
  private at: number;
  private readonly take: Take | undefined;
  /** Within an array of the outermost document, if its documents may be taken. */
  private taking = false;

  constructor(buffer: Buffer, at: number, take: Take | undefined) {
    this.buffer = buffer;
    this.at = at;
    this.take = take;
  }

  document(depth: number): Doc {
    const result: Doc = new Map();
    let fields = 0;
    this.elements(depth, (name, value) => {
      result.set(name, value);
      fields++;
    });
    if (fields !== result.size) throw bad('a document with one name twice');
    return result;
  }

  private array(depth: number): Value[] {
    const result: Value[] = [];
    this.elements(depth, (_name, value) => result.push(value));
    return result;
  }

  private outermostArray(): Value[] {
    this.taking = true;
    const result = this.array(1);
    this.taking = false;
    return result;
  }

  private taken(): Value | undefined {
    const end = this.at + this.buffer.readInt32LE(this.at);
    const value = end > this.at ? this.take?.(this.buffer.subarray(this.at, end)) : undefined;
    if (value !== undefined) this.at = end;
    return value;
  }

  private elements(depth: number, add: (name: string, value: Value) => void): void {
    if (depth > MAX_DEPTH) throw new MongoError('Overflow', `Object exceeds the depth limit of ${MAX_DEPTH}`);
    const start = this.at;
    const length = this.buffer.readInt32LE(start);
    const end = start + length;
    if (length < 5 || end > this.buffer.length || this.buffer[end - 1] !== 0) throw bad('wrong document length');
    this.at = start + 4;
    while (this.at < end - 1) {
      const type = this.buffer[this.at++] ?? 0;
      const name = this.cstring(end);
      add(name, this.value(type, depth));
      if (this.at > end - 1) throw bad('an element passes the end of its document');
    }
    this.at = end;
  }

  private cstring(end = this.buffer.length): string {
    const zero = this.buffer.indexOf(0, this.at);
    if (zero < 0 || zero >= end) throw bad('a name without an end');
    const text = this.buffer.toString('utf8', this.at, zero);
    this.at = zero + 1;
    return text;
  }

  private string(): string {
    const length = this.int32();
    const end = this.at + length;
    if (length < 1 || end > this.buffer.length || this.buffer[end - 1] !== 0) throw bad('wrong string length');
    const text = this.buffer.toString('utf8', this.at, end - 1);
    this.at = end;
    return text;
  }

  private int32(): number {
    const value = this.buffer.readInt32LE(this.at);
    this.at += 4;
    return value;
  }

  private bytes(length: number): Buffer {
    if (length < 0 || this.at + length > this.buffer.length) throw bad('wrong length');
    const copy = Buffer.from(this.buffer.subarray(this.at, this.at + length));
    this.at += length;
    return copy;
  }

  private binary(): Binary {
    const length = this.int32();
    const subtype = this.bytes(1)[0] ?? 0;
    if (subtype !== 2) return new Binary(this.bytes(length), subtype);
    const inner = this.int32();
    if (inner !== length - 4) throw bad('wrong length of an old binary');
    return new Binary(this.bytes(inner), 2);
  }

  private date(): Date {
    const ms = Number(this.buffer.readBigInt64LE(this.at));
    this.at += 8;
    const date = new Date(ms);
    if (Number.isNaN(date.getTime())) throw bad('a date outside of the years ±271 821');
    return date;
  }

  private value(type: number, depth: number): Value {
    switch (type) {
      case 0x01: {
        const value = this.buffer.readDoubleLE(this.at);
        this.at += 8;
        return new Double(value);
      }
      case 0x02:
        return this.string();
      case 0x03:
        return (this.taking && depth === 1 ? this.taken() : undefined) ?? this.document(depth + 1);
      case 0x04:
        return depth === 0 && this.take ? this.outermostArray() : this.array(depth + 1);
      case 0x05:
        return this.binary();
      case 0x07:
        return new ObjectId(this.bytes(12));
      case 0x08:
        return this.bytes(1)[0] === 1;
      case 0x09:
        return this.date();
      case 0x0a:
        return null;
      case 0x0b:
        return new BSONRegExp(this.cstring(), this.cstring());
      case 0x0d:
        return new Code(this.string());
      case 0x10:
        return new Int32(this.int32());
      case 0x11: {
        const low = this.int32();
        return new Timestamp(new Long(low, this.int32(), true));
      }
      case 0x12: {
        const low = this.int32();
        return new Long(low, this.int32());
      }
      case 0x13:
        return new Decimal128(this.bytes(16));
      case 0xff:
        return new MinKey();
      case 0x7f:
        return new MaxKey();
      default:
        throw bad(`type ${type} is not supported`);
    }
  }
}

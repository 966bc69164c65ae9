import { decode } from './decode.ts';
import { encodeKey, type Key, objectIdKey } from './key.ts';
import { Binary, type Doc, Double, Int32, Long, ObjectId, Raw, type Value } from './types.ts';

/** More fields than this are rare, and each name is compared with all others. */
const MOST_FIELDS = 16;
const HEAD = 4;
const ID = Buffer.from('\x07_id\0', 'latin1');
const ID_FIELD = ID.length + 12;
/** The upper half of the milliseconds from which on JavaScript has no dates. */
const END_OF_DATES = 2_011_656;

/** Where the value of a field is; its type is two bytes and the name before it. */
type Field = { readonly name: string; readonly type: number; readonly at: number };

/**
 * A checked document of plain fields, kept as the bytes it came in: reading it and writing it anew would give the same
 * bytes. It has an `_id`, which comes first.
 */
export class FlatDoc extends Raw {
  private readonly buffer: Buffer;
  private readonly fields: readonly Field[];
  /** How much further everything is than where it was found. */
  private readonly shift: number;
  private decoded: Doc | undefined;

  private constructor(buffer: Buffer, fields: readonly Field[], shift: number) {
    super(buffer);
    this.buffer = buffer;
    this.fields = fields;
    this.shift = shift;
  }

  /**
   * Takes documents whose fields hold no documents and arrays, with ASCII names and texts; those without an `_id` get
   * one. `undefined` says that the document is of another kind, or is none at all: `decode` tells.
   */
  static of(bytes: Buffer): FlatDoc | undefined {
    const fields = fieldsOf(bytes);
    if (!fields) return undefined;
    const place = fields.findIndex(({ name }) => name === '_id');
    if (place > 0) return undefined;
    return place === 0 ? new FlatDoc(bytes, fields, 0) : new FlatDoc(withId(bytes), fields, ID_FIELD);
  }

  get(name: string): Value | undefined {
    if (name === '_id' && this.shift > 0) return read(this.buffer, 0x07, HEAD + ID.length);
    for (const field of this.fields)
      if (field.name === name) return read(this.buffer, field.type, field.at + this.shift);
    return undefined;
  }

  /** The key of a field; `undefined` when it is missing. */
  key(name: string): Key | undefined {
    const at = HEAD + ID.length;
    if (name === '_id' && (this.shift > 0 || this.fields[0]?.type === 0x07))
      return objectIdKey(this.buffer.toString('latin1', at, at + 12));
    const value = this.get(name);
    return value === undefined ? undefined : encodeKey(value);
  }

  get document(): Doc {
    this.decoded ??= decode(this.buffer);
    return this.decoded;
  }
}

function withId(bytes: Buffer): Buffer {
  const longer = Buffer.allocUnsafe(bytes.length + ID_FIELD);
  longer.writeInt32LE(longer.length);
  ID.copy(longer, HEAD);
  longer.set(new ObjectId().id, HEAD + ID.length);
  bytes.copy(longer, HEAD + ID_FIELD, HEAD);
  return longer;
}

function fieldsOf(bytes: Buffer): readonly Field[] | undefined {
  const end = bytes.length - 1;
  if (end < HEAD || bytes.readInt32LE() !== bytes.length || bytes[end] !== 0) return undefined;
  const fields: Field[] = [];
  for (let at = HEAD; at < end; ) {
    const name = nameAt(bytes, at + 1, end);
    if (name === undefined || fields.length === MOST_FIELDS) return undefined;
    for (const field of fields) if (field.name === name) return undefined;
    const type = bytes[at] ?? 0;
    at += name.length + 2;
    const size = sizeOf(bytes, type, at, end);
    if (size === undefined || at + size > end) return undefined;
    fields.push({ name, type, at });
    at += size;
  }
  return fields;
}

/** The names of the document before, mostly: they need not be made anew. */
const known: string[] = [];

function nameAt(bytes: Buffer, at: number, end: number): string | undefined {
  let to = at;
  let sum = 0;
  for (; to < end; to++) {
    const code = bytes[to] ?? 0;
    if (code === 0) break;
    if (code > 0x7e || code < 0x20) return undefined;
    sum += code;
  }
  if (to === at || to === end) return undefined;
  const slot = (sum + to - at) & 63;
  const name = known[slot];
  if (name !== undefined && isAt(bytes, at, to, name)) return name;
  const fresh = bytes.toString('latin1', at, to);
  known[slot] = fresh;
  return fresh;
}

function isAt(bytes: Buffer, at: number, to: number, name: string): boolean {
  if (name.length !== to - at) return false;
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) !== bytes[at + i]) return false;
  return true;
}

/** How long a plain value is; `undefined` when it is no plain one, or none that would be written as it was read. */
function sizeOf(bytes: Buffer, type: number, at: number, end: number): number | undefined {
  switch (type) {
    case 0x01:
    case 0x12:
      return 8;
    case 0x02:
      return textSize(bytes, at, end);
    case 0x05: {
      const length = at + 5 <= end ? bytes.readInt32LE(at) : -1;
      return length >= 0 && bytes[at + 4] !== 2 ? 5 + length : undefined;
    }
    case 0x07:
      return 12;
    case 0x08:
      return (bytes[at] ?? 2) < 2 ? 1 : undefined;
    case 0x09:
      return at + 8 <= end && Math.abs(bytes.readInt32LE(at + 4)) < END_OF_DATES ? 8 : undefined;
    case 0x0a:
      return 0;
    case 0x10:
      return 4;
    default:
      return undefined;
  }
}

function textSize(bytes: Buffer, at: number, end: number): number | undefined {
  const length = at + 4 < end ? bytes.readInt32LE(at) : 0;
  const last = at + 4 + length - 1;
  if (length < 1 || last >= end || bytes[last] !== 0) return undefined;
  for (let i = at + 4; i < last; i++) if ((bytes[i] ?? 0) > 0x7f) return undefined;
  return 4 + length;
}

function read(bytes: Buffer, type: number, at: number): Value {
  switch (type) {
    case 0x01:
      return new Double(bytes.readDoubleLE(at));
    case 0x02:
      return bytes.toString('latin1', at + 4, at + 3 + bytes.readInt32LE(at));
    case 0x05:
      return new Binary(Buffer.from(bytes.subarray(at + 5, at + 5 + bytes.readInt32LE(at))), bytes[at + 4]);
    case 0x07:
      return new ObjectId(Buffer.from(bytes.subarray(at, at + 12)));
    case 0x08:
      return bytes[at] === 1;
    case 0x09:
      return new Date(Number(bytes.readBigInt64LE(at)));
    case 0x10:
      return new Int32(bytes.readInt32LE(at));
    case 0x12:
      return new Long(bytes.readInt32LE(at), bytes.readInt32LE(at + 4));
    default:
      return null;
  }
}

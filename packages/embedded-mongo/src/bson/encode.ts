import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  type Doc,
  Double,
  Int32,
  Long,
  type MaxKey,
  MinKey,
  ObjectId,
  Raw,
  Timestamp,
  type Value,
} from './types.ts';

/** Encodes a document to BSON, behind as many zeros as asked for. */
export function encode(document: Doc, head = 0): Buffer {
  const writer = new Writer(head);
  writer.document(document);
  return writer.finish();
}

class Writer {
  private buffer = Buffer.allocUnsafe(512);
  private at: number;

  constructor(head: number) {
    this.at = head;
    this.buffer.fill(0, 0, head);
  }

  finish(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.at));
  }

  private room(length: number): void {
    if (this.at + length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + length));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }

  document(document: Doc): void {
    const start = this.open();
    for (const [name, value] of document) this.element(name, value);
    this.close(start);
  }

  private array(items: readonly Value[]): void {
    const start = this.open();
    for (let i = 0; i < items.length; i++) this.element(String(i), items[i] ?? null);
    this.close(start);
  }

  private open(): number {
    const start = this.at;
    this.room(4);
    this.at += 4;
    return start;
  }

  private close(start: number): void {
    this.byte(0);
    this.buffer.writeInt32LE(this.at - start, start);
  }

  private byte(value: number): void {
    this.room(1);
    this.buffer[this.at++] = value;
  }

  private int32(value: number): void {
    this.room(4);
    this.at = this.buffer.writeInt32LE(value, this.at);
  }

  private bytes(value: Uint8Array): void {
    this.room(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  private cstring(text: string): void {
    this.room(text.length * 3 + 1);
    this.at += this.buffer.write(text, this.at, 'utf8');
    this.buffer[this.at++] = 0;
  }

  private string(text: string): void {
    const start = this.open();
    this.cstring(text);
    this.buffer.writeInt32LE(this.at - start - 4, start);
  }

  private element(name: string, value: Value): void {
    const typeAt = this.at;
    this.byte(0);
    this.cstring(name);
    // The buffer may be replaced by a larger one while the value is written.
    const type = this.value(value);
    this.buffer[typeAt] = type;
  }

  /** Writes the payload and returns the type byte. */
  private value(value: Value): number {
    if (typeof value === 'string') {
      this.string(value);
      return 0x02;
    }
    if (value === null) return 0x0a;
    if (typeof value === 'boolean') {
      this.byte(value ? 1 : 0);
      return 0x08;
    }
    if (value instanceof Map) {
      this.document(value);
      return 0x03;
    }
    if (value instanceof Raw) {
      this.bytes(value.bytes);
      return 0x03;
    }
    if (Array.isArray(value)) {
      this.array(value);
      return 0x04;
    }
    return this.scalar(value);
  }

  private scalar(value: Exclude<Value, null | string | boolean | Doc | Raw | Value[]>): number {
    if (value instanceof Int32) {
      this.int32(value.value);
      return 0x10;
    }
    if (value instanceof Double) {
      this.room(8);
      this.at = this.buffer.writeDoubleLE(value.value, this.at);
      return 0x01;
    }
    if (value instanceof Date) {
      this.room(8);
      this.at = this.buffer.writeBigInt64LE(BigInt(value.getTime()), this.at);
      return 0x09;
    }
    if (value instanceof Timestamp || value instanceof Long) {
      this.int32(value.low);
      this.int32(value.high);
      return value instanceof Timestamp ? 0x11 : 0x12;
    }
    if (value instanceof ObjectId) {
      this.bytes(value.id);
      return 0x07;
    }
    if (value instanceof Binary) return this.binary(value);
    if (value instanceof Decimal128) {
      this.bytes(value.bytes);
      return 0x13;
    }
    return this.rare(value);
  }

  private binary(value: Binary): number {
    const old = value.sub_type === 2;
    this.int32(value.position + (old ? 4 : 0));
    this.byte(value.sub_type);
    if (old) this.int32(value.position);
    this.bytes(value.buffer.subarray(0, value.position));
    return 0x05;
  }

  private rare(value: BSONRegExp | Code | MinKey | MaxKey): number {
    if (value instanceof BSONRegExp) {
      this.cstring(value.pattern);
      this.cstring(value.options);
      return 0x0b;
    }
    if (value instanceof Code) {
      this.string(value.code);
      return 0x0d;
    }
    return value instanceof MinKey ? 0xff : 0x7f;
  }
}

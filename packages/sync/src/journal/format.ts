import { crc32 } from 'node:zlib';
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { ByteReader } from '../gate/reader.ts';
import type { AppendRecord } from '../ports.ts';

/**
 * A segment: a header of 32 bytes, then entries one after the other. Little-endian.
 *
 * header  magic (8) · version u32 · salt u32 · number of its first entry u64 · 0 u32 · CRC-32 of the 28 bytes before
 * entry   salt u32 · length of the payload u32 · number u64 · CRC-32 of length, number and payload · payload
 *
 * Every entry begins with its segment's salt, so that whether anything follows a damaged one can be told by looking for
 * it; the salt is random, so that nobody can write a text that looks like an entry.
 */
const magic = Buffer.from('CONCERTJ');
const version = 1;
export const headerBytes = 32;
const entryHeaderBytes = 20;

/** A journal that cannot be trusted: opening goes no further, so that a person decides. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged';
}

export type SegmentHeader = { salt: number; first: number };
export type Entry = { number: number; records: AppendRecord[] };
/** What a segment holds; `end` is where the last whole entry ends, `cut` how many bytes are behind it. */
export type Segment = { first: number; entries: Entry[]; end: number; cut: number };

export function encodeHeader({ salt, first }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  magic.copy(bytes);
  bytes.writeUInt32LE(version, 8);
  bytes.writeUInt32LE(salt, 12);
  bytes.writeUIntLE(first, 16, 6);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 28)), 28);
  return bytes;
}

/** @returns null for bytes that are no header */
function decodeHeader(bytes: Buffer): (SegmentHeader & { version: number }) | null {
  if (bytes.length < headerBytes || !bytes.subarray(0, 8).equals(magic)) return null;
  if (crc32(bytes.subarray(0, 28)) !== bytes.readUInt32LE(28)) return null;
  return { version: bytes.readUInt32LE(8), salt: bytes.readUInt32LE(12), first: bytes.readUIntLE(16, 6) };
}

/** One commit as one entry. */
export function encodeEntry(salt: number, number: number, records: readonly AppendRecord[]): Buffer {
  const payload = encodeRecords(records);
  const bytes = Buffer.allocUnsafe(entryHeaderBytes + payload.length);
  bytes.writeUInt32LE(salt, 0);
  bytes.writeUInt32LE(payload.length, 4);
  bytes.writeUIntLE(number, 8, 6);
  bytes.writeUInt16LE(0, 14);
  bytes.set(payload, entryHeaderBytes);
  bytes.writeUInt32LE(checksum(bytes, payload.length), 16);
  return bytes;
}

const checksum = (entry: Buffer, length: number): number =>
  crc32(entry.subarray(entryHeaderBytes, entryHeaderBytes + length), crc32(entry.subarray(4, 16)));

function encodeRecords(records: readonly AppendRecord[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, records.length);
  for (const { documentId, seq, updates } of records) {
    writeVarString(encoder, documentId);
    writeVarUint(encoder, seq);
    writeVarUint(encoder, updates.length);
    for (const update of updates) writeVarUint8Array(encoder, update);
  }
  return toUint8Array(encoder);
}

function decodeRecords(payload: Uint8Array): AppendRecord[] {
  const reader = new ByteReader(payload);
  return Array.from({ length: reader.count(3) }, () => {
    const documentId = reader.string();
    const seq = reader.varUint();
    return { documentId, seq, updates: Array.from({ length: reader.count(1) }, () => reader.varBytes()) };
  });
}

/** The entry at this place; null when there is no whole one. */
function entryAt(bytes: Buffer, at: number, salt: number): { number: number; payload: Buffer } | null {
  if (bytes.length - at < entryHeaderBytes || bytes.readUInt32LE(at) !== salt) return null;
  const length = bytes.readUInt32LE(at + 4);
  const entry = bytes.subarray(at, at + entryHeaderBytes + length);
  if (length === 0 || entry.length < entryHeaderBytes + length) return null;
  if (checksum(entry, length) !== entry.readUInt32LE(16)) return null;
  return { number: entry.readUIntLE(8, 6), payload: entry.subarray(entryHeaderBytes) };
}

/** Whether there is a whole entry anywhere behind a place. */
function anyEntryAfter(bytes: Buffer, place: number, salt: number): boolean {
  const sign = Buffer.alloc(4);
  sign.writeUInt32LE(salt);
  for (let at = bytes.indexOf(sign, place + 1); at !== -1; at = bytes.indexOf(sign, at + 1)) {
    if (entryAt(bytes, at, salt)) return true;
  }
  return false;
}

/**
 * Reads a segment up to its last whole entry. What is behind that was being written when everything ended; nobody was
 * told that it is stored. Null for a file whose making was broken off: it holds nothing.
 * @throws {JournalDamaged} when something that is not whole has a whole entry behind it
 */
export function readSegment(name: string, file: Uint8Array): Segment | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const header = decodeHeader(bytes);
  if (!header) {
    if (bytes.length <= headerBytes) return null;
    throw new JournalDamaged(`the journal is damaged: ${name} at byte 0`);
  }
  if (header.version !== version) throw new JournalDamaged(`the journal ${name} is of version ${header.version}`);
  const { salt, first } = header;
  const entries: Entry[] = [];
  let end = headerBytes;
  while (end < bytes.length) {
    const entry = entryAt(bytes, end, salt);
    if (!entry || entry.number !== first + entries.length) {
      if (entry || anyEntryAfter(bytes, end, salt))
        throw new JournalDamaged(`the journal is damaged: ${name} at byte ${end}`);
      break;
    }
    entries.push({ number: entry.number, records: decodeRecords(entry.payload) });
    end += entryHeaderBytes + entry.payload.length;
  }
  return { first, entries, end, cut: bytes.length - end };
}

import { crc32 } from 'node:zlib';
import { MongoError } from '../errors.ts';

const CHECKSUM = 4;

/** BSON as it is stored: with a CRC-32 behind it, because the storage engine would not notice a changed byte. */
export function sealed(bytes: Uint8Array): Buffer {
  const stored = Buffer.allocUnsafe(bytes.length + CHECKSUM);
  stored.set(bytes);
  stored.writeUInt32LE(crc32(bytes), bytes.length);
  return stored;
}

/**
 * The BSON of what is stored, if it still is what was written. Format 1 stored it without a checksum: the length that
 * BSON begins with tells. Throws DataCorruptionDetected.
 * @param what names the stored thing in the error
 */
export function unsealed(stored: Uint8Array, what: () => string): Uint8Array {
  const buffer = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  const length = buffer.length < 5 ? -1 : buffer.readInt32LE();
  if (length === buffer.length) return buffer;
  const bytes = buffer.subarray(0, Math.max(0, length));
  if (length + CHECKSUM !== buffer.length || crc32(bytes) !== buffer.readUInt32LE(length))
    throw new MongoError('DataCorruptionDetected', `${what()} is damaged in the data file; restore a backup`);
  return bytes;
}

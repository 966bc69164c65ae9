import { randomBytes, randomUUID } from 'node:crypto';

/** Time and chance come in from outside, so that a test can hold both. */
export type Ports = {
  now(): Date;
  /** UUID version 7 (RFC 9562 §5.7): ordered by creation, for records whose order is no secret. */
  newId(): string;
  /** UUID version 4: says nothing about order or time. */
  newRandomId(): string;
};

const uuidFrom = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** A UUID of version 7 for the instant `ms` (milliseconds since 1970). */
export function uuidV7(ms: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidFrom(bytes);
}

export const systemPorts: Ports = {
  now: () => new Date(),
  newId: () => uuidV7(Date.now()),
  newRandomId: () => randomUUID(),
};

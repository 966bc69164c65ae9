import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A secret of 256 random bits, base64url (43 characters). */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored instead of a secret that has 256 bits of its own: SHA-256, base64url. */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** A secret of 256 bits that can be made again from `purpose`, so that it need not be stored until it is sent. */
export const deriveSecret = (key: string, purpose: string): string =>
  createHmac('sha256', key).update(purpose).digest('base64url');

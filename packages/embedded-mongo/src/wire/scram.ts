import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { MongoError } from '../errors.ts';

export const MECHANISM = 'SCRAM-SHA-256';

/** A user of the server: never the password, only what proves it (RFC 5802, RFC 7677). */
export type ScramUser = {
  readonly name: string;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
};

const ITERATIONS = 15_000;

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** Derives what is kept of a password. Names and passwords are taken as they are, which for ASCII is their SASLprep. */
export function scramUser(name: string, password: string): ScramUser {
  const salt = randomBytes(28);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256');
  return {
    name,
    salt,
    iterations: ITERATIONS,
    storedKey: sha256(hmac(salted, 'Client Key')),
    serverKey: hmac(salted, 'Server Key'),
  };
}

const failed = (): MongoError => new MongoError('AuthenticationFailed', 'Authentication failed.');

/** One client proving that it knows the password. Every failure is the same to it. */
export class ScramConversation {
  readonly id = 1;
  private readonly user: ScramUser;
  private readonly isKnown: boolean;
  private readonly firstBare: string;
  private readonly nonce: string;
  private readonly serverFirst: string;
  private step: 'proof' | 'end' | 'done' = 'proof';
  private readonly skipsEnd: boolean;

  /** Reads the client's first message; an unknown user is found out only with the proof. */
  constructor(user: ScramUser, payload: Buffer, skipsEnd: boolean) {
    const match = /^n,,(n=([^,]*),r=([\x21-\x2b\x2d-\x7e]{8,256}))$/.exec(payload.toString('utf8'));
    if (!match) throw failed();
    const [, bare = '', name = '', clientNonce = ''] = match;
    this.user = user;
    this.isKnown = name.replaceAll('=2C', ',').replaceAll('=3D', '=') === user.name;
    this.firstBare = bare;
    this.nonce = clientNonce + randomBytes(24).toString('base64');
    this.serverFirst = `r=${this.nonce},s=${user.salt.toString('base64')},i=${user.iterations}`;
    this.skipsEnd = skipsEnd;
  }

  first(): Buffer {
    return Buffer.from(this.serverFirst);
  }

  get isDone(): boolean {
    return this.step === 'done';
  }

  /** Reads the proof, and after it an empty message unless that one is skipped. Throws AuthenticationFailed. */
  next(payload: Buffer): Buffer {
    if (this.step === 'end' && payload.length === 0) {
      this.step = 'done';
      return Buffer.alloc(0);
    }
    if (this.step !== 'proof') throw failed();
    const match = /^(c=biws,r=([^,]+)),p=([A-Za-z0-9+/=]+)$/.exec(payload.toString('utf8'));
    const [, withoutProof = '', nonce = '', proof = ''] = match ?? [];
    const message = `${this.firstBare},${this.serverFirst},${withoutProof}`;
    const signature = hmac(this.user.storedKey, message);
    const given = Buffer.from(proof, 'base64');
    if (!match || nonce !== this.nonce || given.length !== signature.length) throw failed();
    const clientKey = Buffer.from(given.map((byte, i) => byte ^ (signature[i] ?? 0)));
    if (!timingSafeEqual(sha256(clientKey), this.user.storedKey) || !this.isKnown) throw failed();
    this.step = this.skipsEnd ? 'done' : 'end';
    return Buffer.from(`v=${hmac(this.user.serverKey, message).toString('base64')}`);
  }
}

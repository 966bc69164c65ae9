import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fingerprint } from './secrets.ts';

const LIFE_SECONDS = 180 * 24 * 3600;

/**
 * Marks a browser in which an account was opened before, so that strangers who guess at the account shut out only
 * strangers: the owner's own browser is counted apart (OWASP, "device cookies"; ASVS 6.1.1). The mark opens nothing.
 */
export type Devices = {
  /** The `Set-Cookie` line for a browser that has just shown the right password. */
  mark(account: string): string;
  /** The name of the browser in whose own count an attempt goes; undefined for a browser that was never here. */
  known(account: string, cookies: string | undefined): string | undefined;
};

export function createDevices(options: { secret: string; https: boolean }): Devices {
  const name = options.https ? '__Host-concert.device' : 'concert.device';
  const sign = (account: string, device: string): string =>
    createHmac('sha256', options.secret)
      .update(`device:${fingerprint(account)}:${device}`)
      .digest('base64url');
  const pattern = new RegExp(`(?:^|; )${name.replace('.', '\\.')}=([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})(?:;|$)`);
  return {
    mark: (account) => {
      const device = randomBytes(16).toString('base64url');
      const secure = options.https ? '; Secure' : '';
      return `${name}=${device}.${sign(account, device)}; Max-Age=${LIFE_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure}`;
    },
    known: (account, cookies) => {
      const [, device, signature] = pattern.exec(cookies ?? '') ?? [];
      if (device === undefined || signature === undefined) return undefined;
      const good = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(account, device)));
      return good ? device : undefined;
    },
  };
}

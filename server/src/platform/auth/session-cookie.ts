import { createHmac } from 'node:crypto';
import type { Ports } from '../ports.ts';
import type { Library } from './library.ts';

/**
 * The `Set-Cookie` line that gives a browser the renewed secret of the session it has: the library's own cookie, in
 * its own form. A session that ends with its browser goes on doing so.
 */
export async function sessionCookie(
  parts: { readonly library: Library; readonly secret: string; readonly ports: Ports },
  session: { readonly token: string; readonly expiresAt: Date },
  cookies: string | undefined,
): Promise<string> {
  const { authCookies } = await parts.library.$context;
  const { name, attributes } = authCookies.sessionToken;
  const signature = createHmac('sha256', parts.secret).update(session.token).digest('base64');
  const value = encodeURIComponent(`${session.token}.${signature}`);
  const left = Math.floor((session.expiresAt.getTime() - parts.ports.now().getTime()) / 1000);
  const brief = (cookies ?? '').includes(`${authCookies.dontRememberToken.name}=`);
  return [
    `${name}=${value}`,
    ...(brief ? [] : [`Max-Age=${left}`]),
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(attributes.secure ? ['Secure'] : []),
  ].join('; ');
}

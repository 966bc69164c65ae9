import { mongodbAdapter } from '@better-auth/mongo-adapter';
import { PASSWORD_MAX, PASSWORD_MIN, SESSION_SECONDS } from '@concert/domain/accounts/rules.ts';
import { APIError } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import type { Db } from 'mongodb';
import type { Log } from '../log.ts';
import type { Ports } from '../ports.ts';
import type { Passwords } from './password.ts';
import { anyColor } from './people.ts';
import { hashedSessions } from './session-store.ts';

export type LibraryOptions = {
  readonly db: Db;
  readonly secret: string;
  readonly https: boolean;
  /** Origin of the site as far as it is known before the server listens; the others come from `isOwnOrigin`. */
  readonly url: string;
  readonly ports: Ports;
  readonly log: Log;
  readonly isOwnOrigin: (origin: string | undefined) => boolean;
  readonly passwords: Pick<Passwords, 'hash' | 'verify'>;
  /** Why a person may have no session now; asked after the password was shown to be right. */
  readonly refusal: (personId: string) => Promise<SessionRefusal | undefined>;
  readonly onSessionEnded: (sessionId: string) => Promise<void>;
};

/** In the words of the library; answered as `email-not-verified` and `account-suspended`. */
export type SessionRefusal = 'EMAIL_NOT_VERIFIED' | 'ACCOUNT_SUSPENDED';

const LEVELS = { error: 'error', warn: 'warn', info: 'debug', debug: 'debug' } as const;

/** The `__Host-` prefix binds the cookie to this host, to https and to `/`; browsers refuse it over plain http. */
const cookies = (https: boolean) => {
  const named = (name: string) => ({ name: https ? `__Host-concert.${name}` : `concert.${name}` });
  return {
    useSecureCookies: false,
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' as const, secure: https, path: '/' },
    cookies: {
      session_token: named('session'),
      session_data: named('session_data'),
      account_data: named('account_data'),
      dont_remember: named('dont_remember'),
    },
  };
};

/** What an account holds beside name and address. Nothing here is settable through the library's own routes. */
const profile = {
  locale: { type: 'string', input: false, defaultValue: 'fr' },
  color: { type: 'string', input: false, defaultValue: anyColor },
  scheme: { type: 'string', input: false, defaultValue: 'auto' },
  title: { type: 'string', required: false, input: false },
  organisationId: { type: 'string', required: false, input: false },
  organisationConfirmedAt: { type: 'date', required: false, input: false },
  platformRole: { type: 'string', input: false, defaultValue: 'member' },
  suspendedAt: { type: 'date', required: false, input: false },
  lastVisitAt: { type: 'date', required: false, input: false },
} as const;

/** The library reads the clock of the machine; what it counted from there counts from ours. */
function inTimeOf<Session extends { createdAt: Date; updatedAt: Date; expiresAt: Date }>(
  ports: Ports,
  session: Session,
) {
  const now = ports.now();
  const life = session.expiresAt.getTime() - session.createdAt.getTime();
  return { ...session, createdAt: now, updatedAt: now, expiresAt: new Date(now.getTime() + life) };
}

/**
 * better-auth over our database: without transactions (an account cut off between its two writes is removed at the
 * next sign-up), without its own limits (they trust headers), without anything that is not offered.
 */
export function createLibrary(options: LibraryOptions) {
  return betterAuth({
    // Given, so that neither a request nor an environment variable can say where the site is.
    baseURL: options.url,
    basePath: '/api/auth',
    secret: options.secret,
    database: hashedSessions(mongodbAdapter(options.db)),
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin') ?? undefined;
      return origin !== undefined && options.isOwnOrigin(origin) ? [origin] : [];
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      password: options.passwords,
    },
    user: { modelName: 'users', additionalFields: profile },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications' },
    session: {
      modelName: 'sessions',
      expiresIn: SESSION_SECONDS.longest,
      disableSessionRefresh: true,
      freshAge: 0,
      cookieCache: { enabled: false },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const refusal = await options.refusal(session.userId);
            if (refusal !== undefined) throw new APIError('FORBIDDEN', { code: refusal, message: refusal });
            return { data: inTimeOf(options.ports, session) };
          },
        },
        delete: {
          after: (session) => options.onSessionEnded(session.id),
        },
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => options.log[LEVELS[level]]({ part: 'auth' }, message) },
    advanced: {
      ...cookies(options.https),
      database: { generateId: () => options.ports.newId(), validateSchema: false },
      ipAddress: { disableIpTracking: true },
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
  });
}
export type Library = ReturnType<typeof createLibrary>;

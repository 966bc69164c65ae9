import { Problem } from '@concert/contract';
import type { Db } from 'mongodb';
import type { Config } from '../config.ts';
import type { Site } from '../http/site.ts';
import type { Log } from '../log.ts';
import { isDuplicate } from '../mongo/errors.ts';
import type { Ports } from '../ports.ts';
import { attemptIndexes, createAttempts } from './attempts.ts';
import type { Auth, Ended, NewAccount } from './auth.ts';
import { createClaim } from './claim.ts';
import { createDevices } from './device.ts';
import { authHandler } from './handler.ts';
import { identification } from './identify.ts';
import { createLibrary, type Library } from './library.ts';
import { hashPassword } from './password.ts';
import { createPeople, peopleIndexes } from './people.ts';
import { authPaths, authRouteNames } from './routes.ts';
import { deriveSecret } from './secrets.ts';
import { sessionStore } from './sessions.ts';
import { tokenIndexes, tokenStore } from './tokens.ts';

export type AuthOptions = {
  readonly db: Db;
  readonly config: Config;
  readonly site: Site;
  readonly log: Log;
  readonly ports: Ports;
  /** Called when a session or token has ended: what was opened with it must close within a second. */
  readonly onEnded: (match: Ended) => Promise<void>;
};

const indexes: Auth['indexes'] = {
  ...peopleIndexes,
  ...tokenIndexes,
  ...attemptIndexes,
  sessions: [
    { key: { token: 1 }, unique: true },
    { key: { userId: 1 } },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
  accounts: [{ key: { userId: 1 } }, { key: { accountId: 1 } }],
};

/** Makes an account as the library's own sign-up would, with fields that no route may set. */
const accountMaker =
  (library: Library) =>
  async ({ password, email, ...profile }: NewAccount): Promise<string> => {
    const { internalAdapter } = await library.$context;
    const address = email.toLowerCase();
    if ((await internalAdapter.findUserByEmail(address)) !== null) throw new Problem('CONFLICT', 'email-taken');
    const hash = await hashPassword(password);
    const record = { ...profile, email: address, emailVerified: true };
    const user = await internalAdapter.createUser(record, { method: 'email-password' }).catch((cause: unknown) => {
      throw isDuplicate(cause) ? new Problem('CONFLICT', 'email-taken', { cause }) : cause;
    });
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
    return user.id;
  };

/** Accounts, sessions and tokens over the database. */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { db, config, site, log, ports } = options;
  const secret = config.authSecret;
  if (secret === undefined) throw new Error('createAuth needs a secret: give authSecret');
  const ended = (credentialId: string): Promise<void> => options.onEnded({ credentialId });
  const https = config.publicUrl?.startsWith('https://') ?? false;
  const library = createLibrary({
    db,
    secret,
    ports,
    log,
    https,
    url: site.url(),
    isOwnOrigin: (origin) => site.isOwnOrigin(origin),
    onSessionEnded: ended,
  });
  await library.$context;
  const people = createPeople({ db, now: () => ports.now() });
  const sessions = sessionStore({ db, ports });
  const tokens = tokenStore({ db, ports });
  const attempts = createAttempts({ db, enabled: config.rateLimits });
  const devices = createDevices({ secret, https });
  const { identify, stillGood } = identification({ db, library, sessions, tokens });
  const createAccount = accountMaker(library);
  const ping = () => db.command({ ping: 1 });
  return {
    indexes,
    handler: authHandler({ library, attempts, devices, people, sessions, site, identify, ended, ping }),
    routes: authRouteNames,
    identify,
    stillGood,
    createAccount,
    openApi: async () => ({ paths: authPaths() }),
    endAll: async (personId) => {
      await Promise.all([sessions.endOthers(personId), tokens.revokeAll(personId)]);
      await options.onEnded({ personId });
    },
    derive: (purpose) => deriveSecret(secret, purpose),
    people,
    tokens: {
      list: tokens.list,
      create: tokens.create,
      revoke: async (personId, id) => {
        const revoked = await tokens.revoke(personId, id);
        if (revoked) await ended(id);
        return revoked;
      },
    },
    ...createClaim({ db, site, ports, people, createAccount }),
  };
}

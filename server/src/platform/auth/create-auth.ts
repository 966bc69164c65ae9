import { Problem } from '@concert/contract';
import type { Db } from 'mongodb';
import type { Registry } from 'prom-client';
import type { Audit } from '../audit/audit.ts';
import type { Config } from '../config.ts';
import type { Site } from '../http/site.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Lookups } from '../lookups.ts';
import { isDuplicate } from '../mongo/errors.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import type { SettingsPort } from '../settings/settings.ts';
import type { Parts } from './ask.ts';
import { createAttempts } from './attempts.ts';
import type { Auth, Ended, NewAccount } from './auth.ts';
import { passwordCheck } from './check-password.ts';
import { createClaim } from './claim.ts';
import { createDevices } from './device.ts';
import { authHandler } from './handler.ts';
import { identification } from './identify.ts';
import { accountLetters, letterIndexes } from './letters.ts';
import { createLibrary, type Library, type SessionRefusal } from './library.ts';
import { createPasswords, type Passwords, requireGoodPassword } from './password.ts';
import { createPeople, type People, peopleIndexes } from './people.ts';
import { createPolicy, type Policy } from './policy.ts';
import { createRecovery } from './recovery.ts';
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
  readonly settings: SettingsPort;
  readonly limits: Limits;
  readonly lookups: Lookups;
  readonly outbox: Outbox;
  readonly audit: Audit;
  readonly metrics: Registry;
  /** Called when a session or token has ended: what was opened with it must close within a second. */
  readonly onEnded: (match: Ended) => Promise<void>;
};

const indexes: Auth['indexes'] = {
  ...peopleIndexes,
  ...tokenIndexes,
  ...letterIndexes,
  sessions: [
    { key: { token: 1 }, unique: true },
    { key: { userId: 1 } },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
  accounts: [{ key: { userId: 1 } }, { key: { accountId: 1 } }],
};

/** Makes an account as the library's own sign-up would, with fields that no route may set. */
const accountMaker =
  (library: Library, passwords: Passwords) =>
  async ({ password, email, emailVerified = true, ...profile }: NewAccount): Promise<string> => {
    const { internalAdapter } = await library.$context;
    const address = email.toLowerCase();
    // Before the question whether the address is taken: the answer must not take longer for a free one.
    const hash = await passwords.hash(password);
    if ((await internalAdapter.findUserByEmail(address)) !== null) throw new Problem('CONFLICT', 'email-taken');
    const record = { ...profile, email: address, emailVerified };
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

/** Why a person may have no session: asked when one begins, whichever way they came. */
const sessionRefusal =
  ({ people, policy }: { people: People; policy: Policy }) =>
  async (personId: string): Promise<SessionRefusal | undefined> => {
    const person = await people.byId(personId);
    if (person?.suspended) return 'ACCOUNT_SUSPENDED';
    if (person?.emailVerified === false && (await policy.now()).verifyEmail) return 'EMAIL_NOT_VERIFIED';
    return undefined;
  };

/** Accounts, sessions and tokens over the database. */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { db, config, site, log, ports, limits, outbox } = options;
  const secret = config.authSecret;
  if (secret === undefined) throw new Error('createAuth needs a secret: give authSecret');
  const now = () => ports.now();
  const ended = (credentialId: string): Promise<void> => options.onEnded({ credentialId });
  const https = config.publicUrl?.startsWith('https://') ?? false;
  const people = createPeople({ db, now });
  const policy = createPolicy(options);
  const passwords = createPasswords({ db, now, metrics: options.metrics });
  const library = createLibrary({
    db,
    secret,
    ports,
    log,
    https,
    passwords,
    url: site.url(),
    isOwnOrigin: (origin) => site.isOwnOrigin(origin),
    refusal: sessionRefusal({ people, policy }),
    onSessionEnded: ended,
  });
  await library.$context;
  const sessions = sessionStore({ db, ports });
  const tokens = tokenStore({ db, ports });
  const letters = accountLetters({ db, secret, site, ports, outbox, people });
  const { identify, stillGood, ended: endedAmong } = identification({ db, library, sessions, tokens });
  const createAccount = accountMaker(library, passwords);
  const revokeTokens = async (personId: string): Promise<void> => {
    for (const { id } of await tokens.list(personId)) if (await tokens.revoke(personId, id)) await ended(id);
  };
  const parts: Parts = {
    ...{ library, secret, limits, people, passwords, letters, policy, sessions, site, ports, log },
    ...{ identify, ended, createAccount, revokeTokens, audit: options.audit, lookups: options.lookups },
    attempts: createAttempts(limits),
    devices: createDevices({ secret, https }),
    ping: () => db.command({ ping: 1 }),
  };
  return {
    ...{ indexes, identify, stillGood, ended: endedAmong, createAccount, letters, policy, people, requireGoodPassword },
    handler: authHandler(parts),
    checkPassword: passwordCheck(parts),
    routes: authRouteNames,
    openApi: async () => ({ paths: authPaths() }),
    endAll: async (personId) => {
      // Sessions first: who makes a token looks afterwards whether the session still stands, and takes it back if not.
      await sessions.endOthers(personId);
      await Promise.all([tokens.revokeAll(personId), letters.forget(personId)]);
      await options.onEnded({ personId });
    },
    derive: (purpose) => deriveSecret(secret, purpose),
    tokens: {
      ...tokens,
      revoke: async (personId, id) => {
        const revoked = await tokens.revoke(personId, id);
        if (revoked) await ended(id);
        return revoked;
      },
    },
    ...createClaim({
      db,
      site,
      ports,
      people,
      createAccount,
      recovery: createRecovery({ dataDir: config.dataDir, now }),
    }),
  };
}

import { type Actor, PLATFORM_ROLES } from '@concert/contract';
import type { Db } from 'mongodb';
import { together } from '../mongo/together.ts';
import type { Auth, Credentials } from './auth.ts';
import type { Library } from './library.ts';
import type { PersonRecord } from './people.ts';
import type { SessionStore } from './sessions.ts';
import { TOKEN_PREFIX, type TokenStore } from './tokens.ts';

type Parts = {
  readonly db: Db;
  readonly library: Library;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
};

type UserDoc = PersonRecord & { _id: string; suspendedAt?: Date | null };

const ASKED_AT_ONCE = 500;
const BEARER = new RegExp(`^Bearer (${TOKEN_PREFIX}[A-Za-z0-9_-]{43})$`);

/** Who a request or a socket belongs to. A bearer that is not good is refused: no cookie beside it counts. */
export function identification({
  db,
  library,
  sessions,
  tokens,
}: Parts): Pick<Auth, 'identify' | 'stillGood' | 'ended'> {
  const users = db.collection<UserDoc>('users');
  const byId = together(
    async (ids) => new Map((await users.find({ _id: { $in: [...ids] } }).toArray()).map((doc) => [doc._id, doc])),
  );
  // Open sockets are judged by the hundred, and most of those of a person were opened with one session.
  const ownerBySession = together(sessions.among);
  const ownerByToken = together(tokens.among);
  const account = async (personId: string): Promise<UserDoc | null> => {
    const doc = await byId(personId);
    return doc === undefined || doc.suspendedAt ? null : doc;
  };
  const activeAmong = async (personIds: readonly string[]): Promise<ReadonlySet<string>> => {
    const filter = { _id: { $in: [...new Set(personIds)] } };
    const docs = await users.find(filter, { projection: { suspendedAt: 1 } }).toArray();
    return new Set(docs.filter(({ suspendedAt }) => !suspendedAt).map(({ _id }) => _id));
  };
  const byToken = async (authorization: string): Promise<Actor | null> => {
    const token = BEARER.exec(authorization)?.[1];
    const record = token === undefined ? null : await tokens.find(token);
    const person = record === null ? null : await account(record.personId);
    if (record === null || person === null) return null;
    const { name, email, color, platformRole } = person;
    const { limits, until } = record;
    const bounds = { ...(limits === undefined ? {} : { limits }), ...(until === undefined ? {} : { until }) };
    return { personId: person._id, name, email, color, platformRole, via: 'token', credentialId: record.id, ...bounds };
  };
  const byCookie = async (cookie: string): Promise<Actor | null> => {
    const found = await library.api.getSession({
      headers: new Headers({ cookie }),
      query: { disableRefresh: true, disableCookieCache: true },
    });
    if (found === null || found.user.suspendedAt || !(await sessions.touch(found.session))) return null;
    const { id: personId, name, email, color } = found.user;
    const platformRole = PLATFORM_ROLES.find((role) => role === found.user.platformRole) ?? 'guest';
    return { personId, name, email, color, platformRole, via: 'session', credentialId: found.session.id };
  };
  return {
    identify: async ({ cookie, authorization }: Credentials) => {
      if (authorization !== undefined) return byToken(authorization);
      return cookie === undefined ? null : byCookie(cookie);
    },
    stillGood: async (credentialId, personId) => {
      const [ofSession, ofToken, person] = await Promise.all([
        ownerBySession(credentialId),
        ownerByToken(credentialId),
        account(personId),
      ]);
      return person !== null && (ofSession === personId || ofToken === personId);
    },
    ended: async (credentials) => {
      const ended: string[] = [];
      const all = [...credentials];
      for (let i = 0; i < all.length; i += ASKED_AT_ONCE) {
        const asked = all.slice(i, i + ASKED_AT_ONCE);
        const ids = asked.map(([id]) => id);
        const [ofSessions, ofTokens, accounts] = await Promise.all([
          sessions.among(ids),
          tokens.among(ids),
          activeAmong(asked.map(([, personId]) => personId)),
        ]);
        for (const [id, personId] of asked) {
          const owner = ofSessions.get(id) ?? ofTokens.get(id);
          if (owner !== personId || !accounts.has(personId)) ended.push(id);
        }
      }
      return ended;
    },
  };
}

import type { DBAdapter, DBAdapterInstance, Where } from '@better-auth/core/db/adapter';
import { fingerprint } from './secrets.ts';

type Row = Record<string, unknown>;

const STORED = 'sha256:';

/** What the store holds instead of the token of a session. */
export const toStored = (token: string): string => STORED + fingerprint(token);

/** What the store holds for one session token. */
const hashed = (value: Where['value']): Where['value'] => {
  if (typeof value === 'string') return toStored(value);
  if (Array.isArray(value)) return value.map((item) => toStored(String(item)));
  return value;
};

const byToken = (where: Where[] | undefined): Where[] | undefined =>
  where?.map((condition) =>
    condition.field === 'token' ? { ...condition, value: hashed(condition.value) } : condition,
  );

/** The token that the caller asked by, given back on the row it found; all other rows show the hash alone. */
const restore = <T>(row: T, where: readonly Where[] | undefined): T => {
  if (typeof row !== 'object' || row === null || !('token' in row)) return row;
  const raw = where?.find((condition) => condition.field === 'token')?.value;
  const asked = Array.isArray(raw) ? raw.map(String) : typeof raw === 'string' ? [raw] : [];
  const token = asked.find((candidate) => toStored(candidate) === row.token);
  return token === undefined ? row : { ...row, token };
};

/**
 * Keeps session tokens as SHA-256 in the database: whoever reads the store or a backup of it cannot sign in with it.
 * The token itself exists in the cookie alone. Everything that is not a session passes through.
 */
export const hashedSessions =
  (inner: DBAdapterInstance): DBAdapterInstance =>
  (options) => {
    const adapter = inner(options);
    const sessions = (model: string): boolean => model === 'session';
    const wrapped: DBAdapter = {
      ...adapter,
      create: async <T extends Row, R = T>(query: Parameters<DBAdapter['create']>[0]): Promise<R> => {
        const token = query.data.token;
        if (!sessions(query.model) || typeof token !== 'string') return adapter.create<Row, R>(query);
        const row = await adapter.create<Row, R>({ ...query, data: { ...query.data, token: toStored(token) } });
        return { ...row, token };
      },
      findOne: async <T>(query: Parameters<DBAdapter['findOne']>[0]): Promise<T | null> =>
        sessions(query.model)
          ? restore(await adapter.findOne<T>({ ...query, where: byToken(query.where) ?? [] }), query.where)
          : adapter.findOne<T>(query),
      findMany: async <T>(query: Parameters<DBAdapter['findMany']>[0]): Promise<T[]> => {
        if (!sessions(query.model)) return adapter.findMany<T>(query);
        const rows = await adapter.findMany<T>({ ...query, where: byToken(query.where) });
        return rows.map((row) => restore(row, query.where));
      },
      update: async <T>(query: Parameters<DBAdapter['update']>[0]): Promise<T | null> =>
        sessions(query.model)
          ? restore(await adapter.update<T>({ ...query, where: byToken(query.where) ?? [] }), query.where)
          : adapter.update<T>(query),
      delete: (query) =>
        adapter.delete(sessions(query.model) ? { ...query, where: byToken(query.where) ?? [] } : query),
      deleteMany: (query) =>
        adapter.deleteMany(sessions(query.model) ? { ...query, where: byToken(query.where) ?? [] } : query),
      transaction: (callback) => callback(wrapped),
    };
    return wrapped;
  };

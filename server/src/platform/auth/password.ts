import { Problem } from '@concert/contract';
import { passwordVerdict } from '@concert/domain/accounts/rules.ts';
import { hash, verify } from '@node-rs/argon2';
import { dictionary } from '@zxcvbn-ts/language-common';
import type { Db } from 'mongodb';
import { Counter, type Registry } from 'prom-client';

/** OWASP's first choice for argon2id (the library's default algorithm): 19 MiB, two passes, one lane; about 40 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const STORED = /^\$(argon2\w+)\$(?:v=\d+\$)?m=(\d+),t=(\d+),p=\d+\$/;

/** The most common passwords of many leaks, in small letters (see the package for their origin). */
const COMMON: ReadonlySet<string> = new Set(dictionary.passwords);

/** The PHC string to store: it carries its own parameters, so that they can be raised later. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

/** Whether the password is the one that was hashed, with whatever parameters. */
export const verifyPassword = ({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> =>
  verify(stored, password.normalize('NFKC'));

/** Whether a stored hash costs a thief less than a new one would. */
export function isWeak(stored: string): boolean {
  const [, algorithm, memory, passes] = STORED.exec(stored) ?? [];
  return algorithm !== 'argon2id' || Number(memory) < COST.memoryCost || Number(passes) < COST.timeCost;
}

/** @throws Problem BAD_REQUEST with the reason why somebody may not choose this password */
export function requireGoodPassword(password: string, who: { name?: string; email?: string }): void {
  const verdict = passwordVerdict(password, who, COMMON);
  if (!verdict.ok) throw new Problem('BAD_REQUEST', verdict.reason);
}

type AccountDoc = { _id: string; userId: string; providerId: string; password?: string | null; updatedAt?: Date };

/** The passwords of accounts, in the library's collection `accounts`. */
export type Passwords = {
  hash(password: string): Promise<string>;
  verify(given: { hash: string; password: string }): Promise<boolean>;
  /** Names the password as it is stored now, without telling it; undefined for whoever has none. */
  mark(personId: string): Promise<string | undefined>;
  /** Whether this is the person's password. Takes the same time for whoever has none. */
  isRight(personId: string, password: string): Promise<boolean>;
  /** Stores a new password. False for a person who never had one. */
  change(personId: string, password: string): Promise<boolean>;
  /** Hashes anew what is stored with less effort than today's, once the password was shown to be right. */
  strengthen(personId: string, password: string): Promise<void>;
};

export function createPasswords({ db, now, metrics }: { db: Db; now: () => Date; metrics: Registry }): Passwords {
  const accounts = db.collection<AccountDoc>('accounts');
  const computed = new Counter({
    name: 'password_hashes_total',
    help: 'Passwords hashed or compared: each costs about 40 ms of one core and 19 MiB',
    registers: [metrics],
  });
  const ofPerson = (personId: string) => ({ userId: { $eq: personId }, providerId: { $eq: 'credential' } });
  const compute = <Result>(work: Promise<Result>): Promise<Result> => {
    computed.inc();
    return work;
  };
  const stored = async (personId: string): Promise<string | undefined> =>
    (await accounts.findOne(ofPerson(personId)))?.password ?? undefined;
  const hashed = (password: string) => compute(hashPassword(password));
  return {
    hash: hashed,
    verify: (given) => compute(verifyPassword(given)),
    mark: stored,
    isRight: async (personId, password) => {
      const known = await stored(personId);
      if (known !== undefined) return compute(verifyPassword({ hash: known, password }));
      await hashed(password);
      return false;
    },
    change: async (personId, password) => {
      const update = { $set: { password: await hashed(password), updatedAt: now() } };
      return (await accounts.updateOne(ofPerson(personId), update)).matchedCount === 1;
    },
    strengthen: async (personId, password) => {
      const known = await stored(personId);
      if (known === undefined || !isWeak(known)) return;
      // Only over the hash that was read: a password that was changed meanwhile stays changed.
      const filter = { ...ofPerson(personId), password: { $eq: known } };
      await accounts.updateOne(filter, { $set: { password: await hashed(password) } });
    },
  };
}

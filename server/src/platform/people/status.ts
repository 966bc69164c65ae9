import { type PlatformRole, Problem } from '@concert/contract';
import type { Collection, Db } from 'mongodb';
import type { DomainEvent } from '../events.ts';
import { isDuplicate } from '../mongo/errors.ts';
import { type Account, type AccountDoc, isWaiting, toAccount } from './account.ts';

/** What changes about who may do what in the whole installation; a missing field stays as it is. */
export type StatusChange = {
  readonly platformRole?: PlatformRole;
  readonly suspendedAt?: Date | null;
  readonly erasingAt?: Date;
  readonly pseudonym?: string;
  /** What others must do about it, at least once. */
  readonly event?: DomainEvent;
};

/** What a change is decided on: both are true until it is made, or it is decided again. */
export type StatusSituation = {
  readonly person: Account;
  /** Who could still administer the installation without this person. */
  readonly otherAdministrators: number;
};

/** Roles, suspensions and erasures: changed one at a time for the whole installation. */
export type AccountStatus = {
  situation(personId: string): Promise<StatusSituation | null>;
  /**
   * Lets `decide` judge and name the change, and makes it; null leaves everything as it is. `decide` may be asked
   * several times, and what it throws is thrown.
   * @throws Problem NOT_FOUND `not-found`
   */
  change(personId: string, decide: (situation: StatusSituation) => StatusChange | null): Promise<Account>;
  /** Completes a change whose instance died in the middle. */
  settle(): Promise<void>;
};

type Pending = { readonly personId: string; readonly set: Omit<StatusChange, 'event'>; readonly event?: DomainEvent };
type Turn = { readonly _id: string; readonly rev: number; readonly pending: Pending | null };

const TURN = 'people';
const MAX_TRIES = 200;

/**
 * That an administrator remains is true of all accounts together, and one write changes one document. So every change
 * first takes its turn in one record: it writes down what it will do, under the number of the turn before, which only
 * one of several can; then does it; then clears the record. Whoever finds a turn that was not finished finishes it.
 * An account notes the number of the last change it has seen, so that one that comes late changes nothing.
 */
export function createAccountStatus({ db }: { db: Db }): AccountStatus {
  const users: Collection<AccountDoc> = db.collection('users');
  const turns: Collection<Turn> = db.collection('settings');

  const apply = async ({ rev }: Turn, { personId, set, event }: Pending): Promise<void> => {
    await users.updateOne(
      { _id: { $eq: personId }, $or: [{ statusRev: { $exists: false } }, { statusRev: { $lt: rev } }] },
      { $set: { ...set, statusRev: rev }, ...(event === undefined ? {} : { $push: { outbox: event } }) },
    );
    await turns.updateOne({ _id: TURN, rev }, { $set: { pending: null } });
  };

  /** The number of the last turn, once everything it wanted is done. */
  const current = async (): Promise<number> => {
    const turn = await turns.findOne({ _id: TURN });
    if (turn?.pending) await apply(turn, turn.pending);
    return turn?.rev ?? 0;
  };

  const situation = async (personId: string): Promise<StatusSituation | null> => {
    const doc = await users.findOne({ _id: { $eq: personId } });
    if (doc === null) return null;
    const administrators = await users.find({ platformRole: { $eq: 'administrator' }, suspendedAt: null }).toArray();
    const others = administrators.filter((one) => one._id !== personId && !isWaiting(toAccount(one)));
    return { person: toAccount(doc), otherAdministrators: others.length };
  };

  /** Takes the turn after `rev`; null when somebody else has. */
  const take = async (rev: number, pending: Pending): Promise<Turn | null> => {
    const turn: Turn = { _id: TURN, rev: rev + 1, pending };
    try {
      const filter = rev === 0 ? { _id: TURN, rev: { $exists: false } } : { _id: TURN, rev, pending: null };
      const taken = await turns.updateOne(filter, { $set: { rev: turn.rev, pending } }, { upsert: rev === 0 });
      return taken.modifiedCount + taken.upsertedCount === 1 ? turn : null;
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  };

  return {
    situation,
    settle: async () => {
      await current();
    },
    change: async (personId, decide) => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const rev = await current();
        const now = await situation(personId);
        if (now === null) throw new Problem('NOT_FOUND', 'not-found');
        const change = decide(now);
        if (change === null) return now.person;
        const { event, ...set } = change;
        const turn = await take(rev, { personId, set, ...(event === undefined ? {} : { event }) });
        if (turn?.pending) {
          await apply(turn, turn.pending);
          return (await situation(personId))?.person ?? now.person;
        }
      }
      throw new Problem('CONFLICT', 'changed-meanwhile');
    },
  };
}

import type { Locale, PlatformRole } from '@concert/contract';
import type { DomainEvent } from '../events.ts';

/** What administration sees of an account, without anything secret. */
export type Account = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly color: string;
  readonly title?: string;
  readonly organisationId?: string;
  /** Since when somebody vouches for the organisation that the person names. */
  readonly organisationConfirmedAt?: Date;
  readonly locale: Locale;
  readonly platformRole: PlatformRole;
  readonly createdAt: Date;
  readonly lastSeenAt?: Date;
  /** Set while the person may not come in; also from the beginning of an erasure on. */
  readonly suspendedAt?: Date;
  /** When somebody was invited who has had no account before. */
  readonly invitedAt?: Date;
  readonly erasingAt?: Date;
  readonly erasedAt?: Date;
  /** The code of the pseudonym, once an erasure has begun. */
  readonly pseudonym?: string;
};

/** The fields of the collection `users` that are read here; the authentication library keeps the collection. */
export type AccountDoc = {
  _id: string;
  name: string;
  email: string;
  emailVerified?: boolean;
  color: string;
  title?: string | null;
  organisationId?: string | null;
  organisationConfirmedAt?: Date | null;
  locale: Locale;
  platformRole: PlatformRole;
  createdAt?: Date;
  lastSeenAt?: Date | null;
  suspendedAt?: Date | null;
  invitedAt?: Date | null;
  erasingAt?: Date | null;
  erasedAt?: Date | null;
  pseudonym?: string | null;
  /** Number of the last change of role, suspension or erasure that has arrived here. */
  statusRev?: number;
  outbox?: DomainEvent[];
};

type Present<Doc> = { [Key in keyof Doc]?: NonNullable<Doc[Key]> };

/** The fields of an object that have a value. */
const present = <Doc extends object>(doc: Doc): Present<Doc> =>
  Object.fromEntries(Object.entries(doc).filter(([, value]) => value != null && value !== '')) as Present<Doc>;

export const toAccount = (doc: AccountDoc): Account => ({
  ...present({
    title: doc.title,
    organisationId: doc.organisationId,
    organisationConfirmedAt: doc.organisationConfirmedAt,
    lastSeenAt: doc.lastSeenAt,
    suspendedAt: doc.suspendedAt,
    invitedAt: doc.invitedAt,
    erasingAt: doc.erasingAt,
    erasedAt: doc.erasedAt,
    pseudonym: doc.pseudonym,
  }),
  id: doc._id,
  name: doc.name,
  email: doc.email,
  emailVerified: doc.emailVerified === true,
  color: doc.color,
  locale: doc.locale,
  platformRole: doc.platformRole,
  createdAt: doc.createdAt ?? new Date(0),
});

/** Whether somebody who was invited has not come yet: nobody can sign in to the account so far. */
export const isWaiting = ({ invitedAt, emailVerified }: Pick<Account, 'invitedAt' | 'emailVerified'>): boolean =>
  invitedAt !== undefined && !emailVerified;

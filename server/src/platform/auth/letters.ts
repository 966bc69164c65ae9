import type { Locale } from '@concert/contract';
import { LINK_PAGES, LINK_SECONDS } from '@concert/domain/accounts/rules.ts';
import type { Collection, Db, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../events.ts';
import type { Site } from '../http/site.ts';
import { OUTBOX_INDEX, type Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import type { People } from './people.ts';
import { deriveSecret, fingerprint } from './secrets.ts';

/** Letters with a link that does something, and letters that only tell. */
export type LinkKind = 'verify' | 'reset' | 'change';
export type NoticeKind = 'known' | 'address-changed' | 'password-changed';
export type LetterKind = LinkKind | NoticeKind;

/** The event after which a letter is written; its data names the letter by `letterId`. */
export const LETTER_EVENT = 'accounts.letter-asked';

/** What a letter is about, before anybody has looked whether the address has an account. */
export type LetterRequest = {
  readonly kind: LetterKind;
  /** Where it goes. */
  readonly email: string;
  readonly locale: Locale;
  /** Whose account it is about, where that is known already. */
  readonly personId?: string;
  /** The address that the account has when the letter is asked for, or has had, where it is another one. */
  readonly accountEmail?: string;
};

/** A letter that can be written now. */
export type ReadyLetter = {
  readonly kind: LetterKind;
  /** Whose account it is about. */
  readonly personId: string;
  readonly to: string;
  readonly locale: Locale;
  readonly name: string;
  /** The address of the page that the letter leads to. */
  readonly link: string;
  readonly expiresAt: Date;
  readonly accountEmail?: string;
};

/** A link that was followed. */
export type Followed = { readonly personId: string; readonly email: string; readonly accountEmail: string };

type LetterDoc = LetterRequest & {
  _id: string;
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
  outbox: DomainEvent[];
};

const COLLECTION = 'letters';
/** How long a letter without a link may wait for a mail server. */
const NOTICE_SECONDS = 24 * 3600;

const LINK_KINDS: readonly LetterKind[] = ['verify', 'reset', 'change'] satisfies readonly LinkKind[];

const isLink = (kind: LetterKind): kind is LinkKind => LINK_KINDS.includes(kind);
const lifeOf = (kind: LetterKind): number => (isLink(kind) ? LINK_SECONDS[kind] : NOTICE_SECONDS);

export const letterIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [COLLECTION]: [
    { key: { tokenHash: 1 }, unique: true },
    { key: { personId: 1 }, sparse: true },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    OUTBOX_INDEX,
  ],
};

type Parts = {
  readonly db: Db;
  readonly secret: string;
  readonly site: Site;
  readonly ports: Ports;
  readonly outbox: Outbox;
  readonly people: People;
};

/** Whom the letter is about and what it has to say after all; null when nothing is to be sent. */
async function settle(
  people: Pick<People, 'byEmail'>,
  doc: LetterDoc,
): Promise<{ kind: LetterKind; personId: string } | null> {
  const { kind, personId } = doc;
  const owner = await people.byEmail(doc.email);
  // Somebody has the address already: only they are told, and only that.
  if (kind === 'change' && personId !== undefined)
    return owner === null ? { kind, personId } : { kind: 'known', personId: owner.id };
  if (personId !== undefined && doc.accountEmail !== undefined) return { kind, personId };
  if (owner === null || owner.suspended) return null;
  if (personId !== undefined && personId !== owner.id) return null;
  if (kind === 'verify') return owner.emailVerified ? null : { kind, personId: owner.id };
  // Who opened it may be a stranger: the owner of the address gets it by choosing another password.
  if (kind === 'known' && !owner.emailVerified) return { kind: 'reset', personId: owner.id };
  return { kind, personId: owner.id };
}

type Asking = Pick<Parts, 'people' | 'ports'> & { readonly ask: (request: LetterRequest) => Promise<void> };

/** An account waits for one new address at a time. */
function changesOfAddress(letters: Collection<LetterDoc>, { ask, people, ports }: Asking) {
  const withdrawChange = async (personId: string): Promise<void> => {
    await letters.deleteMany({ personId: { $eq: personId }, kind: { $eq: 'change' } });
    await people.awaitAddress(personId, null);
  };
  return {
    /** Asks somebody to confirm the address they want to have instead; an earlier wish counts no more. */
    askForChange: async (request: Required<Omit<LetterRequest, 'kind'>>): Promise<void> => {
      await withdrawChange(request.personId);
      await ask({ kind: 'change', ...request });
      const until = new Date(ports.now().getTime() + lifeOf('change') * 1000);
      await people.awaitAddress(request.personId, { email: request.email, until });
    },
    /** Takes back that somebody wants another address: the link mailed there is dead. */
    withdrawChange,
  };
}

/**
 * Letters about accounts. Asking for one is the same single write for every address; whether there is an account is
 * looked up afterwards, out of everybody's sight. The secret of a link is derived when its letter is written: the
 * store holds its SHA-256 alone.
 */
export function accountLetters({ db, secret, site, ports, outbox, people }: Parts) {
  const letters = db.collection<LetterDoc>(COLLECTION);
  outbox.watch(COLLECTION);
  const secretOf = (id: string): string => deriveSecret(secret, `account-letter:${id}`);
  const drop = async (id: string): Promise<void> => {
    await letters.deleteOne({ _id: { $eq: id } });
  };
  const open = (kind: LinkKind, token: string) => ({
    tokenHash: { $eq: fingerprint(token) },
    kind: { $eq: kind },
    personId: { $exists: true },
    expiresAt: { $gt: ports.now() },
  });
  const followed = (doc: LetterDoc | null): Followed | null =>
    doc?.personId === undefined
      ? null
      : { personId: doc.personId, email: doc.email, accountEmail: doc.accountEmail ?? doc.email };

  const ask = async (request: LetterRequest): Promise<void> => {
    const id = ports.newRandomId();
    const now = ports.now();
    await letters.insertOne({
      _id: id,
      ...request,
      tokenHash: fingerprint(secretOf(id)),
      createdAt: now,
      expiresAt: new Date(now.getTime() + lifeOf(request.kind) * 1000),
      outbox: [outbox.event(LETTER_EVENT, { letterId: id })],
    });
    outbox.wake(COLLECTION);
  };
  return {
    /** Asks for a letter: one write, whatever the address. */
    ask,
    /**
     * A link with which somebody chooses a password, for a letter that is written elsewhere: an invitation. It works as
     * long as an invitation does. Asked for twice by the same id it is the same link.
     */
    offer: async (id: string, person: { readonly id: string; readonly email: string; readonly locale: Locale }) => {
      const now = ports.now();
      const expiresAt = new Date(now.getTime() + LINK_SECONDS.invitation * 1000);
      const offered: Omit<LetterDoc, '_id'> = {
        kind: 'reset',
        email: person.email,
        accountEmail: person.email,
        personId: person.id,
        locale: person.locale,
        tokenHash: fingerprint(secretOf(id)),
        createdAt: now,
        expiresAt,
        outbox: [],
      };
      await letters.updateOne({ _id: { $eq: id } }, { $setOnInsert: offered }, { upsert: true });
      return { link: `${site.url()}${LINK_PAGES.reset}#${secretOf(id)}`, expiresAt };
    },
    /** Makes a letter ready to be written; null when there is nobody to write to. May be repeated. */
    prepare: async (id: string): Promise<ReadyLetter | null> => {
      const doc = await letters.findOne({ _id: { $eq: id } });
      if (doc === null) return null;
      const settled = await settle(people, doc);
      const person = settled && (await people.byId(settled.personId));
      if (!settled || !person) {
        await drop(id);
        return null;
      }
      const { kind, personId } = settled;
      const expiresAt = new Date(doc.createdAt.getTime() + lifeOf(kind) * 1000);
      const known = isLink(kind) ? { personId, accountEmail: doc.accountEmail ?? person.email } : {};
      await letters.updateOne({ _id: { $eq: id } }, { $set: { kind, expiresAt, ...known } });
      return {
        kind,
        personId,
        to: doc.email,
        locale: person.locale,
        name: person.name,
        link: isLink(kind) ? `${site.url()}${LINK_PAGES[kind]}#${secretOf(id)}` : `${site.url()}/sign-in`,
        expiresAt,
        ...(doc.accountEmail === undefined ? {} : { accountEmail: doc.accountEmail }),
      };
    },
    /** Forgets a letter that has left and whose link, if it had one, is not to be followed. */
    sent: async ({ id, kind }: { id: string; kind: LetterKind }): Promise<void> => {
      if (!isLink(kind)) await drop(id);
    },
    /** What a link is about, without using it up. */
    look: async (kind: LinkKind, token: string): Promise<Followed | null> =>
      followed(await letters.findOne(open(kind, token))),
    /** Uses a link up: of several who follow it at once, one gets it. */
    take: async (kind: LinkKind, token: string): Promise<Followed | null> =>
      followed(await letters.findOneAndDelete(open(kind, token))),
    ...changesOfAddress(letters, { ask, people, ports }),
    /** Makes every link of a person worthless. */
    forget: async (personId: string): Promise<void> => {
      await people.awaitAddress(personId, null);
      await letters.deleteMany({ personId: { $eq: personId }, kind: { $in: [...LINK_KINDS] } });
    },
  };
}
export type AccountLetters = ReturnType<typeof accountLetters>;

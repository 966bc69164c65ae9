import type { Collection, Db, Document } from 'mongodb';
import { literally } from '../mongo/pattern.ts';
import type { PersonalData } from '../personal-data.ts';

type Held = { readonly collection: string; readonly field: string };

/** What belongs to an account and goes with it, beside the account itself. Nothing secret of it is given out. */
const BELONGINGS: readonly (Held & { readonly shown: readonly string[] })[] = [
  { collection: 'sessions', field: 'userId', shown: ['createdAt', 'updatedAt', 'expiresAt', 'userAgent'] },
  { collection: 'tokens', field: 'personId', shown: ['name', 'createdAt', 'lastUsedAt', 'until', 'limits'] },
  { collection: 'letters', field: 'personId', shown: ['kind', 'email', 'createdAt', 'expiresAt'] },
];
/** Ways to sign in: what is kept of them is secret, so only that there is one is told. */
const CREDENTIALS: Held = { collection: 'accounts', field: 'userId' };

/** What of an account is its person's to have. The rest is how the product finds and changes it. */
const PROFILE = [
  'name',
  'email',
  'emailVerified',
  'pendingEmail',
  'title',
  'color',
  'locale',
  'scheme',
  'organisationId',
  'organisationConfirmedAt',
  'leftOrganisationIds',
  'platformRole',
  'createdAt',
  'updatedAt',
  'invitedAt',
  'lastVisitAt',
  'lastSeenAt',
] as const;

const pick = (doc: Document | null, fields: readonly string[]): Document =>
  Object.fromEntries(fields.flatMap((field) => (doc?.[field] == null ? [] : [[field, doc[field]]])));

/** The account, its sessions, tokens and letters, and the security events that its person caused. */
export function accountData(db: Db): PersonalData {
  const of = (name: string): Collection<{ _id: string } & Document> => db.collection(name);
  return {
    export: async (personId) => {
      const profile = pick(await of('users').findOne({ _id: { $eq: personId } }), PROFILE);
      const parts = await Promise.all(
        BELONGINGS.map(async ({ collection, field, shown }) => {
          const found = await of(collection)
            .find({ [field]: { $eq: personId } })
            .toArray();
          return [collection, found.map((doc) => pick(doc, shown))] as const;
        }),
      );
      const ways = await of(CREDENTIALS.collection)
        .find({ [CREDENTIALS.field]: { $eq: personId } })
        .toArray();
      const events = await of('audit')
        .find({ actorId: { $eq: personId } })
        .sort({ _id: -1 })
        .toArray();
      return {
        profile,
        signIn: ways.map((doc) => pick(doc, ['providerId', 'createdAt', 'updatedAt'])),
        ...Object.fromEntries(parts),
        events: events.map((doc) => pick(doc, ['at', 'event', 'subject', 'data'])),
      };
    },
    erase: async ({ personId }) => {
      for (const { collection, field } of [...BELONGINGS, CREDENTIALS])
        await of(collection).deleteMany({ [field]: { $eq: personId } });
    },
  };
}

/** Letters that the demonstration keeps instead of sending them: those to the person, and those that name them. */
export function mailData(db: Db): PersonalData {
  const mails = db.collection('mails');
  return {
    // What was written to somebody is in their mailbox; where the mailbox is ours, their page shows it.
    export: async () => ({}),
    erase: async ({ name, email }) => {
      const naming = { $regex: [name, email].map(literally).join('|'), $options: 'i' };
      await mails.deleteMany({
        $or: [{ to: { $eq: email } }, { text: naming }, { subject: naming }, { html: naming }],
      });
    },
  };
}

import { Problem } from '@concert/contract';
import type { Db } from 'mongodb';
import type { Site } from '../http/site.ts';
import type { Ports } from '../ports.ts';
import type { NewAccount } from './auth.ts';
import type { People } from './people.ts';
import type { Recovery } from './recovery.ts';
import { fingerprint, newSecret } from './secrets.ts';

type Setting = { _id: string; tokenHash: string; createdAt: Date };

/** The first administrator: an installation without one prints a link that works once. */
export type Claim = {
  /** A fresh link, which ends the one before; null once somebody administers the installation. */
  claimLink(): Promise<string | null>;
  /**
   * Makes the first administrator, or another one with the link of `npm run admin`.
   * @throws Problem NOT_FOUND `no-such-claim` for a token that was used, replaced, or never was
   * @throws Problem CONFLICT `email-taken`
   */
  claim(token: string, account: Omit<NewAccount, 'platformRole'>): Promise<string>;
};

export function createClaim(options: {
  db: Db;
  site: Site;
  ports: Ports;
  people: People;
  recovery: Recovery;
  createAccount: (account: NewAccount) => Promise<string>;
}): Claim {
  const { recovery } = options;
  const settings = options.db.collection<Setting>('settings');
  return {
    claimLink: async () => {
      if (await options.people.hasAdministrator()) return null;
      const token = newSecret();
      const value = { tokenHash: fingerprint(token), createdAt: options.ports.now() };
      await settings.updateOne({ _id: 'claim' }, { $set: value }, { upsert: true });
      return `${options.site.url()}/claim#${token}`;
    },
    claim: async (token, account) => {
      const filter = { _id: 'claim', tokenHash: { $eq: fingerprint(token) } };
      const recovering = await recovery.isGood(token);
      const first = async () => (await settings.findOne(filter)) !== null && !(await options.people.hasAdministrator());
      if (!recovering && !(await first())) throw new Problem('NOT_FOUND', 'no-such-claim');
      if ((await options.people.byEmail(account.email)) !== null) throw new Problem('CONFLICT', 'email-taken');
      // Taking the token away is the one step that only one of several callers can do.
      const taken = recovering ? await recovery.take(token) : (await settings.findOneAndDelete(filter)) !== null;
      if (!taken) throw new Problem('NOT_FOUND', 'no-such-claim');
      return options.createAccount({ ...account, platformRole: 'administrator' });
    },
  };
}

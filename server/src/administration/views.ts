import type { Actor } from '@concert/contract';
import type { ManagedPerson, ManagedPersonDetail, PersonState } from '@concert/domain/administration/people.ts';
import {
  type ChangeRefusal,
  mayChangeRole,
  mayEdit,
  mayErase,
  maySuspend,
  type Situation,
} from '@concert/domain/administration/rules.ts';
import { mustVerifyEmail } from '@concert/domain/administration/settings.ts';
import type { Platform } from '../platform/module.ts';
import { type Account, isWaiting } from '../platform/people/account.ts';
import type { StatusSituation } from '../platform/people/status.ts';

/** Whether accounts wait until their address is confirmed, as the settings stand now. */
export const mustVerify = async ({ settings, config }: Pick<Platform, 'settings' | 'config'>): Promise<boolean> =>
  mustVerifyEmail(await settings.get(), { canSendMail: config.smtpUrl !== undefined });

const stateOf = (account: Account, unconfirmedWaits: boolean): PersonState => {
  if (account.erasingAt !== undefined) return 'erased';
  if (account.suspendedAt !== undefined) return 'suspended';
  return (unconfirmedWaits && !account.emailVerified) || isWaiting(account) ? 'unverified' : 'active';
};

/** A situation as the rules judge it. */
export const situationOf = (actor: Actor, { person, otherAdministrators }: StatusSituation): Situation => ({
  actor: { id: actor.personId, platformRole: actor.platformRole },
  person: {
    id: person.id,
    platformRole: person.platformRole,
    suspended: person.suspendedAt !== undefined,
    erased: person.erasingAt !== undefined,
  },
  otherAdministrators,
});

const refusalsOf = (situation: Situation): ManagedPersonDetail['refusals'] => {
  const reason = (verdict: { ok: true } | { ok: false; reason: ChangeRefusal }) => (verdict.ok ? null : verdict.reason);
  return {
    edit: reason(mayEdit(situation)),
    changeRole: reason(mayChangeRole(situation)),
    suspend: reason(maySuspend(situation)),
    endSessions: reason(mayEdit(situation)),
    erase: reason(mayErase(situation)),
  };
};

/** The fields of a person that need nothing but the account. */
const plain = (account: Account) => ({
  id: account.id,
  name: account.name,
  // What stands in an erased account's place of the address belongs to nobody.
  email: account.erasingAt === undefined ? account.email : undefined,
  emailVerified: account.emailVerified,
  color: account.color,
  title: account.title,
  organisationId: account.organisationId,
  organisationConfirmed: account.organisationId !== undefined && account.organisationConfirmedAt !== undefined,
  platformRole: account.platformRole,
  createdAt: account.createdAt.toISOString(),
  lastSeenAt: account.lastSeenAt?.toISOString(),
});

/** People as administrators and the secretariat see them. */
export function managedViews(platform: Platform) {
  const { access, auth, directory, lookups, personalData } = platform;
  const people = async (accounts: readonly Account[]): Promise<ManagedPerson[]> => {
    const [waits, counts, organisations] = await Promise.all([
      mustVerify(platform),
      directory.sessionCounts(accounts.map(({ id }) => id)),
      lookups.organisationNames.of(accounts.flatMap(({ organisationId }) => organisationId ?? [])),
    ]);
    return accounts.map((account) => ({
      ...plain(account),
      organisationName: account.organisationId === undefined ? undefined : organisations.get(account.organisationId),
      state: stateOf(account, waits),
      sessionCount: counts.get(account.id) ?? 0,
    }));
  };

  const workspacesOf = async (personId: string): Promise<ManagedPersonDetail['workspaces']> => {
    const [{ workspaces: roles }, left] = await Promise.all([
      access.reach({ personId }),
      personalData.toHandOver(personId),
    ]);
    const names = await lookups.workspaceNames.of([...roles.keys()]);
    const alone = new Set(left.filter(({ kind }) => kind === 'workspace').map(({ id }) => id));
    return [...roles]
      .map(([id, role]) => ({ id, name: names.get(id) ?? '', role, onlyOwner: alone.has(id) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  };

  const detail = async (actor: Actor, situation: StatusSituation): Promise<ManagedPersonDetail> => {
    const { person } = situation;
    const [[shown], workspaces, sessions, tokens] = await Promise.all([
      people([person]),
      workspacesOf(person.id),
      directory.sessions(person.id),
      auth.tokens.list(person.id),
    ]);
    if (shown === undefined) throw new Error('a person could not be shown');
    return {
      ...shown,
      suspendedAt: person.erasingAt === undefined ? person.suspendedAt?.toISOString() : undefined,
      erasedAt: person.erasedAt?.toISOString(),
      workspaces,
      sessions: sessions.map(({ id, createdAt, updatedAt, expiresAt, userAgent }) => ({
        id,
        createdAt: createdAt.toISOString(),
        lastUsedAt: updatedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        userAgent,
      })),
      tokenCount: tokens.length,
      refusals: refusalsOf(situationOf(actor, situation)),
    };
  };
  return { people, detail };
}

import { type Actor, EDITOR_SCHEMA, Problem } from '@concert/contract';
import { accountsApi, type Me, type Person } from '@concert/domain/accounts/api.ts';
import { implement } from '@orpc/server';
import type { PersonRecord } from '../platform/auth/people.ts';
import type { TokenRecord } from '../platform/auth/tokens.ts';
import { pageByName } from '../platform/http/cursor.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActor } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';
import { version } from '../platform/version.ts';

/** Where the accounts of the demonstration live: the reserved top-level domain `.test` reaches nobody. */
const DEMO_DOMAIN = 'demo.concert.test';

const MAX_TOKENS = 50;

const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

const tokenView = ({ id, name, createdAt, lastUsedAt, until, limits }: TokenRecord) => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString(),
  until: until?.toISOString(),
  limits: limits?.map(({ subject, role }) => ({ subject: { ...subject }, role })),
});

/** People as others and as they themselves see them. */
function personViews({ lookups, ports }: Platform) {
  const people = async (records: readonly PersonRecord[]): Promise<Person[]> => {
    const names = await lookups.organisationNames.of(records.flatMap(({ organisationId }) => organisationId ?? []));
    return records.map(({ id, name, email, color, title, organisationId }) => ({
      id,
      name,
      email,
      color,
      title,
      organisationId,
      organisationName: organisationId === undefined ? undefined : names.get(organisationId),
    }));
  };
  const me = async (record: PersonRecord): Promise<Me> => {
    const [person] = await people([record]);
    if (person === undefined) throw notFound();
    const { locale, scheme, platformRole, lastVisitAt, emailVerified, pendingEmail: pending } = record;
    const pendingEmail = pending !== undefined && pending.until > ports.now() ? pending.email : undefined;
    const organisationConfirmed =
      record.organisationId === undefined ? undefined : record.organisationConfirmedAt !== undefined;
    const visited = lastVisitAt?.toISOString();
    const own = { organisationConfirmed, locale, scheme, platformRole, emailVerified, pendingEmail };
    return { ...person, ...own, lastVisitAt: visited };
  };
  return { people, me };
}

/** What anybody may ask before signing in. */
function openRoutes(platform: Platform) {
  const { audit, auth, config, lookups, mail } = platform;
  const os = implement(accountsApi).$context<Context>();
  // Outside a demonstration these routes do not exist.
  const demoOnly = (): void => {
    if (!config.demo) throw notFound();
  };
  return {
    boot: os.boot.handler(async () => {
      const [claimed, { signUp, verifyEmail }, { name, contactEmail }] = await Promise.all([
        auth.people.hasAdministrator(),
        auth.policy.now(),
        platform.settings.get(),
      ]);
      return { demo: config.demo, claimed, version, schema: EDITOR_SCHEMA, signUp, verifyEmail, name, contactEmail };
    }),
    demoAccounts: os.demoAccounts.handler(async () => {
      demoOnly();
      const people = await auth.people.ofDomain(DEMO_DOMAIN);
      const names = await lookups.organisationNames.of(people.flatMap(({ organisationId }) => organisationId ?? []));
      const items = people.map(({ email, name, color, title = '', organisationId = '' }) => ({
        email,
        name,
        color,
        title,
        organisationName: names.get(organisationId) ?? '',
      }));
      return { items };
    }),
    outbox: os.outbox.handler(async ({ input }) => {
      demoOnly();
      const letters = await mail.kept({ limit: input.limit + 1, before: input.cursor });
      const items = letters
        .slice(0, input.limit)
        .map(({ sentAt, ...letter }) => ({ ...letter, sentAt: sentAt.toISOString() }));
      return { items, next: letters.length > items.length ? items.at(-1)?.id : undefined };
    }),
    claim: os.claim.handler(async ({ input: { token, ...account }, context }) => {
      auth.requireGoodPassword(account.password, account);
      const personId = await auth.claim(token, { ...account, locale: context.locale });
      await audit.record({ event: 'accounts.claimed', actorId: personId, subject: { kind: 'person', id: personId } });
      return { personId };
    }),
  };
}

/** One's own account, and the people one shares a workspace with. */
function personalRoutes(platform: Platform) {
  const { access, audit, auth, live, lookups, ports } = platform;
  const os = implement(accountsApi).$context<Context>().use(requireActor);
  const views = personViews(platform);
  const checkOrganisation = async (id: string | null | undefined): Promise<void> => {
    if (id == null || (await lookups.organisationNames.of([id])).has(id)) return;
    throw new Problem('BAD_REQUEST', 'no-such-organisation');
  };
  /** [A11] A verified address of the organisation's own domain says more than a claim. */
  const confirmedBy = async (personId: string, id: string | null | undefined) => {
    if (id == null) return {};
    const [person, domains] = await Promise.all([auth.people.byId(personId), lookups.organisationDomains.of([id])]);
    const domain = domains.get(id);
    const own = person?.emailVerified === true && domain !== undefined && person.email.endsWith(`@${domain}`);
    return own ? { organisationConfirmedAt: ports.now() } : {};
  };
  return {
    me: os.me.handler(async ({ context }) => {
      const record = await auth.people.visited(context.actor.personId);
      if (record === null) throw new Problem('UNAUTHORIZED', 'no-session');
      return views.me(record);
    }),
    updateMe: os.updateMe.handler(async ({ input, context }) => {
      await checkOrganisation(input.organisationId);
      const { personId } = context.actor;
      const confirmed = await confirmedBy(personId, input.organisationId);
      const record = await auth.people.update(personId, { ...input, ...confirmed });
      if (record === null) throw new Problem('UNAUTHORIZED', 'no-session');
      if (input.organisationId !== undefined)
        await audit.record({
          event: 'accounts.organisation-named',
          actorId: personId,
          credentialId: context.actor.credentialId,
          subject: { kind: 'person', id: personId },
          data: {
            organisationId: record.organisationId ?? null,
            confirmed: record.organisationConfirmedAt !== undefined,
          },
        });
      await access.changed({ personId });
      for (const workspaceId of (await access.reach(context.actor)).workspaces.keys())
        live.toWorkspace(workspaceId, 'workspace.changed', { workspaceId });
      return views.me(record);
    }),
    withdrawEmail: os.withdrawEmail.handler(async ({ context: { actor } }) => {
      if (actor.via === 'token') throw new Problem('FORBIDDEN', 'session-needed');
      await auth.letters.withdrawChange(actor.personId);
      const record = await auth.people.byId(actor.personId);
      if (record === null) throw new Problem('UNAUTHORIZED', 'no-session');
      return views.me(record);
    }),
    people: os.people.handler(async ({ input, context }) => {
      const shared = await access.coMembersOf(context.actor);
      const q = input.q?.toLowerCase() ?? '';
      const known = [...(await auth.people.byIds([...shared.keys()])).values()].filter(
        ({ name, email }) => name.toLowerCase().includes(q) || email.includes(q),
      );
      const page = pageByName(known, input, (person) => person);
      const items = (await views.people(page.items)).map((person) => ({
        ...person,
        workspaceIds: [...(shared.get(person.id) ?? [])],
      }));
      return { ...page, items };
    }),
  };
}

/** Personal access tokens. They open what their owner may do, but make no further tokens: a leaked one stays one. */
function tokenRoutes({ access, audit, auth, ports }: Platform) {
  const note = (what: string, { personId, credentialId }: Actor, id: string): Promise<void> =>
    audit.record({ event: `accounts.${what}`, actorId: personId, credentialId, subject: { kind: 'token', id } });
  const os = implement(accountsApi).$context<Context>().use(requireActor);
  return {
    tokens: os.tokens.handler(async ({ context }) => ({
      items: (await auth.tokens.list(context.actor.personId)).map(tokenView),
    })),
    createToken: os.createToken.handler(async ({ input, context: { actor } }) => {
      if (actor.via === 'token') throw new Problem('FORBIDDEN', 'session-needed');
      if ((await auth.tokens.list(actor.personId)).length >= MAX_TOKENS)
        throw new Problem('CONFLICT', 'too-many-tokens');
      const until = input.until === undefined ? undefined : new Date(input.until);
      if (until !== undefined && until <= ports.now()) throw new Problem('BAD_REQUEST', 'ends-in-the-past');
      for (const { subject } of input.limits ?? [])
        await access.require(actor, subject.kind === 'workspace' ? 'workspace.read' : 'document.read', subject);
      const created = await auth.tokens.create(actor.personId, {
        name: input.name,
        ...(until === undefined ? {} : { until }),
        ...(input.limits === undefined ? {} : { limits: input.limits }),
      });
      // One that was made while everything of its person was ended would outlive that.
      if (!(await auth.stillGood(actor.credentialId, actor.personId))) {
        await auth.tokens.revoke(actor.personId, created.id);
        throw new Problem('UNAUTHORIZED', 'no-session');
      }
      await note('token-created', actor, created.id);
      return created;
    }),
    revokeToken: os.revokeToken.handler(async ({ input, context }) => {
      if (!(await auth.tokens.revoke(context.actor.personId, input.id))) throw notFound();
      await note('token-revoked', context.actor, input.id);
      return {};
    }),
  };
}

/** The routes of the contract. */
export const accountRoutes = (platform: Platform) =>
  implement(accountsApi)
    .$context<Context>()
    .router({ ...openRoutes(platform), ...personalRoutes(platform), ...tokenRoutes(platform) });

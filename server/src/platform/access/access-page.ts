import type { Actor } from '@concert/contract';
import type { AccessEntry, AccessList, AccessReason } from '@concert/domain/access/api.ts';
import { type Denial, type Grant, limitOn, type Principal, weaker } from '@concert/domain/access/grants.ts';
import type { PersonRecord } from '../auth/people.ts';
import type { TokenRecord } from '../auth/tokens.ts';
import { pageByName } from '../http/cursor.ts';
import type { Platform } from '../module.ts';
import type { Seer, Standing, Subject } from './access.ts';
import { type PrincipalNames, principalNames } from './rights-views.ts';

type Asked = {
  readonly subject: Subject;
  readonly actor: Actor;
  readonly standing: Standing;
  readonly pendingInvitations: () => Promise<number>;
};

type Page = { readonly limit: number; readonly cursor?: string | undefined };

const isoUntil = (...instants: readonly (Date | undefined)[]): { until?: string } => {
  const known = instants.flatMap((instant) => (instant === undefined ? [] : [instant.getTime()]));
  return known.length === 0 ? {} : { until: new Date(Math.min(...known)).toISOString() };
};

const kindOf = ({ principal, subject }: Grant): AccessReason['kind'] => {
  if (principal.type === 'body' || principal.type === 'organisation') return principal.type;
  return subject.kind === 'workspace' ? 'member' : 'person';
};

/** Everything that gives or takes the right, the rights first. */
function reasonsOf({ held, denied, mandates }: Seer, nameOf: PrincipalNames): AccessReason[] {
  const through = (principal: Principal) =>
    principal.type === 'person' ? {} : { through: { id: principal.id, name: nameOf(principal) } };
  const since = ({ since: from }: Grant | Denial) => (from === undefined ? {} : { since: from.toISOString() });
  /** Who sits twice in a body holds its right as long as the longer mandate lasts. */
  const endInBody = (principal: Principal): Date | undefined => {
    const own = mandates.filter(({ bodyId }) => principal.type === 'body' && bodyId === principal.id);
    if (own.some(({ until }) => until === undefined)) return undefined;
    const ends = own.flatMap(({ until }) => (until === undefined ? [] : [until.getTime()]));
    return ends.length === 0 ? undefined : new Date(Math.max(...ends));
  };
  return [
    ...held.map((grant) => ({
      kind: kindOf(grant),
      on: grant.subject.kind,
      role: grant.role,
      ...through(grant.principal),
      ...isoUntil(grant.until, endInBody(grant.principal)),
      ...since(grant),
    })),
    ...denied.map((denial) => ({
      kind: 'denied' as const,
      on: denial.subject.kind,
      ...through(denial.principal),
      ...(denial.note === undefined ? {} : { note: denial.note }),
      ...since(denial),
    })),
  ];
}

/** [A13] The tokens of somebody that reach a subject, and what each may do there. */
const tokensOf = (tokens: readonly TokenRecord[], seer: Seer, path: readonly Subject[]) =>
  tokens.flatMap(({ personId, name, until, limits }) => {
    const role = limits === undefined ? seer.role : weaker(seer.role, limitOn(path, limits));
    return personId === seer.personId && role !== null ? [{ name, role, ...isoUntil(until) }] : [];
  });

const entryOf = (
  { personId, role }: Seer,
  person: PersonRecord,
  organisationName: string | undefined,
): AccessEntry => ({
  personId,
  name: person.name,
  color: person.color,
  ...(person.title === undefined ? {} : { title: person.title }),
  ...(organisationName === undefined ? {} : { organisationName }),
  role,
});

/**
 * Who can see a subject, and why, as far as the asking person may know.
 * [A18] through its workspace: people and roles; owners: every reason, the people kept out, tokens; everybody: all
 * about themself; with a right on the document alone: themself only.
 */
export async function accessPage(platform: Platform, asked: Asked, page: Page): Promise<AccessList> {
  const { access, auth, lookups } = platform;
  const { subject, actor, standing } = asked;
  const owns = standing.workspaceRole === 'owner';
  const all = (await access.whoSees(subject)) ?? [];
  const others = (seer: Seer): boolean => {
    if (owns) return true;
    if (standing.workspaceRole === null || seer.role === null) return false;
    // [A18] A guest knows whom they work with, not who sits in bodies and organisations.
    return actor.platformRole !== 'guest' || seer.held.some((grant) => kindOf(grant) === 'member');
  };
  const seers = all.filter((seer) => seer.personId === actor.personId || others(seer));
  const people = await auth.people.byIds(seers.map(({ personId }) => personId));
  const known = seers.flatMap((seer) => {
    const person = people.get(seer.personId);
    return person === undefined ? [] : [{ seer, person }];
  });
  const { items, ...rest } = pageByName(known, page, ({ person }) => person);
  const told = items.filter(({ seer }) => owns || seer.personId === actor.personId);
  const principals = told.flatMap(({ seer }) => [...seer.held, ...seer.denied].map(({ principal }) => principal));
  const [nameOf, tokens, organisations] = await Promise.all([
    principalNames(platform, principals),
    auth.tokens.ofPeople(told.map(({ seer }) => seer.personId)),
    lookups.organisationNames.of(items.flatMap(({ person }) => person.organisationId ?? [])),
  ]);
  const path: readonly Subject[] = [subject, { kind: 'workspace', id: standing.workspaceId }];
  const shown = items.map(({ seer, person }): AccessEntry => {
    const entry = entryOf(seer, person, organisations.get(person.organisationId ?? ''));
    if (!owns && seer.personId !== actor.personId) return entry;
    return { ...entry, reasons: reasonsOf(seer, nameOf), tokens: tokensOf(tokens, seer, path) };
  });
  const readers = known.filter(({ seer }) => seer.role !== null).length;
  const forOwners = owns
    ? { denied: known.length - readers, pendingInvitations: await asked.pendingInvitations() }
    : {};
  return { items: shown, ...rest, summary: { people: readers, ...forOwners } };
}

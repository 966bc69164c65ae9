import type { DenialItem, GrantedRole, GrantItem } from '@concert/domain/access/api.ts';
import { GrantedRole as Granted, GranteeType } from '@concert/domain/access/api.ts';
import type { Principal } from '@concert/domain/access/grants.ts';
import type { Platform } from '../module.ts';
import type { Subject } from './access.ts';
import type { DenialRecord, GrantRecord } from './rights-records.ts';

/** Names by kind of principal and id; what has gone has none. */
export type PrincipalNames = (principal: Principal) => string;

/** Reads the names of principals, with one question for each kind. */
export async function principalNames(
  { auth, lookups }: Pick<Platform, 'auth' | 'lookups'>,
  principals: readonly Principal[],
): Promise<PrincipalNames> {
  const of = (type: Principal['type']) => [
    ...new Set(principals.filter((one) => one.type === type).map(({ id }) => id)),
  ];
  const [people, organisations, bodies] = await Promise.all([
    auth.people.byIds(of('person')),
    lookups.organisationNames.of(of('organisation')),
    lookups.bodyNames.of(of('body')),
  ]);
  return ({ type, id }) => {
    if (type === 'person') return people.get(id)?.name ?? '';
    return (type === 'organisation' ? organisations.get(id) : bodies.get(id)) ?? '';
  };
}

/** Rights as the contract shows them. */
export function rightsViews(platform: Platform) {
  const namesFor = (rights: readonly { readonly principal: Principal; readonly by: string }[]) =>
    principalNames(
      platform,
      rights.flatMap(({ principal, by }): Principal[] => [principal, { type: 'person', id: by }]),
    );
  const shown = (
    { principal, by }: { readonly principal: Principal; readonly by: string },
    nameOf: PrincipalNames,
  ) => ({
    principal: { type: GranteeType.parse(principal.type), id: principal.id, name: nameOf(principal) },
    by: { id: by, name: nameOf({ type: 'person', id: by }) },
  });
  return {
    grants: async (subject: Subject, grants: readonly GrantRecord[]): Promise<GrantItem[]> => {
      const [nameOf, seers] = await Promise.all([namesFor(grants), platform.access.whoSees(subject)]);
      const now = platform.ports.now();
      const holders = ({ principal }: GrantRecord): number =>
        (seers ?? []).filter(
          ({ role, held }) =>
            role !== null &&
            held.some(
              (grant) =>
                grant.subject.kind === subject.kind &&
                grant.principal.type === principal.type &&
                grant.principal.id === principal.id,
            ),
        ).length;
      return grants
        .filter(({ until }) => until === undefined || until > now)
        .map((grant) => ({
          id: grant.id,
          ...shown(grant, nameOf),
          role: grantedRole(grant),
          ...(grant.until === undefined ? {} : { until: grant.until.toISOString() }),
          since: grant.since.toISOString(),
          peopleCount: holders(grant),
        }));
    },
    denials: async (denials: readonly DenialRecord[]): Promise<DenialItem[]> => {
      const nameOf = await namesFor(denials);
      return denials.map((denial) => ({
        id: denial.id,
        ...shown(denial, nameOf),
        reason: denial.reason,
        ...(denial.note === undefined ? {} : { note: denial.note }),
        since: denial.since.toISOString(),
      }));
    },
  };
}

const grantedRole = ({ role }: GrantRecord): GrantedRole => Granted.parse(role);

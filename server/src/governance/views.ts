import { type Body, MANDATE_ROLES, type Mandate } from '@concert/domain/governance/api.ts';
import { isRunning, stateOf } from '@concert/domain/governance/mandates.ts';
import type { Platform } from '../platform/module.ts';
import type { BodyRecord, MandateRecord } from './store.ts';

/** Shows records as the contract declares them. */
export function governanceViews({ auth, lookups, ports }: Platform) {
  const body = ({ mandates, createdBy: _, createdAt, ...rest }: BodyRecord, readerId: string): Body => {
    const running = mandates.filter((mandate) => isRunning(mandate, ports.now()));
    const own = new Set(running.filter(({ personId }) => personId === readerId).map(({ role }) => role));
    return {
      ...rest,
      memberCount: new Set(running.map(({ personId }) => personId)).size,
      myRoles: MANDATE_ROLES.filter((role) => own.has(role)),
      createdAt: createdAt.toISOString(),
    };
  };
  const mandates = async (list: readonly MandateRecord[]): Promise<Mandate[]> => {
    const people = await auth.people.byIds(list.map(({ personId }) => personId));
    const organisationIds = [...people.values()].flatMap(({ organisationId }) => organisationId ?? []);
    const organisations = await lookups.organisationNames.of(organisationIds);
    return list.flatMap((mandate) => {
      const person = people.get(mandate.personId);
      if (person === undefined) return [];
      const organisationName = organisations.get(person.organisationId ?? '');
      return [
        {
          id: mandate.id,
          personId: mandate.personId,
          name: person.name,
          color: person.color,
          ...(person.title === undefined ? {} : { title: person.title }),
          ...(organisationName === undefined ? {} : { organisationName }),
          role: mandate.role,
          from: mandate.from.toISOString(),
          ...(mandate.until === undefined ? {} : { until: mandate.until.toISOString() }),
          state: stateOf(mandate, ports.now()),
        },
      ];
    });
  };
  return { body, mandates };
}

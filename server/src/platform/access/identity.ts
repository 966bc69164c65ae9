import type { PlatformRole } from '@concert/contract';
import type { Denial, Grant, Principal } from '@concert/domain/access/grants.ts';
import { isRunning, nextTurn } from '@concert/domain/governance/mandates.ts';
import type { BodySource, MandateFacts, PeopleSource, PersonFacts } from './access.ts';

/** Everything a person stands for at an instant (access rules A8, A11, A12). */
export type Identity = {
  readonly platformRole: PlatformRole;
  readonly principals: readonly Principal[];
  readonly claimed: readonly Principal[];
  readonly mandates: readonly MandateFacts[];
  /** When a mandate begins or ends next. */
  readonly changesAt?: Date;
};

/** Somebody as whom only what was given by name counts: enough while nothing was given to bodies and organisations. */
export const byNameOnly = (personId: string): Identity => ({
  platformRole: 'guest',
  principals: [{ type: 'person', id: personId }],
  claimed: [],
  mandates: [],
});

/**
 * [A11] themself, the organisation if it is confirmed, the bodies in which a mandate runs
 * [A12] what is only claimed, or was left by themself
 */
export function identityOf(
  personId: string,
  person: PersonFacts | undefined,
  mandates: readonly MandateFacts[],
  now: Date,
): Identity {
  const organisation: Principal[] =
    person?.organisationId === undefined ? [] : [{ type: 'organisation', id: person.organisationId }];
  const confirmed = person?.organisationConfirmedAt !== undefined;
  const left = (person?.leftOrganisationIds ?? []).map((id): Principal => ({ type: 'organisation', id }));
  const running = mandates.filter((mandate) => isRunning(mandate, now));
  const changesAt = nextTurn(mandates, now);
  return {
    platformRole: person?.platformRole ?? 'guest',
    principals: [
      { type: 'person', id: personId },
      ...(confirmed ? organisation : []),
      ...running.map(({ bodyId }): Principal => ({ type: 'body', id: bodyId })),
    ],
    claimed: [...(confirmed ? [] : organisation), ...left],
    mandates: running,
    ...(changesAt === undefined ? {} : { changesAt }),
  };
}

/** Whether anything here was given to or taken from more than single people: only then must more be read. */
export const namesGroups = (facts: readonly { grants: readonly Grant[]; denials: readonly Denial[] }[]): boolean =>
  facts.some(({ grants, denials }) =>
    [...grants, ...denials].some(({ principal }) => principal.type === 'body' || principal.type === 'organisation'),
  );

/** Reads who people are and what they stand for: two indexed reads, however many people. */
export async function identities(
  { people, bodies }: { readonly people: PeopleSource; readonly bodies: BodySource },
  personIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Identity>> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return new Map();
  const [known, mandates] = await Promise.all([people.byIds(ids), bodies.mandatesOf(ids)]);
  const byPerson = groupByPerson(mandates);
  return new Map(ids.map((id) => [id, identityOf(id, known.get(id), byPerson.get(id) ?? [], now)]));
}

function groupByPerson(mandates: readonly MandateFacts[]): Map<string, MandateFacts[]> {
  const grouped = new Map<string, MandateFacts[]>();
  for (const mandate of mandates) grouped.set(mandate.personId, [...(grouped.get(mandate.personId) ?? []), mandate]);
  return grouped;
}

import { type Denial, type Grant, holdingOn, type Principal } from '@concert/domain/access/grants.ts';
import type { Access, Seer, Subject } from './access.ts';
import type { Sources } from './create-access.ts';
import { identities } from './identity.ts';

type Facts = {
  readonly path: readonly Subject[];
  readonly grants: readonly Grant[];
  readonly denials: readonly Denial[];
};

const idsOf = (principals: readonly Principal[], type: Principal['type']): string[] => [
  ...new Set(principals.filter((principal) => principal.type === type).map(({ id }) => id)),
];

/** The other direction of the same rules: not what one person may see, but who may see one thing. */
export function createAudience(
  sources: Sources,
): Pick<Access, 'whoSees' | 'isNamed' | 'denialsOf' | 'peopleOf' | 'deniedAmong'> {
  const { workspaces, documents, people, bodies, now } = sources;

  const factsOf = async (subject: Subject): Promise<Facts | null> => {
    const document = subject.kind === 'document' ? await documents.get().location(subject.id) : null;
    if (subject.kind === 'document' && document === null) return null;
    const around = await workspaces.get().facts(document?.workspaceId ?? subject.id);
    if (around === null) return null;
    const outer: Subject = { kind: 'workspace', id: around.id };
    return {
      path: document === null ? [outer] : [subject, outer],
      grants: [...around.grants, ...(document?.grants ?? [])],
      denials: [...around.denials, ...(document?.denials ?? [])],
    };
  };

  const peopleOf = async (principals: readonly Principal[]): Promise<readonly string[]> => {
    const [bodyIds, organisationIds] = [idsOf(principals, 'body'), idsOf(principals, 'organisation')];
    const [mandates, employees] = await Promise.all([
      bodyIds.length === 0 ? [] : bodies.get().mandatesIn(bodyIds),
      organisationIds.length === 0 ? [] : people.get().ofOrganisations(organisationIds),
    ]);
    const named = idsOf(principals, 'person');
    return [...new Set([...named, ...mandates.map(({ personId }) => personId), ...employees.map(({ id }) => id)])];
  };

  return {
    peopleOf,
    isNamed: async (principal) => {
      const found = await Promise.all([workspaces.get().naming([principal]), documents.get().naming([principal])]);
      return found.some((list) => list.length > 0);
    },
    denialsOf: async (subject) => (await factsOf(subject))?.denials ?? [],
    whoSees: async (subject) => {
      const facts = await factsOf(subject);
      if (facts === null) return null;
      const { path, grants, denials } = facts;
      const named = denials.filter(({ principal }) => principal.type === 'person');
      const candidates = await peopleOf([...grants, ...named].map(({ principal }) => principal));
      const known = await identities({ people: people.get(), bodies: bodies.get() }, candidates, now());
      return [...known].flatMap(([personId, who]): Seer[] => {
        const holding = holdingOn({ ...who, path }, grants, denials, now());
        const concerned = holding.role !== null || holding.denied.length > 0;
        return concerned ? [{ personId, ...holding, mandates: who.mandates }] : [];
      });
    },
    deniedAmong: async (personIds, denials) => {
      const named = new Set(
        idsOf(
          denials.map(({ principal }) => principal),
          'person',
        ),
      );
      const organisationIds = idsOf(
        denials.map(({ principal }) => principal),
        'organisation',
      );
      const known = organisationIds.length === 0 ? null : await people.get().byIds([...new Set(personIds)]);
      const organisationsOf = (id: string): readonly string[] => {
        const { organisationId, leftOrganisationIds = [] } = known?.get(id) ?? {};
        return organisationId === undefined ? leftOrganisationIds : [organisationId, ...leftOrganisationIds];
      };
      return new Set(
        personIds.filter((id) => named.has(id) || organisationsOf(id).some((one) => organisationIds.includes(one))),
      );
    },
  };
}

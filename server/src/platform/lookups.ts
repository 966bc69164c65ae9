/** A question that one slice answers and others may ask, neither knowing the other. */
export type Lookup<Answer> = {
  /** The slice that knows says how. Once, at start. */
  answeredBy(answer: (ids: readonly string[]) => Promise<ReadonlyMap<string, Answer>>): void;
  /** Answers by id; ids of which nothing is known are absent. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, Answer>>;
};

/** Where a document is, and how it is called. */
export type DocumentPlace = { readonly title: string; readonly workspaceId: string; readonly trashed: boolean };

/** What lists show of things that belong to other slices. Rights are the asking slice's task. */
export type Lookups = {
  /** Names of organisations, by organisation id. */
  readonly organisationNames: Lookup<string>;
  /** Domains whose verified addresses make somebody a member of a verified organisation, by organisation id. */
  readonly organisationDomains: Lookup<string>;
  /** Names of bodies, by body id: archived ones too. */
  readonly bodyNames: Lookup<string>;
  /** The same of those only that are not archived. */
  readonly activeBodyNames: Lookup<string>;
  /** Names of workspaces, by workspace id. */
  readonly workspaceNames: Lookup<string>;
  /** How many invitations wait for an answer, by workspace id. */
  readonly pendingInvitations: Lookup<number>;
  /** What documents are called and where they are, by document id: those in the trash too. */
  readonly documentPlaces: Lookup<DocumentPlace>;
  /** How many documents a workspace holds outside its trash, by workspace id. */
  readonly documentCounts: Lookup<number>;
  /** The addresses to which invitations went that still wait, by the secrets of their links. */
  readonly invitedAddresses: Lookup<string>;
};

/** A lookup that knows nothing until somebody answers it. */
function createLookup<Answer>(): Lookup<Answer> {
  let known: (ids: readonly string[]) => Promise<ReadonlyMap<string, Answer>> = async () => new Map();
  return {
    answeredBy: (answer) => {
      known = answer;
    },
    of: async (ids) => (ids.length === 0 ? new Map() : known([...new Set(ids)])),
  };
}

export const createLookups = (): Lookups => ({
  organisationNames: createLookup(),
  organisationDomains: createLookup(),
  bodyNames: createLookup(),
  activeBodyNames: createLookup(),
  workspaceNames: createLookup(),
  pendingInvitations: createLookup(),
  documentPlaces: createLookup(),
  documentCounts: createLookup(),
  invitedAddresses: createLookup(),
});

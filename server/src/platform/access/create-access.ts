import { Problem } from '@concert/contract';
import { holdingOn, limitOn, nextEnd, type Principal, weaker } from '@concert/domain/access/grants.ts';
import { may } from '@concert/domain/access/rights.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { Log } from '../log.ts';
import type { Ports } from '../ports.ts';
import type {
  Access,
  AccessChange,
  Asker,
  BodySource,
  DocumentFacts,
  DocumentSource,
  PeopleSource,
  Reach,
  Standing,
  Subject,
  WorkspaceFacts,
  WorkspaceSource,
} from './access.ts';
import { createAudience } from './audience.ts';
import { createExpiries } from './expiries.ts';
import { byNameOnly, type Identity, identities, namesGroups } from './identity.ts';

/** A source that a slice gives at start; asking before that is a fault of the start order. */
function slot<Source>(what: string) {
  let source: Source | undefined;
  return {
    set: (given: Source) => {
      source = given;
    },
    get: (): Source => {
      if (source === undefined) throw new Error(`nobody has registered ${what} with the access module`);
      return source;
    },
  };
}

export type AccessOptions = {
  readonly ports: Pick<Ports, 'now'>;
  /** Tells the other instances. */
  readonly publish?: (match: AccessChange) => void;
  /** Hears of a listener that failed where nobody waits for it. */
  readonly log?: Pick<Log, 'warn'>;
};

/** Where everything that rights depend on is kept. */
export type Sources = {
  readonly workspaces: { get(): WorkspaceSource };
  readonly documents: { get(): DocumentSource };
  readonly people: { get(): PeopleSource };
  readonly bodies: { get(): BodySource };
  readonly now: () => Date;
};

const earliest = (...instants: readonly (Date | undefined)[]): { changesAt?: Date } => {
  const known = instants.flatMap((instant) => (instant === undefined ? [] : [instant.getTime()]));
  return known.length === 0 ? {} : { changesAt: new Date(Math.min(...known)) };
};

const documentPath = ({ id, workspaceId }: Pick<DocumentFacts, 'id' | 'workspaceId'>): readonly Subject[] => [
  { kind: 'document', id },
  { kind: 'workspace', id: workspaceId },
];

/** One question about one subject: one indexed read for a workspace, two for a document, two more for bodies. */
function createStanding({ workspaces, documents, people, bodies, now }: Sources) {
  /** Who asks, in as far as what is kept here makes a difference. */
  const identityFor = async (asker: Asker, facts: Parameters<typeof namesGroups>[0]): Promise<Identity> => {
    if (!namesGroups(facts)) return byNameOnly(asker.personId);
    const known = await identities({ people: people.get(), bodies: bodies.get() }, [asker.personId], now());
    return known.get(asker.personId) ?? byNameOnly(asker.personId);
  };

  const onWorkspace = async (asker: Asker, id: string): Promise<Standing | null> => {
    const facts = await workspaces.get().facts(id);
    if (facts === null) return null;
    const who = await identityFor(asker, [facts]);
    const question = { ...who, path: [{ kind: 'workspace', id }] as const, ...limitsOf(asker) };
    const { role, held } = holdingOn(question, facts.grants, facts.denials, now());
    if (role === null) return null;
    return {
      role,
      workspaceRole: role,
      workspaceId: id,
      workspaceState: facts.state,
      trashed: false,
      quarantined: false,
      sealed: false,
      ...earliest(nextEnd(held, now()), who.changesAt),
    };
  };

  const onDocument = async (asker: Asker, id: string): Promise<Standing | null> => {
    const found = await documents.get().location(id);
    const around = found === null ? null : await workspaces.get().facts(found.workspaceId);
    if (found === null || around === null) return null;
    const who = await identityFor(asker, [found, around]);
    const question = { ...who, path: documentPath(found), ...limitsOf(asker) };
    const denials = [...around.denials, ...found.denials];
    const { role, held } = holdingOn(question, [...around.grants, ...found.grants], denials, now());
    if (role === null) return null;
    const { workspaceId, trashed, quarantined, sealed } = found;
    // [A13] A limit on the document alone is, like a right on it alone, nothing in its workspace.
    const outer: Subject = { kind: 'workspace', id: around.id };
    const person = holdingOn({ ...who, path: question.path }, around.grants, denials, now()).role;
    return {
      role,
      workspaceRole: asker.limits === undefined ? person : weaker(person, limitOn([outer], asker.limits)),
      workspaceId,
      workspaceState: around.state,
      trashed,
      quarantined,
      sealed,
      ...earliest(nextEnd(held, now()), who.changesAt),
    };
  };

  return (asker: Asker, subject: Subject): Promise<Standing | null> =>
    subject.kind === 'workspace' ? onWorkspace(asker, subject.id) : onDocument(asker, subject.id);
}

const limitsOf = ({ limits }: Asker) => (limits === undefined ? {} : { limits });

/** All that somebody may read: four indexed reads, however much it is. */
function createReach(sources: Sources) {
  const { workspaces, documents, people, bodies, now } = sources;

  const unlimited = async (personId: string): Promise<Reach> => {
    const known = await identities({ people: people.get(), bodies: bodies.get() }, [personId], now());
    const who = known.get(personId) ?? byNameOnly(personId);
    const names: readonly Principal[] = [...who.principals, ...who.claimed];
    const [around, single] = await Promise.all([workspaces.get().naming(names), documents.get().naming(names)]);
    const byId = new Map<string, WorkspaceFacts>(around.map((facts) => [facts.id, facts]));
    const mine = new Map<string, WorkspaceRole>();
    const ends = [];
    for (const { id, grants, denials } of around) {
      const { role, held } = holdingOn({ ...who, path: [{ kind: 'workspace', id }] }, grants, denials, now());
      ends.push(nextEnd(held, now()));
      if (role !== null) mine.set(id, role);
    }
    const shared = new Map<string, WorkspaceRole>();
    const denied = new Set<string>();
    for (const document of single) {
      const outer = byId.get(document.workspaceId);
      const question = { ...who, path: documentPath(document) };
      const denials = [...(outer?.denials ?? []), ...document.denials];
      const { role, held } = holdingOn(question, [...(outer?.grants ?? []), ...document.grants], denials, now());
      ends.push(nextEnd(held, now()));
      if (role === null && mine.has(document.workspaceId)) denied.add(document.id);
      if (role !== null && !mine.has(document.workspaceId)) shared.set(document.id, role);
    }
    return { workspaces: mine, documents: shared, denied, ...earliest(who.changesAt, ...ends) };
  };

  /** [A13] what the person reaches, within the limits of the token. */
  return async (asker: Asker): Promise<Reach> => {
    const all = await unlimited(asker.personId);
    const { limits } = asker;
    if (limits === undefined) return all;
    const mine = new Map<string, WorkspaceRole>();
    for (const [id, role] of all.workspaces) {
      const bound = weaker(role, limitOn([{ kind: 'workspace', id }], limits));
      if (bound !== null) mine.set(id, bound);
    }
    const single = new Map<string, WorkspaceRole>();
    const standing = createStanding(sources);
    for (const { subject } of limits) {
      if (subject.kind !== 'document') continue;
      const found = await standing(asker, subject);
      if (found !== null && !mine.has(found.workspaceId)) single.set(subject.id, found.role);
    }
    return { ...all, workspaces: mine, documents: single };
  };
}

/** Rights read from the truth at each question. */
export function createAccess({ ports, publish, log }: AccessOptions): Access {
  const workspaces = slot<WorkspaceSource>('workspaces');
  const documents = slot<DocumentSource>('documents');
  const people = slot<PeopleSource>('people');
  const bodies = slot<BodySource>('bodies');
  const sources: Sources = { workspaces, documents, people, bodies, now: () => ports.now() };
  const listeners: ((match: AccessChange) => Promise<void>)[] = [];
  const heard = async (match: AccessChange): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener(match)));
  };
  const expiries = createExpiries({
    now: () => ports.now(),
    onDue: (personIds) => {
      heard({ personIds }).catch((error: unknown) => log?.warn({ err: error }, 'rights that ended were not looked up'));
    },
  });
  const standing = createStanding(sources);
  const reach = createReach(sources);

  return {
    standing,
    can: async (asker, action, subject) => {
      const found = await standing(asker, subject);
      return found === null ? { ok: false, reason: 'not-found' } : may(action, found);
    },
    require: async (asker, action, subject) => {
      const found = await standing(asker, subject);
      // Unknown and foreign are one answer: an id tells nothing to those who may not read what it names.
      if (found === null) throw new Problem('NOT_FOUND', 'not-found');
      const verdict = may(action, found);
      if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
      return found;
    },
    reach,
    coMembersOf: async (asker) => {
      const shared = new Map<string, string[]>();
      const { workspaces: mine } = await reach(asker);
      for (const [workspaceId, members] of await workspaces.get().members([...mine.keys()]))
        for (const id of members) shared.set(id, [...(shared.get(id) ?? []), workspaceId]);
      return shared;
    },
    ...createAudience(sources),
    changed: async (match) => {
      publish?.(match);
      await heard(match);
    },
    heard,
    lookAgain: (personId, instant) => {
      if (instant !== undefined) expiries.at(personId, instant);
    },
    onChanged: (listener) => {
      listeners.push(listener);
    },
    registerWorkspaces: workspaces.set,
    registerDocuments: documents.set,
    registerPeople: people.set,
    registerBodies: bodies.set,
    stop: expiries.stop,
  };
}

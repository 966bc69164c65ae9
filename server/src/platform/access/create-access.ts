import { Problem } from '@concert/contract';
import { type Denial, type Grant, roleOn } from '@concert/domain/access/grants.ts';
import { may } from '@concert/domain/access/rights.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { Ports } from '../ports.ts';
import type { Access, AccessChange, DocumentSource, Standing, Subject, WorkspaceSource } from './access.ts';

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

/** Rights read from the truth at each question: one indexed read for a workspace, two for a document. */
export function createAccess({ ports }: { ports: Ports }): Access {
  const workspaces = slot<WorkspaceSource>('workspaces');
  const documents = slot<DocumentSource>('documents');
  const listeners: ((match: AccessChange) => Promise<void>)[] = [];

  // A person stands for themself alone until bodies and organisations hold grants; with personal grants only, the
  // strictest platform role decides like any other.
  const roleOf = (
    personId: string,
    path: readonly Subject[],
    grants: readonly Grant[],
    denials: readonly Denial[],
  ): WorkspaceRole | null => {
    const principals = [{ type: 'person', id: personId }] as const;
    return roleOn({ platformRole: 'guest', principals, path }, grants, denials, ports.now());
  };

  const onWorkspace = async (personId: string, id: string): Promise<Standing | null> => {
    const facts = await workspaces.get().facts(id, personId);
    const role = facts === null ? null : roleOf(personId, [{ kind: 'workspace', id }], facts.grants, []);
    if (facts === null || role === null) return null;
    return { role, workspaceId: id, workspaceState: facts.state, trashed: false, quarantined: false };
  };

  const onDocument = async (personId: string, id: string): Promise<Standing | null> => {
    const found = await documents.get().location(id);
    const facts = found === null ? null : await workspaces.get().facts(found.workspaceId, personId);
    if (found === null || facts === null) return null;
    const path: readonly Subject[] = [
      { kind: 'document', id },
      { kind: 'workspace', id: found.workspaceId },
    ];
    const role = roleOf(personId, path, [...facts.grants, ...(found.grants ?? [])], found.denials ?? []);
    if (role === null) return null;
    const { workspaceId, trashed, quarantined } = found;
    return { role, workspaceId, workspaceState: facts.state, trashed, quarantined };
  };

  const standing = (personId: string, subject: Subject): Promise<Standing | null> =>
    subject.kind === 'workspace' ? onWorkspace(personId, subject.id) : onDocument(personId, subject.id);

  const workspacesOf = async (personId: string): Promise<ReadonlyMap<string, WorkspaceRole>> => {
    const roles = new Map<string, WorkspaceRole>();
    const grants = await workspaces.get().grantsOf(personId);
    for (const { subject } of grants) {
      const role = subject.kind === 'workspace' ? roleOf(personId, [subject], grants, []) : null;
      if (role !== null) roles.set(subject.id, role);
    }
    return roles;
  };

  return {
    standing,
    can: async (personId, action, subject) => {
      const found = await standing(personId, subject);
      return found === null ? { ok: false, reason: 'not-found' } : may(action, found);
    },
    require: async ({ personId }, action, subject) => {
      const found = await standing(personId, subject);
      // Unknown and foreign are one answer: an id tells nothing to those who may not read what it names.
      if (found === null) throw new Problem('NOT_FOUND', 'not-found');
      const verdict = may(action, found);
      if (!verdict.ok) throw new Problem('FORBIDDEN', verdict.reason);
      return found;
    },
    workspacesOf,
    coMembersOf: async (personId) => {
      const shared = new Map<string, string[]>();
      const mine = await workspacesOf(personId);
      for (const [workspaceId, people] of await workspaces.get().members([...mine.keys()]))
        for (const id of people) shared.set(id, [...(shared.get(id) ?? []), workspaceId]);
      return shared;
    },
    changed: async (match) => {
      await Promise.all(listeners.map((listener) => listener(match)));
    },
    onChanged: (listener) => {
      listeners.push(listener);
    },
    registerWorkspaces: workspaces.set,
    registerDocuments: documents.set,
  };
}

import { Problem } from '@concert/contract';
import { may } from '@concert/domain/access/rights.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { Ports } from '../ports.ts';
import type { Access, AccessChange, DocumentSource, Standing, Subject, WorkspaceSource } from './access.ts';

const still = (until: Date | undefined, now: Date): boolean => until === undefined || until > now;

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

  const inWorkspace = async (personId: string, workspaceId: string): Promise<Standing | null> => {
    const facts = await workspaces.get().facts(workspaceId, personId);
    if (facts?.role === undefined || !still(facts.until, ports.now())) return null;
    return { role: facts.role, workspaceId, workspaceState: facts.state, trashed: false, quarantined: false };
  };

  const standing = async (personId: string, subject: Subject): Promise<Standing | null> => {
    if (subject.kind === 'workspace') return inWorkspace(personId, subject.id);
    const location = await documents.get().location(subject.id);
    if (location === null) return null;
    const around = await inWorkspace(personId, location.workspaceId);
    return around === null ? null : { ...around, trashed: location.trashed, quarantined: location.quarantined };
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
    workspacesOf: async (personId) => {
      const now = ports.now();
      const roles = new Map<string, WorkspaceRole>();
      for (const { workspaceId, role, until } of await workspaces.get().memberships(personId))
        if (still(until, now)) roles.set(workspaceId, role);
      return roles;
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

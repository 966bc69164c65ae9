import { Problem } from '@concert/contract';
import { type RightsHolder, sharingRoutes } from '../platform/access/sharing.ts';
import type { Platform } from '../platform/module.ts';
import type { DocumentRecord } from './records.ts';
import type { DocumentStore } from './store.ts';

/** Tries of one change against others before it is given up: far more than a workspace has owners. */
const MAX_TRIES = 50;

/** Rights on single documents: kept in the document, and managed by the owners of its workspace. */
export function documentSharing({ platform, documents }: { platform: Platform; documents: DocumentStore }) {
  const { access, live, lookups, outbox } = platform;
  const found = async (id: string): Promise<DocumentRecord> => {
    const record = await documents.get(id);
    if (record === null) throw new Problem('NOT_FOUND', 'not-found');
    return record;
  };
  const holder: RightsHolder = {
    get: documents.get,
    change: async (id, { actor, concerned, denying }, decide) => {
      const own = denying !== undefined && concerned.type === 'person' && concerned.id === actor.personId;
      const event = outbox.event('documents.rights-changed', { documentId: id, concerned }, actor.personId);
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const before = await found(id);
        // Asked again of the document as it will be written: it may have moved, or its giver own nothing any more.
        const action = own ? 'conflict.declare' : 'access.manage';
        const { workspaceId } = await access.require(actor, action, { kind: 'document', id });
        if (workspaceId !== before.workspaceId) continue;
        const after = await documents.changeRights(before, decide(before), event);
        if (after === null) continue;
        outbox.wake('documents');
        return after;
      }
      throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
    },
    pendingInvitations: async (workspaceId) =>
      (await lookups.pendingInvitations.of([workspaceId])).get(workspaceId) ?? 0,
    tell: async (id) => {
      const { workspaceId } = await found(id);
      live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId: id });
    },
  };
  return sharingRoutes({ platform, kind: 'document', holder });
}

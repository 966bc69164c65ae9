import { Problem } from '@concert/contract';
import { mayBeDenied } from '@concert/domain/workspaces/rules.ts';
import { type RightsHolder, sharingRoutes } from '../platform/access/sharing.ts';
import type { Platform } from '../platform/module.ts';
import { announcer, enforce, enforceManages, openInvitations, teamOf } from './service.ts';
import { WORKSPACES, type WorkspaceStore } from './store.ts';

/** Rights on workspaces: kept in the workspace, beside its members, so that one write judges both. */
export function workspaceSharing({ platform, store }: { platform: Platform; store: WorkspaceStore }) {
  const { outbox, ports } = platform;
  const announce = announcer(platform);
  const holder: RightsHolder = {
    get: store.get,
    change: async (id, { actor, concerned, denying }, decide) => {
      const now = ports.now();
      const event = outbox.event('workspaces.rights-changed', { workspaceId: id, concerned }, actor.personId);
      const saved = await store.change(id, now, async (workspace) => {
        const own = denying !== undefined && concerned.type === 'person' && concerned.id === actor.personId;
        if (!own) await enforceManages(platform, workspace, actor.personId, now);
        if (denying !== undefined) enforce(mayBeDenied(await teamOf(platform, workspace, now), denying));
        const { grants, denials } = decide(workspace);
        return { grants, denials, events: [event] };
      });
      outbox.wake(WORKSPACES);
      return saved;
    },
    pendingInvitations: async (workspaceId) => {
      const workspace = await store.get(workspaceId);
      if (workspace === null) throw new Problem('NOT_FOUND', 'not-found');
      return openInvitations(workspace, ports.now()).length;
    },
    tell: async (id) => announce.facts(id),
  };
  return sharingRoutes({ platform, kind: 'workspace', holder });
}

import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { Invitation, Member, Workspace } from '@concert/domain/workspaces/api.ts';
import type { Platform } from '../platform/module.ts';
import { currentMembers } from './service.ts';
import type { InvitationRecord, WorkspaceRecord } from './store.ts';

/** Shows records as the contract declares them. */
export function workspaceViews({ auth, lookups, ports }: Platform) {
  const members = async (workspace: WorkspaceRecord): Promise<Member[]> => {
    const current = currentMembers(workspace, ports.now());
    const people = await auth.people.byIds(current.map(({ personId }) => personId));
    const organisationIds = [...people.values()].flatMap(({ organisationId }) => organisationId ?? []);
    const organisations = await lookups.organisationNames.of(organisationIds);
    return current.flatMap(({ personId, role, since, until }) => {
      const person = people.get(personId);
      if (person === undefined) return [];
      const { email, name, color, title, organisationId } = person;
      const organisationName = organisationId === undefined ? undefined : organisations.get(organisationId);
      return [
        {
          personId,
          email,
          name,
          color,
          role,
          title,
          organisationName,
          since: since.toISOString(),
          until: until?.toISOString(),
        },
      ];
    });
  };

  const invitations = async (list: readonly InvitationRecord[]): Promise<Invitation[]> => {
    const people = await auth.people.byIds(list.map(({ invitedBy }) => invitedBy));
    return list.map(({ id, email, role, invitedBy, createdAt, expiresAt, until }) => ({
      id,
      email,
      role,
      invitedBy: people.get(invitedBy)?.name ?? '',
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      until: until?.toISOString(),
    }));
  };

  const workspaces = async (
    list: readonly { workspace: WorkspaceRecord; role: WorkspaceRole }[],
  ): Promise<Workspace[]> => {
    const counts = await lookups.documentCounts.of(list.map(({ workspace }) => workspace.id));
    return list.map(({ workspace, role }) => ({
      id: workspace.id,
      name: workspace.name,
      description: workspace.description,
      state: workspace.state,
      role,
      memberCount: currentMembers(workspace, ports.now()).length,
      documentCount: counts.get(workspace.id) ?? 0,
      createdAt: workspace.createdAt.toISOString(),
      updatedAt: workspace.updatedAt.toISOString(),
    }));
  };

  const one = async (workspace: WorkspaceRecord, role: WorkspaceRole): Promise<Workspace> => {
    const [shown] = await workspaces([{ workspace, role }]);
    if (shown === undefined) throw new Error('a workspace could not be shown');
    return shown;
  };

  return { members, invitations, workspaces, one };
}

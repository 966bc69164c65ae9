import type { Actor } from '@concert/contract';
import { Problem, type Verdict } from '@concert/contract';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { LINK_SECONDS } from '@concert/domain/accounts/rules.ts';
import {
  mayChangeRole,
  mayInvite,
  mayManage,
  mayRemove,
  type Team,
  type TeamRefusal,
} from '@concert/domain/workspaces/rules.ts';
import { fingerprint } from '../platform/auth/secrets.ts';
import type { Platform } from '../platform/module.ts';
import type { InvitationRecord, MemberRecord, WorkspaceRecord, WorkspaceStore } from './store.ts';
import { WORKSPACES } from './store.ts';

const MAX_MEMBERS = 500;
const MAX_INVITATIONS = 200;

/** The members whose time has not run out. */
export const currentMembers = (workspace: Pick<WorkspaceRecord, 'members'>, now: Date): readonly MemberRecord[] =>
  workspace.members.filter(({ until }) => until === undefined || until > now);

/** The invitations that can still be accepted. */
export const openInvitations = (workspace: WorkspaceRecord, now: Date): readonly InvitationRecord[] =>
  workspace.invitations.filter(({ expiresAt }) => expiresAt > now);

const teamOf = (workspace: WorkspaceRecord, now: Date): Team => ({
  state: workspace.state,
  members: currentMembers(workspace, now),
});

/** A refusal as the Problem to answer: who is not there is not found, everything else is forbidden for its reason. */
function enforce(verdict: Verdict<TeamRefusal>): void {
  if (verdict.ok) return;
  throw verdict.reason === 'not-a-member'
    ? new Problem('NOT_FOUND', 'not-found')
    : new Problem('FORBIDDEN', verdict.reason);
}

/** Judged within the write itself: a right that went between the question and the write is gone. */
export const enforceManages = (workspace: WorkspaceRecord, personId: string, now: Date): void =>
  enforce(mayManage(teamOf(workspace, now), personId));

const noSuchInvitation = (): Problem => new Problem('NOT_FOUND', 'no-such-invitation');

/** The purpose from which an invitation's secret is derived: it is mailed, and nowhere stored. */
export const secretOf = (auth: Platform['auth'], invitationId: string): string =>
  auth.derive(`workspace-invitation:${invitationId}`);

/** Tells what a committed change means to open sockets, before the request is answered. */
export function announcer({ access, live }: Pick<Platform, 'access' | 'live'>) {
  return {
    rights: async (workspaceId: string, personId: string): Promise<void> => {
      await access.changed({ workspaceId, personId });
      live.toWorkspace(workspaceId, 'workspace.changed', { workspaceId });
    },
    everybody: async (workspaceId: string): Promise<void> => {
      await access.changed({ workspaceId });
      live.toWorkspace(workspaceId, 'workspace.changed', { workspaceId });
    },
    facts: (workspaceId: string): void => live.toWorkspace(workspaceId, 'workspace.changed', { workspaceId }),
  };
}

type Parts = { readonly platform: Platform; readonly store: WorkspaceStore };

/** Adding, changing and removing members. Each is one guarded write, then the news. */
export function teamService({ platform, store }: Parts) {
  const { outbox, ports } = platform;
  const announce = announcer(platform);
  const committed = () => outbox.wake(WORKSPACES);

  return {
    add: async (actor: Actor, workspaceId: string, personId: string, role: WorkspaceRole): Promise<WorkspaceRecord> => {
      const now = ports.now();
      const event = outbox.event('workspaces.member-added', { workspaceId, personId, role }, actor.personId);
      const saved = await store.change(workspaceId, now, (workspace) => {
        enforce(mayInvite(teamOf(workspace, now), actor.personId, role));
        const members = currentMembers(workspace, now);
        if (members.some((member) => member.personId === personId)) throw new Problem('CONFLICT', 'already-member');
        if (members.length >= MAX_MEMBERS) throw new Problem('CONFLICT', 'too-many-members');
        return { members: [...members, { personId, role, since: now }], events: [event] };
      });
      committed();
      await announce.rights(workspaceId, personId);
      return saved;
    },
    changeRole: async (
      actor: Actor,
      workspaceId: string,
      change: { personId: string; role: WorkspaceRole },
    ): Promise<WorkspaceRecord> => {
      const now = ports.now();
      const event = outbox.event('workspaces.member-changed', { workspaceId, ...change }, actor.personId);
      const saved = await store.change(workspaceId, now, (workspace) => {
        enforce(mayChangeRole(teamOf(workspace, now), actor.personId, change));
        const members = currentMembers(workspace, now).map((member) =>
          member.personId === change.personId ? { ...member, role: change.role } : member,
        );
        return { members, events: [event] };
      });
      committed();
      await announce.rights(workspaceId, change.personId);
      return saved;
    },
    remove: async (actor: Actor, workspaceId: string, personId: string): Promise<void> => {
      const now = ports.now();
      const event = outbox.event('workspaces.member-removed', { workspaceId, personId }, actor.personId);
      await store.change(workspaceId, now, (workspace) => {
        enforce(mayRemove(teamOf(workspace, now), actor.personId, personId));
        const members = currentMembers(workspace, now).filter((member) => member.personId !== personId);
        return { members, events: [event] };
      });
      committed();
      await announce.rights(workspaceId, personId);
    },
  };
}

/** Inviting, withdrawing and accepting. A link works once, for a week, for the account with the invited address. */
export function invitationService({ platform, store }: Parts) {
  const { auth, limits, outbox, ports } = platform;
  const announce = announcer(platform);
  const spendMail = async (actor: Actor): Promise<void> => {
    const staff = actor.platformRole === 'administrator' || actor.platformRole === 'secretariat';
    await limits.require(staff ? 'invitationsOfStaff' : 'invitationsOfPerson', actor.personId, 'too-many-invitations');
  };

  return {
    invite: async (
      actor: Actor,
      workspaceId: string,
      invited: { email: string; role: WorkspaceRole },
    ): Promise<InvitationRecord> => {
      await spendMail(actor);
      const now = ports.now();
      const id = ports.newRandomId();
      const invitation: InvitationRecord = {
        id,
        tokenHash: fingerprint(secretOf(auth, id)),
        ...invited,
        invitedBy: actor.personId,
        createdAt: now,
        expiresAt: new Date(now.getTime() + LINK_SECONDS.invitation * 1000),
      };
      const event = outbox.event('workspaces.invited', { workspaceId, invitationId: id }, actor.personId);
      await store.change(workspaceId, now, (workspace) => {
        enforce(mayInvite(teamOf(workspace, now), actor.personId, invited.role));
        // The newest invitation of an address is the only one: the link before it stops working.
        const others = openInvitations(workspace, now).filter(({ email }) => email !== invited.email);
        if (others.length >= MAX_INVITATIONS) throw new Problem('CONFLICT', 'too-many-invitations');
        return { invitations: [...others, invitation], events: [event] };
      });
      outbox.wake(WORKSPACES);
      announce.facts(workspaceId);
      return invitation;
    },
    revoke: async (actor: Actor, workspaceId: string, invitationId: string): Promise<void> => {
      const now = ports.now();
      const event = outbox.event('workspaces.invitation-revoked', { workspaceId, invitationId }, actor.personId);
      await store.change(workspaceId, now, (workspace) => {
        enforceManages(workspace, actor.personId, now);
        const rest = workspace.invitations.filter(({ id }) => id !== invitationId);
        if (rest.length === workspace.invitations.length) throw noSuchInvitation();
        return { invitations: rest, events: [event] };
      });
      outbox.wake(WORKSPACES);
      announce.facts(workspaceId);
    },
    /** The workspace and the invitation behind a link, while it works. */
    find: async (token: string): Promise<{ workspace: WorkspaceRecord; invitation: InvitationRecord }> => {
      const hash = fingerprint(token);
      const workspace = await store.withInvitation(hash);
      const invitation =
        workspace && openInvitations(workspace, ports.now()).find(({ tokenHash }) => tokenHash === hash);
      if (!workspace || !invitation) throw noSuchInvitation();
      return { workspace, invitation };
    },
    accept: async (actor: Actor, token: string): Promise<WorkspaceRecord> => {
      const now = ports.now();
      const hash = fingerprint(token);
      const found = await store.withInvitation(hash);
      if (found === null) throw noSuchInvitation();
      const { personId } = actor;
      const event = outbox.event('workspaces.invitation-accepted', { workspaceId: found.id, personId }, personId);
      const saved = await store.change(found.id, now, (workspace) => {
        const invitation = openInvitations(workspace, now).find(({ tokenHash }) => tokenHash === hash);
        if (invitation === undefined) throw noSuchInvitation();
        if (invitation.email !== actor.email.toLowerCase()) throw new Problem('FORBIDDEN', 'other-address');
        const members = currentMembers(workspace, now);
        if (members.some((member) => member.personId === personId)) throw new Problem('CONFLICT', 'already-member');
        // Who has lost the right to invite has lost it for the invitations that are still out.
        const verdict = mayInvite(teamOf(workspace, now), invitation.invitedBy, invitation.role);
        if (!verdict.ok)
          throw verdict.reason === 'workspace-archived' ? new Problem('FORBIDDEN', verdict.reason) : noSuchInvitation();
        return {
          members: [...members, { personId, role: invitation.role, since: now }],
          invitations: workspace.invitations.filter(({ id }) => id !== invitation.id),
          events: [event],
        };
      });
      outbox.wake(WORKSPACES);
      await announce.rights(found.id, personId);
      return saved;
    },
  };
}

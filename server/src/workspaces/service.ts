import type { Actor } from '@concert/contract';
import { Problem, type Verdict } from '@concert/contract';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { LINK_SECONDS } from '@concert/domain/accounts/rules.ts';
import {
  changed,
  type MembershipChange,
  mayChangeRole,
  mayInvite,
  mayManage,
  mayRemove,
  type Team,
  type TeamRefusal,
} from '@concert/domain/workspaces/rules.ts';
import { denialsOn } from '../platform/access/rights-records.ts';
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

/** What the rules judge: who is in it now, and who of them is kept out by a conflict of interest. */
export async function teamOf(
  { access }: Pick<Platform, 'access'>,
  workspace: WorkspaceRecord,
  now: Date,
): Promise<Team> {
  const members = currentMembers(workspace, now);
  const { denials } = workspace;
  const ids = members.map(({ personId }) => personId);
  const denied = denials.length === 0 ? new Set<string>() : await access.deniedAmong(ids, denialsOf(workspace));
  return { state: workspace.state, members, denied };
}

const denialsOf = ({ id, denials }: WorkspaceRecord) => denialsOn({ kind: 'workspace', id }, denials);

/** A refusal as the Problem to answer: who is not there is not found, everything else is forbidden for its reason. */
export function enforce(verdict: Verdict<TeamRefusal>): void {
  if (verdict.ok) return;
  throw verdict.reason === 'not-a-member'
    ? new Problem('NOT_FOUND', 'not-found')
    : new Problem('FORBIDDEN', verdict.reason);
}

/** Judged within the write itself: a right that went between the question and the write is gone. */
export const enforceManages = async (
  platform: Pick<Platform, 'access'>,
  workspace: WorkspaceRecord,
  personId: string,
  now: Date,
): Promise<void> => enforce(mayManage(await teamOf(platform, workspace, now), personId));

/** An end as it came in; what has ended already is none. @throws Problem BAD_REQUEST `ends-in-the-past` */
export function endFrom(until: string | undefined, now: Date): Date | undefined {
  if (until === undefined) return undefined;
  const end = new Date(until);
  if (end <= now) throw new Problem('BAD_REQUEST', 'ends-in-the-past');
  return end;
}

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

/** What an invitation makes of somebody. One whose offer has ended meanwhile is refused like one that has expired. */
function membershipFrom({ role, until }: InvitationRecord, personId: string, now: Date): MemberRecord {
  if (until !== undefined && until <= now) throw noSuchInvitation();
  return { personId, role, since: now, ...(until === undefined ? {} : { until }) };
}

type Parts = { readonly platform: Platform; readonly store: WorkspaceStore };

/** Adding, changing and removing members. Each is one guarded write, then the news. */
export function teamService({ platform, store }: Parts) {
  const { outbox, ports } = platform;
  const announce = announcer(platform);
  const committed = () => outbox.wake(WORKSPACES);

  return {
    add: async (
      actor: Actor,
      workspaceId: string,
      { personId, role, until }: { personId: string; role: WorkspaceRole; until?: Date | undefined },
    ): Promise<WorkspaceRecord> => {
      const now = ports.now();
      const event = outbox.event('workspaces.member-added', { workspaceId, personId, role }, actor.personId);
      const saved = await store.change(workspaceId, now, async (workspace) => {
        enforce(mayInvite(await teamOf(platform, workspace, now), actor.personId, role));
        const members = currentMembers(workspace, now);
        if (members.some((member) => member.personId === personId)) throw new Problem('CONFLICT', 'already-member');
        if (members.length >= MAX_MEMBERS) throw new Problem('CONFLICT', 'too-many-members');
        const member = { personId, role, since: now, ...(until === undefined ? {} : { until }) };
        return { members: [...members, member], events: [event] };
      });
      committed();
      await announce.rights(workspaceId, personId);
      return saved;
    },
    changeRole: async (actor: Actor, workspaceId: string, change: MembershipChange): Promise<WorkspaceRecord> => {
      const now = ports.now();
      const { personId, role } = change;
      const event = outbox.event('workspaces.member-changed', { workspaceId, personId, role }, actor.personId);
      const saved = await store.change(workspaceId, now, async (workspace) => {
        enforce(mayChangeRole(await teamOf(platform, workspace, now), actor.personId, change));
        const members = currentMembers(workspace, now).map((member) =>
          member.personId === personId ? { ...changed(member, change), since: member.since } : member,
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
      await store.change(workspaceId, now, async (workspace) => {
        enforce(mayRemove(await teamOf(platform, workspace, now), actor.personId, personId));
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
      invited: { email: string; role: WorkspaceRole; until?: Date },
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
      await store.change(workspaceId, now, async (workspace) => {
        enforce(mayInvite(await teamOf(platform, workspace, now), actor.personId, invited.role));
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
      await store.change(workspaceId, now, async (workspace) => {
        await enforceManages(platform, workspace, actor.personId, now);
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
      const saved = await store.change(found.id, now, async (workspace) => {
        const invitation = openInvitations(workspace, now).find(({ tokenHash }) => tokenHash === hash);
        if (invitation === undefined) throw noSuchInvitation();
        if (invitation.email !== actor.email.toLowerCase()) throw new Problem('FORBIDDEN', 'other-address');
        const members = currentMembers(workspace, now);
        if (members.some((member) => member.personId === personId)) throw new Problem('CONFLICT', 'already-member');
        if (members.length >= MAX_MEMBERS) throw new Problem('CONFLICT', 'too-many-members');
        // Who has lost the right to invite has lost it for the invitations that are still out.
        const verdict = mayInvite(await teamOf(platform, workspace, now), invitation.invitedBy, invitation.role);
        if (!verdict.ok)
          throw verdict.reason === 'workspace-archived' ? new Problem('FORBIDDEN', verdict.reason) : noSuchInvitation();
        return {
          members: [...members, membershipFrom(invitation, personId, now)],
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

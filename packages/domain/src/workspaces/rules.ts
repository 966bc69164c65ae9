import { no, type Verdict, yes } from '@concert/contract';
import { atLeast, type WorkspaceRole } from '../access/roles.ts';

/** What the rules must know of a workspace: who is in it with which role, and whether it is archived. */
export type Membership = { readonly personId: string; readonly role: WorkspaceRole };
export type Team = { readonly state: 'active' | 'archived'; readonly members: readonly Membership[] };

export type TeamRefusal = 'not-a-member' | 'not-an-owner' | 'above-own-role' | 'last-owner' | 'workspace-archived';

/** [W2] only owners manage members · [W3] nobody gives a role above their own · [W5] nobody enters an archived workspace */
export function mayInvite(team: Team, actorId: string, role: WorkspaceRole): Verdict<TeamRefusal> {
  const manages = mayManage(team, actorId);
  if (!manages.ok) return manages;
  if (team.state === 'archived') return no('workspace-archived');
  return mayGive(team, actorId, role);
}

/** [W1] one owner at least remains · [W2] only owners · [W3] no role above one's own · [W5] no rise in an archived workspace */
export function mayChangeRole(
  team: Team,
  actorId: string,
  change: { readonly personId: string; readonly role: WorkspaceRole },
): Verdict<TeamRefusal> {
  const manages = mayManage(team, actorId);
  if (!manages.ok) return manages;
  const current = roleIn(team, change.personId);
  if (current === undefined) return no('not-a-member');
  if (team.state === 'archived' && !atLeast(current, change.role)) return no('workspace-archived');
  const gives = mayGive(team, actorId, change.role);
  if (!gives.ok) return gives;
  return change.role === 'owner' || !isLastOwner(team, change.personId) ? yes : no('last-owner');
}

/** [W1] one owner at least remains · [W2] only owners remove others · [W4] everybody may leave */
export function mayRemove(team: Team, actorId: string, personId: string): Verdict<TeamRefusal> {
  if (actorId === personId) return mayLeave(team, personId);
  const manages = mayManage(team, actorId);
  if (!manages.ok) return manages;
  if (roleIn(team, personId) === undefined) return no('not-a-member');
  return isLastOwner(team, personId) ? no('last-owner') : yes;
}

/** [W4] everybody may leave · [W1] except the last owner */
export function mayLeave(team: Team, personId: string): Verdict<TeamRefusal> {
  if (roleIn(team, personId) === undefined) return no('not-a-member');
  return isLastOwner(team, personId) ? no('last-owner') : yes;
}

/** [W2] only owners manage the workspace and its members */
export function mayManage(team: Team, actorId: string): Verdict<TeamRefusal> {
  const role = roleIn(team, actorId);
  if (role === undefined) return no('not-a-member');
  return role === 'owner' ? yes : no('not-an-owner');
}

function mayGive(team: Team, actorId: string, role: WorkspaceRole): Verdict<TeamRefusal> {
  const own = roleIn(team, actorId);
  return own !== undefined && atLeast(own, role) ? yes : no('above-own-role');
}

const roleIn = (team: Team, personId: string): WorkspaceRole | undefined =>
  team.members.find((member) => member.personId === personId)?.role;

const isLastOwner = (team: Team, personId: string): boolean =>
  team.members.every((member) => (member.role === 'owner') === (member.personId === personId));

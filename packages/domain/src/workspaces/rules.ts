import { no, type Verdict, yes } from '@concert/contract';
import { atLeast, type WorkspaceRole } from '../access/roles.ts';
import { givesMore } from '../access/sharing.ts';

/** What the rules must know of a workspace: who is in it with which role, and whether it is archived. */
export type Membership = { readonly personId: string; readonly role: WorkspaceRole; readonly until?: Date };
export type Team = {
  readonly state: 'active' | 'archived';
  readonly members: readonly Membership[];
  /** People kept out by a conflict of interest: whatever their role, they manage nothing. */
  readonly denied?: ReadonlySet<string>;
};

/** What a change makes of a membership; `until: null` takes its end away, absent leaves it as it is. */
export type MembershipChange = {
  readonly personId: string;
  readonly role?: WorkspaceRole;
  readonly until?: Date | null;
};

export type TeamRefusal = 'not-a-member' | 'not-an-owner' | 'above-own-role' | 'last-owner' | 'workspace-archived';

/** [W2] only owners manage members · [W3] nobody gives a role above their own · [W5] nobody enters an archived workspace */
export function mayInvite(team: Team, actorId: string, role: WorkspaceRole): Verdict<TeamRefusal> {
  const manages = mayManage(team, actorId);
  if (!manages.ok) return manages;
  if (team.state === 'archived') return no('workspace-archived');
  return mayGive(team, actorId, role);
}

/** What a membership is after a change. */
export function changed(member: Membership, { role, until }: MembershipChange): Membership {
  const { until: before, ...rest } = member;
  const end = until === undefined ? before : (until ?? undefined);
  return { ...rest, role: role ?? member.role, ...(end === undefined ? {} : { until: end }) };
}

/** [W1] one owner at least remains · [W2] only owners · [W3] no role above one's own · [W5] no rise in an archived workspace */
export function mayChangeRole(team: Team, actorId: string, change: MembershipChange): Verdict<TeamRefusal> {
  const manages = mayManage(team, actorId);
  if (!manages.ok) return manages;
  const current = team.members.find(({ personId }) => personId === change.personId);
  if (current === undefined) return no('not-a-member');
  const after = changed(current, change);
  if (team.state === 'archived' && givesMore(current, after)) return no('workspace-archived');
  const gives = mayGive(team, actorId, after.role);
  if (!gives.ok) return gives;
  const stays = after.role === 'owner' && after.until === undefined;
  return stays || !isLastOwner(team, change.personId) ? yes : no('last-owner');
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

/** [W1] [A16] a conflict of interest is not declared of the last owner: somebody must be able to lift it */
export const mayBeDenied = (team: Team, personIds: ReadonlySet<string>): Verdict<TeamRefusal> =>
  keepersOf(team).every(({ personId }) => personIds.has(personId)) ? no('last-owner') : yes;

/** [W2] only owners manage the workspace and its members */
export function mayManage(team: Team, actorId: string): Verdict<TeamRefusal> {
  const role = roleIn(team, actorId);
  if (role === undefined || team.denied?.has(actorId)) return no('not-a-member');
  return role === 'owner' ? yes : no('not-an-owner');
}

function mayGive(team: Team, actorId: string, role: WorkspaceRole): Verdict<TeamRefusal> {
  const own = roleIn(team, actorId);
  return own !== undefined && atLeast(own, role) ? yes : no('above-own-role');
}

const roleIn = (team: Team, personId: string): WorkspaceRole | undefined =>
  team.members.find((member) => member.personId === personId)?.role;

/** [W1] [A16] The owners who count as such for good: without an end, and not kept out. */
const keepersOf = ({ members, denied }: Team): readonly Membership[] =>
  members.filter(
    ({ personId, role, until }) => role === 'owner' && until === undefined && denied?.has(personId) !== true,
  );

function isLastOwner(team: Team, personId: string): boolean {
  const keepers = keepersOf(team);
  return keepers.length > 0 && keepers.every((keeper) => keeper.personId === personId);
}

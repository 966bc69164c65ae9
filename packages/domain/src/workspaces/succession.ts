import { WORKSPACE_ROLES } from '../access/roles.ts';
import { type Membership, mayLeave, type Team } from './rules.ts';

type Place = Membership & { readonly since: Date };

const isLastOwner = (team: Team, personId: string): boolean => {
  const verdict = mayLeave(team, personId);
  return !verdict.ok && verdict.reason === 'last-owner';
};

/** [W6] Whether a workspace would be left to people none of whom may manage it. */
export const leavesOthersAlone = (team: Team, personId: string): boolean =>
  isLastOwner(team, personId) && team.members.length > 1;

/**
 * [W6] The members once a person is erased. The last owner is followed by the strongest role, then by whoever has been
 * there longest; null when nobody is left: the workspace closes, and keeps them as the owner that it must have.
 */
export function membersWithout<Member extends Place>(
  team: Omit<Team, 'members'> & { readonly members: readonly Member[] },
  personId: string,
): readonly Member[] | null {
  const others = team.members.filter((member) => member.personId !== personId);
  if (!isLastOwner(team, personId)) return others;
  const [successor] = others
    .filter((member) => team.denied?.has(member.personId) !== true)
    .sort(
      (a, b) =>
        WORKSPACE_ROLES.indexOf(a.role) - WORKSPACE_ROLES.indexOf(b.role) || a.since.getTime() - b.since.getTime(),
    );
  if (successor === undefined) return null;
  const { until: _until, ...stays } = successor;
  return others.map((member) => (member === successor ? { ...(stays as Member), role: 'owner' } : member));
}

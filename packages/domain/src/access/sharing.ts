import { no, type Verdict, yes } from '@concert/contract';
import { atLeast, type WorkspaceRole } from './roles.ts';

/** The situation in which somebody gives a right to others. `role` is what the giver holds in the workspace. */
export type Giving = {
  readonly giverRole: WorkspaceRole | null;
  readonly role: WorkspaceRole;
  readonly workspaceState: 'active' | 'archived';
};

export type SharingRefusal = 'not-an-owner' | 'above-own-role' | 'workspace-archived';

/** [A14] only owners · nothing above one's own role · nothing new in an archived workspace. */
export function mayGive({ giverRole, role, workspaceState }: Giving): Verdict<SharingRefusal> {
  if (giverRole !== 'owner') return no('not-an-owner');
  if (!atLeast(giverRole, role)) return no('above-own-role');
  return workspaceState === 'archived' ? no('workspace-archived') : yes;
}

/** What a change makes of a right. */
export type GrantTerms = { readonly role: WorkspaceRole; readonly until?: Date };

/** [A14] Whether the new terms give more than the old ones: a stronger role, or a later end. */
export const givesMore = (before: GrantTerms, after: GrantTerms): boolean =>
  !atLeast(before.role, after.role) ||
  (before.until !== undefined && (after.until === undefined || after.until > before.until));

/** A conflict of interest, seen from somebody who wants to declare or lift it. */
export type Conflict = {
  /** What the acting person holds in the workspace; null for somebody whose right is on the document alone. */
  readonly actorRole: WorkspaceRole | null;
  /** Whether the denial names the acting person, or an organisation of theirs. */
  readonly ownConflict: boolean;
};

/** [A15] one's own, or as an owner anybody's. */
export const mayDeny = ({ actorRole, ownConflict }: Conflict): Verdict<'not-an-owner'> =>
  ownConflict || actorRole === 'owner' ? yes : no('not-an-owner');

/** [A15] only an owner, and never the person concerned. */
export function mayLift({ actorRole, ownConflict }: Conflict): Verdict<'not-an-owner' | 'own-conflict'> {
  if (ownConflict) return no('own-conflict');
  return actorRole === 'owner' ? yes : no('not-an-owner');
}

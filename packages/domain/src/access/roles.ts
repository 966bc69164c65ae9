import { z } from 'zod';

/** Roles in a workspace, strongest first. */
export const WORKSPACE_ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const;
export const WorkspaceRole = z.enum(WORKSPACE_ROLES);
export type WorkspaceRole = z.infer<typeof WorkspaceRole>;

/** True when `role` gives at least what `needed` gives. */
export const atLeast = (role: WorkspaceRole, needed: WorkspaceRole): boolean =>
  WORKSPACE_ROLES.indexOf(role) <= WORKSPACE_ROLES.indexOf(needed);

import { no, type PlatformRole, type Verdict, yes } from '@concert/contract';
import { atLeast, type WorkspaceRole } from './roles.ts';

/** [A1] The weakest role that may do each thing. What is not in the table cannot be asked. */
export const NEEDED_ROLE = {
  'workspace.read': 'viewer',
  'workspace.update': 'owner',
  /** Archive, and reopen. */
  'workspace.archive': 'owner',
  'members.read': 'viewer',
  'members.manage': 'owner',
  /** [A14] Give and take back rights on a workspace or one of its documents. */
  'access.manage': 'owner',
  /** [A15] Declare one's own conflict of interest. */
  'conflict.declare': 'viewer',
  'document.read': 'viewer',
  'document.edit': 'editor',
  'document.create': 'editor',
  'document.duplicate': 'viewer',
  'document.move': 'editor',
  'document.trash': 'editor',
  'document.restore': 'editor',
  'version.create': 'editor',
  'version.restore': 'editor',
  'file.upload': 'editor',
  'thread.read': 'viewer',
  /** Open, reply, react; what more is needed for some of it, the rules of threads say. */
  'thread.write': 'viewer',
} as const satisfies Readonly<Record<string, WorkspaceRole>>;

export type WorkspaceAction = keyof typeof NEEDED_ROLE;

/** The situation in which somebody with a role wants to act. */
export type Situation = {
  readonly role: WorkspaceRole;
  /** [A10] What is held in the workspace itself: null for a right on the document alone. Absent: the same. */
  readonly workspaceRole?: WorkspaceRole | null;
  readonly workspaceState: 'active' | 'archived';
  /** Of the document, when the action is about one. */
  readonly trashed?: boolean;
  readonly quarantined?: boolean;
  readonly sealed?: boolean;
};

export type AccessRefusal =
  | 'role-too-low'
  | 'workspace-archived'
  | 'document-trashed'
  | 'document-quarantined'
  | 'document-sealed';

/**
 * [A2] What an archived workspace still allows: reading, copying out of it, reopening, and taking rights away from
 * somebody, which must always be possible.
 */
const IN_ARCHIVED: ReadonlySet<WorkspaceAction> = new Set([
  'workspace.read',
  'workspace.archive',
  'members.read',
  'members.manage',
  'access.manage',
  'conflict.declare',
  'document.read',
  'document.duplicate',
  'thread.read',
]);

/** [A10] What concerns the place of a document, which a right on the document alone says nothing about. */
const OF_WORKSPACE: ReadonlySet<WorkspaceAction> = new Set([
  'access.manage',
  'document.move',
  'document.trash',
  'document.restore',
]);

/** [A3] What is still possible with a document in the trash. */
const REFUSED_IN_TRASH: ReadonlySet<WorkspaceAction> = new Set([
  'thread.write',
  'document.edit',
  'document.duplicate',
  'document.move',
  'document.trash',
  'version.create',
  'version.restore',
  'file.upload',
]);

/** [A4] A document that broke the schema is read-only; going back to its last valid version is the way out. */
const REFUSED_IN_QUARANTINE: ReadonlySet<WorkspaceAction> = new Set(['document.edit', 'version.create', 'file.upload']);

/** [A22] A text that a body has been asked to approve stays as it is until it is unsealed; it can be discussed. */
const REFUSED_IF_SEALED: ReadonlySet<WorkspaceAction> = new Set([
  'document.edit',
  'document.trash',
  'version.restore',
  'file.upload',
]);

/** Whether somebody with this role may do this here and now. The first reason that holds is given. */
export function may(action: WorkspaceAction, situation: Situation): Verdict<AccessRefusal> {
  const { role, workspaceRole = role } = situation;
  const held = OF_WORKSPACE.has(action) ? workspaceRole : role;
  if (held === null || !atLeast(held, NEEDED_ROLE[action])) return no('role-too-low');
  if (situation.workspaceState === 'archived' && !IN_ARCHIVED.has(action)) return no('workspace-archived');
  if (situation.trashed && REFUSED_IN_TRASH.has(action)) return no('document-trashed');
  if (situation.quarantined && REFUSED_IN_QUARANTINE.has(action)) return no('document-quarantined');
  if (situation.sealed && REFUSED_IF_SEALED.has(action)) return no('document-sealed');
  return yes;
}

/** [A20] Guests are invited into workspaces; they make none. */
export const mayMakeWorkspaces = (platformRole: PlatformRole): Verdict<'guests-are-invited'> =>
  platformRole === 'guest' ? no('guests-are-invited') : yes;

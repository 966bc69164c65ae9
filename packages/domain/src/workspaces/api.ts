import { Email, Id, Instant, listOf, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { WorkspaceRole } from '../access/roles.ts';

export const WorkspaceName = z.string().trim().min(1).max(120);

/** A workspace as one of its members sees it: `role` is the caller's own. */
export const Workspace = z.object({
  id: WorkspaceId,
  name: z.string(),
  description: z.string(),
  state: z.enum(['active', 'archived']),
  role: WorkspaceRole,
  memberCount: z.number().int(),
  documentCount: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Workspace = z.infer<typeof Workspace>;

export const Member = z.object({
  personId: PersonId,
  email: z.string(),
  name: z.string(),
  color: z.string(),
  title: z.string().optional(),
  organisationName: z.string().optional(),
  role: WorkspaceRole,
  since: Instant,
  /** When the membership ends by itself, if it does. */
  until: Instant.optional(),
});
export type Member = z.infer<typeof Member>;

/** An invitation that waits for an answer. Its secret is in the mail only. */
export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: WorkspaceRole,
  invitedBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** When the membership that it offers ends by itself, if it does. */
  until: Instant.optional(),
});
export type Invitation = z.infer<typeof Invitation>;

/** The secret of an invitation link: 256 random bits, base64url. Sent in bodies only, never in an address. */
export const InvitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const workspacesApi = {
  list: oc
    .route({ method: 'GET', path: '/workspaces', tags: ['workspaces'], summary: 'My workspaces' })
    .input(Page.extend({ state: z.enum(['active', 'archived']).optional() }).strict())
    .output(listOf(Workspace)),
  create: oc
    .route({ method: 'POST', path: '/workspaces', tags: ['workspaces'], summary: 'Create a workspace' })
    .input(z.object({ name: WorkspaceName, description: z.string().trim().max(500).optional() }).strict())
    .output(Workspace),
  get: oc
    .route({ method: 'GET', path: '/workspaces/{id}', tags: ['workspaces'], summary: 'One workspace' })
    .input(z.object({ id: WorkspaceId }).strict())
    .output(Workspace),
  update: oc
    .route({
      method: 'PATCH',
      path: '/workspaces/{id}',
      tags: ['workspaces'],
      summary: 'Rename, describe, archive, reopen',
    })
    .input(
      z
        .object({
          id: WorkspaceId,
          name: WorkspaceName.optional(),
          description: z.string().trim().max(500).optional(),
          state: z.enum(['active', 'archived']).optional(),
        })
        .strict(),
    )
    .output(Workspace),
  members: oc
    .route({ method: 'GET', path: '/workspaces/{id}/members', tags: ['workspaces'], summary: 'Members' })
    .input(Page.extend({ id: WorkspaceId }).strict())
    .output(listOf(Member)),
  addMember: oc
    .route({
      method: 'POST',
      path: '/workspaces/{id}/members',
      tags: ['workspaces'],
      summary: 'Add a member by e-mail; an address without an account is invited',
    })
    .input(z.object({ id: WorkspaceId, email: Email, role: WorkspaceRole, until: Instant.optional() }).strict())
    .output(
      z.discriminatedUnion('outcome', [
        z.object({ outcome: z.literal('added'), member: Member }),
        z.object({ outcome: z.literal('invited'), invitation: Invitation }),
      ]),
    ),
  changeMember: oc
    .route({
      method: 'PATCH',
      path: '/workspaces/{id}/members/{personId}',
      tags: ['workspaces'],
      summary: 'Change a role or the end of a membership; null: without an end',
    })
    .input(
      z
        .object({
          id: WorkspaceId,
          personId: PersonId,
          role: WorkspaceRole.optional(),
          until: Instant.nullable().optional(),
        })
        .strict(),
    )
    .output(Member),
  removeMember: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{id}/members/{personId}',
      tags: ['workspaces'],
      summary: 'Remove a member, or leave',
    })
    .input(z.object({ id: WorkspaceId, personId: PersonId }).strict())
    .output(z.object({})),
  invitations: oc
    .route({
      method: 'GET',
      path: '/workspaces/{id}/invitations',
      tags: ['workspaces'],
      summary: 'Pending invitations',
    })
    .input(z.object({ id: WorkspaceId }).strict())
    .output(listOf(Invitation)),
  revokeInvitation: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{id}/invitations/{invitationId}',
      tags: ['workspaces'],
      summary: 'Withdraw an invitation',
    })
    .input(z.object({ id: WorkspaceId, invitationId: Id }).strict())
    .output(z.object({})),
  /** Public: whoever holds the link may see to what it invites. Looking uses nothing up. */
  invitation: oc
    .route({
      method: 'POST',
      path: '/invitations/look',
      tags: ['workspaces'],
      summary: 'What an invitation link offers',
    })
    .input(z.object({ token: InvitationToken }).strict())
    .output(
      z.object({
        workspaceName: z.string(),
        invitedBy: z.string(),
        email: z.string(),
        role: WorkspaceRole,
        expiresAt: Instant,
        /** Whether the invited address already has an account. */
        known: z.boolean(),
      }),
    ),
  acceptInvitation: oc
    .route({
      method: 'POST',
      path: '/invitations/accept',
      tags: ['workspaces'],
      summary: 'Accept an invitation',
    })
    .input(z.object({ token: InvitationToken }).strict())
    .output(Workspace),
};

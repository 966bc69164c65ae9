import { Color, DocumentId, Email, Id, Instant, listOf, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { WorkspaceRole } from './roles.ts';

/** Who a grant may name beside the members of a workspace: whole bodies and organisations, and on documents people. */
export const GRANTEE_TYPES = ['body', 'organisation', 'person'] as const;
export const GranteeType = z.enum(GRANTEE_TYPES);
export type GranteeType = z.infer<typeof GranteeType>;

/** [A10] A grant gives at most the right to write: owners are people, by name, in the workspace. */
export const GRANTED_ROLES = ['editor', 'commenter', 'viewer'] as const;
export const GrantedRole = z.enum(GRANTED_ROLES);
export type GrantedRole = z.infer<typeof GrantedRole>;

/** A principal as it is shown: `name` is empty for what has gone since. */
export const Named = z.object({ type: GranteeType, id: Id, name: z.string() });

/** A right on a workspace or on one document that was given to a body, an organisation or, on documents, a person. */
export const GrantItem = z.object({
  id: Id,
  principal: Named,
  role: GrantedRole,
  /** When the right ends by itself (exclusive), if it does. */
  until: Instant.optional(),
  since: Instant,
  by: z.object({ id: PersonId, name: z.string() }),
  /** How many people hold the right through it now. */
  peopleCount: z.number().int(),
});
export type GrantItem = z.infer<typeof GrantItem>;

/** Access taken away from somebody for a declared conflict of interest. It outweighs every grant. */
export const DenialItem = z.object({
  id: Id,
  principal: Named,
  reason: z.literal('conflict-of-interest'),
  note: z.string().optional(),
  since: Instant,
  by: z.object({ id: PersonId, name: z.string() }),
});
export type DenialItem = z.infer<typeof DenialItem>;

/** Why somebody can see something, or cannot: every right there is, not only the strongest. */
export const AccessReason = z.object({
  kind: z.enum(['member', 'person', 'body', 'organisation', 'denied']),
  /** Whether the right or denial is on the document itself or on the workspace that contains it. */
  on: z.enum(['workspace', 'document']),
  /** The right that it gives; absent for a denial. */
  role: WorkspaceRole.optional(),
  /** The body or organisation through which it is held. */
  through: z.object({ id: Id, name: z.string() }).optional(),
  /** When it ends by itself: the end of the right or of the mandate, whichever comes first. */
  until: Instant.optional(),
  since: Instant.optional(),
  note: z.string().optional(),
});
export type AccessReason = z.infer<typeof AccessReason>;

/** Somebody who can see a workspace or a document now, or who is kept from it by a conflict of interest. */
export const AccessEntry = z.object({
  personId: PersonId,
  name: z.string(),
  color: Color,
  title: z.string().optional(),
  organisationName: z.string().optional(),
  /** The strongest right of all; null for somebody who is kept out, whom only owners are shown. */
  role: WorkspaceRole.nullable(),
  /** Every reason: for owners of everybody, for others of themself alone. */
  reasons: z.array(AccessReason).optional(),
  /** The person's access tokens that reach it, with what each may do: for owners, and one's own. */
  tokens: z.array(z.object({ name: z.string(), role: WorkspaceRole, until: Instant.optional() })).optional(),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

/** Who can see it, in the order of names, and how many. */
export const AccessList = listOf(AccessEntry).extend({
  summary: z.object({
    people: z.number().int(),
    /** Kept out by a conflict of interest; for owners only. */
    denied: z.number().int().optional(),
    /** Invitations to the workspace that wait for an answer; for owners only. */
    pendingInvitations: z.number().int().optional(),
  }),
});
export type AccessList = z.infer<typeof AccessList>;

const Note = z.string().trim().min(1).max(500);
const byEmail = z.object({ type: z.literal('person'), email: Email }).strict();
const Grantee = z.union([z.object({ type: GranteeType, id: Id }).strict(), byEmail]);
const Conflicted = z.union([z.object({ type: z.enum(['person', 'organisation']), id: Id }).strict(), byEmail]);

const base = { workspace: '/workspaces/{id}', document: '/documents/{id}' } as const;

/** The same routes for a workspace and for a document: what was given, what was taken away, who can see it and why. */
const sharingOf = <SubjectId extends z.ZodType<string>>(kind: keyof typeof base, subjectId: SubjectId) => {
  const path = z.object({ id: subjectId });
  const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', end: `/${string}`, summary: string) =>
    oc.route({ method, path: `${base[kind]}${end}`, tags: ['access'], summary });
  return {
    grants: route('GET', '/grants', `Bodies, organisations and people with a right on the ${kind}`)
      .input(path.strict())
      .output(listOf(GrantItem)),
    grant: route('POST', '/grants', `Give a right on the ${kind}`)
      .input(path.extend({ principal: Grantee, role: GrantedRole, until: Instant.optional() }).strict())
      .output(GrantItem),
    changeGrant: route('PATCH', '/grants/{grantId}', 'Change a right or its end; null: without an end')
      .input(path.extend({ grantId: Id, role: GrantedRole.optional(), until: Instant.nullable().optional() }).strict())
      .output(GrantItem),
    endGrant: route('DELETE', '/grants/{grantId}', 'Take a right back')
      .input(path.extend({ grantId: Id }).strict())
      .output(z.object({})),
    denials: route('GET', '/denials', 'Conflicts of interest; who owns it sees all, others their own')
      .input(path.strict())
      .output(listOf(DenialItem)),
    deny: route('POST', '/denials', 'Declare a conflict of interest: one’s own, or as an owner anybody’s')
      .input(path.extend({ principal: Conflicted, note: Note.optional() }).strict())
      .output(DenialItem),
    liftDenial: route('DELETE', '/denials/{denialId}', 'Lift a denial: an owner, never the person concerned')
      .input(path.extend({ denialId: Id }).strict())
      .output(z.object({})),
    access: route('GET', '/access', `Who can see the ${kind}, and why`)
      .input(Page.extend({ id: subjectId }).strict())
      .output(AccessList),
  };
};

export const sharingApi = {
  workspaces: sharingOf('workspace', WorkspaceId),
  documents: sharingOf('document', DocumentId),
};

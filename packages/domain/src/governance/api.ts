import { Color, Id, Instant, listOf, Page, PersonId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';

export const BODY_KINDS = ['plenary', 'board', 'committee', 'jury', 'working-group'] as const;
export const BodyKind = z.enum(BODY_KINDS);
export type BodyKind = z.infer<typeof BodyKind>;

/** What somebody is in a body, in the order in which a body is listed. */
export const MANDATE_ROLES = ['chair', 'vice-chair', 'secretary', 'member', 'alternate', 'observer'] as const;
export const MandateRole = z.enum(MANDATE_ROLES);
export type MandateRole = z.infer<typeof MandateRole>;

/** A body of the governance structure: an assembly, a committee, a jury. */
export const Body = z.object({
  id: Id,
  name: z.string(),
  kind: BodyKind,
  /** What it is there for. */
  remit: z.string(),
  state: z.enum(['active', 'archived']),
  /** How many people have a mandate in it that runs now. */
  memberCount: z.number().int(),
  /** The caller's own roles in it now. */
  myRoles: z.array(MandateRole),
  createdAt: Instant,
});
export type Body = z.infer<typeof Body>;

/** The time for which somebody is something in a body. Running from `from` (inclusive) to `until` (exclusive). */
export const Mandate = z.object({
  id: Id,
  personId: PersonId,
  name: z.string(),
  color: Color,
  title: z.string().optional(),
  organisationName: z.string().optional(),
  role: MandateRole,
  from: Instant,
  until: Instant.optional(),
  state: z.enum(['coming', 'running', 'ended']),
});
export type Mandate = z.infer<typeof Mandate>;

const BodyName = z.string().trim().min(1).max(160);
const Remit = z.string().trim().max(1000);

const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['governance'], summary });

export const governanceApi = {
  list: route('GET', '/bodies', 'Bodies')
    .input(Page.extend({ state: z.enum(['active', 'archived']).optional() }).strict())
    .output(listOf(Body)),
  create: route('POST', '/bodies', 'Found a body (administrator, secretariat)')
    .input(z.object({ name: BodyName, kind: BodyKind, remit: Remit.optional() }).strict())
    .output(Body),
  get: route('GET', '/bodies/{id}', 'One body')
    .input(z.object({ id: Id }).strict())
    .output(Body),
  update: route('PATCH', '/bodies/{id}', 'Rename, describe, archive, reopen')
    .input(
      z
        .object({
          id: Id,
          name: BodyName.optional(),
          kind: BodyKind.optional(),
          remit: Remit.optional(),
          state: z.enum(['active', 'archived']).optional(),
        })
        .strict(),
    )
    .output(Body),
  remove: route('DELETE', '/bodies/{id}', 'Remove a body that was never used: without mandates and grants')
    .input(z.object({ id: Id }).strict())
    .output(z.object({})),
  mandates: route('GET', '/bodies/{id}/mandates', 'Mandates: running and coming, then ended ones')
    .input(Page.extend({ id: Id, ended: z.stringbool().optional() }).strict())
    .output(listOf(Mandate)),
  giveMandate: route('POST', '/bodies/{id}/mandates', 'Give a mandate; without `from` it runs from now')
    .input(
      z
        .object({
          id: Id,
          personId: PersonId,
          role: MandateRole,
          from: Instant.optional(),
          until: Instant.optional(),
        })
        .strict(),
    )
    .output(Mandate),
  changeMandate: route('PATCH', '/bodies/{id}/mandates/{mandateId}', 'Change role or dates; null: without an end')
    .input(
      z
        .object({
          id: Id,
          mandateId: Id,
          role: MandateRole.optional(),
          from: Instant.optional(),
          until: Instant.nullable().optional(),
        })
        .strict(),
    )
    .output(Mandate),
  endMandate: route('DELETE', '/bodies/{id}/mandates/{mandateId}', 'End a mandate now; one to come is dropped')
    .input(z.object({ id: Id, mandateId: Id }).strict())
    .output(z.object({})),
};

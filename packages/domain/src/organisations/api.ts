import { Id, Instant, listOf, Page } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';

export const ORGANISATION_KINDS = [
  'buyer',
  'supplier',
  'cluster',
  'research',
  'authority',
  'agency',
  'funder',
] as const;
export const OrganisationKind = z.enum(ORGANISATION_KINDS);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/** An organisation of the region. Its state is `pending` until the secretariat has verified it. */
export const Organisation = z.object({
  id: Id,
  name: z.string(),
  kind: OrganisationKind,
  state: z.enum(['pending', 'verified']),
  /** Department (INSEE code) of its seat. */
  territory: z.string().optional(),
  /** Whose verified addresses make somebody a member without being asked, for example `chu-exemple.fr`. */
  domain: z.string().optional(),
  createdAt: Instant,
});
export type Organisation = z.infer<typeof Organisation>;

export const organisationsApi = {
  list: oc
    .route({ method: 'GET', path: '/organisations', tags: ['organisations'], summary: 'Organisations' })
    .input(Page.extend({ q: z.string().trim().max(100).optional(), kind: OrganisationKind.optional() }).strict())
    .output(listOf(Organisation)),
  create: oc
    .route({ method: 'POST', path: '/organisations', tags: ['organisations'], summary: 'Propose an organisation' })
    .input(
      z
        .object({
          name: z.string().trim().min(2).max(200),
          kind: OrganisationKind,
          territory: z.string().max(8).optional(),
        })
        .strict(),
    )
    .output(Organisation),
  update: oc
    .route({
      method: 'PATCH',
      path: '/organisations/{id}',
      tags: ['organisations'],
      summary: 'Verify, or name the domain of its addresses (administrator, secretariat)',
    })
    .input(
      z
        .object({
          id: Id,
          state: z.enum(['pending', 'verified']).optional(),
          domain: z
            .string()
            .max(253)
            .regex(/^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/)
            .nullable()
            .optional(),
        })
        .strict(),
    )
    .output(Organisation),
};

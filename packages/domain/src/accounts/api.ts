import { Color, Email, Id, Instant, Locale, listOf, Page, PersonId, PLATFORM_ROLES } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { WorkspaceRole } from '../access/roles.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from './rules.ts';

/** A new password: its length in characters. Long ones are welcome, composition rules are not (ASVS 6.2). */
export const Password = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);

/** The secret of a mailed link: 256 bits, base64url. It stands behind `#`, where no server and no other site sees it. */
export const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const PersonName = z.string().trim().min(1).max(120);

/** What co-members see of a person. */
export const Person = z.object({
  id: PersonId,
  name: z.string(),
  email: z.string(),
  color: Color,
  title: z.string().optional(),
  organisationId: Id.optional(),
  organisationName: z.string().optional(),
});
export type Person = z.infer<typeof Person>;

/** The signed-in person. */
export const Me = Person.extend({
  /** [A11] Whether the organisation is more than a claim: only then do its rights count. */
  organisationConfirmed: z.boolean().optional(),
  locale: Locale,
  scheme: z.enum(['light', 'dark', 'auto']),
  platformRole: z.enum(PLATFORM_ROLES),
  lastVisitAt: Instant.optional(),
  /** Whether the address has been shown to be the person's own. */
  emailVerified: z.boolean(),
  /** The address that the person has asked to change to, while the link mailed there can be followed. */
  pendingEmail: z.string().optional(),
});
export type Me = z.infer<typeof Me>;

/** [A13] What a token is limited to: at most this role on this workspace or document, and nothing else. */
export const TokenLimit = z
  .object({
    subject: z.object({ kind: z.enum(['workspace', 'document']), id: Id }).strict(),
    role: WorkspaceRole,
  })
  .strict();
export type TokenLimit = z.infer<typeof TokenLimit>;

export const AccessToken = z.object({
  id: Id,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.optional(),
  /** When it ends by itself, if it does. */
  until: Instant.optional(),
  /** Absent for a token that may do all that its person may. */
  limits: z.array(TokenLimit).optional(),
});
export type AccessToken = z.infer<typeof AccessToken>;

/** An account offered on the sign-in page of a demonstration. */
export const DemoAccount = z.object({
  email: z.string(),
  name: z.string(),
  title: z.string(),
  organisationName: z.string(),
  color: Color,
});
export type DemoAccount = z.infer<typeof DemoAccount>;

/** A mail that the demonstration keeps instead of sending. */
export const OutboxMail = z.object({
  id: Id,
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  sentAt: Instant,
});
export type OutboxMail = z.infer<typeof OutboxMail>;

export const accountsApi = {
  /** What the sign-in page must know before anybody is signed in. */
  boot: oc
    .route({ method: 'GET', path: '/boot', tags: ['accounts'], summary: 'What the sign-in page needs' })
    .input(z.object({}).strict())
    .output(
      z.object({
        demo: z.boolean(),
        claimed: z.boolean(),
        version: z.string(),
        schema: z.number().int(),
        /** Who may open an account: anybody, those with an invitation for their address, or nobody. */
        signUp: z.enum(['open', 'invited', 'closed']),
        /** Whether an address must be confirmed before its account can be used. */
        verifyEmail: z.boolean(),
        /** What the installation is called, in each language, and where people turn to with questions. */
        name: z.record(Locale, z.string()),
        contactEmail: z.string().nullable(),
      }),
    ),
  demoAccounts: oc
    .route({ method: 'GET', path: '/demo/accounts', tags: ['accounts'], summary: 'Accounts of the demonstration' })
    .input(z.object({}).strict())
    .output(listOf(DemoAccount)),
  outbox: oc
    .route({ method: 'GET', path: '/demo/outbox', tags: ['accounts'], summary: 'Mails kept by the demonstration' })
    .input(Page.strict())
    .output(listOf(OutboxMail)),
  claim: oc
    .route({
      method: 'POST',
      path: '/claim',
      tags: ['accounts'],
      summary: 'First administrator claims the installation',
    })
    .input(
      z.object({ token: z.string().min(20).max(128), name: PersonName, email: Email, password: Password }).strict(),
    )
    .output(z.object({ personId: PersonId })),
  me: oc
    .route({ method: 'GET', path: '/me', tags: ['accounts'], summary: 'The signed-in person' })
    .input(z.object({}).strict())
    .output(Me),
  updateMe: oc
    .route({ method: 'PATCH', path: '/me', tags: ['accounts'], summary: 'Change name, title, language, colours' })
    .input(
      z
        .object({
          name: PersonName.optional(),
          title: z.string().trim().max(160).optional(),
          locale: Locale.optional(),
          color: Color.optional(),
          scheme: z.enum(['light', 'dark', 'auto']).optional(),
          organisationId: Id.nullable().optional(),
        })
        .strict(),
    )
    .output(Me),
  withdrawEmail: oc
    .route({
      method: 'DELETE',
      path: '/me/pending-email',
      tags: ['accounts'],
      summary: 'Withdraw a change of address that waits to be confirmed',
    })
    // There is nothing to say beside the route: a request without a body is one.
    .input(z.object({}).strict().default({}))
    .output(Me),
  people: oc
    .route({ method: 'GET', path: '/people', tags: ['accounts'], summary: 'People I share a workspace with' })
    .input(Page.extend({ q: z.string().trim().max(100).optional() }).strict())
    .output(listOf(Person.extend({ workspaceIds: z.array(Id) }))),
  tokens: oc
    .route({ method: 'GET', path: '/tokens', tags: ['accounts'], summary: 'My personal access tokens' })
    .input(z.object({}).strict())
    .output(listOf(AccessToken)),
  createToken: oc
    .route({ method: 'POST', path: '/tokens', tags: ['accounts'], summary: 'Create a token; its value is shown once' })
    .input(
      z
        .object({
          name: z.string().trim().min(1).max(80),
          until: Instant.optional(),
          limits: z.array(TokenLimit).min(1).max(20).optional(),
        })
        .strict(),
    )
    .output(z.object({ id: Id, token: z.string() })),
  revokeToken: oc
    .route({ method: 'DELETE', path: '/tokens/{id}', tags: ['accounts'], summary: 'Revoke a token' })
    .input(z.object({ id: Id }).strict())
    .output(z.object({})),
};

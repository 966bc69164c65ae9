import { Color, Id, Instant, PersonId, PLATFORM_ROLES, WorkspaceId } from '@concert/contract';
import { z } from 'zod';
import { WorkspaceRole } from '../access/roles.ts';
import { CHANGE_REFUSALS } from './rules.ts';

/**
 * Where an account stands: `unverified` has not shown yet that its address is its own (invited people are here until
 * they choose a password); `erased` has left nothing but a pseudonym.
 */
export const PERSON_STATES = ['active', 'suspended', 'unverified', 'erased'] as const;
export const PersonState = z.enum(PERSON_STATES);
export type PersonState = z.infer<typeof PersonState>;

/** A person as administrators and the secretariat see them in the list. */
export const ManagedPerson = z.object({
  id: PersonId,
  /** The pseudonym for who is erased. */
  name: z.string(),
  /** Absent for who is erased. */
  email: z.string().optional(),
  emailVerified: z.boolean(),
  color: Color,
  title: z.string().optional(),
  organisationId: Id.optional(),
  organisationName: z.string().optional(),
  /** Whether somebody has confirmed that the person belongs to the organisation they name. */
  organisationConfirmed: z.boolean(),
  platformRole: z.enum(PLATFORM_ROLES),
  state: PersonState,
  createdAt: Instant,
  lastSeenAt: Instant.optional(),
  /** How many browsers are signed in. */
  sessionCount: z.number().int(),
});
export type ManagedPerson = z.infer<typeof ManagedPerson>;

const Refusal = z.enum(CHANGE_REFUSALS).nullable();

/** A person with what belongs to the account. `refusals` say for each thing why the caller may not do it, or null. */
export const ManagedPersonDetail = ManagedPerson.extend({
  suspendedAt: Instant.optional(),
  erasedAt: Instant.optional(),
  workspaces: z.array(z.object({ id: WorkspaceId, name: z.string(), role: WorkspaceRole, onlyOwner: z.boolean() })),
  sessions: z.array(
    z.object({ id: Id, createdAt: Instant, lastUsedAt: Instant, expiresAt: Instant, userAgent: z.string() }),
  ),
  tokenCount: z.number().int(),
  refusals: z.object({ edit: Refusal, changeRole: Refusal, suspend: Refusal, endSessions: Refusal, erase: Refusal }),
});
export type ManagedPersonDetail = z.infer<typeof ManagedPersonDetail>;

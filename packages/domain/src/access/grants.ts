import type { PlatformRole } from '@concert/contract';
import { atLeast, type WorkspaceRole } from './roles.ts';

/** Who can hold a right: a person, everybody in a body or an organisation, or a token. */
export type Principal = { readonly type: 'person' | 'body' | 'organisation' | 'token'; readonly id: string };

/** What a right is about. A right on a workspace is a right on all its documents. */
export type Subject = { readonly kind: 'workspace' | 'document'; readonly id: string };

/** A role given to somebody on something, for good or until an instant (exclusive). */
export type Grant = {
  readonly principal: Principal;
  readonly role: WorkspaceRole;
  readonly subject: Subject;
  readonly until?: Date;
};

/** Access taken away whatever the grants say: a declared conflict of interest. */
export type Denial = { readonly principal: Principal; readonly subject: Subject };

/** Who asks, and about what: every principal the person stands for, and the subject with all that contains it. */
export type Question = {
  readonly platformRole: PlatformRole;
  readonly principals: readonly Principal[];
  readonly path: readonly Subject[];
};

/**
 * The role somebody has on a subject, or null for none.
 * [A5] the strongest grant wins · [A6] a denial of any of the person's principals on the subject or above it overrides
 * every grant · [A7] what has expired counts for nothing · [A8] a guest has only what was given to the guest by name,
 * nothing through a body or an organisation · [A9] no platform role opens a workspace by itself.
 */
export function roleOn(
  question: Question,
  grants: readonly Grant[],
  denials: readonly Denial[],
  now: Date,
): WorkspaceRole | null {
  const about = ({ principal, subject }: Pick<Grant, 'principal' | 'subject'>): boolean =>
    question.path.some((step) => step.kind === subject.kind && step.id === subject.id) &&
    question.principals.some((one) => one.type === principal.type && one.id === principal.id);
  if (denials.some(about)) return null;
  let strongest: WorkspaceRole | null = null;
  for (const grant of grants) {
    if (!about(grant) || hasExpired(grant, now) || !countsFor(question.platformRole, grant.principal)) continue;
    if (strongest === null || atLeast(grant.role, strongest)) strongest = grant.role;
  }
  return strongest;
}

const hasExpired = ({ until }: Grant, now: Date): boolean => until !== undefined && until.getTime() <= now.getTime();

const countsFor = (platformRole: PlatformRole, principal: Principal): boolean =>
  platformRole !== 'guest' || principal.type === 'person' || principal.type === 'token';

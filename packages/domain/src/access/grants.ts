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
  readonly since?: Date;
};

/** Access taken away whatever the grants say: a declared conflict of interest. */
export type Denial = {
  readonly principal: Principal;
  readonly subject: Subject;
  readonly since?: Date;
  readonly note?: string;
  /** Who declared it. */
  readonly by?: string;
};

/** [A13] The most that a limited token may do on something. */
export type Limit = { readonly subject: Subject; readonly role: WorkspaceRole };

/** Who asks, and about what: every principal the person stands for, and the subject with all that contains it. */
export type Question = {
  readonly platformRole: PlatformRole;
  readonly principals: readonly Principal[];
  /** [A12] What the person only says to belong to: no right comes from it, but a denial does. */
  readonly claimed?: readonly Principal[];
  readonly path: readonly Subject[];
  /** [A13] Of a limited token; absent for a session or a token without limits. */
  readonly limits?: readonly Limit[];
};

/** Everything that counts for a question now. */
export type Holding = {
  /** The strongest right of all, or null for none. */
  readonly role: WorkspaceRole | null;
  /** The grants that count. */
  readonly held: readonly Grant[];
  /** The denials that concern the person: one is enough. */
  readonly denied: readonly Denial[];
};

const same = (one: Principal, other: Principal): boolean => one.type === other.type && one.id === other.id;

const within = (path: readonly Subject[], subject: Subject): boolean =>
  path.some((step) => step.kind === subject.kind && step.id === subject.id);

/**
 * What somebody holds on a subject, and why.
 * [A5] the strongest grant wins · [A6] a denial of any of the person's principals on the subject or above it overrides
 * every grant · [A7] what has expired counts for nothing · [A8] a guest has only what was given to the guest by name,
 * nothing through a body or an organisation · [A9] no platform role opens a workspace by itself · [A12] a claim is
 * enough for a denial · [A13] a token's limits bound the role.
 */
export function holdingOn(
  question: Question,
  grants: readonly Grant[],
  denials: readonly Denial[],
  now: Date,
): Holding {
  const { path, platformRole, principals, claimed = [], limits } = question;
  const held = grants.filter(
    (grant) =>
      within(path, grant.subject) &&
      principals.some((one) => same(one, grant.principal)) &&
      !hasExpired(grant, now) &&
      countsFor(platformRole, grant.principal),
  );
  const denied = denials.filter(
    ({ principal, subject }) =>
      within(path, subject) && [...principals, ...claimed].some((one) => same(one, principal)),
  );
  const strongest = denied.length > 0 ? null : strongestOf(held);
  return { role: limits === undefined ? strongest : weaker(strongest, limitOn(path, limits)), held, denied };
}

/** The role somebody has on a subject, or null for none: see {@link holdingOn}. */
export const roleOn = (
  question: Question,
  grants: readonly Grant[],
  denials: readonly Denial[],
  now: Date,
): WorkspaceRole | null => holdingOn(question, grants, denials, now).role;

/** [A13] The most that limits allow on a subject: a limit on a workspace is one on its documents; null for nothing. */
export const limitOn = (path: readonly Subject[], limits: readonly Limit[]): WorkspaceRole | null =>
  strongestOf(limits.filter(({ subject }) => within(path, subject)));

/** The weaker of two roles; none is weaker than any. */
export function weaker(one: WorkspaceRole | null, other: WorkspaceRole | null): WorkspaceRole | null {
  if (one === null || other === null) return null;
  return atLeast(one, other) ? other : one;
}

/** [A19] The next instant at which one of these grants ends by itself, if any does. */
export function nextEnd(grants: readonly Pick<Grant, 'until'>[], now: Date): Date | undefined {
  const coming = grants.flatMap(({ until }) => (until === undefined || until <= now ? [] : [until.getTime()]));
  return coming.length === 0 ? undefined : new Date(Math.min(...coming));
}

function strongestOf(roles: readonly { readonly role: WorkspaceRole }[]): WorkspaceRole | null {
  let strongest: WorkspaceRole | null = null;
  for (const { role } of roles) if (strongest === null || atLeast(role, strongest)) strongest = role;
  return strongest;
}

const hasExpired = ({ until }: Grant, now: Date): boolean => until !== undefined && until.getTime() <= now.getTime();

const countsFor = (platformRole: PlatformRole, principal: Principal): boolean =>
  platformRole !== 'guest' || principal.type === 'person' || principal.type === 'token';

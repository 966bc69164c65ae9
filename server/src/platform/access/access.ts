import type { Actor, Verdict } from '@concert/contract';
import type { WorkspaceAction } from '@concert/domain/access/rights.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';

/** What access is asked about: a workspace, or a document in one. */
export type Subject = { readonly kind: 'workspace'; readonly id: string } | { readonly kind: 'document'; readonly id: string };

/** What is known of a subject when access has been decided. */
export type Standing = {
  readonly role: WorkspaceRole;
  readonly workspaceId: string;
  readonly workspaceState: 'active' | 'archived';
  /** Set for documents. */
  readonly trashed: boolean;
  readonly quarantined: boolean;
};

/**
 * The one place where rights are decided, for HTTP, sync, live events, lists, mail and exports.
 * Slices give it what they know (workspaces: members; documents: where they live) and ask it everything.
 */
export type Access = {
  /** The standing of a person on a subject, or null when the subject is unknown or not theirs: the two look alike. */
  standing(personId: string, subject: Subject): Promise<Standing | null>;
  /** Whether the person may do this now; the reason of a refusal may be shown. */
  can(personId: string, action: WorkspaceAction, subject: Subject): Promise<Verdict<string>>;
  /** As `can`, but throws the Problem to answer: 404 when nothing may be known of the subject, else 403 with the reason. */
  require(actor: Pick<Actor, 'personId'>, action: WorkspaceAction, subject: Subject): Promise<Standing>;
  /** Ids of the workspaces the person may read, with the role in each: filters lists before they are limited. */
  workspacesOf(personId: string): Promise<ReadonlyMap<string, WorkspaceRole>>;
  /** Tells every open socket and cache, on every instance, that rights have changed. */
  changed(match: { personId?: string; workspaceId?: string; documentId?: string }): Promise<void>;
};

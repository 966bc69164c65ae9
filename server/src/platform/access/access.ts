import type { Actor, Verdict } from '@concert/contract';
import type { Denial, Grant } from '@concert/domain/access/grants.ts';
import type { WorkspaceAction } from '@concert/domain/access/rights.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';

/** What access is asked about: a workspace, or a document in one. */
export type Subject =
  | { readonly kind: 'workspace'; readonly id: string }
  | { readonly kind: 'document'; readonly id: string };

/** What is known of a subject when access has been decided. */
export type Standing = {
  readonly role: WorkspaceRole;
  readonly workspaceId: string;
  readonly workspaceState: 'active' | 'archived';
  /** Set for documents. */
  readonly trashed: boolean;
  readonly quarantined: boolean;
};

/** Whose rights have changed, and where. */
export type AccessChange = {
  readonly personId?: string;
  readonly workspaceId?: string;
  readonly documentId?: string;
};

/** What the access module must know of a workspace to decide about one person. */
type WorkspaceFacts = {
  readonly state: 'active' | 'archived';
  /** What was given to the person on the workspace, expired or not; empty for a stranger. */
  readonly grants: readonly Grant[];
};

/** Where memberships come from: one indexed read each, never a cache. */
export type WorkspaceSource = {
  facts(workspaceId: string, personId: string): Promise<WorkspaceFacts | null>;
  /** Everything given to the person on any workspace, expired or not. */
  grantsOf(personId: string): Promise<readonly Grant[]>;
  /** Who is in these workspaces now, by workspace id. */
  members(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
};

/** Where documents live, and who was given or denied something on one alone. */
export type DocumentSource = {
  location(documentId: string): Promise<{
    readonly workspaceId: string;
    readonly trashed: boolean;
    readonly quarantined: boolean;
    readonly grants?: readonly Grant[];
    readonly denials?: readonly Denial[];
  } | null>;
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
  /** The people who share a workspace with this one, themself included, with the ids of the shared workspaces. */
  coMembersOf(personId: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Tells every open socket and cache, on every instance, that rights have changed. */
  changed(match: AccessChange): Promise<void>;
  /** Called after every change of rights. */
  onChanged(listener: (match: AccessChange) => Promise<void>): void;
  /** The slice that keeps members says where they are. Once, at start. */
  registerWorkspaces(source: WorkspaceSource): void;
  /** The slice that keeps documents says where they are. Once, at start. */
  registerDocuments(source: DocumentSource): void;
};

import type { Actor, PlatformRole, Verdict } from '@concert/contract';
import type { Denial, Grant, Holding, Principal } from '@concert/domain/access/grants.ts';
import type { WorkspaceAction } from '@concert/domain/access/rights.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';

/** What access is asked about: a workspace, or a document in one. */
export type Subject =
  | { readonly kind: 'workspace'; readonly id: string }
  | { readonly kind: 'document'; readonly id: string };

/** Who asks: a person, and by which credential; a limited token reaches only its limits. */
export type Asker = Pick<Actor, 'personId' | 'limits'>;

/** What is known of a subject when access has been decided. */
export type Standing = {
  readonly role: WorkspaceRole;
  /** What is held in the workspace itself; null for somebody with a right on the document alone. */
  readonly workspaceRole: WorkspaceRole | null;
  readonly workspaceId: string;
  readonly workspaceState: 'active' | 'archived';
  /** Set for documents. */
  readonly trashed: boolean;
  readonly quarantined: boolean;
  readonly sealed: boolean;
  /** When this answer may change by itself. */
  readonly changesAt?: Date;
};

/** All that somebody may read, to filter lists before they are limited. */
export type Reach = {
  /** Role by workspace id. */
  readonly workspaces: ReadonlyMap<string, WorkspaceRole>;
  /** Role by id of documents outside those workspaces, through a right on the document alone. */
  readonly documents: ReadonlyMap<string, WorkspaceRole>;
  /** Documents inside those workspaces that are kept from the person by a conflict of interest. */
  readonly denied: ReadonlySet<string>;
  readonly changesAt?: Date;
};

/** Whose rights have changed, and where. All that is given must match; `personIds` is any of them. */
export type AccessChange = {
  readonly personId?: string;
  readonly personIds?: readonly string[];
  readonly workspaceId?: string;
  readonly documentId?: string;
};

/** What was given and taken away on one workspace: all of it, or what may concern one person. */
export type WorkspaceFacts = {
  readonly id: string;
  readonly state: 'active' | 'archived';
  readonly grants: readonly Grant[];
  readonly denials: readonly Denial[];
};

/** Where memberships and rights on workspaces come from: one indexed read each, never a cache. */
export type WorkspaceSource = {
  facts(workspaceId: string): Promise<WorkspaceFacts | null>;
  /** Every workspace on which one of these was given or denied something, expired or not. */
  naming(principals: readonly Principal[]): Promise<readonly WorkspaceFacts[]>;
  /** Who is in these workspaces by name now, by workspace id. */
  members(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
};

/** Where a document lives, in what state, and what was given and denied on it alone. */
export type DocumentFacts = {
  readonly id: string;
  readonly workspaceId: string;
  readonly trashed: boolean;
  readonly quarantined: boolean;
  readonly sealed: boolean;
  readonly grants: readonly Grant[];
  readonly denials: readonly Denial[];
};

/** Where documents live, and who was given or denied something on one alone. */
export type DocumentSource = {
  location(documentId: string): Promise<DocumentFacts | null>;
  /** Every document on which one of these was given or denied something, expired or not. */
  naming(principals: readonly Principal[]): Promise<readonly DocumentFacts[]>;
};

/** What the access module must know of people. */
export type PersonFacts = {
  readonly id: string;
  readonly platformRole: PlatformRole;
  readonly organisationId?: string;
  /** Absent while the organisation is only claimed. */
  readonly organisationConfirmedAt?: Date;
  /** Organisations that the person has left by themself. */
  readonly leftOrganisationIds?: readonly string[];
};
export type PeopleSource = {
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, PersonFacts>>;
  /** Everybody who names one of these organisations as theirs, confirmed or not, or has left it by themself. */
  ofOrganisations(organisationIds: readonly string[]): Promise<readonly PersonFacts[]>;
};

/** Somebody's time in a body that is not archived. */
export type MandateFacts = {
  readonly bodyId: string;
  readonly personId: string;
  readonly from: Date;
  readonly until?: Date;
};
export type BodySource = {
  /** Mandates of these people, ended ones too. */
  mandatesOf(personIds: readonly string[]): Promise<readonly MandateFacts[]>;
  /** Mandates in these bodies, ended ones too. */
  mandatesIn(bodyIds: readonly string[]): Promise<readonly MandateFacts[]>;
};

/** Somebody who can see a subject, or who is kept from it, with everything that counts. */
export type Seer = Holding & { readonly personId: string; readonly mandates: readonly MandateFacts[] };

/**
 * The one place where rights are decided, for HTTP, sync, live events, lists, mail and exports.
 * Slices give it what they know (workspaces: members and rights; documents: where they live; bodies: mandates) and ask
 * it everything. Every answer is read from the database: nothing is remembered that another instance could change.
 */
export type Access = {
  /** The standing of somebody on a subject, or null when the subject is unknown or not theirs: the two look alike. */
  standing(asker: Asker, subject: Subject): Promise<Standing | null>;
  /** Whether they may do this now; the reason of a refusal may be shown. */
  can(asker: Asker, action: WorkspaceAction, subject: Subject): Promise<Verdict<string>>;
  /** As `can`, but throws the Problem to answer: 404 when nothing may be known of the subject, else 403 with the reason. */
  require(asker: Asker, action: WorkspaceAction, subject: Subject): Promise<Standing>;
  /** All that somebody may read: filters lists before they are limited. */
  reach(asker: Asker): Promise<Reach>;
  /** The people who share a workspace with this one by name, themself included, with the ids of the shared workspaces. */
  coMembersOf(asker: Asker): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Everybody who can see a subject, and who is kept from it, by person id; null for an unknown subject. */
  whoSees(subject: Subject): Promise<readonly Seer[] | null>;
  /** Whether anything was ever given to or taken from this principal, and still stands. */
  isNamed(principal: Principal): Promise<boolean>;
  /** Every conflict of interest on a subject and on what contains it; none for an unknown subject. */
  denialsOf(subject: Subject): Promise<readonly Denial[]>;
  /** Everybody whom these principals stand for now, in or out of their time, claimed or confirmed. */
  peopleOf(principals: readonly Principal[]): Promise<readonly string[]>;
  /** Which of these people a denial among these concerns, by name or through an organisation. */
  deniedAmong(personIds: readonly string[], denials: readonly Denial[]): Promise<ReadonlySet<string>>;
  /** Tells every open socket and page, on every instance, that rights have changed. */
  changed(match: AccessChange): Promise<void>;
  /** The same for what another instance has told: only this one's sockets and pages. */
  heard(match: AccessChange): Promise<void>;
  /** Looks again at this person's open sockets at this instant, when a right of theirs ends or begins by itself. */
  lookAgain(personId: string, instant: Date | undefined): void;
  /** Called after every change of rights, wherever it was made. */
  onChanged(listener: (match: AccessChange) => Promise<void>): void;
  /** The slice that keeps members says where they are. Once, at start. */
  registerWorkspaces(source: WorkspaceSource): void;
  /** The slice that keeps documents says where they are. Once, at start. */
  registerDocuments(source: DocumentSource): void;
  /** Who people are. Once, at start. */
  registerPeople(source: PeopleSource): void;
  /** The slice that keeps mandates says where they are. Once, at start. */
  registerBodies(source: BodySource): void;
  stop(): void;
};

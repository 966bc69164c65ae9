import { Color, DocumentId, Instant, Locale, listOf, Page, PersonId, VersionId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { WorkspaceRole } from '../access/roles.ts';
import { Author, ClientList, Provenance } from './provenance.ts';

/** Kinds are an open list: one is added by a slice with its sections and fields (see `kinds.ts`). */
export const DOCUMENT_KINDS = ['needs-assessment', 'project-brief', 'minutes', 'note'] as const;
export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const DocumentTitle = z.string().trim().min(1).max(300);

/** How far a document is: required items done out of all, and the ids of those that are missing. */
export const Completeness = z.object({
  done: z.number().int(),
  total: z.number().int(),
  /** `sectionId` for a missing section, `sectionId.fieldId` for an empty required field. */
  missing: z.array(z.string()),
});
export type Completeness = z.infer<typeof Completeness>;

/** A value that does not fit its field: kept in the document, shown as invalid, left out of lists and search. */
export const InvalidValue = z.object({ path: z.string(), reason: z.string() });
export type InvalidValue = z.infer<typeof InvalidValue>;

/** A document as lists show it. All of it is projected from the co-edited text a moment after each edit. */
export const DocumentItem = z.object({
  id: DocumentId,
  workspaceId: WorkspaceId,
  /** Empty for somebody to whom only the document was shared: the workspace around it is not theirs to know. */
  workspaceName: z.string(),
  /** The caller reaches it by a right on the document alone: no trash, no moving, no page of its workspace. */
  shared: z.boolean().optional(),
  kind: DocumentKind,
  title: z.string(),
  excerpt: z.string(),
  wordCount: z.number().int(),
  completeness: Completeness.optional(),
  createdAt: Instant,
  createdBy: z.object({ id: PersonId, name: z.string() }),
  updatedAt: Instant,
  updatedBy: z.object({ id: PersonId, name: z.string() }).optional(),
  trashedAt: Instant.optional(),
  /** A document that broke the schema is read-only until somebody returns it to its last valid state. */
  quarantined: z.boolean(),
  /** A body has its text before it, or has approved it: read-only [A22]. */
  sealed: z.boolean(),
});
export type DocumentItem = z.infer<typeof DocumentItem>;

/** A document as its page needs it: `role` is the caller's own role on it. */
export const DocumentDetail = DocumentItem.extend({
  role: WorkspaceRole,
  workspaceState: z.enum(['active', 'archived']),
  /** The valid fields, as projected. */
  fields: z.record(z.string(), z.unknown()),
  invalid: z.array(InvalidValue),
  /** What the text takes with its history, and what it may take: beyond that edits are refused. */
  byteSize: z.number().int(),
  maxBytes: z.number().int(),
});
export type DocumentDetail = z.infer<typeof DocumentDetail>;

/** A frozen state of a document: canonical JSON (RFC 8785) of body, fields and schema version, and its SHA-256. */
export const Version = z.object({
  id: VersionId,
  documentId: DocumentId,
  label: z.string().optional(),
  kind: z.enum(['named', 'automatic', 'restore']),
  /** SHA-256 of the canonical JSON, 64 hexadecimal digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: Instant,
  /** People who edited since the version before. */
  authors: z.array(z.object({ id: PersonId, name: z.string(), color: Color })),
  title: z.string(),
  wordCount: z.number().int(),
});
export type Version = z.infer<typeof Version>;

export const CONTENT_FORMATS = ['json', 'markdown', 'html', 'docx', 'pdf'] as const;
export const ContentFormat = z.enum(CONTENT_FORMATS);
export type ContentFormat = z.infer<typeof ContentFormat>;

/** The canonical content of a document. */
export const DocumentContent = z.object({
  schema: z.number().int(),
  kind: DocumentKind,
  /** ProseMirror JSON of the text. */
  body: z.record(z.string(), z.unknown()),
  fields: z.record(z.string(), z.unknown()),
});
export type DocumentContent = z.infer<typeof DocumentContent>;

/** Somebody who has the document open now. */
export const PresentPerson = z.object({ id: PersonId, name: z.string(), color: Color });

const documentPath = z.object({ id: DocumentId });

export const documentsApi = {
  recent: oc
    .route({
      method: 'GET',
      path: '/documents',
      tags: ['documents'],
      summary: 'All documents I may read, newest edit first; `shared=me`: those outside my workspaces',
    })
    .input(
      Page.extend({
        kind: DocumentKind.optional(),
        q: z.string().trim().max(200).optional(),
        shared: z.literal('me').optional(),
      }).strict(),
    )
    .output(listOf(DocumentItem)),
  list: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/documents',
      tags: ['documents'],
      summary: 'Documents of a workspace',
    })
    .input(
      Page.extend({
        workspaceId: WorkspaceId,
        kind: DocumentKind.optional(),
        q: z.string().trim().max(200).optional(),
        trashed: z.stringbool().optional(),
      }).strict(),
    )
    .output(listOf(DocumentItem)),
  create: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/documents',
      tags: ['documents'],
      summary: 'Create from the template of its kind',
    })
    .input(
      z
        .object({ workspaceId: WorkspaceId, kind: DocumentKind, title: DocumentTitle, locale: Locale.optional() })
        .strict(),
    )
    .output(DocumentDetail),
  get: oc
    .route({
      method: 'GET',
      path: '/documents/{id}',
      tags: ['documents'],
      summary: 'Metadata, fields, the caller’s role',
    })
    .input(documentPath.strict())
    .output(DocumentDetail),
  update: oc
    .route({
      method: 'PATCH',
      path: '/documents/{id}',
      tags: ['documents'],
      summary: 'Rename, or move to another workspace',
    })
    .input(documentPath.extend({ title: DocumentTitle.optional(), workspaceId: WorkspaceId.optional() }).strict())
    .output(DocumentDetail),
  /** [A17] Asked before a move, so that the person who moves knows whom it concerns. */
  moveEffect: oc
    .route({
      method: 'GET',
      path: '/documents/{id}/move-effect',
      tags: ['documents'],
      summary: 'Who would begin and cease to see the document if it moved to another workspace',
    })
    .input(documentPath.extend({ workspaceId: WorkspaceId }).strict())
    .output(
      z.object({
        gain: z.number().int(),
        lose: z.number().int(),
        /** Up to 20 of those who would begin to see it, in the order of names. */
        gaining: z.array(z.object({ id: PersonId, name: z.string() })),
        /** How many rights on the document alone would end. */
        grantsEnded: z.number().int(),
      }),
    ),
  trash: oc
    .route({ method: 'DELETE', path: '/documents/{id}', tags: ['documents'], summary: 'Move to the trash' })
    .input(documentPath.strict())
    .output(z.object({})),
  restore: oc
    .route({
      method: 'POST',
      path: '/documents/{id}/restore',
      tags: ['documents'],
      summary: 'Take back from the trash',
    })
    .input(documentPath.strict())
    .output(DocumentDetail),
  duplicate: oc
    .route({
      method: 'POST',
      path: '/documents/{id}/duplicate',
      tags: ['documents'],
      summary: 'Copy within a workspace I may write to',
    })
    .input(documentPath.extend({ title: DocumentTitle.optional(), workspaceId: WorkspaceId.optional() }).strict())
    .output(DocumentDetail),
  /** Answers the JSON of DocumentContent, or a file in the format asked for. `locale` names the language of headings. */
  content: oc
    .route({
      method: 'GET',
      path: '/documents/{id}/content',
      tags: ['documents'],
      summary: 'Text and fields, as JSON or exported',
      outputStructure: 'detailed',
    })
    .input(documentPath.extend({ format: ContentFormat.default('json'), locale: Locale.optional() }).strict())
    .output(
      z.object({
        headers: z.record(z.string(), z.string()).optional(),
        body: z.union([DocumentContent, z.instanceof(Blob)]),
      }),
    ),
  /** Rules D5 to D8. A page holds up to `limit` runs, and ends earlier when they hold a million characters. */
  provenance: oc
    .route({
      method: 'GET',
      path: '/documents/{id}/provenance',
      tags: ['documents'],
      summary: 'Who was the last to insert each run of the text and to set each field',
    })
    .input(Page.extend({ id: DocumentId, limit: z.coerce.number().int().min(1).max(5_000).default(2_000) }).strict())
    .output(Provenance),
  /** For whoever holds the text itself: a character is its clientID's, and a clientID is one person's for ever. */
  authors: oc
    .route({
      method: 'GET',
      path: '/documents/{id}/authors',
      tags: ['documents'],
      summary:
        'Who writes under these Yjs clientIDs in a document; those of the template and unknown ones are left out',
    })
    .input(documentPath.extend({ clients: ClientList }).strict())
    .output(z.object({ items: z.array(z.object({ clientId: z.number().int(), author: Author })) })),
  versions: oc
    .route({ method: 'GET', path: '/documents/{id}/versions', tags: ['documents'], summary: 'Versions, newest first' })
    .input(Page.extend({ id: DocumentId }).strict())
    .output(listOf(Version)),
  createVersion: oc
    .route({
      method: 'POST',
      path: '/documents/{id}/versions',
      tags: ['documents'],
      summary: 'Freeze the text as it is now',
    })
    .input(
      documentPath
        .extend({
          label: z.string().trim().min(1).max(120).optional(),
          expectedHash: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .optional(),
        })
        .strict(),
    )
    .output(Version),
  version: oc
    .route({
      method: 'GET',
      path: '/documents/{id}/versions/{versionId}',
      tags: ['documents'],
      summary: 'One version with its content',
    })
    .input(documentPath.extend({ versionId: VersionId }).strict())
    .output(Version.extend({ content: DocumentContent })),
  restoreVersion: oc
    .route({
      method: 'POST',
      path: '/documents/{id}/versions/{versionId}/restore',
      tags: ['documents'],
      summary: 'Bring the text back to a version',
    })
    .input(documentPath.extend({ versionId: VersionId }).strict())
    .output(Version),
  /** Who has which of my documents open now. */
  presence: oc
    .route({
      method: 'GET',
      path: '/presence',
      tags: ['documents'],
      summary: 'Who is where now, in the documents I may read',
    })
    .input(z.object({ workspaceId: WorkspaceId.optional() }).strict())
    .output(
      listOf(
        z.object({
          documentId: DocumentId,
          workspaceId: WorkspaceId,
          title: z.string(),
          kind: DocumentKind,
          people: z.array(PresentPerson),
        }),
      ),
    ),
};

import type { DocumentDetail, documentsApi, Version } from '@concert/domain/documents/api.ts';
import type { implement } from '@orpc/server';
import { ORPCError } from '@orpc/server';
import { NOW } from './region.ts';

/** What a region holds of documents; trashed ones have `trashedAt`. */
export type DocumentHoldings = {
  documents: DocumentDetail[];
  versions: Version[];
  /** Versions that the text was brought back to, by id. */
  restored: string[];
};

export const aDocument = (over: Partial<DocumentDetail> = {}): DocumentDetail => ({
  id: 'waits',
  workspaceId: 'mobility',
  workspaceName: 'Mobilité hospitalière',
  kind: 'needs-assessment',
  title: 'Shorter waits',
  excerpt: '',
  wordCount: 0,
  createdAt: NOW,
  createdBy: { id: 'ada', name: 'Ada Martin' },
  updatedAt: NOW,
  quarantined: false,
  sealed: false,
  role: 'owner',
  workspaceState: 'active',
  fields: {},
  invalid: [],
  byteSize: 0,
  maxBytes: 32_000_000,
  ...over,
});

export const aVersion = (over: Partial<Version> = {}): Version => ({
  id: 'v1',
  documentId: 'waits',
  kind: 'automatic',
  hash: 'a'.repeat(64),
  createdAt: NOW,
  authors: [{ id: 'ada', name: 'Ada Martin', color: '#0b6b68' }],
  title: 'Shorter waits',
  wordCount: 0,
  ...over,
});

type Os = ReturnType<typeof implement<{ documents: typeof documentsApi }>>['documents'];

const EMPTY_TEXT = { type: 'doc', content: [{ type: 'paragraph' }] };

function found<Item extends { id: string }>(items: readonly Item[], id: string): Item {
  const item = items.find((one) => one.id === id);
  if (!item) throw new ORPCError('NOT_FOUND', { data: { reason: 'not-found' } });
  return item;
}

function versionsOf(os: Os, held: DocumentHoldings) {
  return {
    versions: os.versions.handler(() => ({ items: held.versions })),
    createVersion: os.createVersion.handler(({ input: { id, label } }) => {
      const number = held.versions.length + 1;
      const version = aVersion({ id: `v${number}`, documentId: id, kind: 'named', ...(label ? { label } : {}) });
      held.versions = [version, ...held.versions];
      return version;
    }),
    version: os.version.handler(({ input: { versionId } }) => ({
      ...found(held.versions, versionId),
      content: { schema: 1, kind: 'note' as const, body: EMPTY_TEXT, fields: {} },
    })),
    restoreVersion: os.restoreVersion.handler(({ input: { versionId } }) => {
      held.restored = [...held.restored, versionId];
      return found(held.versions, versionId);
    }),
  };
}

/** The routes of documents, out of memory. */
export function documentsOf(os: Os, held: DocumentHoldings) {
  const replace = (next: DocumentDetail) => {
    held.documents = held.documents.map((one) => (one.id === next.id ? next : one));
    return next;
  };
  return {
    ...versionsOf(os, held),
    recent: os.recent.handler(() => ({ items: held.documents.filter(({ trashedAt }) => !trashedAt) })),
    list: os.list.handler(({ input: { kind, q = '', trashed = false } }) => ({
      items: held.documents.filter(
        (one) => (one.trashedAt !== undefined) === trashed && (!kind || one.kind === kind) && one.title.includes(q),
      ),
    })),
    create: os.create.handler(({ input: { kind, title, workspaceId } }) => {
      const made = aDocument({ id: `document-${held.documents.length + 1}`, kind, title, workspaceId });
      held.documents = [made, ...held.documents];
      return made;
    }),
    restore: os.restore.handler(({ input: { id } }) => {
      const { trashedAt: _, ...kept } = found(held.documents, id);
      return replace(kept);
    }),
    duplicate: os.duplicate.handler(({ input: { id } }) => {
      const copy = { ...found(held.documents, id), id: `copy-of-${id}`, quarantined: false, sealed: false };
      held.documents = [copy, ...held.documents];
      return copy;
    }),
    presence: os.presence.handler(() => ({ items: [] })),
  };
}

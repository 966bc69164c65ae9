import type { DocumentDetail, DocumentItem, Version } from '@concert/domain/documents/api.ts';
import { MAX_DOCUMENT_BYTES } from '@concert/domain/documents/size.ts';
import type { Reach, Standing } from '../platform/access/access.ts';
import type { Platform } from '../platform/module.ts';
import type { DocumentRecord, DocumentSummary, VersionRecord } from './records.ts';

/** Names that records hold as ids. A person who has gone has no name any more. */
type Names = {
  /** Of those workspaces only that the reader may read (access rule A21). */
  readonly workspaces: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, { readonly name: string; readonly color: string }>;
};

type Directory = Pick<Platform, 'auth' | 'lookups'>;

/** Of somebody who is not known any more. */
export const NO_COLOR = '#495057';

async function namesFor(
  { auth, lookups }: Directory,
  records: readonly DocumentSummary[],
  mayRead: (workspaceId: string) => boolean,
): Promise<Names> {
  const personIds = records.flatMap(({ createdBy, updatedBy }) =>
    updatedBy === null ? [createdBy] : [createdBy, updatedBy],
  );
  const [workspaces, people] = await Promise.all([
    lookups.workspaceNames.of(records.map(({ workspaceId }) => workspaceId).filter(mayRead)),
    auth.people.byIds([...new Set(personIds)]),
  ]);
  return { workspaces, people };
}

function toItem(record: DocumentSummary, { workspaces, people }: Names, shared: boolean): DocumentItem {
  const { projection, updatedBy } = record;
  const person = (id: string) => ({ id, name: people.get(id)?.name ?? '' });
  return {
    id: record.id,
    workspaceId: record.workspaceId,
    workspaceName: workspaces.get(record.workspaceId) ?? '',
    ...(shared ? { shared } : {}),
    kind: record.kind,
    title: projection.title,
    excerpt: projection.excerpt,
    wordCount: projection.wordCount,
    ...(projection.completeness === undefined ? {} : { completeness: projection.completeness }),
    createdAt: record.createdAt.toISOString(),
    createdBy: person(record.createdBy),
    updatedAt: record.updatedAt.toISOString(),
    ...(updatedBy === null ? {} : { updatedBy: person(updatedBy) }),
    ...(record.trashedAt === null ? {} : { trashedAt: record.trashedAt.toISOString() }),
    quarantined: record.quarantined,
    sealed: record.sealed ?? false,
  };
}

/** Documents as lists show them to somebody with this reach, in the same order. */
export async function presentItems(
  from: Directory,
  records: readonly DocumentSummary[],
  { workspaces }: Pick<Reach, 'workspaces'>,
): Promise<DocumentItem[]> {
  const names = await namesFor(from, records, (id) => workspaces.has(id));
  return records.map((record) => toItem(record, names, !workspaces.has(record.workspaceId)));
}

/** A document as its page needs it, for somebody with this standing. */
export async function presentDetail(
  from: Directory,
  record: DocumentRecord,
  standing: Pick<Standing, 'role' | 'workspaceRole' | 'workspaceState'>,
): Promise<DocumentDetail> {
  const shared = standing.workspaceRole === null;
  const names = await namesFor(from, [record], () => !shared);
  return {
    ...toItem(record, names, shared),
    role: standing.role,
    workspaceState: standing.workspaceState,
    fields: { ...record.projection.fields },
    invalid: [...record.projection.invalid],
    byteSize: record.projection.byteSize,
    maxBytes: MAX_DOCUMENT_BYTES,
  };
}

/** Versions as lists show them, in the same order. */
export async function presentVersions({ auth }: Directory, records: readonly VersionRecord[]): Promise<Version[]> {
  const people = await auth.people.byIds([...new Set(records.flatMap(({ authors }) => authors))]);
  return records.map((record) => ({
    id: record.id,
    documentId: record.documentId,
    ...(record.label === null ? {} : { label: record.label }),
    kind: record.kind,
    hash: record.hash,
    createdAt: record.createdAt.toISOString(),
    authors: record.authors.map((id) => {
      const person = people.get(id);
      return { id, name: person?.name ?? '', color: person?.color ?? NO_COLOR };
    }),
    title: record.title,
    wordCount: record.wordCount,
  }));
}

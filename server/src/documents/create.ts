import type { Locale } from '@concert/contract';
import { Problem } from '@concert/contract';
import type { DocumentKind } from '@concert/domain/documents/api.ts';
import { fileIds } from '@concert/editor/body-text.ts';
import type { WantedRecord } from '@concert/editor/records.ts';
import type { DenialRecord } from '../platform/access/rights-records.ts';
import { SYSTEM_AUTHOR } from '../platform/documents/rooms.ts';
import { tellKept } from './moving.ts';
import type { Parts } from './parts.ts';
import { type DocumentRecord, NO_RIGHTS, type Projection } from './records.ts';
import { bodyOf } from './worker/given.ts';
import type { BuildInput, Frozen } from './worker/types.ts';

export type NewDocument = {
  readonly workspaceId: string;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly locale: Locale;
  readonly personId: string;
  /** [A17] Conflicts of interest that a copy takes over. */
  readonly denials?: readonly DenialRecord[];
  /** Asked again before anything is written: the making takes a moment in which the right may have gone. */
  readonly stillMay?: () => Promise<unknown>;
};

/** What the text of a new document is made of, and who counts as having written it. */
type Making = { readonly writtenBy: string; readonly inputFor: (id: string) => Promise<BuildInput> };

const recordOf = (
  id: string,
  { workspaceId, kind, locale, personId, denials = [] }: NewDocument,
  { projection, now }: { readonly projection: Projection; readonly now: Date },
): DocumentRecord => ({
  id,
  workspaceId,
  kind,
  locale,
  createdAt: now,
  createdBy: personId,
  updatedAt: now,
  updatedBy: personId,
  editors: { [personId]: projection.seq },
  projection,
  trashedAt: null,
  trashedBy: null,
  quarantined: false,
  ...NO_RIGHTS,
  denials,
  rev: 1,
});

/**
 * Writes the text first: a record without its text would show an empty document, a text without a record nothing.
 * What it begins with is its first version, so that there is always a valid state to return to.
 */
async function make(parts: Parts, given: NewDocument, { writtenBy, inputFor }: Making): Promise<DocumentRecord> {
  const { platform, documents, versions, workers } = parts;
  const { rooms, outbox, live, ports } = platform;
  const id = ports.newId();
  const { update, projection, frozen } = await workers.run('build', await inputFor(id));
  await given.stillMay?.();
  await rooms.edit(id, writtenBy, () => update);
  const { seq } = await rooms.read(id);
  const record = recordOf(id, given, { projection: { ...projection, seq }, now: ports.now() });
  await versions.first(record, frozen);
  const { workspaceId } = given;
  await documents.add([record], () =>
    outbox.event('documents.created', { documentId: id, workspaceId }, given.personId),
  );
  await tellKept(parts, record);
  outbox.wake('documents');
  live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId: id });
  return record;
}

/** [D6] A document from the template of its kind, which is nobody's text. */
export const createFromTemplate = (parts: Parts, given: NewDocument): Promise<DocumentRecord> =>
  make(parts, given, {
    writtenBy: SYSTEM_AUTHOR,
    inputFor: async () => ({ kind: given.kind, title: given.title, locale: given.locale }),
  });

/** Minutes of a meeting: blocks of its record to write around, which nobody has written. */
export const createMinutes = (
  parts: Parts,
  given: NewDocument,
  { fields, blocks }: { readonly fields: Readonly<Record<string, unknown>>; readonly blocks: readonly WantedRecord[] },
): Promise<DocumentRecord> =>
  make(parts, given, {
    writtenBy: SYSTEM_AUTHOR,
    inputFor: async () => ({ kind: given.kind, title: given.title, locale: given.locale, given: { fields }, blocks }),
  });

/** Copies the images of a text: a copy must not depend on who may see the original. Answers new ids by old ones. */
async function copyFiles(
  { platform: { files } }: Parts,
  from: { readonly id: string; readonly fileIds: readonly string[] },
  to: { readonly id: string; readonly personId: string },
): Promise<ReadonlyMap<string, string>> {
  const copies = new Map<string, string>();
  for (const fileId of from.fileIds) {
    const file = await files.get(fileId);
    // An address written into a text gives no right to the file behind it: only the document's own files are copied.
    if (file === null || file.meta.documentId !== from.id) continue;
    const copy = await files.put(file.bytes, { ...file.meta, documentId: to.id, personId: to.personId });
    copies.set(fileId, copy.id);
  }
  return copies;
}

type Source = Pick<Frozen, 'content' | 'fileIds'>;

async function frozenNow({ platform, workers }: Parts, { id, kind }: DocumentRecord): Promise<Source> {
  const { update: state } = await platform.rooms.read(id);
  const frozen = await workers.run('freeze', { kind, state });
  if (!frozen.ok) throw new Problem('CONFLICT', 'document-quarantined');
  return frozen;
}

/** What a text in quarantine said when it could last be read: the text itself may be past reading for ever. */
async function lastValidOf({ versionStore, versions }: Parts, id: string): Promise<Source> {
  const newest = await versionStore.newest(id);
  if (newest === null) throw new Problem('CONFLICT', 'document-quarantined');
  const content = await versions.content(newest);
  return { content, fileIds: fileIds(bodyOf(JSON.parse(content).body)) };
}

/**
 * A copy of a document's present text, or of its last valid state in quarantine, with its own
 * history, files and versions.
 * @throws Problem CONFLICT `document-quarantined` when there is no such state
 */
export async function duplicate(parts: Parts, source: DocumentRecord, given: NewDocument): Promise<DocumentRecord> {
  const frozen = await (source.quarantined ? lastValidOf(parts, source.id) : frozenNow(parts, source));
  const inputFor = async (id: string): Promise<BuildInput> => ({
    kind: source.kind,
    title: given.title,
    locale: source.locale,
    given: JSON.parse(frozen.content),
    files: await copyFiles(parts, { id: source.id, fileIds: frozen.fileIds }, { id, personId: given.personId }),
  });
  return make(parts, given, { writtenBy: given.personId, inputFor });
}

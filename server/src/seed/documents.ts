import type { Locale } from '@concert/contract';
import { fieldsOfKind, kindOf, textSectionIds } from '@concert/domain/kinds.ts';
import { type NodeJson, section } from '@concert/editor/body-json.ts';
import { blocks } from '@concert/editor/markup.ts';
import { type DocumentRecord, NO_RIGHTS, type VersionRecord } from '../documents/records.ts';
import { createDocumentStore } from '../documents/store.ts';
import { createVersionStore } from '../documents/version-store.ts';
import type { Jobs } from '../documents/worker/jobs.ts';
import type { BuildInput, Frozen } from '../documents/worker/types.ts';
import type { Workers } from '../platform/documents/workers.ts';
import type { Platform } from '../platform/module.ts';
import { DOCUMENTS } from './content/documents.ts';
import type { SeedBlock } from './content/types.ts';
import { morning as dayOfMeeting } from './meetings.ts';
import { demoId, personIn } from './people.ts';
import { type SeedIds, withRealIds } from './references.ts';
import { rightsOn } from './rights.ts';

type Source = (typeof DOCUMENTS)[number];
type Made = { readonly record: DocumentRecord; readonly version: VersionRecord; readonly content: string };

const VERSION_LABEL: Readonly<Record<Locale, string>> = {
  fr: 'Première version partagée',
  en: 'First shared version',
  it: 'Prima versione condivisa',
};

/** Working hours in Paris, the same for every document: the demonstration is the same at each start. */
const morning = (day: string): Date => new Date(`${day}T08:30:00.000Z`);
const afternoon = (day: string): Date => new Date(`${day}T14:15:00.000Z`);

const withRealRef = (block: SeedBlock): SeedBlock => ('record' in block ? { ...block, ref: demoId(block.ref) } : block);

function bodyOf(source: Source): readonly NodeJson[] {
  if ('body' in source) return blocks(source.body.map(withRealRef));
  const written: Readonly<Record<string, readonly SeedBlock[]>> = source.sections;
  return textSectionIds(kindOf(source.kind)).map((id) => section(id, blocks(written[id] ?? [])));
}

/** The day of a meeting that is so many days from the day on which the demonstration is loaded. */
const meetingDate = (source: Source, now: Date) =>
  'meetingDay' in source && source.meetingDay !== undefined
    ? { meetingDate: dayOfMeeting(now, source.meetingDay).toISOString().slice(0, 10) }
    : {};

function inputFor(source: Source, ids: SeedIds, now: Date): BuildInput {
  const given = { ...source.fields, ...meetingDate(source, now) };
  const fields = withRealIds(fieldsOfKind(kindOf(source.kind)), given, ids);
  const content = { body: { type: 'doc', content: bodyOf(source) }, fields };
  return { kind: source.kind, title: source.fields.title, locale: source.language, given: content };
}

/** Writes the text of one document, unless a start before this one has; then what is there counts. */
async function make(
  { rooms, ports }: Platform,
  workers: Workers<Jobs>,
  { source, ids }: { readonly source: Source; readonly ids: SeedIds },
): Promise<Made> {
  const id = demoId(source.id);
  const built = await workers.run('build', inputFor(source, ids, ports.now()));
  const author = personIn(ids.people, source.createdBy);
  if ((await rooms.head(id)) === 0) await rooms.edit(id, author, () => built.update);
  const { seq } = await rooms.read(id);
  const editors = Object.fromEntries(source.authors.map((short) => [personIn(ids.people, short), seq]));
  const record: DocumentRecord = {
    id,
    workspaceId: demoId(source.workspace),
    kind: source.kind,
    locale: source.language,
    createdAt: morning(source.createdOn),
    createdBy: author,
    updatedAt: afternoon(source.updatedOn),
    updatedBy: personIn(ids.people, source.authors.at(-1) ?? source.createdBy),
    editors,
    projection: { ...built.projection, seq },
    trashedAt: null,
    trashedBy: null,
    quarantined: false,
    ...NO_RIGHTS,
    ...rightsOn('document', source.id, ids.people),
    rev: 1,
  };
  return { record, version: versionOf(record, built.frozen), content: built.frozen.content };
}

const versionOf = (record: DocumentRecord, frozen: Frozen): VersionRecord => ({
  id: `${record.id}-1`,
  documentId: record.id,
  kind: 'named',
  label: VERSION_LABEL[record.locale],
  hash: frozen.hash,
  createdAt: record.updatedAt,
  createdBy: record.createdBy,
  authors: Object.keys(record.editors),
  title: frozen.title,
  wordCount: frozen.wordCount,
  seq: record.projection.seq,
});

/** Every document of the demonstration, projected, with one named version. */
export async function seedDocuments(
  platform: Platform,
  workers: Workers<Jobs>,
  known: Omit<SeedIds, 'documents'>,
): Promise<void> {
  const ids: SeedIds = { ...known, documents: new Map(DOCUMENTS.map(({ id }) => [id, demoId(id)])) };
  const made = await Promise.all(DOCUMENTS.map((source) => make(platform, workers, { source, ids })));
  const versions = createVersionStore(platform.db);
  await Promise.all(made.map(({ version, content }) => versions.add(version, content)));
  await createDocumentStore(platform.db).add(
    made.map(({ record }) => record),
    ({ id, workspaceId, createdBy, createdAt: at }) => ({
      ...platform.outbox.event('documents.created', { documentId: id, workspaceId }, createdBy),
      at,
    }),
  );
}

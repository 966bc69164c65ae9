import type { Locale } from '@concert/contract';
import type { Field } from '@concert/domain/fields/types.ts';
import { fieldsOfKind, kindOf } from '@concert/domain/kinds.ts';
import { recordKey } from '@concert/editor/recorded.ts';
import type { Asker } from '../platform/access/access.ts';
import type { Letterhead } from '../platform/bodies.ts';
import type { Parts } from './parts.ts';
import { readableFor } from './readable.ts';
import type { DocumentRecord } from './records.ts';
import type { ExportInput, Frozen, InputImage, InputRecorded } from './worker/types.ts';

/** Images of one export together: what a worker is given to hold. */
const MAX_IMAGE_BYTES = 64 * 1024 * 1024;

/** Word processors and PDF know two kinds of image; the others are given to them as PNG, the first frame of it. */
async function asKnown(bytes: Uint8Array, type: string): Promise<{ bytes: Uint8Array; type: string }> {
  if (type === 'image/png' || type === 'image/jpeg') return { bytes, type };
  const { default: sharp } = await import('sharp');
  return { bytes: await sharp(bytes).png().toBuffer(), type: 'image/png' };
}

/** The images that a text shows, of those that are its own: the address of another document's file shows nothing. */
export async function imagesFor(
  { platform: { files } }: Parts,
  { id: documentId }: DocumentRecord,
  { fileIds, format }: { readonly fileIds: readonly string[]; readonly format: ExportInput['format'] },
): Promise<ReadonlyMap<string, InputImage>> {
  const images = new Map<string, InputImage>();
  if (format === 'markdown') return images;
  let left = MAX_IMAGE_BYTES;
  for (const id of fileIds) {
    const known = await files.meta(id);
    if (known === null || known.meta.documentId !== documentId || known.size > left) continue;
    const file = await files.get(id);
    if (file === null) continue;
    left -= file.size;
    const { type, width = 1, height = 1 } = file.meta;
    const shown = format === 'html' ? { bytes: file.bytes, type } : await asKnown(file.bytes, type);
    images.set(id, { ...shown, width, height });
  }
  return images;
}

type Named = 'person' | 'organisation' | 'documents';

function idsOf(
  fields: readonly Field[],
  values: Readonly<Record<string, unknown>>,
  into: Record<Named, string[]>,
): void {
  for (const field of fields) {
    const value = values[field.id];
    const list = Array.isArray(value) ? value : [value];
    if (field.type === 'rows') {
      for (const row of list) if (typeof row === 'object' && row !== null) idsOf(field.columns, row, into);
    } else if (field.type === 'person' || field.type === 'organisation' || field.type === 'documents') {
      into[field.type].push(...list.filter((id) => typeof id === 'string'));
    }
  }
}

/** Names for the ids in the fields. Of documents, only those are named that the reader may read. */
export async function namesFor(
  { platform, documents }: Parts,
  { kind, projection }: DocumentRecord,
  reader: Asker,
): Promise<ReadonlyMap<string, string>> {
  const ids: Record<Named, string[]> = { person: [], organisation: [], documents: [] };
  idsOf(fieldsOfKind(kindOf(kind)), projection.fields, ids);
  const readable = readableFor(await platform.access.reach(reader));
  const [people, organisations, linked] = await Promise.all([
    platform.auth.people.byIds(ids.person),
    platform.lookups.organisationNames.of(ids.organisation),
    documents.byIds(ids.documents, readable),
  ]);
  return new Map([
    ...[...people.values()].map(({ id, name }) => [id, name] as const),
    ...organisations,
    ...linked.map(({ id, projection: { title } }) => [id, title] as const),
  ]);
}

/** What the record says to the reader of which a document holds blocks: gathered here, because workers ask nobody. */
export async function recordedFor(
  { platform: { recordBlocks } }: Parts,
  { id }: DocumentRecord,
  { frozen: { records, title }, asker, locale }: { frozen: Frozen; asker: Asker; locale: Locale },
): Promise<InputRecorded | null> {
  const recorded = await recordBlocks.of(asker, id, locale);
  if (recorded === null) return null;
  const { block, facts, letterhead, meeting = title } = recorded;
  const said = records.flatMap(({ part, ref }) => {
    const words = block(part, ref);
    return words === null ? [] : [[recordKey({ part, ref }), words] as const];
  });
  return {
    blocks: new Map(said),
    facts,
    footer: letterhead === undefined ? meeting : `${letterhead.body} · ${meeting}`,
    ...(letterhead === undefined ? {} : { letterhead: headOf(letterhead) }),
  };
}

const headOf = ({ lines, logo }: Letterhead): NonNullable<InputRecorded['letterhead']> => ({
  lines,
  ...(logo === undefined ? {} : { logo: { ...logo, type: 'image/png' } }),
});

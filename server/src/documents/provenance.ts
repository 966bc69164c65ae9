import { Problem } from '@concert/contract';
import type { Author, Provenance, ProvenanceRun } from '@concert/domain/documents/provenance.ts';
import { z } from 'zod';
import { isDeath, isTooMuch } from '../platform/documents/workers.ts';
import { readCursor, writeCursor } from '../platform/http/cursor.ts';
import type { Parts } from './parts.ts';
import { NO_COLOR } from './present.ts';
import type { DocumentRecord } from './records.ts';
import type { Authored, AuthoredRun, ProvenanceInput } from './worker/types.ts';

const PROVENANCE_MS = 10_000;
const RETRY_SECONDS = 5;

/** The state of the text that the first page was read from, and how many runs the pages before held. */
const Place = z.tuple([z.number().int().min(0), z.number().int().min(0)]);

type Wanted = { readonly limit: number; readonly cursor?: string | undefined };

type People = ReadonlyMap<string | null, Author>;

/**
 * Pages of who wrote what.
 * @throws Problem CONFLICT `text-moved` when the text has changed since the first page; `document-quarantined`
 * @throws Problem PAYLOAD_TOO_LARGE `too-big-to-attribute`, SERVICE_UNAVAILABLE `authors-unavailable`
 */
export function createProvenance(parts: Pick<Parts, 'platform' | 'exporters'>) {
  const { rooms } = parts.platform;
  return async (record: DocumentRecord, { limit, cursor }: Wanted): Promise<Provenance> => {
    if (record.quarantined) throw new Problem('CONFLICT', 'document-quarantined');
    const [before, from] = cursor === undefined ? [undefined, 0] : readCursor(cursor, Place);
    const { update: state, seq } = await rooms.read(record.id);
    if (before !== undefined && before !== seq) throw new Problem('CONFLICT', 'text-moved');
    // Read after the text: a clientID is somebody's before anything written under it is durable.
    const owners = await rooms.authors(record.id);
    const read = await walk(parts, { kind: record.kind, state, owners, from, limit });
    const people = await peopleOf(parts, record, read);
    return {
      items: read.runs.map((run) => shownRun(run, people, record)),
      ...(read.more ? { next: writeCursor([seq, from + read.runs.length]) } : {}),
      ...sharesOf(read, people),
    };
  };
}

/** [D8] Reads a text in a worker: it comes from outside, and may be big. */
async function walk({ exporters }: Pick<Parts, 'exporters'>, input: ProvenanceInput): Promise<Authored> {
  const read = await exporters.run('provenance', input, PROVENANCE_MS).catch((cause: unknown) => {
    if (isTooMuch(cause)) throw new Problem('PAYLOAD_TOO_LARGE', 'too-big-to-attribute', { cause });
    if (!isDeath(cause)) throw cause;
    throw new Problem('SERVICE_UNAVAILABLE', 'authors-unavailable', { cause, detail: { retryAfter: RETRY_SECONDS } });
  });
  if (!read.ok) throw new Problem('CONFLICT', 'document-quarantined');
  return read;
}

/** [D7] An account that was erased is named by its pseudonym. */
async function peopleOf(
  { platform: { auth } }: Pick<Parts, 'platform'>,
  { createdBy }: DocumentRecord,
  { runs, characters }: Authored,
): Promise<People> {
  const ids = new Set([createdBy, ...runs.map(({ personId }) => personId), ...characters.keys()]);
  return authorsOf(
    auth,
    [...ids].filter((id) => id !== null),
  );
}

async function authorsOf({ people }: Parts['platform']['auth'], ids: readonly string[]): Promise<Map<string, Author>> {
  const known = await people.byIds(ids);
  const named = (id: string): Author => {
    const person = known.get(id);
    return { id, name: person?.name ?? '', color: person?.color ?? NO_COLOR };
  };
  return new Map(ids.map((id) => [id, named(id)]));
}

/** [D6] The template writes the title that it is given, and nobody else's. */
const isTitle = ({ path }: AuthoredRun): boolean => path.length === 2 && path[0] === 'fields' && path[1] === 'title';

function shownRun({ personId, ...run }: AuthoredRun, people: People, { createdBy }: DocumentRecord): ProvenanceRun {
  const by = personId ?? (isTitle({ personId, ...run }) ? createdBy : null);
  return { ...run, author: people.get(by) ?? null };
}

function sharesOf({ characters }: Authored, people: People): Omit<Provenance, 'items' | 'next'> {
  let total = 0;
  for (const count of characters.values()) total += count;
  const authors = [...characters].flatMap(([personId, count]) => {
    const author = personId === null ? undefined : people.get(personId);
    return author === undefined ? [] : [{ ...author, characters: count, share: count / total }];
  });
  return {
    authors: authors.sort((a, b) => b.characters - a.characters || (a.id < b.id ? -1 : 1)),
    characters: total,
    templateCharacters: characters.get(null) ?? 0,
  };
}

/** Who writes under these clientIDs of a document; the template's and unknown ones are left out. */
export async function authorsAmong({ platform }: Parts, documentId: string, clients: string) {
  const clientIds = clients === '' ? [] : clients.split(',').map(Number);
  const owners = await platform.rooms.authors(documentId, clientIds);
  const people = await authorsOf(platform.auth, [...new Set(owners.values())]);
  return [...owners].flatMap(([clientId, personId]) => {
    const author = people.get(personId);
    return author === undefined ? [] : [{ clientId, author }];
  });
}

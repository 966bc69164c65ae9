import { Problem } from '@concert/contract';
import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Named = z.tuple([z.string().max(300), Id]);
const Dated = z.tuple([z.number().int().min(0).max(8.64e15), Id]);

/** The place of an item in a list in the order of names: its name, then its id. */
export type NamedPlace = { readonly name: string; readonly id: string };

/** The place of an item in a list that is ordered by an instant and then by id, newest first. */
export type DatedPlace = { readonly at: Date; readonly id: string };

/** Opaque to clients: a list may change its order without breaking anybody. */
export const writeCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws Problem BAD_REQUEST `bad-cursor` for anything that does not have this shape */
export function readCursor<Place>(cursor: string, shape: z.ZodType<Place>): Place {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new Problem('BAD_REQUEST', 'bad-cursor', { cause });
  }
}

export const writeNameCursor = ({ name, id }: NamedPlace): string => writeCursor([name, id]);

/** @throws Problem BAD_REQUEST `bad-cursor` for anything that `writeNameCursor` did not make */
export function readNameCursor(cursor: string): NamedPlace {
  const [name, id] = readCursor(cursor, Named);
  return { name, id };
}

/** @throws Problem BAD_REQUEST `bad-cursor` for anything that `pageByDate` did not make */
export function readDateCursor(cursor: string | undefined): DatedPlace | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = readCursor(cursor, Dated);
  return { at: new Date(at), id };
}

/** The filter that continues a list behind a place, over the given field and `_id`, both descending. */
export const behind = (field: string, place: DatedPlace | undefined): Record<string, unknown> =>
  place === undefined ? {} : { $or: [{ [field]: { $lt: place.at } }, { [field]: place.at, _id: { $lt: place.id } }] };

/** Cuts a list that was read with one item more than asked for, and says where it goes on. */
export function pageByDate<Item>(
  found: readonly Item[],
  limit: number,
  placeOf: (item: Item) => DatedPlace,
): { items: Item[]; next?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || last === undefined) return { items };
  const { at, id } = placeOf(last);
  return { items, next: writeCursor([at.getTime(), id]) };
}

const collator = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });

const compare = (a: NamedPlace, b: NamedPlace): number =>
  collator.compare(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * One page of a list that is small enough to be read whole (what one person belongs to), in the order of names.
 * The order is of people's names: accents and case do not matter.
 */
export function pageByName<Item>(
  all: readonly Item[],
  page: { readonly limit: number; readonly cursor?: string | undefined },
  placeOf: (item: Item) => NamedPlace,
): { items: Item[]; next?: string } {
  const after = page.cursor === undefined ? undefined : readNameCursor(page.cursor);
  const sorted = all
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => after === undefined || compare(place, after) > 0)
    .sort((a, b) => compare(a.place, b.place));
  const shown = sorted.slice(0, page.limit);
  const last = shown.at(-1);
  const more = sorted.length > shown.length && last !== undefined;
  return { items: shown.map(({ item }) => item), ...(more ? { next: writeNameCursor(last.place) } : {}) };
}

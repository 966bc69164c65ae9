import { Problem } from '@concert/contract';
import { z } from 'zod';

const Written = z.tuple([z.string().max(300), z.string().min(1).max(64)]);

/** The place of an item in a list in the order of names: its name, then its id. */
export type NamedPlace = { readonly name: string; readonly id: string };

/** Opaque to clients: a list may change its order without breaking anybody. */
export const writeNameCursor = ({ name, id }: NamedPlace): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url');

/** @throws Problem BAD_REQUEST `bad-cursor` for anything that `writeNameCursor` did not make */
export function readNameCursor(cursor: string): NamedPlace {
  try {
    const [name, id] = Written.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { name, id };
  } catch (cause) {
    throw new Problem('BAD_REQUEST', 'bad-cursor', { cause });
  }
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

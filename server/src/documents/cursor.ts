import { Problem } from '@concert/contract';
import { z } from 'zod';

/** The place of an item in a list that is ordered by an instant and then by id, newest first. */
export type Place = { readonly at: Date; readonly id: string };

const Written = z.tuple([z.number().int().min(0).max(8.64e15), z.string().min(1).max(64)]);

/** Opaque to clients: the list may change its order without breaking anybody. */
const writeCursor = ({ at, id }: Place): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');

/** @throws Problem BAD_REQUEST `bad-cursor` for anything that `writeCursor` did not make */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [at, id] = Written.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at: new Date(at), id };
  } catch (cause) {
    throw new Problem('BAD_REQUEST', 'bad-cursor', { cause });
  }
}

/** The filter that continues a list behind a place, over the given field and `_id`, both descending. */
export const behind = (field: string, place: Place | undefined): Record<string, unknown> =>
  place === undefined ? {} : { $or: [{ [field]: { $lt: place.at } }, { [field]: place.at, _id: { $lt: place.id } }] };

/** Cuts a list that was read with one item more than asked for, and says where it goes on. */
export function pageOf<Item>(found: readonly Item[], limit: number, placeOf: (item: Item) => Place) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? writeCursor(placeOf(last)) : undefined };
}

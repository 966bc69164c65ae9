import { compare } from '../bson/compare.ts';
import { encode } from '../bson/encode.ts';
import { doc, int, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { SIMPLE } from '../query/collation.ts';
import { type Found, findEach } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { splitPath, visitPath } from '../query/path.ts';
import { countOf } from '../storage/records.ts';
import { type Command, collationField, collectionName, countField, docField, hintField, textField } from './command.ts';
import { planless } from './reading.ts';

const count: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run: (command, context) => {
    const read = context.store.read();
    const collection = read.collection(context.db, collectionName(command));
    const filter = docField(command, 'query') ?? new Map();
    const skip = countField(command, 'skip') ?? 0;
    const limit = Math.abs(wholeNumber(command.get('limit')) ?? 0) || Number.POSITIVE_INFINITY;
    if (!collection) return doc({ n: int(0) });
    const n =
      filter.size === 0 && skip === 0
        ? Math.min(limit, countOf(read.view, collection, context.store.isQuiet))
        : countFound(
            findEach(read.view, collection, {
              filter,
              skip,
              limit,
              hint: hintField(command),
              execution: context.execution,
              ...collationField(command),
            }),
          );
    return doc({ n: int(n) });
  },
};

function countFound(found: Iterable<Found>): number {
  let n = 0;
  for (const _ of found) n++;
  return n;
}

const MAX_DISTINCT = 16 * 1024 * 1024;

const distinct: Command = {
  fields: ['key', 'query', 'collation', 'hint'],
  run: (command, context) => {
    const read = context.store.read();
    const collection = read.collection(context.db, collectionName(command));
    const key = textField(command, 'key');
    if (key === undefined) throw new MongoError(40414, "BSON field 'distinct.key' is missing but a required field");
    const { collation = SIMPLE } = collationField(command);
    const filter = docField(command, 'query') ?? new Map();
    const query = { filter, collation, hint: hintField(command), execution: context.execution };
    const found = collection ? findEach(read.view, collection, query) : [];
    if (!collection) planless(query);
    const values: Value[] = [];
    for (const { document } of found) {
      visitPath(document, splitPath(key), 'whole', (value) => {
        if (value !== undefined) values.push(...(Array.isArray(value) ? value : [value]));
        return false;
      });
    }
    values.sort((a, b) => compare(a, b, collation.compare));
    const distinctValues = values.filter(
      (value, i) => i === 0 || compare(value, values[i - 1], collation.compare) !== 0,
    );
    const reply = doc({ values: distinctValues });
    if (encode(reply).length > MAX_DISTINCT) throw new MongoError(17217, 'distinct too big, 16mb cap');
    return reply;
  },
};

export const COUNTING: Readonly<Record<string, Command>> = { count, distinct };

import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { compileMatcher, type MatchOptions, type ValueMatcher } from './matcher.ts';
import { splitPath } from './path.ts';

/** Compiles the filters that `$[name]` in update paths stands for. Throws MongoDB's errors. */
export function compileArrayFilters(list: readonly Value[], options: MatchOptions): Map<string, ValueMatcher> {
  const filters = new Map<string, ValueMatcher>();
  for (const filter of list) {
    if (!isDoc(filter) || filter.size === 0)
      throw new MongoError('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    const names = new Set(identifiers(filter));
    const [name] = names;
    if (name === undefined || names.size !== 1)
      throw new MongoError(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw new MongoError(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw new MongoError('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    const matcher = compileMatcher(filter, options);
    filters.set(name, (value) => matcher(value === undefined ? new Map() : new Map([[name, value]])));
  }
  return filters;
}

function identifiers(filter: Doc): string[] {
  return [...filter].flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [splitPath(name)[0] as string];
    return Array.isArray(value) ? value.flatMap((item) => (isDoc(item) ? identifiers(item) : [])) : [];
  });
}

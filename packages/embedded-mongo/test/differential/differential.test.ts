import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encode } from '../../src/bson/encode.ts';
import { encodeKey } from '../../src/bson/key.ts';
import { type Doc, doc, int, type Value } from '../../src/bson/types.ts';
import { MongoError } from '../../src/errors.ts';
import { compileMatcher } from '../../src/query/matcher.ts';
import { compileProjection } from '../../src/query/projection.ts';
import { parseSort, sortBy } from '../../src/query/sort.ts';
import { compileUpdate } from '../../src/query/update.ts';
import {
  condition,
  document,
  filter,
  namedPath,
  operators,
  path,
  runs,
  SEED,
  scalar,
  TIMEOUT,
  value,
} from './generators.ts';
import { compareValues } from './reference-compare.ts';
import { matches } from './reference-match.ts';
import { excluded, included } from './reference-project.ts';
import { Parallel, sorted } from './reference-sort.ts';
import { Refused, Unsaid, updated } from './reference-update.ts';

const sign = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const bytesOf = (item: Doc): string => encode(item).toString('hex');

/** What a run gives, or that it was refused. */
function outcome(run: () => Doc, isRefusal: (error: unknown) => boolean): string {
  try {
    return bytesOf(run());
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

test(
  `[seed ${SEED}] a document matches exactly when the reference says so`,
  () => {
    fc.assert(
      fc.property(document, filter, (item, query) => {
        expect(compileMatcher(query)(item)).toBe(matches(item, query));
      }),
      runs(6000),
    );
  },
  TIMEOUT,
);

test(
  `[seed ${SEED}] keys of indexes order as the reference orders the values`,
  () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sign(encodeKey(a), encodeKey(b))).toBe(Math.sign(compareValues(a, b)));
      }),
      runs(4000),
    );
  },
  TIMEOUT,
);

const direction = fc.constantFrom<1 | -1>(1, -1);
const fields = fc.uniqueArray(
  fc.tuple(namedPath, direction).map(([name, way]) => ({ path: name, direction: way })),
  { minLength: 1, maxLength: 2, selector: (field) => field.path },
);

test(
  `[seed ${SEED}] documents are sorted as the reference sorts them, or refused like there`,
  () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 6 }), fields, (items, order) => {
        const spec = doc(Object.fromEntries(order.map((field) => [field.path, int(field.direction)])));
        const list = (ordered: readonly Doc[]) => doc({ list: [...ordered] });
        const product = outcome(
          () => list(sortBy(items, (item) => item, parseSort(spec))),
          (error) => error instanceof MongoError && error.code === 2,
        );
        const reference = outcome(
          () => list(sorted(items, order)),
          (error) => error instanceof Parallel,
        );
        expect(product).toBe(reference);
      }),
      runs(2500),
    );
  },
  TIMEOUT,
);

const places = fc.oneof(
  { weight: 4, arbitrary: path },
  { weight: 1, arbitrary: fc.constantFrom('a.$[]', 'a.$[].b', 'b.a.$[]', 'a.$[].$[]', 'a.0.$[]', 'c.$[].1') },
  { weight: 2, arbitrary: fc.constantFrom('a.$[x]', 'a.$[x].b', 'b.a.$[x]', 'a.$[].$[x]', 'a.$[x].$[]', 'c.$[x].1') },
);
const onElement: fc.Arbitrary<Doc> = fc
  .tuple(fc.constantFrom('x', 'x', 'x.a', 'x.b', 'x.0'), condition)
  .map(([name, item]) => new Map([[name, item]]));
const pulled = fc.oneof(scalar, operators, value);
const change: fc.Arbitrary<readonly [string, Value]> = fc.oneof(
  fc.tuple(fc.constantFrom('$set', '$unset', '$min', '$max', '$push'), value),
  fc.tuple(
    fc.constant('$addToSet'),
    value.filter((item) => !(item instanceof Map)),
  ),
  fc.tuple(fc.constant('$inc'), fc.integer({ min: -2, max: 2 }).map(int)),
  fc.tuple(fc.constant('$pop'), direction.map(int)),
  fc.tuple(fc.constant('$pull'), pulled),
);

test(
  `[seed ${SEED}] an update makes what the reference makes, or is refused like there`,
  () => {
    fc.assert(
      fc.property(document, places, change, onElement, (item, at, [operator, operand], one) => {
        fc.pre(!isUnsaid(() => updated(item, operator, at, operand, one)));
        const spec = new Map([[operator, new Map([[at, operand]])]]);
        const product = outcome(
          () => compileUpdate(spec, at.includes('$[x]') ? { arrayFilters: [one] } : {}).apply(item, {}),
          (error) => error instanceof MongoError,
        );
        const reference = outcome(
          () => updated(item, operator, at, operand, one),
          (error) => error instanceof Refused,
        );
        expect(product).toBe(reference);
      }),
      runs(6000),
    );
  },
  TIMEOUT,
);

test(
  `[seed ${SEED}] a projection keeps and leaves out what the reference does`,
  () => {
    const paths = fc.uniqueArray(path, { minLength: 1, maxLength: 3 }).filter(isFree);
    fc.assert(
      fc.property(document, paths, fc.boolean(), (item, names, keeps) => {
        const spec = new Map<string, Value>(names.map((name) => [name, keeps]));
        const parts = names.map((name) => name.split('.'));
        const reference = keeps ? included(item, parts) : excluded(item, parts);
        expect(bytesOf(compileProjection(spec, { style: 'find' })(item))).toBe(bytesOf(reference as Doc));
      }),
      runs(4000),
    );
  },
  TIMEOUT,
);

/** No path lies below another one. */
function isFree(names: readonly string[]): boolean {
  return names.every((name) => !names.some((other) => other.startsWith(`${name}.`)));
}

/** The reference cannot tell. */
function isUnsaid(run: () => Doc): boolean {
  try {
    run();
    return false;
  } catch (error) {
    return error instanceof Unsaid;
  }
}

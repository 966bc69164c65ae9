import { compare, equal } from '../bson/compare.ts';
import type { Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Compile, fixed, variadic } from './arguments.ts';
import { arrayOf } from './array-operators.ts';
import { isTrue } from './basic-operators.ts';
import type { Scope } from './expression.ts';

function sortedSet(values: readonly Value[], scope: Scope): Value[] {
  const order = scope.collation.compare;
  const sorted = [...values].sort((a, b) => compare(a, b, order));
  return sorted.filter((item, i) => i === 0 || !equal(item, sorted[i - 1], order));
}

const setOf = (value: Value | undefined, name: string, code: number): readonly Value[] | null =>
  arrayOf(value, name, code);

const setUnion: Compile = variadic((values, scope) => {
  const sets = values.map((value) => setOf(value, '$setUnion', 17043));
  return sets.includes(null)
    ? null
    : sortedSet(
        sets.flatMap((set) => set ?? []),
        scope,
      );
});

const setIntersection: Compile = variadic((values, scope) => {
  const sets = values.map((value) => setOf(value, '$setIntersection', 17047));
  if (sets.includes(null)) return null;
  const [first = [], ...others] = sets.map((set) => set ?? []);
  return sortedSet(
    first.filter((item) => others.every((set) => set.some((other) => equal(other, item, scope.collation.compare)))),
    scope,
  );
});

const setDifference: Compile = fixed(2, ([a, b], scope) => {
  const left = setOf(a, '$setDifference', 17048);
  const right = setOf(b, '$setDifference', 17049);
  if (left === null || right === null) return null;
  const result: Value[] = [];
  for (const item of left)
    if (![...right, ...result].some((other) => equal(other, item, scope.collation.compare))) result.push(item);
  return result;
});

const setIsSubset: Compile = fixed(2, ([a, b], scope) => {
  if (!Array.isArray(a) || !Array.isArray(b))
    throw new MongoError(Array.isArray(a) ? 17042 : 17046, 'both operands of $setIsSubset must be arrays');
  return a.every((item) => b.some((other) => equal(other, item, scope.collation.compare)));
});

const setEquals: Compile = variadic((values, scope) => {
  if (values.length < 2) throw new MongoError(17045, '$setEquals needs at least two arguments');
  const sets = values.map((value) => {
    if (!Array.isArray(value)) throw new MongoError(17044, 'All operands of $setEquals must be arrays');
    return sortedSet(value, scope);
  });
  return sets.every((set) => equal(set, sets[0], scope.collation.compare));
});

export const SET_OPERATORS: Readonly<Record<string, Compile>> = {
  $setUnion: setUnion,
  $setIntersection: setIntersection,
  $setDifference: setDifference,
  $setIsSubset: setIsSubset,
  $setEquals: setEquals,
  $allElementsTrue: fixed(1, ([value]) => {
    if (!Array.isArray(value)) throw new MongoError(17040, "$allElementsTrue's argument must be an array");
    return value.every(isTrue);
  }),
  $anyElementTrue: fixed(1, ([value]) => {
    if (!Array.isArray(value)) throw new MongoError(17041, "$anyElementTrue's argument must be an array");
    return value.some(isTrue);
  }),
};

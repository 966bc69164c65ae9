import { compare } from '../bson/compare.ts';
import { isDoc, isNullish, isNumeric, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import { wholeNumber } from '../query/leaf.ts';
import { named } from './arguments.ts';
import { compileExpression, type Evaluate } from './expression.ts';

/** The arguments {input, n} that $firstN, $lastN, $minN and $maxN share as accumulators and as expressions. */
export function severalArguments(spec: Value, name: string): { input: Evaluate; n: Evaluate } {
  if (!isDoc(spec)) throw new MongoError(5787900, 'specification must be an object');
  if (!spec.has('n')) throw new MongoError(5787906, "Missing value for 'n'");
  if (!spec.has('input')) throw new MongoError(5787907, "Missing value for 'input'");
  const args = named(spec, name, ['n', 'input'], [], 5787901);
  return { input: compileExpression(args.get('input') as Value), n: constantOf(args.get('n') as Value, name) };
}

/** `n` must be the same for all documents of a group: what depends on a document is refused. */
export function constantOf(spec: Value, name: string): Evaluate {
  if (typeof spec === 'string' && spec.startsWith('$') && !spec.startsWith('$$'))
    throw notSupported(`${name} with an n that depends on documents`);
  if (isDoc(spec)) throw notSupported(`${name} with an n that is computed`);
  return compileExpression(spec);
}

/** The checked value of `n`. */
export function countOfN(value: Value | undefined): number {
  if (!isNumeric(value)) throw new MongoError(5787902, "Value for 'n' must be of integral type");
  const n = wholeNumber(value);
  if (n === undefined) throw new MongoError(5787903, "Value for 'n' must be of integral type");
  if (n <= 0) throw new MongoError(5787908, `'n' must be greater than 0, found ${n}`);
  return n;
}

/** The first, last, lowest or highest of a list; the lowest and highest leave null out and come in order. */
export function pickSeveral(name: string, list: readonly Value[], n: number, collation: Collation): Value[] {
  if (name === '$firstN') return list.slice(0, n);
  if (name === '$lastN') return list.slice(-n);
  const direction = name === '$maxN' ? -1 : 1;
  return list
    .filter((value) => !isNullish(value))
    .sort((a, b) => compare(a, b, collation.compare) * direction)
    .slice(0, n);
}

import { wholeResult } from '../bson/arithmetic.ts';
import { type Doc, int, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Held, sizeOf } from '../query/execution.ts';
import { parseSort, sortFirst } from '../query/sort.ts';
import { named } from './arguments.ts';
import { compileExpression, type Scope } from './expression.ts';
import { constantOf, countOfN, pickSeveral, severalArguments } from './several.ts';
import { type NewAccumulator, VALUE_ACCUMULATORS } from './value-accumulators.ts';

/** An accumulator of one group while documents come. */
export type RunningAccumulator = { add(scope: Scope): void; result(): Value | undefined };
/** An accumulator with its argument; it starts anew for each group. */
export type CompiledAccumulator = { start(scope: Scope, held: Held): RunningAccumulator };
type CompileAccumulator = (operand: Value, name: string) => CompiledAccumulator;

const unary =
  (create: NewAccumulator): CompileAccumulator =>
  (operand, name) => {
    if (Array.isArray(operand)) throw new MongoError(40237, `The ${name} accumulator is a unary operator`);
    const evaluate = compileExpression(operand);
    return {
      start: ({ collation }, held) => {
        const running = create(collation, held);
        return { add: (scope) => running.add(evaluate(scope)), result: () => running.result() };
      },
    };
  };

const counting: CompileAccumulator = (operand) => {
  if (!isDoc(operand) || operand.size > 0)
    throw new MongoError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
  return {
    start: () => {
      let n = 0;
      return {
        add: () => {
          n++;
        },
        result: () => wholeResult(BigInt(n), false),
      };
    },
  };
};

/** $firstN, $lastN, $minN and $maxN. */
const several: CompileAccumulator = (operand, name) => {
  const { input, n } = severalArguments(operand, name);
  return {
    start: (first, held) => {
      const most = countOfN(n(first));
      const list: Value[] = [];
      return {
        add: (scope) => {
          const value = input(scope);
          if (name === '$firstN' && list.length === most) return;
          held.add(sizeOf(value));
          list.push(value ?? null);
          if (list.length < most * 2 + 16) return;
          list.splice(0, list.length, ...pickSeveral(name, list, most, scope.collation));
        },
        result: () => pickSeveral(name, list, most, first.collation),
      };
    },
  };
};

type Ordered = { readonly item: Doc; readonly output: Value };

/** $top, $bottom, $topN and $bottomN. */
const ranked: CompileAccumulator = (operand, name) => {
  const isList = name.endsWith('N');
  if (!isDoc(operand)) throw new MongoError(5788001, `specification must be an object; found ${name}`);
  for (const [key, code] of [
    ['n', 5788003],
    ['output', 5788004],
    ['sortBy', 5788005],
  ] as const)
    if ((isList || key !== 'n') && !operand.has(key)) throw new MongoError(code, `Missing value for '${key}'`);
  const args = named(operand, name, isList ? ['n', 'output', 'sortBy'] : ['output', 'sortBy'], [], 5788002);
  const sortBy = args.get('sortBy');
  if (!isDoc(sortBy)) throw new MongoError(10065, `expected 'sortBy' of ${name} to be an object`);
  const fields = parseSort(sortBy);
  const output = compileExpression(args.get('output') as Value);
  const n = isList ? constantOf(args.get('n') as Value, name) : () => int(1);
  const fromTop = name.startsWith('$top');
  return {
    start: (first, held) => {
      const most = countOfN(n(first));
      let list: Ordered[] = [];
      const pick = (): Ordered[] => {
        const sorted = sortFirst(list, ({ item }) => item, fields, { collation: first.collation });
        return fromTop ? sorted.slice(0, most) : sorted.slice(-most);
      };
      return {
        add: (scope) => {
          held.add(sizeOf(scope.root));
          list.push({ item: scope.root, output: output(scope) ?? null });
          if (list.length < most * 2 + 16) return;
          list = pick();
        },
        result: () => {
          const values = pick().map((entry) => entry.output);
          return isList ? values : (values[0] ?? null);
        },
      };
    },
  };
};

/** Every accumulator of $group and $bucket. */
export const ACCUMULATORS: Readonly<Record<string, CompileAccumulator | undefined>> = {
  ...Object.fromEntries(Object.entries(VALUE_ACCUMULATORS).map(([name, create]) => [name, unary(create)])),
  $count: counting,
  $firstN: several,
  $lastN: several,
  $minN: several,
  $maxN: several,
  $top: ranked,
  $topN: ranked,
  $bottom: ranked,
  $bottomN: ranked,
};

import fc from 'fast-check';
import { Decimal128, type Doc, Double, doc, int, Long, MaxKey, MinKey, type Value } from '../../src/bson/types.ts';

/** How often each property is tried; DIFFERENTIAL_RUNS=50 makes it fifty times as many. */
const FACTOR = Number(process.env.DIFFERENTIAL_RUNS ?? 1);
/** A failure is repeated by giving its seed in DIFFERENTIAL_SEED. */
export const SEED = Number(process.env.DIFFERENTIAL_SEED ?? Date.now() % 2 ** 31);

export const runs = (count: number): { numRuns: number; seed: number } => ({ numRuns: count * FACTOR, seed: SEED });
/** Long runs take longer than a test usually may. */
export const TIMEOUT = 20_000 * Math.max(1, FACTOR);

/** Few values of many types, so that they meet often. */
export const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }).map(int) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Value>(new Double(1), Long.fromNumber(2), Decimal128.fromString('1.0'), new Double(1.5)),
  },
  { weight: 2, arbitrary: fc.constantFrom<Value>('', 'a', 'b') },
  { weight: 2, arbitrary: fc.constant<Value>(null) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Value>(
      true,
      false,
      new Date(0),
      new Double(Number.NaN),
      Decimal128.fromString('NaN'),
      new Double(-0),
      Long.fromString('9007199254740993'),
      new Double(2 ** 53),
      new MinKey(),
      new MaxKey(),
    ),
  },
);

/** Names that are also positions. */
const NAMES = ['a', 'b', '0', '1'] as const;

export const { value, inner } = fc.letrec<{ value: Value; inner: Doc }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: tie('inner') },
  ),
  inner: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 3, selector: ([name]) => name })
    .map((pairs): Doc => new Map(pairs)),
}));

export const document: fc.Arbitrary<Doc> = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), value), { maxLength: 3, selector: ([name]) => name })
  .map((pairs): Doc => new Map(pairs));

const join = (parts: readonly string[]): string => parts.join('.');
export const path: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.array(fc.constantFrom(...NAMES), { maxLength: 2 }))
  .map(([first, rest]) => join([first, ...rest]));
/** Paths without positions. */
export const namedPath: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }))
  .map(([first, rest]) => join([first, ...rest]));

const compared = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: value }).filter(isOperand);

function isOperand(item: Value): boolean {
  return !(item instanceof Map && [...item.keys()][0]?.startsWith('$'));
}

const list = fc.array(compared, { maxLength: 3 });
const range = fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), compared);
const listed = fc.tuple(
  fc.constantFrom('$in', '$nin', '$all'),
  list.map((items): Value => items),
);
const exists = fc.tuple(
  fc.constant('$exists'),
  fc.boolean().map((there): Value => there),
);
const size = fc.tuple(
  fc.constant('$size'),
  fc.integer({ min: 0, max: 3 }).map((count): Value => int(count)),
);

const { operators } = fc.letrec<{ operators: Doc }>((tie) => {
  const not = fc.tuple(
    fc.constant('$not'),
    tie('operators').map((set): Value => set),
  );
  const element = fc.oneof(
    tie('operators'),
    fc.tuple(fc.constantFrom('a', 'b', '0', 'a.b'), compared).map(([name, item]): Doc => new Map([[name, item]])),
  );
  const elemMatch = fc.tuple(
    fc.constant('$elemMatch'),
    element.map((set): Value => set),
  );
  return {
    operators: fc
      .uniqueArray(
        fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          { weight: 4, arbitrary: range },
          { weight: 2, arbitrary: listed },
          exists,
          size,
          not,
          elemMatch,
        ),
        { minLength: 1, maxLength: 2, selector: ([name]) => name },
      )
      .map((pairs): Doc => new Map(pairs)),
  };
});

export { operators };

export const condition: fc.Arbitrary<Value> = fc.oneof(
  { weight: 2, arbitrary: operators },
  { weight: 1, arbitrary: compared },
);

const simpleFilter = (paths: fc.Arbitrary<string>): fc.Arbitrary<Doc> =>
  fc
    .uniqueArray(fc.tuple(paths, condition), { maxLength: 2, selector: ([name]) => name })
    .map((pairs): Doc => new Map(pairs));

export const filter: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 4, arbitrary: simpleFilter(path) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(simpleFilter(path), { minLength: 1, maxLength: 3 }))
      .map(([name, parts]) => doc({ [name]: parts })),
  },
);

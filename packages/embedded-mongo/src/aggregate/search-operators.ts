import { equal } from '../bson/compare.ts';
import { BSONRegExp, type Doc, doc, int, isDoc, isNullish, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { regexOf } from '../query/regex.ts';
import { type Compile, named, operands } from './arguments.ts';
import { compileExpression, type Evaluate, type Scope } from './expression.ts';

/** A start or end position of $indexOf…: a whole number that is not negative. */
function positionOf(value: Value | undefined, name: string): number {
  const at = isNumeric(value) ? wholeNumber(value) : undefined;
  if (at === undefined) throw new MongoError(40096, `${name} requires an integral starting and ending index`);
  if (at < 0) throw new MongoError(40097, `${name} requires a nonnegative starting and ending index`);
  return at;
}

/** How a text is counted: in code points, or in the bytes of UTF-8 (as text with one unit per byte). */
type Units = (text: string) => readonly string[] | string;
const points: Units = (text) => [...text];
const bytes: Units = (text) => Buffer.from(text).toString('latin1');

/** $indexOfCP and $indexOfBytes. */
const indexOf =
  (units: Units, code: number): Compile =>
  (spec, name) => {
    const list = operands(spec, name, 2, 4);
    return (scope) => {
      const [text, token, ...range] = list.map((evaluate) => evaluate(scope));
      if (isNullish(text)) return null;
      if (typeof text !== 'string') throw new MongoError(code, `${name} requires a string as the first argument`);
      if (typeof token !== 'string') throw new MongoError(code + 1, `${name} requires a string as the second argument`);
      const [from = 0, to = Number.POSITIVE_INFINITY] = range.map((value) => positionOf(value, name));
      return int(placeIn(units(text), units(token), from, to));
    };
  };

function placeIn(text: ReturnType<Units>, token: ReturnType<Units>, from: number, to: number): number {
  const last = Math.min(to, text.length) - token.length;
  for (let at = from; at <= last; at++) {
    let same = 0;
    while (same < token.length && text[at + same] === token[same]) same++;
    if (same === token.length) return at;
  }
  return -1;
}

/** $replaceOne and $replaceAll: plain texts, no patterns. */
const replace =
  (all: boolean): Compile =>
  (spec, name) => {
    if (!isDoc(spec)) throw new MongoError(51751, `${name} requires an object as an argument`);
    const args = named(spec, name, ['input', 'find', 'replacement'], [], 51750);
    const list = ['input', 'find', 'replacement'].map(
      (key) => [key, compileExpression(args.get(key) as Value)] as const,
    );
    return (scope) => {
      const values = list.map(([key, evaluate], i) => {
        const value = evaluate(scope);
        if (!isNullish(value) && typeof value !== 'string')
          throw new MongoError([51746, 51745, 51744][i] ?? 51746, `${name} requires that '${key}' be a string`);
        return value;
      });
      const [input, find, replacement] = values;
      if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string') return null;
      if (find === '') return all ? between(input, replacement) : replacement + input;
      return all ? input.split(find).join(replacement) : input.replace(find, () => replacement);
    };
  };

/** The empty text is found before every byte's character and at the end. */
const between = (input: string, replacement: string): string =>
  replacement + [...input].map((point) => point + replacement).join('');

type Match = (regex: RegExp, text: string) => Value;

const RESULT: Readonly<Record<string, Match>> = {
  $regexMatch: (regex, text) => regex.test(text),
  $regexFind: (regex, text) => allMatches(regex, text, 1)[0] ?? null,
  $regexFindAll: (regex, text) => allMatches(regex, text, Number.POSITIVE_INFINITY),
};

function allMatches(regex: RegExp, text: string, most: number): Doc[] {
  const found: Doc[] = [];
  for (const match of text.matchAll(new RegExp(regex.source, `${regex.flags}g`))) {
    found.push(
      doc({
        match: match[0],
        idx: int([...text.slice(0, match.index)].length),
        captures: match.slice(1).map((capture): Value => capture ?? null),
      }),
    );
    if (found.length >= most) break;
  }
  return found;
}

const regexOperator: Compile = (spec, name) => {
  if (!isDoc(spec)) throw new MongoError(51103, `${name} expects an object of named arguments`);
  for (const key of spec.keys())
    if (!['input', 'regex', 'options'].includes(key))
      throw new MongoError(31024, `${name} found an unknown argument: ${key}`);
  if (!spec.has('input')) throw new MongoError(31022, `${name} requires 'input' parameter`);
  if (!spec.has('regex')) throw new MongoError(31023, `${name} requires 'regex' parameter`);
  const part = (key: string): Evaluate => (spec.has(key) ? compileExpression(spec.get(key) as Value) : () => undefined);
  const [input, regex, options] = [part('input'), part('regex'), part('options')];
  const none: Value = name === '$regexMatch' ? false : name === '$regexFind' ? null : [];
  return (scope: Scope) => {
    const text = input(scope);
    const pattern = regex(scope);
    const flags = options(scope);
    if (!isNullish(text) && typeof text !== 'string')
      throw new MongoError(51104, `${name} needs 'input' to be of type string`);
    if (!isNullish(flags) && typeof flags !== 'string')
      throw new MongoError(51106, `${name} needs 'options' to be of type string`);
    if (isNullish(pattern)) return none;
    if (typeof pattern !== 'string' && !(pattern instanceof BSONRegExp))
      throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
    if (pattern instanceof BSONRegExp && pattern.options !== '' && !isNullish(flags))
      throw new MongoError(51107, `${name}: found regex options specified in both 'regex' and 'options' fields`);
    const compiled = regexOf(pattern, flags ?? undefined);
    return isNullish(text) ? none : (RESULT[name]?.(compiled, text) ?? none);
  };
};

/** $indexOfArray: the place of the first equal element. */
const indexOfArray: Compile = (spec, name) => {
  const list = operands(spec, name, 2, 4);
  return (scope) => {
    const [array, wanted, ...range] = list.map((evaluate) => evaluate(scope));
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) throw new MongoError(40090, '$indexOfArray requires an array as a first argument');
    const [from = 0, to = array.length] = range.map((value) => positionOf(value, name));
    const end = Math.min(to, array.length);
    for (let i = from; i < end; i++) if (isEqual(array[i], wanted, scope)) return int(i);
    return int(-1);
  };
};

const isEqual = (a: Value | undefined, b: Value | undefined, scope: Scope): boolean =>
  equal(a, b, scope.collation.compare);

export const SEARCH_OPERATORS: Readonly<Record<string, Compile>> = {
  $indexOfCP: indexOf(points, 40093),
  $indexOfBytes: indexOf(bytes, 40091),
  $indexOfArray: indexOfArray,
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regexOperator,
  $regexFind: regexOperator,
  $regexFindAll: regexOperator,
};

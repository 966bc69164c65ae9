import { encode } from '../bson/encode.ts';
import { aliasOf, type Doc, int, isDoc, isNullish, typeCode, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Compile, fixed, named, operands } from './arguments.ts';
import { arrayOf, typeName } from './array-operators.ts';
import { compileExpression, type Evaluate, type Scope } from './expression.ts';

const mergeObjects: Compile = (spec, name) => {
  const list = operands(spec, name, 0, Number.MAX_SAFE_INTEGER);
  return (scope) => {
    const result: Doc = new Map();
    for (const evaluate of list) mergeInto(result, evaluate(scope));
    return result;
  };
};

/** Copies the fields of a document; null and missing count as empty. */
export function mergeInto(target: Doc, value: Value | undefined): void {
  if (isNullish(value)) return;
  if (!isDoc(value))
    throw new MongoError(
      40400,
      `$mergeObjects requires object inputs, but input is of type ${aliasOf(typeCode(value))}`,
    );
  for (const [key, item] of value) target.set(key, item);
}

/** The name of a field: a constant string, also as {$literal: "$price"}. */
function fieldName(spec: Value | undefined, name: string): string {
  const field = isDoc(spec) && spec.size === 1 && spec.has('$literal') ? spec.get('$literal') : spec;
  if (typeof field !== 'string' || (field === spec && field.startsWith('$')))
    throw new MongoError(
      name === '$getField' ? 5654602 : 4161107,
      `${name} requires 'field' to evaluate to a constant string`,
    );
  return field;
}

const getField: Compile = (spec, name) => {
  const isNamed = isDoc(spec) && !spec.has('$literal');
  const args: Doc = isNamed ? named(spec, name, ['field', 'input'], [], 3041701) : new Map([['field', spec]]);
  const field = fieldName(args.get('field'), name);
  const input = args.has('input')
    ? compileExpression(args.get('input') as Value)
    : (scope: Scope) => scope.current ?? scope.root;
  return (scope) => {
    const value = input(scope);
    if (isDoc(value)) return value.get(field);
    return value === null ? null : undefined;
  };
};

function changed(input: Evaluate, name: string, change: (copy: Doc, scope: Scope) => void): Evaluate {
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return null;
    if (!isDoc(value))
      throw new MongoError(4161105, `${name} requires 'input' to evaluate to type Object, found ${typeName(value)}`);
    const copy: Doc = new Map(value);
    change(copy, scope);
    return copy;
  };
}

const setField: Compile = (spec, name) => {
  const args = named(spec, name, ['field', 'input', 'value'], [], 4161101);
  const field = fieldName(args.get('field'), name);
  const value = compileExpression(args.get('value') as Value);
  return changed(compileExpression(args.get('input') as Value), name, (copy, scope) => {
    const set = value(scope);
    if (set === undefined) copy.delete(field);
    else copy.set(field, set);
  });
};

const unsetField: Compile = (spec, name) => {
  const args = named(spec, name, ['field', 'input'], [], 4161101);
  const field = fieldName(args.get('field'), name);
  return changed(compileExpression(args.get('input') as Value), name, (copy) => {
    copy.delete(field);
  });
};

const objectToArray = (value: Value | undefined): Value | null => {
  if (isNullish(value)) return null;
  if (!isDoc(value)) throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return [...value].map(
    ([k, v]): Doc =>
      new Map<string, Value>([
        ['k', k],
        ['v', v],
      ]),
  );
};

const arrayToObject = (value: Value | undefined): Value | null => {
  const array = arrayOf(value, '$arrayToObject', 40386);
  if (array === null) return null;
  const result: Doc = new Map();
  for (const item of array) {
    const pair =
      isDoc(item) && item.size === 2
        ? [item.get('k'), item.get('v')]
        : Array.isArray(item) && item.length === 2
          ? item
          : undefined;
    if (!pair || typeof pair[0] !== 'string' || pair[1] === undefined)
      throw new MongoError(40392, '$arrayToObject needs pairs of a string and a value');
    result.set(pair[0], pair[1]);
  }
  return result;
};

function bsonSize(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (!isDoc(value)) throw new MongoError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  return int(encode(value).length);
}

export const OBJECT_OPERATORS: Readonly<Record<string, Compile>> = {
  $mergeObjects: mergeObjects,
  $getField: getField,
  $setField: setField,
  $unsetField: unsetField,
  $objectToArray: fixed(1, ([value]) => objectToArray(value)),
  $arrayToObject: fixed(1, ([value]) => arrayToObject(value)),
  $bsonSize: fixed(1, ([value]) => bsonSize(value)),
};

import type { Compile } from './arguments.ts';
import { ARRAY_OPERATORS } from './array-operators.ts';
import { BASIC_OPERATORS } from './basic-operators.ts';
import { CONVERSION_OPERATORS } from './conversion-operators.ts';
import { DATE_ARITHMETIC } from './date-arithmetic.ts';
import { DATE_OPERATORS } from './date-operators.ts';
import { LIST_OPERATORS } from './list-operators.ts';
import { MATH_OPERATORS } from './math-operators.ts';
import { NUMBER_OPERATORS } from './number-operators.ts';
import { OBJECT_OPERATORS } from './object-operators.ts';
import { SEARCH_OPERATORS } from './search-operators.ts';
import { SET_OPERATORS } from './set-operators.ts';
import { TEXT_OPERATORS } from './text-operators.ts';

let table: Readonly<Record<string, Compile | undefined>> | undefined;

/** Every expression operator by name. Put together at the first use: these modules and the compiler import each other. */
export function expressionOperators(): Readonly<Record<string, Compile | undefined>> {
  table ??= {
    ...BASIC_OPERATORS,
    ...OBJECT_OPERATORS,
    ...NUMBER_OPERATORS,
    ...MATH_OPERATORS,
    ...TEXT_OPERATORS,
    ...SEARCH_OPERATORS,
    ...CONVERSION_OPERATORS,
    ...DATE_OPERATORS,
    ...DATE_ARITHMETIC,
    ...ARRAY_OPERATORS,
    ...SET_OPERATORS,
    ...LIST_OPERATORS,
  };
  return table;
}

import type { Compile } from './arguments.ts';
import { ARRAY_OPERATORS } from './array-operators.ts';
import { BASIC_OPERATORS } from './basic-operators.ts';
import { NUMBER_OPERATORS } from './number-operators.ts';
import { TEXT_OPERATORS } from './text-operators.ts';

/** Every expression operator by name. Functions inside call back into the compiler, so the cycle is harmless. */
export const OPERATORS: Readonly<Record<string, Compile | undefined>> = {
  ...BASIC_OPERATORS,
  ...NUMBER_OPERATORS,
  ...TEXT_OPERATORS,
  ...ARRAY_OPERATORS,
};

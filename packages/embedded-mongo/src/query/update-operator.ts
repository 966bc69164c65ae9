import { aliasOf, typeCode, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collation } from './collation.ts';
import type { Place } from './update-paths.ts';

/** What an update runs with. */
export type UpdateContext = {
  readonly collation: Collation;
  readonly isInsert: boolean;
  readonly now: Date;
  readonly path: string;
};

/** Changes what is at a place. The operand was checked when the update was compiled. */
export type ApplyOperator = (place: Place, context: UpdateContext) => void;
export type CompileOperator = (operand: Value, path: string, collation: Collation) => ApplyOperator;

export const bad = (message: string): MongoError => new MongoError('BadValue', message);
export const typeName = (value: Value): string => aliasOf(typeCode(value));

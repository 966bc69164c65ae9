import { expect } from '@jest/globals';
import { BSON, type Document } from 'mongodb';
import { type Contract, codeOf } from '../server.ts';

/** [title, expression, expected value with its exact types, document] */
export type Case = readonly [title: string, expression: unknown, expected: unknown, document?: Document];
/** [title, expression, code of the error, document] */
export type Failure = readonly [title: string, expression: unknown, code: number, document?: Document];

export const long = (value: number): BSON.Long => BSON.Long.fromNumber(value);
export const double = (value: number): BSON.Double => new BSON.Double(value);
export const decimal = (text: string): BSON.Decimal128 => BSON.Decimal128.fromString(text);
export const at = (text: string): Date => new Date(text);

const exact = (value: unknown): string => BSON.EJSON.stringify({ value }, { relaxed: false });

async function evaluated({ db }: Contract, expression: unknown, document: Document): Promise<unknown> {
  const things = db.collection<Document>('things');
  await things.replaceOne({}, document, { upsert: true });
  const pipeline = [{ $replaceWith: { $mergeObjects: [{ $literal: {} }, { r: expression }] } }];
  const [result] = await things.aggregate(pipeline, { promoteValues: false, bsonRegExp: true }).toArray();
  return result?.r;
}

/** Evaluates and compares, types included; a missing result is undefined. */
export async function expectValue(contract: Contract, [, expression, expected, document = {}]: Case): Promise<void> {
  expect(exact(await evaluated(contract, expression, document))).toBe(exact(expected));
}

export async function expectCode(contract: Contract, [, expression, code, document = {}]: Failure): Promise<void> {
  expect(Number(await codeOf(evaluated(contract, expression, document)))).toBe(code);
}

import { type CompareStrings, compareUtf8 } from '../bson/compare.ts';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';

const LOCALES = ['fr', 'en', 'it'];
const SENSITIVITY = { 1: 'base', 2: 'accent', 3: 'variant' } as const;

/** A parsed collation: how strings compare. `simple` is the default order of bytes. */
export type Collation = { readonly simple: boolean; readonly compare: CompareStrings };

export const SIMPLE: Collation = { simple: true, compare: compareUtf8 };

/** Reads a collation document: locale fr, en or it, strength 1–3, numericOrdering, caseLevel false. */
export function parseCollation(spec: Value | undefined): Collation {
  if (spec === undefined) return SIMPLE;
  if (!isDoc(spec)) throw new MongoError('TypeMismatch', "Field 'collation' must be an object");
  const locale = spec.get('locale');
  if (typeof locale !== 'string')
    throw new MongoError(40414, "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') {
    if (spec.size > 1) throw new MongoError('BadValue', 'Cannot specify other options with the simple locale');
    return SIMPLE;
  }
  if (!LOCALES.includes(locale)) throw notSupported(`the collation locale "${locale}"`);
  for (const [name, value] of spec) checkOption(name, value);
  return collator(locale, strengthOf(spec), spec.get('numericOrdering') === true);
}

function checkOption(name: string, value: Value): void {
  if (name === 'locale' || name === 'strength') return;
  if (name === 'numericOrdering' && typeof value === 'boolean') return;
  if ((name === 'caseLevel' || name === 'backwards' || name === 'normalization') && value === false) return;
  throw notSupported(`the collation option ${name}`);
}

function strengthOf(spec: Doc): 1 | 2 | 3 {
  const strength = spec.get('strength');
  if (strength === undefined) return 3;
  const level = isNumeric(strength) ? Number(strength.toString()) : Number.NaN;
  if (level === 1 || level === 2 || level === 3) return level;
  throw notSupported('a collation strength other than 1, 2 or 3');
}

const cache = new Map<string, Collation>();

function collator(locale: string, strength: 1 | 2 | 3, numeric: boolean): Collation {
  const key = `${locale} ${strength} ${numeric}`;
  const known = cache.get(key);
  if (known) return known;
  const intl = new Intl.Collator(locale, { sensitivity: SENSITIVITY[strength], numeric, usage: 'sort' });
  const made: Collation = { simple: false, compare: (a, b) => intl.compare(a, b) };
  cache.set(key, made);
  return made;
}

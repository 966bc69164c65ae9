import type { Locale } from '@concert/contract';
import { RIS3_DOMAINS, type Ris3Domain } from './ris3.ts';
import { TERRITORIES, type Territory } from './territories.ts';

/** One code of the Common Procurement Vocabulary: eight digits, without the check digit, and its labels. */
export type CpvCode = { readonly code: string } & Readonly<Record<Locale, string>>;

/** The vocabulary in memory: 9 454 codes in numerical order. */
export type CpvIndex = {
  readonly codes: readonly CpvCode[];
  readonly byCode: ReadonlyMap<string, CpvCode>;
  /** Labels folded and cut in words for searching, in the order of `codes`; made at the first search in a language. */
  readonly words: Map<Locale, readonly (readonly string[])[]>;
};

let cpv: Promise<CpvIndex> | undefined;

/** The vocabulary, read once and on demand: it weighs a megabyte, which no page should carry before it is asked for. */
export function loadCpv(): Promise<CpvIndex> {
  cpv ??= readCpv().catch((cause) => {
    // A browser that lost the network must be able to ask again.
    cpv = undefined;
    throw cause;
  });
  return cpv;
}

async function readCpv(): Promise<CpvIndex> {
  const { default: table } = await import('./cpv.json', { with: { type: 'json' } });
  const codes = table.rows.map(([code = '', en = '', fr = '', it = '']) => ({ code, en, fr, it }));
  return { codes, byCode: new Map(codes.map((entry) => [entry.code, entry])), words: new Map() };
}

export const isCpv = (index: CpvIndex, code: string): boolean => index.byCode.has(code);

/** The label of a code, or undefined when there is no such code. */
export const cpvLabel = (index: CpvIndex, code: string, locale: Locale): string | undefined =>
  index.byCode.get(code)?.[locale];

/**
 * Codes for a query, best first, at most `limit`. A query of digits (a check digit after a dash is ignored) finds the
 * codes that begin with it; otherwise every word of the query must begin a word of the label, whatever the accents.
 * Labels that open with the query come first, then broader codes before narrower ones.
 */
export function searchCpv(index: CpvIndex, query: string, locale: Locale, limit: number): CpvCode[] {
  const digits = /^\s*(\d{1,8})(?:-\d?)?\s*$/.exec(query)?.[1];
  if (digits !== undefined) return index.codes.filter(({ code }) => code.startsWith(digits)).slice(0, limit);
  const wanted = wordsOf(query);
  if (wanted.length === 0) return [];
  const labels = foldedLabels(index, locale);
  return index.codes
    .map((entry, at) => ({ entry, words: labels[at] ?? [] }))
    .filter(({ words }) => wanted.every((want) => words.some((word) => word.startsWith(want))))
    .map(({ entry, words }) => ({ entry, opens: opensWith(words, wanted), depth: depthOf(entry.code) }))
    .sort((a, b) => Number(b.opens) - Number(a.opens) || a.depth - b.depth)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

function foldedLabels(index: CpvIndex, locale: Locale): readonly (readonly string[])[] {
  const known = index.words.get(locale);
  if (known) return known;
  const made = index.codes.map((entry) => wordsOf(entry[locale]));
  index.words.set(locale, made);
  return made;
}

const opensWith = (words: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((want, at) => words[at]?.startsWith(want));

/** Zeros at the end of a code say how broad it is: 34000000 is a division, 34927100 a category. */
const depthOf = (code: string): number => code.replace(/0+$/, '').length;

/** Lower case, without accents or ligatures, cut at whatever is neither letter nor digit. */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const territories: ReadonlyMap<string, Territory> = new Map([
  // A NUTS 3 code stands for its department; FRK26 covers the Rhône and the Lyon Metropolis and is named after the first.
  ...TERRITORIES.filter(({ kind }) => kind !== 'metropolis').map((row) => [row.nuts3, row] as const),
  ...TERRITORIES.map((row) => [row.code, row] as const),
]);

/** Whether `code` is a department of the region, the Lyon Metropolis, or the NUTS 3 code of a department or neighbour. */
export const isTerritory = (code: string): boolean => territories.has(code);

/** The name of a territory, or undefined when there is no such code. */
export const territoryLabel = (code: string, locale: Locale): string | undefined =>
  territories.get(code)?.label[locale];

const domains: ReadonlyMap<string, Ris3Domain> = new Map(RIS3_DOMAINS.map((row) => [row.code, row]));

export const isRis3 = (code: string): boolean => domains.has(code);

/** The name of a smart-specialisation domain, or undefined when there is no such code. */
export const ris3Label = (code: string, locale: Locale): string | undefined => domains.get(code)?.label[locale];

/** Whether the domain's strategy was in force on `day` (ISO date, `2026-11-23`). */
export function ris3ValidOn(code: string, day: string): boolean {
  const domain = domains.get(code);
  return domain !== undefined && domain.validFrom <= day && (domain.validTo === undefined || day <= domain.validTo);
}

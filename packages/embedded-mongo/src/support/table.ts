import { ACCUMULATORS, EXPRESSIONS, STAGES } from './aggregation.ts';
import { COMMANDS } from './commands.ts';
import { COLLATION, INDEXES, PROJECTION, QUERY, UPDATE, VALIDATION } from './documents.ts';

/** Whether a name of MongoDB 7.0 is supported, refused with a code, or supported with a difference. */
export type Support =
  | { readonly kind: 'supported' }
  | { readonly kind: 'refused'; readonly code: number; readonly why: string }
  | { readonly kind: 'differs'; readonly how: string };

/** Names by what is the case with them; refusals by their code, differences by name. */
export type SupportLists = {
  readonly supported: string;
  readonly refused?: readonly (readonly [code: number, why: string, names: string])[];
  readonly differs?: Readonly<Record<string, string>>;
};

function read({ supported, refused = [], differs = {} }: SupportLists): ReadonlyMap<string, Support> {
  const entries = new Map<string, Support>();
  const add = (name: string, entry: Support): void => {
    if (entries.has(name)) throw new Error(`${name} is listed twice`);
    entries.set(name, entry);
  };
  for (const name of words(supported)) add(name, { kind: 'supported' });
  for (const [name, how] of Object.entries(differs)) add(name, { kind: 'differs', how });
  for (const [code, why, names] of refused) for (const name of words(names)) add(name, { kind: 'refused', code, why });
  return entries;
}

const words = (list: string): string[] => list.split(/\s+/).filter((word) => word !== '');

/**
 * What MongoDB 7.0 has and what is the case with it here. The dispatcher and the operator tables refuse by it, the
 * README's matrix is written from it, and a test holds that the supported names are exactly the ones that are built.
 */
export const SUPPORT = {
  commands: read(COMMANDS),
  query: read(QUERY),
  update: read(UPDATE),
  projection: read(PROJECTION),
  stages: read(STAGES),
  accumulators: read(ACCUMULATORS),
  expressions: read(EXPRESSIONS),
  indexes: read(INDEXES),
  collation: read(COLLATION),
  validation: read(VALIDATION),
} as const;

export type SupportArea = keyof typeof SUPPORT;

/** How many names of an area are supported (with or without a difference) and refused. */
export function countsOf(area: SupportArea): { supported: number; refused: number } {
  const entries = [...SUPPORT[area].values()];
  const refused = entries.filter(({ kind }) => kind === 'refused').length;
  return { supported: entries.length - refused, refused };
}

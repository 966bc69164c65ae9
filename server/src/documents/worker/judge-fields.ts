import { isCpv, isRis3, isTerritory, loadCpv } from '@concert/domain/codes/codes.ts';
import type { Completeness, DocumentKind, InvalidValue } from '@concert/domain/documents/api.ts';
import { completenessOf } from '@concert/domain/fields/completeness.ts';
import { parseFields } from '@concert/domain/fields/parse.ts';
import type { FieldValues } from '@concert/domain/fields/values.ts';
import { kindOf } from '@concert/domain/kinds.ts';
import type { FieldsJson } from '@concert/editor/fields-doc.ts';

const cpv = await loadCpv();
const CODES = { cpv: (code: string) => isCpv(cpv, code), territories: isTerritory, ris3: isRis3 };
/** Kinds whose form asks for nothing but a title have no completeness to show. */
const MIN_REQUIRED = 2;

export type JudgedFields = {
  readonly fields: FieldValues;
  readonly invalid: InvalidValue[];
  readonly completeness: Completeness | undefined;
  /** Every text among the valid values, for search. */
  readonly words: string;
};

/** Sorts the co-edited values by the rules of their kind; nothing is lost by it, the text keeps what is invalid. */
export function judgeFields(kind: DocumentKind, json: FieldsJson, presentSectionIds: readonly string[]): JudgedFields {
  const layout = kindOf(kind);
  const { values, invalid } = parseFields(layout, json, CODES);
  const { done, total, missing } = completenessOf(layout, values, presentSectionIds);
  return {
    fields: values,
    invalid: invalid.map(({ path, reason }) => ({ path, reason })),
    completeness: total < MIN_REQUIRED ? undefined : { done, total, missing: [...missing] },
    words: textsOf(values).join('\n'),
  };
}

function textsOf(values: unknown): string[] {
  const texts: string[] = [];
  const waiting: unknown[] = [values];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value));
  }
  return texts;
}

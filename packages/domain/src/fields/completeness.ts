import type { Kind } from './types.ts';
import type { FieldValue, FieldValues } from './values.ts';

/** How far a document is. */
export type Completeness = {
  readonly done: number;
  readonly total: number;
  /** `sectionId` for a missing section, `sectionId.fieldId` for a required field without a valid value. */
  readonly missing: readonly string[];
};

/**
 * [F6] A document is complete when each required field has a valid value and no section is missing from the text.
 * Required fields are what is counted: a section that is there adds nothing, one that is missing adds one to do, so that
 * an empty template does not look half done. `presentSectionIds` are those found in the text.
 */
export function completenessOf(kind: Kind, values: FieldValues, presentSectionIds: readonly string[]): Completeness {
  const missing: string[] = [];
  let total = 0;
  for (const section of kind.sections) {
    if (kind.freeText === undefined && !presentSectionIds.includes(section.id)) {
      total += 1;
      missing.push(section.id);
    }
    for (const field of section.fields) {
      if (!field.required) continue;
      total += 1;
      if (!isFilled(values[field.id])) missing.push(`${section.id}.${field.id}`);
    }
  }
  return { done: total - missing.length, total, missing };
}

/** Rows count when at least one of them says something. */
function isFilled(value: FieldValue | undefined): boolean {
  if (value === undefined || value === '') return false;
  if (!Array.isArray(value)) return true;
  return value.some((item) => typeof item === 'string' || Object.keys(item).length > 1);
}

import type { Localised } from '@concert/contract';

/** Code lists a field may draw from; their entries are in `codes/`. */
export type CodeList = 'cpv' | 'territories' | 'ris3';

/** One choice of a closed list. */
export type Option = { readonly value: string; readonly label: Localised };

/**
 * The types of value a field can hold, with their JSON shape and how they live in the co-edited `fields` map.
 * Scalars are last-writer-wins values; long answers are a Y.Text; rows are a Y.Map by row id, each row a Y.Map
 * with an `order` key (fractional index), so that two people adding rows at once both keep theirs.
 */
export type FieldType =
  /** One line: string. */
  | { readonly type: 'text'; readonly maxLength?: number }
  /** Several paragraphs, co-edited character by character: Y.Text, string in JSON. */
  | { readonly type: 'long-text' }
  /** One of `options`: string. */
  | { readonly type: 'choice'; readonly options: readonly Option[] }
  | { readonly type: 'boolean' }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number }
  /** Decimal number as a string with a point: "4", "0.35". */
  | { readonly type: 'decimal'; readonly unit?: string }
  /** ISO 8601 calendar date: "2026-11-23". */
  | { readonly type: 'date' }
  /** `{amount: "12000.00", currency: "EUR"}`. */
  | { readonly type: 'money' }
  /** `{min: money amount, max: money amount, currency}`: {min:"10000.00",max:"20000.00",currency:"EUR"}. */
  | { readonly type: 'money-range' }
  /** `{value: "1200", unit: "stays"}`. */
  | { readonly type: 'quantity' }
  /** Codes of a list: string[], kept sorted and unique. */
  | { readonly type: 'codes'; readonly list: CodeList }
  /** Id of an organisation: string. */
  | { readonly type: 'organisation' }
  /** Id of a person: string. */
  | { readonly type: 'person' }
  /** http(s) address: string. */
  | { readonly type: 'url' }
  /** Ids of documents: string[]. */
  | { readonly type: 'documents'; readonly kind: string }
  /** Row ids of another rows field of the same document: string[]. */
  | { readonly type: 'row-refs'; readonly of: string }
  /** Repeated rows; in JSON an array ordered by `order`, each with its `id`. */
  | { readonly type: 'rows'; readonly columns: readonly Field[] };

/** One typed field beside the text. */
export type Field = FieldType & {
  readonly id: string;
  readonly label: Localised;
  readonly help?: Localised;
  /** ★ in the specification: needed for "complete". */
  readonly required?: boolean;
};

/** A section of a kind: a `section` node in the text with this id, and its fields in the form beside it. */
export type Section = {
  readonly id: string;
  readonly label: Localised;
  /** What to write here; shown as placeholder in an empty section. */
  readonly prompt: Localised;
  readonly fields: readonly Field[];
};

/** A kind of document: what its template holds and what its form asks. */
export type Kind<Name extends string = string> = {
  readonly kind: Name;
  readonly label: Localised;
  readonly description: Localised;
  /**
   * Present for kinds whose text is free: the headings it begins with. Its sections then only group the fields of the
   * form and have no node in the text.
   */
  readonly freeText?: { readonly headings: readonly Localised[] };
  readonly sections: readonly Section[];
};

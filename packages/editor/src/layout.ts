/**
 * How the fields of a kind of document are laid out, as far as this package needs to know. The kinds of the domain
 * fit this shape; the package knows none of them.
 */
export type FieldLayout = {
  readonly id: string;
  /** `long-text` lives as a Y.Text and `rows` as a Y.Map of rows; every other type is a plain value. */
  readonly type: string;
  readonly columns?: readonly FieldLayout[];
};

export type KindLayout = {
  /** Present when the text has no section nodes: the sections then group the fields of the form only. */
  readonly freeText?: object;
  readonly sections: readonly { readonly id: string; readonly fields: readonly FieldLayout[] }[];
};

/** The fields of all sections in one list. */
export const fieldsOf = (layout: KindLayout): FieldLayout[] => layout.sections.flatMap(({ fields }) => [...fields]);

import type { DocumentKind } from '@concert/domain/documents/api.ts';
import type { Kind, Section } from '@concert/domain/fields/types.ts';
import { kindOf, textSectionIds } from '@concert/domain/kinds.ts';

/** The title is written above the text, so the form does not ask for it again. */
const TITLE = 'title';

export type KindInfo = {
  readonly kind: Kind;
  /** The sections that the text of this kind holds, in order; none for free text. */
  readonly textSections: readonly string[];
  readonly section: (id: string) => Section | undefined;
};

export function kindInfo(name: DocumentKind): KindInfo {
  const kind = kindOf(name);
  const byId = new Map(kind.sections.map((section) => [section.id, section]));
  return { kind, textSections: textSectionIds(kind), section: (id) => byId.get(id) };
}

/** The fields that the form of a section asks for. */
export const formFields = (section: Section) => section.fields.filter(({ id }) => id !== TITLE);

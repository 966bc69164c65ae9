import type { Localised } from '@concert/contract';
import { DOCUMENT_KINDS, type DocumentKind } from './documents/api.ts';
import { minutes } from './documents/kinds/minutes.ts';
import { note } from './documents/kinds/note.ts';
import type { Field, Kind } from './fields/types.ts';
import { needsAssessment } from './needs/kind.ts';
import { projectBrief } from './projects/kind.ts';

/** Table of contents of the kinds of document: one line adds one. */
export const KINDS = {
  'needs-assessment': needsAssessment,
  'project-brief': projectBrief,
  minutes,
  note,
} as const satisfies { readonly [Name in DocumentKind]: Kind<Name> };

/** Their names, for slices that speak of all of them. */
export const KIND_NAMES = DOCUMENT_KINDS;

/** The kind with this name. */
export const kindOf = (name: DocumentKind): Kind<DocumentKind> => KINDS[name];

/** The fields of every section of a kind, in the order of the form. */
export const fieldsOfKind = (kind: Kind): Field[] => kind.sections.flatMap(({ fields }) => [...fields]);

/** The ids of the section nodes that the text of a kind holds; none for free text. */
export const textSectionIds = (kind: Kind): string[] => (kind.freeText ? [] : kind.sections.map(({ id }) => id));

/** The headings a free text begins with, none for a text in sections. */
export const freeTextHeadings = (kind: Kind): readonly Localised[] => kind.freeText?.headings ?? [];

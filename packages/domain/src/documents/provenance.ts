import { Color, PersonId } from '@concert/contract';
import { z } from 'zod';

/** Somebody who wrote in a document. Whoever had their account erased appears under their pseudonym. */
export const Author = z.object({ id: PersonId, name: z.string(), color: Color });
export type Author = z.infer<typeof Author>;

/**
 * Where something stands in a document: the name of the shared type, then the way down. In a text, the position of each
 * node among the nodes of its parent: `["body", 2, 0]`. In fields, keys and ids of rows: `["fields", "outcomes",
 * "r1", "outcome"]`.
 */
export const ProvenancePath = z.array(z.union([z.string(), z.number().int()]));

/** [D5] Characters in a row that one person was the last to insert. */
const TextRun = z.object({
  type: z.literal('text'),
  path: ProvenancePath,
  /** From the beginning of what is at `path`, in UTF-16 code units; a line break or another node in a line counts one. */
  offset: z.number().int(),
  length: z.number().int(),
  text: z.string(),
  /** Null for what the template of the document's kind brought. */
  author: Author.nullable(),
});

/** [D5] A field of one value, and who was the last to set it. */
const SetValue = z.object({ type: z.literal('value'), path: ProvenancePath, author: Author.nullable() });

export const ProvenanceRun = z.discriminatedUnion('type', [TextRun, SetValue]);
export type ProvenanceRun = z.infer<typeof ProvenanceRun>;

/** How much of the text each person was the last to insert, most first; `share` is a part of the whole text, 0 to 1. */
export const AuthorShare = Author.extend({ characters: z.number().int(), share: z.number() });

export const Provenance = z.object({
  /** In the order of the document: the text, then the fields, then whatever else it holds. */
  items: z.array(ProvenanceRun),
  next: z.string().optional(),
  authors: z.array(AuthorShare),
  /** Characters of all texts, and how many of them the template brought. */
  characters: z.number().int(),
  templateCharacters: z.number().int(),
});
export type Provenance = z.infer<typeof Provenance>;

/** Up to 200 Yjs clientIDs, separated by commas; nobody writes under none. */
export const ClientList = z
  .string()
  .regex(/^(\d{1,16}(,\d{1,16}){0,199})?$/, 'not a list of up to 200 client ids')
  .default('');

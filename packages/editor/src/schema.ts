import { type Extensions, getSchema } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import { Table, TableRow } from '@tiptap/extension-table';
import type { Schema } from '@tiptap/pm/model';
import { StarterKit } from '@tiptap/starter-kit';
import { HEADING_LEVELS } from './attributes.ts';
import { COMMENT, Comment } from './nodes/comment.ts';
import { TextDocument } from './nodes/document.ts';
import { FileImage } from './nodes/image.ts';
import { SafeLink } from './nodes/link.ts';
import { Record } from './nodes/record.ts';
import { Section } from './nodes/section.ts';
import { StrictCodeBlock, StrictOrderedList, StrictTableCell, StrictTableHeader } from './nodes/strict.ts';

/** The version of the schema below; it grows with every change that an older editor could not read. */
export const SCHEMA_VERSION = 3;

/**
 * The extensions that make the schema, the same in every editor and on the server. An editor passes its own versions
 * of the nodes it draws itself (`Section.extend({addNodeView…})`), which must not change what the schema allows.
 * Undo belongs to the shared text (Yjs), and nothing writes by itself when a text is opened (no trailing node).
 */
export function editorExtensions(
  drawn: { section?: typeof Section; image?: typeof FileImage; record?: typeof Record } = {},
): Extensions {
  return [
    StarterKit.configure({
      document: false,
      undoRedo: false,
      trailingNode: false,
      link: false,
      codeBlock: false,
      orderedList: false,
      heading: { levels: [...HEADING_LEVELS] },
    }),
    TextDocument,
    drawn.section ?? Section,
    drawn.record ?? Record,
    drawn.image ?? FileImage,
    SafeLink,
    Comment,
    // Code has no styles, and is discussed like any other words.
    StrictCodeBlock.extend({ marks: COMMENT }),
    StrictOrderedList,
    TaskList,
    TaskItem.configure({ nested: true }),
    Table.configure({ resizable: true }),
    TableRow,
    StrictTableHeader,
    StrictTableCell,
  ];
}

let schema: Schema | undefined;

/** The schema as ProseMirror knows it, made once: making it costs about a hundred keystrokes. */
export function editorSchema(): Schema {
  schema ??= getSchema(editorExtensions());
  return schema;
}

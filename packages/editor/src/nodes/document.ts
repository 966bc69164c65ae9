import { Node } from '@tiptap/core';

/** The text as a whole: the sections of its template, and free blocks before, between or after them. */
export const TextDocument = Node.create({ name: 'doc', topNode: true, content: '(section | block)+' });

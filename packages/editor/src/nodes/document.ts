import { Node } from '@tiptap/core';

/** The text as a whole: the sections of its template or the blocks of a record, and free blocks around them. */
export const TextDocument = Node.create({ name: 'doc', topNode: true, content: '(section | record | block)+' });

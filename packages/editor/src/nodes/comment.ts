import { Mark } from '@tiptap/core';
import { isAnchorId } from '../attributes.ts';

/** The name of the mark that anchors a discussion to a passage. */
export const COMMENT = 'comment';

/**
 * A passage that is discussed. The mark holds an id that says nothing by itself: whoever may not see the discussion sees
 * plain text. Several may lie over each other. It is written by the server; an editor carries it along with its words.
 */
export const Comment = Mark.create({
  name: COMMENT,
  // What is typed at the end of a passage is not part of it.
  inclusive: false,
  // Marks of different discussions stand side by side.
  excludes: '',

  addAttributes() {
    return { id: { isRequired: true, parseHTML: (element: HTMLElement) => element.getAttribute('data-comment') } };
  },

  // Words that are cut and put in again elsewhere take their mark along.
  parseHTML() {
    return [
      {
        tag: 'span[data-comment]',
        getAttrs: (element: HTMLElement) => (isAnchorId(element.getAttribute('data-comment')) ? null : false),
      },
    ];
  },

  renderHTML({ mark }) {
    return ['span', { 'data-comment': String(mark.attrs.id) }, 0];
  },
});

import { Node } from '@tiptap/core';

/**
 * A block that the platform writes into minutes: only what part of a meeting's record it is, and of what, is stored. What it
 * says is looked up for each reader, so that nobody can word it. It stands between the blocks of the text, never inside one.
 * It has no parse rule: what is pasted can never make one.
 */
export const Record = Node.create({
  name: 'record',
  group: 'record',
  atom: true,
  isolating: true,
  selectable: true,
  draggable: false,

  addAttributes() {
    return { part: { isRequired: true }, ref: { isRequired: true } };
  },

  renderHTML({ node }) {
    return ['div', { 'data-record': String(node.attrs.part), 'data-ref': String(node.attrs.ref) }];
  },
});

import { Node } from '@tiptap/core';

/**
 * A section of a template. Only its id is stored: the heading is rendered from the label of the document's kind, in
 * the reader's language, so that nobody can change it by accident. A section has no parse rule and no default id:
 * pasting can therefore never make a second one, the pasted blocks arrive without their section.
 */
export const Section = Node.create({
  name: 'section',
  group: 'section',
  content: 'block+',
  isolating: true,
  defining: true,
  selectable: false,

  addAttributes() {
    return { sectionId: { isRequired: true } };
  },

  renderHTML({ node }) {
    return ['section', { 'data-section-id': String(node.attrs.sectionId) }, 0];
  },
});

import { mergeAttributes, Node } from '@tiptap/core';
import { NODE_ATTRIBUTES } from '../attributes.ts';

const valid = (attribute: string, value: unknown): boolean => NODE_ATTRIBUTES.mention?.[attribute]?.(value) ?? false;

/**
 * A person, or something else that can be spoken of, that is meant by a passage. What is stored is what it means; the name is looked up for
 * each reader, who may not be allowed to know it. `name` is what an editor shows meanwhile, and is never stored.
 */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,

  addAttributes() {
    return {
      kind: { isRequired: true, parseHTML: (element: HTMLElement) => element.getAttribute('data-mention') },
      id: { isRequired: true, parseHTML: (element: HTMLElement) => element.getAttribute('data-id') },
      name: { default: null, parseHTML: (element: HTMLElement) => element.textContent?.replace(/^@/, '') ?? null },
    };
  },

  parseHTML() {
    return [
      {
        tag: 'span[data-mention]',
        getAttrs: (element: HTMLElement) =>
          valid('kind', element.getAttribute('data-mention')) && valid('id', element.getAttribute('data-id'))
            ? null
            : false,
      },
    ];
  },

  renderHTML({ node, HTMLAttributes }) {
    const { kind, id, name } = node.attrs;
    const attributes = { class: 'mention', 'data-mention': String(kind), 'data-id': String(id) };
    return ['span', mergeAttributes(HTMLAttributes, attributes), `@${name ?? '…'}`];
  },

  renderText({ node }) {
    return `@${node.attrs.name ?? '…'}`;
  },
});

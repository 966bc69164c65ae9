import Image from '@tiptap/extension-image';
import { clipAlt, isImageWidth } from '../attributes.ts';
import { fileIdOf } from '../safe-href.ts';

/** An image uploaded to the document. Images of other sites and `data:` addresses are not taken over when pasted. */
export const FileImage = Image.extend({
  addAttributes() {
    return {
      src: { isRequired: true },
      alt: { default: null, parseHTML: (element: HTMLElement) => clipAlt(element.getAttribute('alt')) },
      width: {
        default: null,
        parseHTML: (element: HTMLElement) => {
          const width = Number(element.getAttribute('width'));
          return isImageWidth(width) ? width : null;
        },
      },
    };
  },

  parseHTML() {
    return [
      {
        tag: 'img[src]',
        getAttrs: (element: HTMLElement) => {
          const src = element.getAttribute('src');
          return fileIdOf(src) === undefined ? false : { src };
        },
      },
    ];
  },

  renderHTML({ node }) {
    const { src, alt, width } = node.attrs;
    if (fileIdOf(src) === undefined) return ['span'];
    return ['img', { src, ...(alt === null ? { alt: '' } : { alt }), ...(width === null ? {} : { width }) }];
  },

  addInputRules() {
    return [];
  },
});

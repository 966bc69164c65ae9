import { Link } from '@tiptap/extension-link';
import { safeHref } from '../safe-href.ts';

/** A link keeps its address only; how it opens is the product's decision, not the text's. */
export const SafeLink = Link.extend({
  addAttributes() {
    return { href: { default: null } };
  },

  renderHTML({ mark }) {
    const href = safeHref(mark.attrs.href);
    // Without an address the text stays, as plain text: a link that leads nowhere would only look like one.
    if (href === undefined) return ['span', 0];
    return ['a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, 0];
  },
}).configure({
  autolink: true,
  linkOnPaste: true,
  openOnClick: false,
  defaultProtocol: 'https',
  isAllowedUri: (href) => safeHref(href) !== undefined,
});

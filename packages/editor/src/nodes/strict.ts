import { CodeBlock } from '@tiptap/extension-code-block';
import { OrderedList } from '@tiptap/extension-list';
import { TableCell, TableHeader } from '@tiptap/extension-table';
import { isLanguage, NODE_ATTRIBUTES } from '../attributes.ts';

/**
 * Nodes of the library whose attributes are read more strictly: whatever a pasted page holds, an editor only ever
 * writes values that the validation of `body.ts` accepts.
 */
export const StrictCodeBlock = CodeBlock.extend({
  addAttributes() {
    return {
      language: {
        default: null,
        rendered: false,
        parseHTML: (element: HTMLElement) => {
          const name = /(?:^|\s)language-(\S+)/.exec(element.firstElementChild?.className ?? '')?.[1];
          return isLanguage(name) ? name : null;
        },
      },
    };
  },
});

export const StrictOrderedList = OrderedList.extend({
  addAttributes() {
    return {
      start: { default: 1, parseHTML: integerOf('orderedList', 'start', 1) },
      type: {
        default: null,
        parseHTML: (element: HTMLElement) => valid('orderedList', 'type', element.getAttribute('type'), null),
      },
    };
  },
});

const cellAttributes = {
  colspan: { default: 1, parseHTML: integerOf('tableCell', 'colspan', 1) },
  rowspan: { default: 1, parseHTML: integerOf('tableCell', 'rowspan', 1) },
  colwidth: { default: null, parseHTML: colwidthOf },
  align: {
    default: null,
    parseHTML: (element: HTMLElement) =>
      valid('tableCell', 'align', element.style.textAlign || element.getAttribute('align'), null),
    renderHTML: ({ align }: Record<string, unknown>) =>
      align === null || align === undefined ? {} : { style: `text-align: ${align}` },
  },
};

export const StrictTableCell = TableCell.extend({ addAttributes: () => cellAttributes });
export const StrictTableHeader = TableHeader.extend({ addAttributes: () => cellAttributes });

function valid<Value>(node: string, attribute: string, value: Value, otherwise: Value): Value {
  return NODE_ATTRIBUTES[node]?.[attribute]?.(value) ? value : otherwise;
}

function integerOf(node: string, attribute: string, otherwise: number) {
  return (element: HTMLElement): number =>
    valid(node, attribute, Number(element.getAttribute(attribute) ?? otherwise), otherwise);
}

function colwidthOf(element: HTMLElement): number[] | null {
  const written = element.getAttribute('colwidth');
  return written === null
    ? null
    : valid<number[] | null>('tableCell', 'colwidth', written.split(',').map(Number), null);
}

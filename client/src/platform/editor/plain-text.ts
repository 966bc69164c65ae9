import * as Y from 'yjs';

const BLOCKS = new Set([
  'paragraph',
  'heading',
  'codeBlock',
  'listItem',
  'taskItem',
  'tableRow',
  'section',
  'blockquote',
]);

/** The words of a text as they stand in the page's own copy, one line a block; for taking them along by hand. */
export function plainText(body: Y.XmlFragment): string {
  const lines: string[] = [''];
  const waiting: (Y.XmlFragment | Y.XmlText)[] = [body];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof Y.XmlText) {
      lines[lines.length - 1] += textOf(node);
      continue;
    }
    if (node instanceof Y.XmlElement && BLOCKS.has(node.nodeName) && lines.at(-1) !== '') lines.push('');
    if (node instanceof Y.XmlElement && node.nodeName === 'hardBreak') lines.push('');
    const children = node.toArray().filter((child) => child instanceof Y.XmlText || child instanceof Y.XmlElement);
    waiting.push(...children.reverse());
  }
  return lines.join('\n').trim();
}

/** The words of a run without its marks. */
const textOf = (text: Y.XmlText): string =>
  text
    .toDelta()
    .reduce(
      (words: string, run: { insert?: unknown }) => words + (typeof run.insert === 'string' ? run.insert : ''),
      '',
    );

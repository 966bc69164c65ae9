import { heading, type NodeJson, paragraph } from './body-json.ts';
import { safeHref } from './safe-href.ts';

/** A block of a text written in source: what demonstration texts are made of. */
export type Block =
  | { readonly p: string }
  | { readonly h: number; readonly text: string }
  | { readonly ul: readonly string[] }
  | { readonly ol: readonly string[] }
  | { readonly tasks: readonly { readonly done: boolean; readonly text: string }[] }
  | { readonly quote: string }
  /** What the platform writes of a record. */
  | { readonly record: string; readonly ref: string }
  /** Rows of cells; the first row is the header. */
  | { readonly table: readonly (readonly string[])[] };

const PIECES = /\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*]+)\*|\[(?<label>[^\]]+)\]\((?<href>[^()\s]+)\)/g;

/**
 * Text with `**bold**`, `*italic*` and `[text](https://…)` as ProseMirror JSON; nothing nests. A link whose address
 * may not leave the product stays as it is written.
 */
export function inline(markup: string): NodeJson[] {
  const nodes: NodeJson[] = [];
  let at = 0;
  const plain = (text: string): void => {
    if (text !== '') nodes.push({ type: 'text', text });
  };
  for (const match of markup.matchAll(PIECES)) {
    const { bold, italic, label, href } = match.groups ?? {};
    const address = safeHref(href);
    if (label !== undefined && address === undefined) continue;
    plain(markup.slice(at, match.index));
    at = match.index + match[0].length;
    if (bold !== undefined) nodes.push({ type: 'text', text: bold, marks: [{ type: 'bold' }] });
    else if (italic !== undefined) nodes.push({ type: 'text', text: italic, marks: [{ type: 'italic' }] });
    else if (label !== undefined)
      nodes.push({ type: 'text', text: label, marks: [{ type: 'link', attrs: { href: address } }] });
  }
  plain(markup.slice(at));
  return nodes;
}

/** Blocks as ProseMirror JSON, to be put into a section or a free text. */
export const blocks = (list: readonly Block[]): NodeJson[] => list.map(block);

function block(source: Block): NodeJson {
  if ('p' in source) return paragraph(inline(source.p));
  if ('h' in source) return heading(source.h, source.text);
  if ('ul' in source) return { type: 'bulletList', content: source.ul.map(item) };
  if ('ol' in source) return { type: 'orderedList', attrs: { start: 1, type: null }, content: source.ol.map(item) };
  if ('quote' in source) return { type: 'blockquote', content: [paragraph(inline(source.quote))] };
  if ('record' in source) return { type: 'record', attrs: { part: source.record, ref: source.ref } };
  if ('table' in source) return table(source.table);
  return {
    type: 'taskList',
    content: source.tasks.map(({ done, text }) => ({
      type: 'taskItem',
      attrs: { checked: done },
      content: [paragraph(inline(text))],
    })),
  };
}

const item = (markup: string): NodeJson => ({ type: 'listItem', content: [paragraph(inline(markup))] });

const table = (rows: readonly (readonly string[])[]): NodeJson => ({
  type: 'table',
  content: rows.map((cells, at) => ({
    type: 'tableRow',
    content: cells.map((markup) => ({
      type: at === 0 ? 'tableHeader' : 'tableCell',
      attrs: { colspan: 1, rowspan: 1, colwidth: null, align: null },
      content: [paragraph(inline(markup))],
    })),
  })),
});

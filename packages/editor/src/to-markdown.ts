import type { NodeJson } from './body-json.ts';
import {
  type Block,
  clean,
  type ExportField,
  type ExportInput,
  hasMark,
  headingLevel,
  innerText,
  largest,
  type Part,
  partsOf,
} from './export-input.ts';
import { gridOf } from './grid.ts';
import type { RecordedBlock } from './recorded.ts';
import { fileIdOf, safeHref } from './safe-href.ts';

/** A document as CommonMark with tables and task lists; images point to the files of the product. */
export function toMarkdown(input: ExportInput): string {
  const parts = [
    `# ${escapeMarkdown(oneLine(input.title))}`,
    `*${escapeMarkdown(oneLine(input.kindLabel))}*`,
    fieldsMarkdown(input.facts ?? []),
    ...partsOf(input).flatMap(partMarkdown),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const partMarkdown = ({ heading, fields, blocks }: Part): string[] => [
  heading === undefined ? '' : `## ${escapeMarkdown(oneLine(heading))}`,
  fieldsMarkdown(fields),
  joined(blocks.map(anyMarkdown)),
];

const anyMarkdown = (block: Block): string => ('said' in block ? recordMarkdown(block.said) : blockMarkdown(block));

/** A block of a record, set off by a bar at its left; a task has its box. */
function recordMarkdown({ caption, lines, table, done }: RecordedBlock): string {
  const box = done === undefined ? '' : done ? '- [x] ' : '- [ ] ';
  const said = lines.map(({ label, text }) => {
    const name = label === undefined ? '' : `**${escapeMarkdown(oneLine(label))}\u00a0:** `;
    // An empty line would end the paragraph.
    const broken = text.split('\n').filter((line) => line.trim() !== '');
    return name + broken.map((line) => escapeMarkdown(oneLine(line))).join('\\\n');
  });
  const rows = table === undefined ? [] : [tableOf([table.header, ...table.rows])];
  const title = caption === '' ? [] : [`${box}**${escapeMarkdown(oneLine(caption))}**`];
  return indent(joined([...title, ...said, ...rows]), '> ', '> ');
}

function fieldsMarkdown(fields: readonly ExportField[]): string {
  const lines = fields.flatMap(({ label, value }) =>
    value.type === 'text' ? [`- **${escapeMarkdown(oneLine(label))}** ${escapeMarkdown(oneLine(value.text))}`] : [],
  );
  const tables = fields.flatMap(({ label, value }) =>
    value.type === 'table'
      ? [`**${escapeMarkdown(oneLine(label))}**\n\n${tableOf([value.header, ...value.rows])}`]
      : [],
  );
  return [...(lines.length === 0 ? [] : [lines.join('\n')]), ...tables].join('\n\n');
}

const tableOf = (rows: readonly (readonly string[])[]): string => {
  const width = largest(
    rows.map((cells) => cells.length),
    1,
  );
  const line = (cells: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => escapeMarkdown(oneLine(cells[at] ?? ''))).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
};

const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();

/** Text that Markdown would read as form, or as HTML, is kept as text. */
const escapeMarkdown = (text: string): string =>
  clean(text)
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/&(?=#|[a-z])/gi, '\\&')
    .replace(/^(\s*)([-+#=]|\d+(?=[.)]))/gm, (_, space: string, start: string) =>
      /\d/.test(start) ? `${space}${start}\\` : `${space}\\${start}`,
    );

const joined = (blocks: readonly string[]): string => blocks.filter((block) => block !== '').join('\n\n');

const blocksMarkdown = (blocks: readonly NodeJson[]): string => joined(blocks.map(blockMarkdown));

const BLOCKS: Readonly<Record<string, (node: NodeJson) => string>> = {
  paragraph: (node) => inlineMarkdown(node),
  heading: (node) => `${'#'.repeat(headingLevel(node))} ${inlineMarkdown(node)}`,
  bulletList: (node) => items(node, () => '- '),
  orderedList: (node) => items(node, (at) => `${(Number(node.attrs?.start) || 1) + at}. `),
  taskList: (node) => items(node, (_, item) => (item.attrs?.checked === true ? '- [x] ' : '- [ ] ')),
  blockquote: (node) => indent(blocksMarkdown(node.content ?? []), '> ', '> '),
  codeBlock: (node) => {
    const code = innerText(node);
    const fence = '`'.repeat(
      largest(
        [...code.matchAll(/`+/g)].map(([run]) => run.length + 1),
        3,
      ),
    );
    return `${fence}${String(node.attrs?.language ?? '').replace(/[^\w+#.-]/g, '')}\n${code}\n${fence}`;
  },
  horizontalRule: () => '---',
  image: (node) => {
    const alt = escapeMarkdown(oneLine(String(node.attrs?.alt ?? '')));
    const id = fileIdOf(node.attrs?.src);
    return id === undefined ? alt : `![${alt}](/api/files/${id})`;
  },
  table: (node) => tableMarkdown(node),
  section: (node) => blocksMarkdown(node.content ?? []),
};

const blockMarkdown = (node: NodeJson): string => BLOCKS[node.type]?.(node) ?? '';

const items = (list: NodeJson, marker: (at: number, item: NodeJson) => string): string =>
  (list.content ?? [])
    .map((item, at) => {
      const first = marker(at, item);
      // A task's box is text of its item: what follows is indented by the dash alone.
      return indent(blocksMarkdown(item.content ?? []), first, ' '.repeat(first.startsWith('- ') ? 2 : first.length));
    })
    .join('\n');

const indent = (text: string, first: string, next: string): string =>
  text
    .split('\n')
    .map((line, at) => (at === 0 ? first + line : line === '' ? next.trimEnd() : next + line))
    .join('\n');

/** Cells become one line of plain text; a spanned cell stands at its first place. */
function tableMarkdown(table: NodeJson): string {
  const { rows, columns } = gridOf(table);
  return tableOf(
    rows.map((cells) => {
      const line = Array.from({ length: columns }, () => '');
      for (const { node, column } of cells) line[column] = (node.content ?? []).map(innerText).join(' ');
      return line;
    }),
  );
}

const inlineMarkdown = (node: NodeJson): string => (node.content ?? []).map(runMarkdown).join('');

function runMarkdown(node: NodeJson): string {
  if (node.type === 'hardBreak') return '\\\n';
  const { marks } = node;
  const [, before = '', text = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(clean(node.text ?? '')) ?? [];
  if (text === '') return before + after;
  let run = hasMark(marks, 'code') ? codeSpan(text) : escapeMarkdown(text);
  if (hasMark(marks, 'strike')) run = `~~${run}~~`;
  if (hasMark(marks, 'italic')) run = `*${run}*`;
  if (hasMark(marks, 'bold')) run = `**${run}**`;
  const href = safeHref(marks?.find(({ type }) => type === 'link')?.attrs?.href);
  // Angle brackets hold an address with parentheses; brackets themselves cannot stand in one.
  if (href !== undefined) run = `[${run}](<${href.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)`;
  return before + run + after;
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(
    largest(
      [...text.matchAll(/`+/g)].map(([run]) => run.length + 1),
      1,
    ),
  );
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return fence + pad + text.replaceAll('\n', ' ') + pad + fence;
}

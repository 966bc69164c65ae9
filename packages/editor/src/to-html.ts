import type { MarkJson, NodeJson } from './body-json.ts';
import {
  type Block,
  clean,
  type ExportField,
  type ExportInput,
  headingLevel,
  type Images,
  imageOf,
  imagesOf,
  type Part,
  partsOf,
} from './export-input.ts';
import { gridOf } from './grid.ts';
import type { RecordedBlock } from './recorded.ts';
import { safeHref } from './safe-href.ts';

const STYLE = `
body{font:16px/1.55 system-ui,sans-serif;color:#1a1b1e;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:2rem;line-height:1.2;margin-bottom:.25rem}h2{font-size:1.4rem;margin-top:2.2rem}
.kind{color:#5c5f66;margin-top:0}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{border:1px solid #ced4da;padding:.35rem .6rem;text-align:left;vertical-align:top}th{background:#f1f3f5}
caption{text-align:left;font-weight:600;padding:.35rem 0}blockquote{border-left:4px solid #ced4da;margin-left:0;padding-left:1rem}
pre{background:#f1f3f5;padding:.8rem;overflow:auto}
.record{border-left:4px solid #4c6ef5;background:#f4f6fa;padding:.6rem 1rem;margin:1rem 0}
.record p{margin:.25rem 0}.record .caption{font-weight:600}img{max-width:100%;height:auto}.tasks{list-style:none;padding-left:.5rem}
`.trim();

/** A document as one self-contained HTML page: no script, and a policy that forbids every request. */
export async function toHtml(input: ExportInput): Promise<string> {
  const images = await imagesOf(input);
  const title = escapeHtml(input.title);
  const parts = partsOf(input).map((part) => partHtml(part, images));
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(input.locale)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    `<p class="kind">${escapeHtml(input.kindLabel)}</p>`,
    fieldsHtml(input.facts ?? []),
    ...parts,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: unknown): string => clean(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function partHtml({ heading, fields, blocks }: Part, images: Images): string {
  const inner = [fieldsHtml(fields), ...blocks.map((block) => blockHtml(block, images))].join('\n');
  return heading === undefined ? inner : `<section>\n<h2>${escapeHtml(heading)}</h2>\n${inner}\n</section>`;
}

const blockHtml = (block: Block, images: Images): string =>
  'said' in block ? recordHtml(block.said) : nodeHtml(block, images);

/** A block of a record: what nobody has worded, set off from what people wrote. */
function recordHtml({ caption, lines, table, done }: RecordedBlock): string {
  const box = done === undefined ? '' : done ? '☑ ' : '☐ ';
  const said = lines.map(({ label, text }) => {
    const name = label === undefined ? '' : `<strong>${escapeHtml(label)}\u00a0:</strong> `;
    return `<p>${name}${linesHtml(text)}</p>`;
  });
  return [
    '<div class="record">',
    ...(caption === '' ? [] : [`<p class="caption">${box}${escapeHtml(caption)}</p>`]),
    ...said,
    ...(table === undefined ? [] : [textTable(table)]),
    '</div>',
  ].join('\n');
}

/** Short fields as one table, each table of rows as its own. */
function fieldsHtml(fields: readonly ExportField[]): string {
  const lines = fields.flatMap(({ label, value }) =>
    value.type === 'text'
      ? [`<tr><th scope="row">${escapeHtml(label)}</th><td>${linesHtml(value.text)}</td></tr>`]
      : [],
  );
  const tables = fields.flatMap(({ label, value }) => {
    if (value.type !== 'table') return [];
    return [textTable(value, `<caption>${escapeHtml(label)}</caption>`)];
  });
  return [...(lines.length === 0 ? [] : [`<table>${lines.join('')}</table>`]), ...tables].join('\n');
}

/** A table of plain texts under its header. */
function textTable(
  { header, rows }: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] },
  caption = '',
): string {
  const head = header.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  const lines = rows.map((cells) => `<tr>${cells.map((text) => `<td>${linesHtml(text)}</td>`).join('')}</tr>`);
  return `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}

const linesHtml = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');

type Render = (node: NodeJson, inner: () => string, images: Images) => string;

const NODES: Readonly<Record<string, Render>> = {
  paragraph: (_, inner) => `<p>${inner()}</p>`,
  heading: (node, inner) => `<h${headingLevel(node)}>${inner()}</h${headingLevel(node)}>`,
  bulletList: (_, inner) => `<ul>${inner()}</ul>`,
  orderedList: (node, inner) => `<ol start="${Number(node.attrs?.start) || 1}">${inner()}</ol>`,
  listItem: (_, inner) => `<li>${inner()}</li>`,
  taskList: (_, inner) => `<ul class="tasks">${inner()}</ul>`,
  taskItem: (node, inner) => `<li>${node.attrs?.checked === true ? '☑' : '☐'} ${inner()}</li>`,
  blockquote: (_, inner) => `<blockquote>${inner()}</blockquote>`,
  codeBlock: (_, inner) => `<pre><code>${inner()}</code></pre>`,
  horizontalRule: () => '<hr>',
  hardBreak: () => '<br>',
  image: (node, _, images) => {
    const { image, alt } = imageOf(node, images);
    if (!image) return `<p>[${escapeHtml(alt)}]</p>`;
    const width = typeof node.attrs?.width === 'number' ? ` width="${node.attrs.width}"` : '';
    return `<p><img src="data:${image.type};base64,${toBase64(image.data)}" alt="${escapeHtml(alt)}"${width}></p>`;
  },
  table: (node, _, images) => tableHtml(node, images),
  text: (node) => textHtml(node),
  section: (_, inner) => inner(),
};

function nodeHtml(node: NodeJson, images: Images): string {
  const inner = (): string => (node.content ?? []).map((child) => nodeHtml(child, images)).join('');
  return NODES[node.type]?.(node, inner, images) ?? '';
}

function tableHtml(table: NodeJson, images: Images): string {
  const rows = gridOf(table).rows.map((cells) => {
    const inner = cells.map(({ node, colspan, rowspan }) => {
      const tag = node.type === 'tableHeader' ? 'th' : 'td';
      const content = (node.content ?? []).map((child) => nodeHtml(child, images)).join('');
      const spans = (colspan > 1 ? ` colspan="${colspan}"` : '') + (rowspan > 1 ? ` rowspan="${rowspan}"` : '');
      return `<${tag}${spans}>${content}</${tag}>`;
    });
    return `<tr>${inner.join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  underline: 'u',
  code: 'code',
};

const textHtml = (node: NodeJson): string => (node.marks ?? []).reduceRight(wrap, escapeHtml(node.text ?? ''));

function wrap(inner: string, { type, attrs }: MarkJson): string {
  if (type === 'link') {
    const href = safeHref(attrs?.href);
    return href === undefined ? inner : `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${inner}</a>`;
  }
  const tag = TAGS[type];
  return tag === undefined ? inner : `<${tag}>${inner}</${tag}>`;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

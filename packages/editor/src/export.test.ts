import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type BodyJson, heading, type NodeJson, paragraph, section } from './body-json.ts';
import type { ExportImage, ExportInput } from './export-input.ts';
import { toDocx } from './to-docx.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';
import { toPdf } from './to-pdf.ts';

/** One transparent pixel. */
const PIXEL: ExportImage = {
  data: Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
    (character) => character.charCodeAt(0),
  ),
  type: 'image/png',
  width: 1,
  height: 1,
};

const text = (value: string, ...marks: string[]): NodeJson =>
  marks.length === 0
    ? { type: 'text', text: value }
    : { type: 'text', text: value, marks: marks.map((type) => ({ type })) };
const link = (value: string, href: string): NodeJson => ({
  type: 'text',
  text: value,
  marks: [{ type: 'link', attrs: { href } }],
});
const cell = (type: string, value: string, spans = {}): NodeJson => ({
  type,
  attrs: { colspan: 1, rowspan: 1, colwidth: null, align: null, ...spans },
  content: [paragraph([text(value)])],
});
const item = (...content: NodeJson[]): NodeJson => ({ type: 'listItem', content });

const body: BodyJson = {
  type: 'doc',
  content: [
    section('context', [
      paragraph([
        text('Waits of '),
        text('4 hours', 'bold'),
        text(' & more <today>. See '),
        link('the plan', 'https://example.org/p?a=1&b=(2)'),
      ]),
      heading(2, 'Figures'),
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [cell('tableHeader', 'Year'), cell('tableHeader', 'Visits', { colspan: 2 })] },
          {
            type: 'tableRow',
            content: [
              cell('tableCell', '2025', { rowspan: 9 }),
              cell('tableCell', '48|000'),
              cell('tableCell', 'est.'),
            ],
          },
        ],
      },
      {
        type: 'bulletList',
        content: [
          item(paragraph([text('Nurses')]), {
            type: 'orderedList',
            attrs: { start: 3, type: null },
            content: [item(paragraph([text('night')]))],
          }),
        ],
      },
      {
        type: 'taskList',
        content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph([text('asked')])] }],
      },
      { type: 'blockquote', content: [paragraph([text('At last')])] },
      { type: 'codeBlock', attrs: { language: 'sh' }, content: [text('a ``` b')] },
      { type: 'image', attrs: { src: '/api/files/pixel', alt: 'A "ward"', width: 40 } },
      { type: 'image', attrs: { src: '/api/files/gone', alt: 'Gone', width: null } },
      { type: 'horizontalRule' },
    ]),
    section('unknown-label', [paragraph([text('kept')])]),
  ],
};

const input = (over: Partial<ExportInput> = {}): ExportInput => ({
  title: 'Shorter <b>waits</b> & "calm"',
  kindLabel: 'Needs assessment',
  locale: 'en',
  facts: [{ label: 'Version', value: { type: 'text', text: 'after the workshop' } }],
  sections: [
    {
      id: 'context',
      label: 'Problem and context',
      fields: [
        { label: 'Trigger', value: { type: 'text', text: 'Problem in\nservice' } },
        { label: 'Links', value: { type: 'table', header: ['Name', 'Address'], rows: [['Plan', '=cmd()|x']] } },
      ],
    },
    { id: 'timing', label: 'Timing', fields: [{ label: 'By', value: { type: 'text', text: '1 January 2028' } }] },
    { id: 'market', label: 'Market', fields: [] },
  ],
  freeText: false,
  body,
  loadImage: async (id) => (id === 'pixel' ? PIXEL : undefined),
  ...over,
});

/** What nobody can write in an editor, given to the exporters directly. */
const hostile: BodyJson = {
  type: 'doc',
  content: [
    paragraph([
      link('one', 'javascript:alert(1)'),
      link('two', 'JaVa\tscript:alert(1)'),
      link('three', 'data:text/html,<script>alert(1)</script>'),
      link('four', '//evil.test/x'),
      link('five', 'https://user:pass@evil.test/'),
      link('six', 'https://ok.test/" onclick="alert(1)'),
      link('seven', 'file:///etc/passwd'),
      text('<script>alert(1)</script>\u0000\u0008\uD800'),
    ]),
    { type: 'iframe', attrs: { src: 'https://evil.test' }, content: [text('framed')] },
    { type: 'image', attrs: { src: 'https://evil.test/x.png', alt: '"><img src=x onerror=alert(1)>' } },
    { type: 'image', attrs: { src: 'file:///etc/passwd', alt: 'passwd' } },
    { type: 'heading', attrs: { level: '<img src=x>' }, content: [text('level')] },
    { type: 'codeBlock', attrs: { language: '"><script>' }, content: [text('</code><script>')] },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('tableCell', 'wide', { colspan: 1e9, rowspan: 1e9 })] },
        { type: 'tableRow' },
      ],
    },
  ],
};

const docxParts = async (over: Partial<ExportInput> = {}): Promise<Record<string, string>> => {
  const files = unzipSync(await toDocx(input(over)));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
};

/** The text a reader of the PDF would find: glyph codes of every page, turned back by the fonts' own tables. */
function pdfText(pdf: Uint8Array): string {
  const latin = Buffer.from(pdf).toString('latin1');
  const streams = [...latin.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(
    ([, raw = '']) => {
      try {
        return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    },
  );
  const glyphs = new Set<string>();
  for (const table of streams.filter((stream) => stream.includes('begincmap')))
    for (const [, code = ''] of table.matchAll(/<([0-9a-f]{4,8})>/gi))
      for (const unit of code.match(/.{4}/g) ?? []) glyphs.add(String.fromCharCode(Number.parseInt(unit, 16)));
  return [...glyphs].join('');
}

describe('HTML', () => {
  test('is a whole page with sections, fields and text, all escaped', async () => {
    const html = await toHtml(input());
    expect(html).toContain('<title>Shorter &lt;b&gt;waits&lt;/b&gt; &amp; &quot;calm&quot;</title>');
    expect(html).toContain('<h2>Problem and context</h2>');
    expect(html).toContain('<h3>Figures</h3>');
    expect(html).toContain('<tr><th scope="row">Trigger</th><td>Problem in<br>service</td></tr>');
    expect(html).toContain('Waits of <strong>4 hours</strong> &amp; more &lt;today&gt;.');
    expect(html).toContain(
      '<a href="https://example.org/p?a=1&amp;b=(2)" rel="noopener noreferrer nofollow">the plan</a>',
    );
    expect(html).toContain('<th colspan="2"><p>Visits</p></th>');
    expect(html).toContain('src="data:image/png;base64,iVBOR');
    expect(html).toContain('alt="A &quot;ward&quot;" width="40"');
    expect(html).toContain('<p>[Gone]</p>');
    expect(html.indexOf('1 January 2028')).toBeGreaterThan(html.indexOf('kept'));
    expect(html).not.toContain('<h2>Market</h2>');
  });

  test('nothing hostile becomes markup, and no request can be made', async () => {
    const html = await toHtml(input({ body: hostile, title: '</title><script>alert(1)</script>' }));
    expect(html).not.toMatch(/<script|<iframe|<img|onclick=|javascript:|vbscript:|evil\.test|file:/i);
    expect(html).toContain("default-src 'none'; img-src data:;");
    expect(html).toContain('seven');
    expect([...html].some((character) => character < ' ' && character !== '\n')).toBe(false);
  });

  test('a free text shows its fields first and keeps its heading levels', async () => {
    const html = await toHtml(input({ freeText: true, body: { type: 'doc', content: [heading(2, 'Decisions')] } }));
    expect(html.indexOf('Trigger')).toBeLessThan(html.indexOf('<h2>Decisions</h2>'));
  });

  test('a text deeper than the schema allows is refused, not followed', async () => {
    let deep: NodeJson = paragraph();
    for (let level = 0; level < 5_000; level += 1) deep = { type: 'blockquote', content: [deep] };
    const tooDeep = input({ body: { type: 'doc', content: [deep] } });
    await expect(toHtml(tooDeep)).rejects.toThrow(RangeError);
    await expect(toDocx(tooDeep)).rejects.toThrow(RangeError);
    await expect(toPdf(tooDeep)).rejects.toThrow(RangeError);
    expect(() => toMarkdown(tooDeep)).toThrow(RangeError);
  });
});

test('a text too large to be laid out on pages is refused for Word and PDF, and still given as HTML and Markdown', async () => {
  const content = Array.from({ length: 20_000 }, (_, n) => paragraph([text(`${n}`)]));
  const large = input({ body: { type: 'doc', content } });
  await expect(toDocx(large)).rejects.toThrow(RangeError);
  await expect(toPdf(large)).rejects.toThrow(RangeError);
  expect(await toHtml(large)).toContain('<p>19999</p>');
  expect(toMarkdown(large)).toContain('19999');
});

test('runs of marks and rows longer than a call takes arguments break nothing', () => {
  const ticks = Array.from({ length: 150_000 }, () => '`').join(' ');
  const rows = Array.from({ length: 150_000 }, () => ({ type: 'tableRow', content: [] }));
  const content = [
    { type: 'codeBlock', content: [text(ticks)] },
    paragraph([text(ticks, 'code')]),
    { type: 'table', content: rows },
  ];
  expect(toMarkdown(input({ body: { type: 'doc', content } }))).toContain('```');
});

describe('Markdown', () => {
  test('keeps the form of the text', () => {
    const markdown = toMarkdown(input());
    expect(markdown).toContain('# Shorter \\<b\\>waits\\</b\\> & "calm"\n');
    expect(markdown).toContain('## Problem and context\n');
    expect(markdown).toContain('### Figures\n');
    expect(markdown).toContain('- **Trigger** Problem in service\n');
    expect(markdown).toContain(
      'Waits of **4 hours** & more \\<today\\>. See [the plan](<https://example.org/p?a=1&b=(2)>)',
    );
    expect(markdown).toContain('| Year | Visits |  |\n| --- | --- | --- |\n| 2025 | 48\\|000 | est. |');
    expect(markdown).toContain('- Nurses\n\n  3. night');
    expect(markdown).toContain('- [x] asked');
    expect(markdown).toContain('> At last');
    expect(markdown).toContain('````sh\na ``` b\n````');
    expect(markdown).toContain('![A "ward"](/api/files/pixel)');
  });

  test('text that looks like form or HTML stays text', () => {
    const lines = ['# no heading', '- no list', '1. no list', '<b>', '*no*', '[x](y)', '&lt;', '    = '];
    const markdown = toMarkdown(
      input({ body: { type: 'doc', content: lines.map((line) => paragraph([text(line)])) }, sections: [] }),
    );
    expect(markdown).toContain(
      '\\# no heading\n\n\\- no list\n\n1\\. no list\n\n\\<b\\>\n\n\\*no\\*\n\n\\[x\\](y)\n\n\\&lt;',
    );
  });

  test('no hostile address or tag passes', () => {
    const markdown = toMarkdown(input({ body: hostile }));
    expect(markdown).not.toMatch(/\]\(<?(javascript|data|file|\/\/|https:\/\/user)/i);
    // What stands in a fence is code to a reader of Markdown, whatever it looks like.
    expect(markdown.replace(/```script\n[^`]*```/, '')).not.toMatch(/(?<!\\)<\/?(script|img|iframe|code)/i);
    expect(markdown).not.toContain('evil.test');
  });
});

describe('Word', () => {
  test('opens again with its title, headings, fields, links and image', async () => {
    const parts = await docxParts();
    const xml = parts['word/document.xml'] ?? '';
    const words = [...xml.matchAll(/<w:t[^>]*>([^<]*)/g)].map(([, word]) => word).join('|');
    for (const wanted of [
      'Problem and context',
      'Figures',
      'Trigger',
      'service',
      '4 hours',
      'the plan',
      '48|000',
      'night',
      '1 January 2028',
    ])
      expect(words.replace(/\|(?=000)/, '|')).toContain(wanted);
    expect(xml).toContain('&lt;b&gt;waits&lt;/b&gt; &amp;');
    expect(xml).toContain('HYPERLINK &quot;https://example.org/p?a=1&amp;b=(2)&quot;');
    expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
    expect(parts['word/numbering.xml']).toContain('<w:start w:val="3"/>');
  });

  test('has no relationship to anything outside, no template and no macro', async () => {
    const parts = await docxParts({ body: hostile });
    for (const [name, content] of Object.entries(parts)) {
      expect([
        name,
        /TargetMode="External"|attachedTemplate|vbaProject|evil\.test|file:|DDEAUTO|INCLUDE/.test(content),
      ]).toEqual([name, false]);
      expect(name).not.toMatch(/vba|embeddings|activeX/i);
    }
    // A character that XML cannot hold would keep the file from opening.
    const xml = parts['word/document.xml'] ?? '';
    expect([...xml].some((character) => character < ' ' && !'\n\r\t'.includes(character))).toBe(false);
    expect(xml).not.toContain('javascript:');
  });
});

describe('PDF', () => {
  test('is a PDF with its pages, links and the letters of its text', async () => {
    const pdf = await toPdf(input());
    const latin = Buffer.from(pdf).toString('latin1');
    expect(latin.slice(0, 5)).toBe('%PDF-');
    expect(latin.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(latin).toContain('/URI (https://example.org/p?a=1&b=\\(2\\))');
    const letters = pdfText(pdf);
    for (const letter of 'Problem and context 1 January 2028') expect(letters).toContain(letter);
    expect(latin).toContain('/Subtype /Image');
  });

  test('fetches nothing, reads no file and links nowhere it should not', async () => {
    const pdf = await toPdf(input({ body: hostile, title: 'file:///etc/passwd' }));
    expect(Buffer.from(pdf).toString('latin1')).not.toMatch(/\/URI|\/Launch|\/JavaScript|root:/);
  });

  test('an image that is not what it says is replaced by its description', async () => {
    const broken: ExportImage = { ...PIXEL, data: new Uint8Array([1, 2, 3]) };
    await expect(toPdf(input({ loadImage: async () => broken }))).resolves.toBeInstanceOf(Uint8Array);
  });
});

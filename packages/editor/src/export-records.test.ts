import { describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type BodyJson, heading, type NodeJson, paragraph } from './body-json.ts';
import type { ExportImage, ExportInput } from './export-input.ts';
import type { RecordedBlock } from './recorded.ts';
import { recordsIn } from './recorded.ts';
import { toDocx } from './to-docx.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';
import { toPdf } from './to-pdf.ts';

const LOGO: ExportImage = {
  data: Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
    (character) => character.charCodeAt(0),
  ),
  type: 'image/png',
  width: 300,
  height: 600,
};

const record = (part: string, ref: string): NodeJson => ({ type: 'record', attrs: { part, ref } });
const words = (value: string): NodeJson => paragraph([{ type: 'text', text: value }]);

const body: BodyJson = {
  type: 'doc',
  content: [
    record('attendance', 'm'),
    heading(2, '1. Budget'),
    record('item', 'i'),
    words('Said in the room.'),
    record('poll', 'p'),
    record('poll', 'kept'),
    record('action', 'a'),
    record('action', 'b'),
    record('attendance', 'm'),
  ],
};

const said: Readonly<Record<string, RecordedBlock>> = {
  'attendance/m': { caption: 'Attendance', lines: [{ label: 'Present (2)', text: 'Ada, Bob' }] },
  'item/i': { caption: '1. Budget', lines: [{ label: 'Time', text: '10:00' }, { text: 'First line\nsecond line' }] },
  'poll/p': { caption: 'Vote', lines: [], table: { header: ['Choice', 'Votes'], rows: [['Yes', '12']] } },
  'action/a': { caption: 'Publish', lines: [], done: true },
  'action/b': { caption: 'Tell', lines: [{ label: 'Owner', text: 'Bob' }], done: false },
};

const input = (over: Partial<ExportInput> = {}): ExportInput => ({
  ...{ title: 'Minutes', kindLabel: 'Minutes', locale: 'fr', sections: [], freeText: true, body },
  records: new Map(Object.entries(said)),
  loadImage: async () => undefined,
  ...over,
});

const docxParts = async (over: Partial<ExportInput> = {}): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(await toDocx(input(over)))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );

/** Everything that somebody could have typed into a name or a title. */
const HOSTILE = `</p><script>alert(1)</script>"><img src=x onerror=alert(1)> [x](javascript:alert(1)) **b** | \\ \u0000\uD800`;
const hostile = (done?: boolean): RecordedBlock => ({
  caption: HOSTILE,
  lines: [{ label: HOSTILE, text: HOSTILE }, { text: `# no heading\n- no list\n\n> no quote\n${HOSTILE}` }],
  table: { header: [HOSTILE], rows: [[HOSTILE, 'more cells than headers'], []] },
  ...(done === undefined ? {} : { done }),
});
const HOSTILE_INPUT: Partial<ExportInput> = {
  records: new Map([
    ['attendance/m', hostile()],
    ['action/a', hostile(true)],
  ]),
  facts: [{ label: HOSTILE, value: { type: 'text', text: HOSTILE } }],
  letterhead: { lines: [HOSTILE], logo: { ...LOGO, data: new Uint8Array([1, 2, 3]) } },
  footer: HOSTILE,
};

test('[M71] the blocks that stand in a text are known, each once', () => {
  expect(recordsIn(body).map(({ part, ref }) => `${part}/${ref}`)).toEqual([
    ...['attendance/m', 'item/i', 'poll/p', 'poll/kept', 'action/a', 'action/b'],
  ]);
});

describe('[M71] blocks of a record in files', () => {
  test('HTML: set off from the text, each once, and none that says nothing', async () => {
    const html = await toHtml(input());
    expect(html).toContain(
      '<div class="record">\n<p class="caption">Attendance</p>\n<p><strong>Present (2)\u00a0:</strong> Ada, Bob</p>\n</div>',
    );
    expect(html).toContain('<p>First line<br>second line</p>');
    expect(html).toContain('<th scope="col">Choice</th><th scope="col">Votes</th></tr></thead>');
    expect(html).toContain('<p class="caption">☑ Publish</p>');
    expect(html).toContain('<p class="caption">☐ Tell</p>');
    expect(html.match(/class="record"/g)).toHaveLength(5);
    expect(html.match(/Attendance/g)).toHaveLength(1);
  });

  test('a caption that the heading above says is not said again, and a block of it alone is left out', async () => {
    expect((await toHtml(input())).match(/1\. Budget/g)).toHaveLength(1);
    const spaced: BodyJson = { type: 'doc', content: [heading(2, '1.\u00a0Budget'), record('item', 'i')] };
    expect(await toHtml(input({ body: spaced }))).not.toContain('class="caption"');
    const bare = new Map(Object.entries({ ...said, 'item/i': { caption: '1. Budget', lines: [] } }));
    expect((await toHtml(input({ records: bare }))).match(/class="record"/g)).toHaveLength(4);
    const renamed: BodyJson = { type: 'doc', content: [heading(2, 'Money'), record('item', 'i')] };
    expect(await toHtml(input({ body: renamed }))).toContain('<p class="caption">1. Budget</p>');
  });

  test('without words for its reader a block is in no file', async () => {
    const silent = { records: new Map<string, RecordedBlock>() };
    expect(await toHtml(input(silent))).not.toContain('class="record"');
    expect(toMarkdown(input(silent))).not.toMatch(/^>/m);
    expect((await docxParts(silent))['word/document.xml']).not.toContain('w:pBdr');
    expect((await toPdf(input(silent))).length).toBeLessThan((await toPdf(input())).length);
  });

  test('between the sections of a kind they stand where they stand', async () => {
    const sections = [{ id: 'context', label: 'Context', fields: [] }];
    const content = [record('action', 'a'), words('After it')];
    const html = await toHtml(input({ freeText: false, sections, body: { type: 'doc', content } }));
    expect(html.indexOf('☑ Publish')).toBeGreaterThan(0);
    expect(html.indexOf('☑ Publish')).toBeLessThan(html.indexOf('After it'));
  });

  test('Markdown: a bar at the left, a box for a task', () => {
    const markdown = toMarkdown(input());
    expect(markdown).toContain('> **Attendance**\n>\n> **Present (2)\u00a0:** Ada, Bob\n\n## 1\\. Budget');
    expect(markdown).toContain('> First line\\\n> second line\n');
    expect(markdown).toContain('> **Vote**\n>\n> | Choice | Votes |\n> | --- | --- |\n> | Yes | 12 |');
    expect(markdown).toContain('> - [x] **Publish**\n\n> - [ ] **Tell**\n');
  });

  test('Word: with a bar, a header row that is told as such, headings as styles and the language of the text', async () => {
    const parts = await docxParts();
    const xml = parts['word/document.xml'] ?? '';
    expect(xml.match(/<w:pBdr><w:left [^>]*4c6ef5/g)?.length).toBeGreaterThanOrEqual(6);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(xml).toContain('<w:pStyle w:val="Heading2"/>');
    expect(xml).toMatch(/☑ <\/w:t>.*Publish/);
    expect(parts['word/styles.xml']).toContain('<w:lang w:val="fr-FR"/>');
    // Without a letterhead the first page is one like the others.
    expect(xml).not.toContain('w:titlePg');
  });

  test('PDF: made, with the title as it is and in the language of the text', async () => {
    const latin = Buffer.from(await toPdf(input())).toString('latin1');
    expect(latin).toContain('(Minutes)');
    expect(latin).toContain('/Lang (fr)');
  });

  test('nothing that people have typed becomes markup, a link or a broken file', async () => {
    const html = await toHtml(input(HOSTILE_INPUT));
    expect(html).toContain('&lt;/p&gt;&lt;script&gt;');
    expect(html).not.toMatch(/<script|<img|href=/i);
    const markdown = toMarkdown(input(HOSTILE_INPUT));
    expect(markdown).not.toMatch(/(?<!\\)<\/?(script|img|p)|(?<!\\)\]\(|^(> )?(# no|- no|> no)/im);
    const parts = await docxParts(HOSTILE_INPUT);
    for (const [name, content] of Object.entries(parts)) {
      expect([name, /TargetMode="External"|<script/.test(content)]).toEqual([name, false]);
      // A character that XML cannot hold would keep the file from opening.
      const broken = name.endsWith('.xml') && /[^\P{Cc}\n\r\t]|\p{Cs}/u.test(content);
      expect([name, broken]).toEqual([name, false]);
    }
    expect(Buffer.from(await toPdf(input(HOSTILE_INPUT))).toString('latin1')).not.toMatch(/\/URI|\/JavaScript/);
  });

  test('a record too large to be laid out on pages is refused there, and one that stands a thousand times is said once', async () => {
    const rows = Array.from({ length: 40_000 }, (_, n) => [`${n}`]);
    const large = new Map([['attendance/m', { caption: 'Large', lines: [], table: { header: ['N'], rows } }]]);
    await expect(toPdf(input({ records: large }))).rejects.toThrow(RangeError);
    await expect(toDocx(input({ records: large }))).rejects.toThrow(RangeError);
    expect(await toHtml(input({ records: large }))).toContain('<td>39999</td>');
    const content = Array.from({ length: 1_000 }, () => record('attendance', 'm'));
    expect((await toHtml(input({ body: { type: 'doc', content } }))).match(/Present/g)).toHaveLength(1);
  });
});

describe('[G20] letterheads', () => {
  const letterhead = { lines: ['Region of tests', '1 square of the Region'], logo: LOGO };

  test('Word: in the header of the first page alone, with the body and the meeting at the foot of all', async () => {
    const parts = await docxParts({ letterhead, footer: 'Board · Sitting of March' });
    expect(parts['word/document.xml']).toContain('<w:titlePg/>');
    expect(parts['word/document.xml']).toMatch(/<w:headerReference w:type="first"/);
    expect(parts['word/document.xml']).not.toMatch(/<w:headerReference w:type="default"/);
    expect(parts['word/header1.xml']).toContain('1 square of the Region');
    expect(parts['word/header1.xml']).toContain('descr="Region of tests"');
    // As high as a logo may be, and in proportion: 75 of 600 pixels, 9525 units each.
    expect(parts['word/header1.xml']).toContain(`cx="${38 * 9525}" cy="${75 * 9525}"`);
    const feet = Object.entries(parts).filter(([name]) => /^word\/footer\d/.test(name));
    expect(feet).toHaveLength(2);
    for (const [, foot] of feet) expect(foot).toMatch(/Board · Sitting of March.*PAGE.*NUMPAGES/s);
  });

  test('with lines alone, with a logo alone, or with nothing', async () => {
    for (const some of [{ lines: letterhead.lines }, { lines: [], logo: LOGO }]) {
      const parts = await docxParts({ letterhead: some });
      expect(parts['word/header1.xml']).toContain(some.lines[0] ?? '<w:drawing>');
      await expect(toPdf(input({ letterhead: some }))).resolves.toBeInstanceOf(Uint8Array);
    }
    expect(await docxParts({ letterhead: { lines: [] } })).not.toHaveProperty('word/header1.xml');
  });

  test('PDF: with the logo; one that is no image is left out', async () => {
    const image = async (logo: ExportImage) =>
      Buffer.from(await toPdf(input({ letterhead: { ...letterhead, logo } }))).includes('/Subtype /Image');
    expect(await image(LOGO)).toBe(true);
    expect(await image({ ...LOGO, data: new Uint8Array([1, 2, 3]) })).toBe(false);
  });

  test('a long title is cut at the foot of the page', async () => {
    const parts = await docxParts({ title: 'long '.repeat(100) });
    expect(parts['word/footer1.xml']).toMatch(/<w:t [^>]*>(long ){39}long…</);
  });
});

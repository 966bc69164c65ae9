import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { startApp, type TestApp, type TestPerson } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';
import type { Letterhead } from '../platform/bodies.ts';
import type { RecordBlock } from '../platform/record-blocks.ts';

let app: TestApp;
let cast: Cast;
let id: string;

/** What the record says; the vote is kept from the viewer. */
const SAID: Readonly<Record<string, RecordBlock>> = {
  'attendance/m': { caption: 'Attendance', lines: [{ label: 'Present', text: 'Ada, <b>Bob</b>' }] },
  'poll/p': { caption: 'Canary vote', lines: [], table: { header: ['Choice', 'Votes'], rows: [['Yes', '3']] } },
  'action/a': { caption: 'Publish it', lines: [], done: true },
};
let letterhead: Letterhead;

beforeAll(async () => {
  app = await startApp();
  cast = await castOf(app);
  const { papers, recordBlocks } = app.app.platform;
  const blocks = [
    { part: 'attendance', ref: 'm' },
    { part: 'item', ref: 'i', under: 'i', heading: '1. Budget' },
    { part: 'poll', ref: 'p', under: 'i' },
    { part: 'action', ref: 'a', under: 'i' },
    { part: 'decision', ref: 'gone', under: 'i' },
  ];
  const { id: personId, email } = cast.editor;
  id = await papers.begin(
    { personId, email, name: 'Editor', color: '#1864ab', platformRole: 'member', via: 'session', credentialId: 'test' },
    { workspaceId: cast.workspaceId, title: 'Minutes', locale: 'en', fields: {}, blocks },
  );
  const bytes = await sharp({ create: { width: 90, height: 30, channels: 3, background: '#1864ab' } })
    .png()
    .toBuffer();
  letterhead = { body: 'Board', lines: ['Region of tests'], logo: { bytes, width: 90, height: 30 } };
  recordBlocks.answeredBy({
    of: async ({ personId: reader }, documentId, locale) =>
      documentId !== id
        ? null
        : {
            block: (part, ref) =>
              part === 'poll' && reader === cast.viewer.id ? null : (SAID[`${part}/${ref}`] ?? null),
            facts: [{ label: 'State', text: `approved (${locale})` }],
            letterhead,
            meeting: 'Sitting of March',
          },
  });
});
afterAll(() => app.stop());

const exported = async (person: TestPerson, format: string, documentId = id) => {
  const answer = await person.fetch(`/api/documents/${documentId}/content?format=${format}&locale=it`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
};

/** All that the parts of a Word file say: each follows its own header (APPNOTE 4.3.7). */
function wordsOf(docx: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; docx.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name, extra] = [docx.readUInt32LE(at + 18), docx.readUInt16LE(at + 26), docx.readUInt16LE(at + 28)];
    const from = at + 30 + name + extra;
    const bytes = docx.subarray(from, from + size);
    parts.push((docx.readUInt16LE(at + 8) === 8 ? inflateRawSync(bytes) : bytes).toString());
    at = from + size;
  }
  return parts.join('\n');
}

describe('files of documents that hold blocks of a record', () => {
  test('[M71] they say what the record says, in the language of the file; what says nothing is left out', async () => {
    const html = (await exported(cast.editor, 'html')).toString();
    expect(html).toContain('<p class="caption">Attendance</p>');
    expect(html).toContain('Ada, &lt;b&gt;Bob&lt;/b&gt;');
    expect(html).toContain('approved (it)');
    expect(html).toContain('☑ Publish it');
    expect(html).toContain('<td>Yes</td><td>3</td>');
    expect(html.match(/class="record"/g)).toHaveLength(3);
    const markdown = (await exported(cast.editor, 'markdown')).toString();
    expect(markdown).toContain('> **Canary vote**\n>\n> | Choice | Votes |');
    expect(markdown).toContain('> - [x] **Publish it**');
  });

  test('[M71] a block that is kept from its reader is in none of their files', async () => {
    for (const format of ['html', 'markdown'] as const) {
      expect((await exported(cast.editor, format)).toString()).toContain('Canary vote');
      const theirs = (await exported(cast.viewer, format)).toString();
      expect(theirs).toContain('Publish it');
      expect(theirs).not.toContain('Canary');
    }
    expect(wordsOf(await exported(cast.editor, 'docx'))).toContain('Canary vote');
    expect(wordsOf(await exported(cast.viewer, 'docx'))).toContain('Publish it');
    expect(wordsOf(await exported(cast.viewer, 'docx'))).not.toContain('Canary');
    // Compressed and in glyphs of its own fonts, a table and its caption make the difference.
    expect((await exported(cast.viewer, 'pdf')).length).toBeLessThan((await exported(cast.editor, 'pdf')).length);
  });

  test('[G20] Word and PDF carry the letterhead with its logo', async () => {
    const pdf = (await exported(cast.editor, 'pdf')).toString('latin1');
    expect(pdf).toContain('/Subtype /Image');
    const docx = await exported(cast.editor, 'docx');
    expect(docx.toString('latin1')).toMatch(/word\/media\/[^/]+\.png/);
    const words = wordsOf(docx);
    for (const said of ['Region of tests', 'Board · Sitting of March', 'w:titlePg']) expect(words).toContain(said);
  });

  test('a copy belongs to no record: its blocks say nothing', async () => {
    const copy = await cast.editor.api.documents.duplicate({ id });
    const html = (await exported(cast.editor, 'html', copy.id)).toString();
    expect(html).toContain('1. Budget');
    expect(html).not.toMatch(/class="record"|Attendance|approved/);
  });
});

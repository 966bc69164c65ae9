import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { afterAll, expect, test } from '@jest/globals';
import type { SearchEntry } from '../../platform/search.ts';
import { jobs } from './jobs.ts';

const dir = mkdtempSync(join(tmpdir(), 'concert-index-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const note: SearchEntry = {
  ...{ id: 'n1', revision: '1', kind: 'note', group: 'n1', place: { documentId: 'n1' }, home: 'w1', staff: false },
  ...{ title: 'Un marché innovant', text: '', at: 0, authorIds: [] },
};
const scope = { workspaces: ['w1'], documents: [], denied: [], staff: false };
const total = () => jobs.query({ question: 'marchés', scope, offset: 0, limit: 1 }).total;

test('an index is written when it has changed, and only read where it fits', () => {
  const place = { file: join(dir, 'sub', 'index.bin'), database: 'one' };
  expect(jobs.load(place)).toBe(false);
  expect(jobs.save(place)).toBe(false);
  jobs.put({ source: 's', entries: [note] });
  expect(jobs.save(place)).toBe(true);
  expect(jobs.save(place)).toBe(false);
  jobs.drop({ source: 's', ids: ['n1'] });
  expect(total()).toBe(0);
  expect(jobs.load({ ...place, database: 'another' })).toBe(false);
  expect(total()).toBe(0);
  expect(jobs.load(place)).toBe(true);
  expect(total()).toBe(1);

  const bytes = readFileSync(place.file);
  const written = deserialize(bytes) as Record<string, unknown>;
  const broken = [
    Buffer.alloc(0),
    Buffer.from('rubbish'),
    bytes.subarray(0, bytes.length / 2),
    serialize({ ...written, format: 999 }),
    serialize({ ...written, engine: null }),
    serialize({ ...written, known: 7 }),
  ];
  for (const [at, rubbish] of broken.entries()) {
    const file = join(dir, `broken-${at}`);
    writeFileSync(file, rubbish);
    expect([at, jobs.load({ ...place, file })]).toEqual([at, false]);
  }
  expect(total()).toBe(1);
  expect(jobs.passages([{ title: 'Un marché', text: 'des marchés', terms: ['fr~march'] }])).toEqual([
    {
      title: [
        { text: 'Un ', hit: false },
        { text: 'marché', hit: true },
      ],
      passage: [
        { text: 'des ', hit: false },
        { text: 'marchés', hit: true },
      ],
    },
  ]);
});

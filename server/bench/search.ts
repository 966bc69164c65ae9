import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCpv } from '@concert/domain/codes/codes.ts';
import { createWorkers } from '../src/platform/documents/workers.ts';
import { folded } from '../src/platform/mongo/pattern.ts';
import type { SearchEntry } from '../src/platform/search.ts';
import { THREAD } from '../src/search/worker/entry.ts';
import type { Jobs } from '../src/search/worker/jobs.ts';

const USAGE = `npm run bench:search -- [options]
  --documents <n>  how many there are (default 10000)
  --words <n>      how long each is, in words (default 600)
  --queries <n>    how many questions are asked (default 400)
Builds the index of the search in its thread, asks it, and prints what that costs beside reading every text.`;

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '10000' },
    words: { type: 'string', default: '600' },
    queries: { type: 'string', default: '400' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit();
}
const counts = [values.documents, values.words, values.queries].map(Number);
if (!counts.every((count) => Number.isInteger(count) && count > 0)) throw new Error(USAGE);
const [documents = 0, length = 0, asked = 0] = counts;

/** Numbers from 0 to 1, always the same ones (mulberry32). */
let state = 20_261_123;
const random = (): number => {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
const upTo = (end: number): number => Math.floor(random() * end);

// The vocabulary of procurement in two languages; some of its phrases are in many texts and most in few.
const labels = (await loadCpv()).codes.flatMap(({ fr, en }) => [fr, en]);
const phrase = (): string => labels[Math.floor(labels.length * random() ** 3)] ?? '';
const textOf = (words: number): string => {
  const parts: string[] = [];
  for (let count = 0; count < words; ) {
    const part = phrase();
    parts.push(part);
    count += part.split(' ').length;
  }
  return parts.join('. ');
};

const WORKSPACES = 200;
const texts: string[] = [];
const entryOf = (at: number): SearchEntry => {
  const [title, text] = [phrase(), textOf(length)];
  texts.push(`${title}\n${text}`);
  return {
    ...{ id: `d${at}`, revision: '1', kind: 'note', group: `d${at}`, place: { documentId: `d${at}` }, staff: false },
    ...{ home: `w${upTo(WORKSPACES)}`, title, text, at: Date.now() - upTo(3 * 365) * 86_400_000, authorIds: [] },
  };
};

/** What somebody types: a few words of a phrase, some cut short, some with a slip, some in another form. */
const question = (): string => {
  const words = phrase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 3);
  const from = upTo(Math.max(1, words.length - 2));
  const taken = words.slice(from, from + 1 + upTo(3));
  return taken
    .map((word) => {
      const kind = random();
      if (kind < 0.2) return word.slice(0, Math.max(3, word.length - 3));
      if (kind < 0.3) return word.slice(0, 2) + word.slice(3);
      return kind < 0.5 ? `${word}s` : word;
    })
    .join(' ');
};

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(share * times.length) - 1] ?? Number.NaN;
const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(0);

const workers = createWorkers<Jobs>(THREAD, 1);
const dir = mkdtempSync(join(tmpdir(), 'concert-search-'));
const place = { file: join(dir, 'index.bin'), database: 'bench' };
const LONG_MS = 600_000;
try {
  const empty = await workers.run('size', undefined);
  let building = 0;
  const BATCH = 100;
  for (let at = 0; at < documents; at += BATCH) {
    const entries = Array.from({ length: Math.min(BATCH, documents - at) }, (_, i) => entryOf(at + i));
    const begun = performance.now();
    await workers.run('put', { source: 's', entries }, LONG_MS);
    building += performance.now() - begun;
  }
  const full = await workers.run('size', undefined);

  // Somebody who works in a tenth of the workspaces, and the administration of all.
  const scopes = { 'a tenth': WORKSPACES / 10, all: WORKSPACES };
  const scopeOf = (count: number) => ({
    workspaces: Array.from({ length: count }, (_, i) => `w${i}`),
    ...{ documents: [], denied: [], staff: true },
  });
  const questions = Array.from({ length: asked }, question).filter((one) => one !== '');
  const rows: string[] = [];
  for (const [name, count] of Object.entries(scopes)) {
    const scope = scopeOf(count);
    const times: number[] = [];
    let found = 0;
    for (const one of questions) {
      const begun = performance.now();
      const { total } = await workers.run('query', { question: one, scope, offset: 0, limit: 20 }, LONG_MS);
      times.push(performance.now() - begun);
      found += total > 0 ? 1 : 0;
    }
    const [p50, p95, worst] = [0.5, 0.95, 1].map((share) => milliseconds(quantile(times, share)));
    rows.push(`| query, ${name} of the workspaces: p50 / p95 / worst, ms | ${p50} / ${p95} / ${worst} |`);
    rows.push(`| – answered with something | ${found} of ${questions.length} |`);
  }
  // What a filter without an index does: every text is read, accents apart, for words as they are.
  const sample = questions.slice(0, 20);
  const scans = sample.map((one) => {
    const patterns = one.split(' ').map((word) => new RegExp(folded(word), 'i'));
    const begun = performance.now();
    texts.filter((text) => patterns.every((pattern) => pattern.test(text)));
    return performance.now() - begun;
  });
  const editing = entryOf(documents);
  const times: number[] = [];
  for (let revision = 2; revision < 102; revision += 1) {
    const begun = performance.now();
    await workers.run('put', { source: 's', entries: [{ ...editing, revision: String(revision) }] }, LONG_MS);
    times.push(performance.now() - begun);
  }
  const saving = performance.now();
  await workers.run('save', place, LONG_MS);
  const saved = performance.now();
  await workers.run('load', place, LONG_MS);
  const loaded = performance.now();

  process.stdout.write(
    [
      `${documents} documents of ${length} words in ${WORKSPACES} workspaces, ${full.terms} terms`,
      '',
      '| what | value |',
      '| --- | --: |',
      `| index built, s | ${(building / 1000).toFixed(1)} |`,
      `| memory of the index, MB | ${megabytes(full.heapBytes - empty.heapBytes)} |`,
      ...rows,
      `| reading every text instead: p50 / p95, ms | ${milliseconds(quantile(scans, 0.5))} / ${milliseconds(quantile(scans, 0.95))} |`,
      `| an edit taken in: p50 / p95, ms | ${milliseconds(quantile(times, 0.5))} / ${milliseconds(quantile(times, 0.95))} |`,
      `| written down, ms / read again, ms / size, MB | ${milliseconds(saved - saving)} / ${milliseconds(loaded - saved)} / ${megabytes(statSync(place.file).size)} |`,
      '',
    ].join('\n'),
  );
} finally {
  await workers.stop();
  rmSync(dir, { recursive: true, force: true });
}

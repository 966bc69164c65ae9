import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { marked, passageOf } from '@concert/domain/search/passages.ts';
import { type IndexState, SearchIndex } from './search-index.ts';
import type { CompareInput, DropInput, PassageAnswer, PassageInput, PutInput, QueryInput } from './types.ts';

/**
 * How an index is written: another number for other words, stems or entries, and a written one is read no more. It
 * holds nothing that the database does not.
 */
const FORMAT = 3;

/** Differs in every thread: an index that was lost with its thread is noticed by it. */
const epoch = randomUUID();
let index = new SearchIndex();
let saved = 0;

type Written = IndexState & { readonly format: number; readonly database: string };

const isWritten = (value: unknown, database: string): value is Written =>
  typeof value === 'object' &&
  value !== null &&
  Reflect.get(value, 'format') === FORMAT &&
  Reflect.get(value, 'database') === database;

/** Takes over a written index; false when there is none that fits. Whatever is wrong with it, it can be made again. */
function load({ file, database }: { file: string; database: string }): boolean {
  try {
    const written: unknown = deserialize(readFileSync(file));
    if (!isWritten(written, database)) return false;
    index = SearchIndex.from(written);
    saved = index.changes;
    return true;
  } catch {
    return false;
  }
}

/** Writes the index if it has changed since it was written last. @throws when the disk does not take it */
function save({ file, database }: { file: string; database: string }): boolean {
  if (index.changes === saved) return false;
  const { changes } = index;
  const written: Written = { format: FORMAT, database, ...index.state() };
  mkdirSync(dirname(file), { recursive: true });
  // Whole or not at all, also when the process ends in the middle of it.
  writeFileSync(`${file}.part`, serialize(written), { mode: 0o600 });
  renameSync(`${file}.part`, file);
  saved = changes;
  return true;
}

const passages = (inputs: readonly PassageInput[]): PassageAnswer[] =>
  inputs.map(({ title, text, terms }) => {
    const found = new Set(terms);
    return { title: marked(title, found), passage: passageOf(text, found) };
  });

export const jobs = {
  epoch: () => epoch,
  load,
  save,
  put: (input: PutInput) => index.put(input),
  drop: (input: DropInput) => index.drop(input),
  begin: (source: string) => index.begin(source),
  compare: (input: CompareInput) => index.compare(input),
  end: (source: string) => index.end(source),
  query: (input: QueryInput) => ({ epoch, ...index.query(input) }),
  passages,
  size: () => index.size(),
};
export type Jobs = typeof jobs;

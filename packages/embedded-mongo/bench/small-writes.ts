import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Binary, type Collection, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.ts';

/**
 * What a small durable insert costs the process of the database in CPU time: `--commits 300` of 1 and of 50 documents
 * of 20 to 500 bytes with a unique index, call after call and with a pause before each, and a look-up by that index.
 * The figures of one run compare with each other; on a machine that others use only ratios of one run mean something.
 */
const { values } = parseArgs({ options: { commits: { type: 'string', default: '300' } } });
const commits = Number(values.commits);
if (!Number.isSafeInteger(commits) || commits < 1) throw new Error('--commits takes a number');

type Row = { documentId: string; seq: number; data: Binary };
type Measurement = {
  readonly name: string;
  readonly documents: number;
  readonly pause: number;
  run(rows: Collection<Row>, i: number): Promise<unknown>;
};

/** How often each is run before it is measured. */
const WARM = 500;
const DOCUMENTS = 50;
const nameOf = (i: number): string => `document-${String(i % DOCUMENTS).padStart(6, '0')}`;
let seq = 0;
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({
    documentId: nameOf(i),
    seq: ++seq,
    data: new Binary(randomBytes(20 + ((seq * 37) % 480))),
  }));

const insert =
  (count: number): Measurement['run'] =>
  (rows) =>
    rows.insertMany(rowsOf(count), { ordered: false, writeConcern: { w: 'majority', j: true } });
const latest: Measurement['run'] = (rows, i) => rows.findOne({ documentId: nameOf(i) }, { sort: { seq: -1 } });

const MEASUREMENTS: readonly Measurement[] = [
  { name: 'insert of 1, call after call', documents: 1, pause: 0, run: insert(1) },
  { name: 'insert of 1, with pauses', documents: 1, pause: 8, run: insert(1) },
  { name: 'insert of 50, call after call', documents: 50, pause: 0, run: insert(50) },
  { name: 'insert of 50, with pauses', documents: 50, pause: 14, run: insert(50) },
  { name: 'the last of a document by index', documents: 1, pause: 0, run: latest },
];

/** The CPU time of a process in µs: all its threads since they began, and of its first one. */
function cpuOf(pid: number): { all: number; main: number } {
  const of = (thread: string): number => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8');
    return Number(text.split(' ')[0]) / 1000;
  };
  const all = readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + of(thread), 0);
  return { all, main: of(String(pid)) };
}

async function measure(
  pid: number,
  rows: Collection<Row>,
  { run, pause }: Measurement,
  count = commits,
): Promise<[number, number]> {
  const before = cpuOf(pid);
  for (let i = 0; i < count; i++) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    await run(rows, i);
  }
  const after = cpuOf(pid);
  return [(after.all - before.all) / count, (after.main - before.main) / count];
}

const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
const server = await startEmbeddedMongo({ dataDir });
const client = new MongoClient(server.url);
try {
  if (process.platform !== 'linux' || server.pid === undefined) throw new Error('the CPU time is read from /proc');
  const rows = client.db('bench').collection<Row>('rows');
  await rows.createIndexes([{ key: { documentId: 1, seq: 1 }, unique: true }]);
  // What is compiled while it is measured would be measured too.
  for (const measurement of MEASUREMENTS) await measure(server.pid, rows, { ...measurement, pause: 0 }, WARM);
  let first: number | undefined;
  for (const measurement of MEASUREMENTS) {
    const [all, main] = await measure(server.pid, rows, measurement);
    first ??= all;
    const each = measurement.documents > 1 ? `, ${(all / measurement.documents).toFixed(1)} µs a document` : '';
    process.stdout.write(
      `${measurement.name}: ${all.toFixed(0)} µs (main thread ${main.toFixed(0)})${each}, ${(all / first).toFixed(2)} times the first\n`,
    );
  }
} finally {
  await client.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

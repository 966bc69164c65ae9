import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Collection, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.ts';
import { type Entry, entryOf, MEASUREMENTS } from './measurements.ts';
import { type Measured, measured, report } from './report.ts';

/**
 * Measures the embedded database through the driver at growing sizes, in one run: what an operation costs must grow
 * with its result and not with the collection. `--sizes 1000,100000` and `--rounds 3` choose what is measured.
 */
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,100000,1000000' }, rounds: { type: 'string', default: '3' } },
});
const sizes = values.sizes.split(',').map(Number);
const rounds = Number(values.rounds);
if (![...sizes, rounds].every((number) => Number.isSafeInteger(number) && number > 0))
  throw new Error('--sizes takes numbers separated by commas, --rounds a number');

const BATCH = 1000;

async function load(entries: Collection<Entry>, size: number): Promise<number> {
  await entries.createIndexes([
    { key: { key: 1 }, unique: true },
    { key: { group: 1, created: -1 } },
    { key: { created: -1 } },
  ]);
  const started = performance.now();
  for (let at = 0; at < size; at += BATCH) {
    const count = Math.min(BATCH, size - at);
    await entries.insertMany(
      Array.from({ length: count }, (_, i) => entryOf(at + i, size)),
      { ordered: false },
    );
  }
  return size / ((performance.now() - started) / 1000);
}

/** All measurements at one size: round by round, so that a disturbance of the machine meets all of them. */
async function measure(size: number): Promise<Measured[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
  const server = await startEmbeddedMongo({ dataDir });
  const client = new MongoClient(server.url, { maxPoolSize: 60 });
  try {
    const entries = client.db('bench').collection<Entry>('entries');
    const loaded = await load(entries, size);
    process.stdout.write(`${size} documents loaded, ${Math.round(loaded)} a second\n`);
    const samples = MEASUREMENTS.map(() => [] as { ms: number[]; perSecond: number }[]);
    for (let round = 0; round < rounds; round++)
      for (const [i, { run }] of MEASUREMENTS.entries()) samples[i]?.push(await run(entries, size, round));
    return MEASUREMENTS.map(({ name, unit }, i) => measured(name, unit, size, samples[i] ?? []));
  } finally {
    await client.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const results: Measured[] = [];
for (const size of sizes) results.push(...(await measure(size)));
const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} at the end`;
const text = report(results, sizes, rounds, machine);
process.stdout.write(text);
writeFileSync(new URL('./results.md', import.meta.url), text);

import { fileURLToPath } from 'node:url';
import { type Db, MongoClient } from 'mongodb';
import { createLog } from '../../src/platform/log.ts';
import { inOrder, type Migration, migrate } from '../../src/platform/mongo/migrations.ts';
import { systemPorts } from '../../src/platform/ports.ts';

export const STEPS = 5;

/** Migrations that mark each of `things` once, one record after the other; `before` is called ahead of every write. */
export const marking = (
  things: number,
  before: (version: number, at: number) => void = () => undefined,
): readonly Migration[] =>
  inOrder(
    Array.from({ length: STEPS }, (_, step) => ({
      version: step + 1,
      name: `mark-${step + 1}`,
      run: async (db: Db) => {
        const version = step + 1;
        for (let at = 0; at < things; at += 1) {
          before(version, at);
          const filter = { at, marks: { $ne: version } };
          await db.collection<{ marks: number[] }>('things').updateOne(filter, { $push: { marks: version } });
        }
      },
    })),
  );

// Run as a program it migrates, and says a letter ahead of each write: to be killed in the middle.
const [, program, url = '', name = '', things = ''] = process.argv;
if (program === fileURLToPath(import.meta.url)) {
  const client = await new MongoClient(url).connect();
  await migrate({
    db: client.db(name),
    migrations: marking(Number(things), () => process.stdout.write('.')),
    log: createLog('silent'),
    ports: systemPorts,
    leaseMs: 300,
  });
  await client.close();
}

import { inOrder } from './platform/mongo/migrations.ts';

/**
 * How stored data came to their present shape, oldest first. A change of shape that reading code does not bridge adds
 * an entry at the end; entries are never changed or taken out once they have been released. See docs/operations.md.
 */
export const migrations = inOrder([
  {
    version: 1,
    name: 'name-the-version',
    // Data from before there were versions are as version 1 wants them: only their version is written down.
    run: async () => undefined,
  },
  {
    version: 2,
    name: 'let-records-share-a-row',
    // Nothing changes in what is there. An older Concert knows neither these rows nor the journal before them, and would
    // take documents for damaged: it must not start on them.
    run: async () => undefined,
  },
  {
    version: 3,
    name: 'search-texts-as-they-are-written',
    // What was kept for searching had lost its accents, which stems and passages need: every text is read again.
    run: async (db) => {
      await db.collection('documents').updateMany({}, { $set: { 'projection.seq': -1 } });
    },
  },
]);

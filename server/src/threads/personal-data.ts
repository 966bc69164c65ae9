import type { Document } from 'mongodb';
import type { Platform } from '../platform/module.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import type { AttachmentStore } from './attachments.ts';
import { REPLIES, THREADS } from './store.ts';

/** Finds what somebody has written, opened and read. */
const indexes: NonNullable<PersonalData['indexes']> = {
  [THREADS]: [{ key: { openedBy: 1 } }],
  [REPLIES]: [{ key: { authorId: 1 } }],
  thread_reads: [{ key: { personId: 1 } }],
};

/** What people wrote belongs to its discussion and stays; who wrote it is an id. What they read goes. */
export function threadData({ db }: Platform, attachments: AttachmentStore): PersonalData {
  const threads = db.collection<Document & { _id: string }>(THREADS);
  const replies = db.collection<Document & { _id: string }>(REPLIES);
  const reads = db.collection('thread_reads');
  return {
    indexes,
    export: async (personId) => ({
      opened: (await threads.find({ openedBy: { $eq: personId }, removed: null }).toArray()).map(
        ({ _id, title, subject, createdAt }) => ({ id: _id, title, subject, createdAt }),
      ),
      replies: (await replies.find({ authorId: { $eq: personId }, deleted: null }).toArray()).map(
        ({ _id, threadId, body, createdAt, editedAt, edits }) => ({
          id: _id,
          threadId,
          body,
          createdAt,
          editedAt,
          edits,
        }),
      ),
      attachments: await attachments.of(personId),
      read: (await reads.find({ personId: { $eq: personId } }).toArray()).map(({ threadId, seq, at }) => ({
        threadId,
        seq,
        at,
      })),
    }),
    erase: async ({ personId }) => {
      await reads.deleteMany({ personId: { $eq: personId } });
    },
  };
}

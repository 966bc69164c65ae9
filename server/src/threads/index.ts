import { defineModule } from '../platform/module.ts';
import { attachmentIndexes, attachmentStore } from './attachments.ts';
import { threadData } from './personal-data.ts';
import { threadReactions } from './reactions.ts';
import { threadRoutes } from './routes.ts';
import { MESSAGES, messageSearch } from './searching.ts';
import { REPLIES, THREADS, threadIndexes, threadStore } from './store.ts';
import { threadSubjects } from './subjects.ts';
import { keepTidy } from './tidying.ts';

/** Discussions about workspaces and documents. */
export const threads = defineModule((platform) => {
  const store = threadStore(platform.db);
  const attachments = attachmentStore(platform.db);
  const parts = { platform, store, attachments };
  for (const collection of [THREADS, REPLIES]) platform.outbox.watch(collection);
  platform.passages.knownBy(store.anchorsIn);
  platform.subjects.register('thread', threadSubjects(parts));
  platform.search.register(MESSAGES, messageSearch(parts));
  return {
    router: threadRoutes(parts),
    indexes: { ...threadIndexes, ...attachmentIndexes },
    personalData: threadData(platform, attachments),
    reactions: threadReactions(parts),
    start: async () => keepTidy(parts),
  };
});

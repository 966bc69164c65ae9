import type { DomainEvent } from '../platform/events.ts';
import { defineModule } from '../platform/module.ts';
import { threadData } from './personal-data.ts';
import { threadRoutes } from './routes.ts';
import { REPLIES, THREADS, threadIndexes, threadStore } from './store.ts';

/** Discussions about workspaces and documents. */
export const threads = defineModule((platform) => {
  const { db, lookups, outbox } = platform;
  const store = threadStore(db);
  outbox.watch(THREADS);
  outbox.watch(REPLIES);
  /** Threads go where their document is now, however many moves there were and in whatever order they are told. */
  const follow = async ({ data: { documentId } }: DomainEvent): Promise<void> => {
    if (typeof documentId !== 'string') return;
    const place = (await lookups.documentPlaces.of([documentId])).get(documentId);
    if (place !== undefined) await store.follow(documentId, place.workspaceId);
  };
  return {
    router: threadRoutes({ platform, store }),
    indexes: threadIndexes,
    personalData: threadData(platform),
    reactions: {
      'documents.moved': follow,
      'threads.removed': async ({ data: { threadId } }: DomainEvent) => {
        if (typeof threadId === 'string') await store.purge(threadId);
      },
    },
  };
});

import type { Deed } from '@concert/domain/activity/rules.ts';
import type { DocumentFacts } from '../platform/access/access.ts';
import { concernedBy } from '../platform/access/rights-records.ts';
import { createWorkers } from '../platform/documents/workers.ts';
import type { DomainEvent } from '../platform/events.ts';
import { defineModule } from '../platform/module.ts';
import { together } from '../platform/mongo/together.ts';
import { keepVersions } from './auto-versions.ts';
import { ValidTexts } from './last-valid.ts';
import { documentMentions } from './mentions.ts';
import { tellKept } from './moving.ts';
import { NotedEdits } from './noted-edits.ts';
import { createPapers } from './papers.ts';
import type { Parts } from './parts.ts';
import { createPassages } from './passages.ts';
import { documentData } from './personal-data.ts';
import { createProjector } from './projector.ts';
import { documentRoutes } from './routes.ts';
import { DOCUMENTS, documentSearch } from './searching.ts';
import { documentSharing } from './sharing.ts';
import { createDocumentStore, documentIndexes } from './store.ts';
import { documentSubjects } from './subjects.ts';
import { createVersionStore, versionIndexes } from './version-store.ts';
import { createVersions } from './versions.ts';
import { THREAD } from './worker/entry.ts';
import type { Jobs } from './worker/jobs.ts';

/** Documents: what is kept beside the co-edited texts, read from them, frozen of them and made out of them. */
export const documents = defineModule((platform) => {
  const { db, access, lookups, rooms, live, log, ports, outbox, search } = platform;
  const store = createDocumentStore(db);
  const versionStore = createVersionStore(db);
  const workers = createWorkers<Jobs>(THREAD, 1);
  const exporters = createWorkers<Jobs>(THREAD, 1);
  const validTexts = new ValidTexts();
  const { activity } = platform;
  const edits = new NotedEdits();
  const reading = { versionStore, validTexts, rooms, workers, live, search, activity, edits, log, ports };
  const projector = createProjector({ documents: store, ...reading });
  const versions = createVersions({
    documents: store,
    store: versionStore,
    projector,
    rooms,
    workers,
    live,
    activity,
    passages: platform.passages,
    log,
    ports,
  });
  const parts: Parts = { platform, documents: store, versionStore, versions, projector, workers, exporters };
  platform.papers.carriedOutBy(createPapers(parts));
  platform.passages.carriedOutBy(createPassages(parts));
  const location = together((ids) => store.locations(ids));
  access.registerDocuments({ location: async (id) => (await location(id)) ?? null, naming: store.naming });
  lookups.documentCounts.answeredBy(store.counts);
  lookups.documentPlaces.answeredBy(store.places);
  platform.mentions.register('document', documentMentions(platform, store));
  platform.subjects.register('document', documentSubjects(platform, store));
  search.register(DOCUMENTS, documentSearch(platform, store));
  outbox.watch('documents');
  tellPresence(parts, location);
  const found = async ({ data }: DomainEvent): Promise<void> => {
    if (typeof data.documentId === 'string') search.changed(DOCUMENTS, [data.documentId]);
  };
  const noted = (deed: Deed) => async (event: DomainEvent) => {
    await found(event);
    const { documentId, workspaceId } = event.data;
    if (typeof documentId !== 'string' || typeof workspaceId !== 'string') return;
    if (deed === 'document-moved') await platform.activity.moved(documentId, workspaceId);
    const record = await store.get(documentId);
    // News of it must not be ahead of who is kept from it.
    if (record !== null) await tellKept(parts, record);
    const path = [
      { kind: 'document', id: documentId },
      { kind: 'workspace', id: workspaceId },
    ] as const;
    if (event.actorId !== undefined)
      await platform.activity.note({ id: event.id, deed, by: event.actorId, at: event.at, path });
  };
  const againEverywhere =
    (deed: Deed) =>
    async (event: DomainEvent): Promise<void> => {
      await noted(deed)(event);
      if (typeof event.data.documentId === 'string') await access.changed({ documentId: event.data.documentId });
    };

  return {
    parts,
    router: { ...documentRoutes(parts), sharing: documentSharing(parts) },
    indexes: { ...documentIndexes, ...versionIndexes },
    personalData: documentData(platform),
    reactions: {
      'documents.rights-changed': async (event: DomainEvent) => {
        await access.changed({ personIds: await access.peopleOf([concernedBy(event)]) });
      },
      'documents.created': noted('document-created'),
      'documents.restored': noted('document-restored'),
      // A crash between the write and the news must not leave somebody on a document that has moved away.
      'documents.moved': againEverywhere('document-moved'),
      'documents.trashed': againEverywhere('document-trashed'),
    },
    start: async () => {
      const stopKeeping = keepVersions(versions, { rooms, log });
      // The first thread takes a second to load the editor: better now than when somebody waits for a document.
      workers.run('project', { kind: 'note', state: Uint8Array.of(0, 0) }).catch((error: unknown) => {
        log.debug({ err: error }, 'no worker was warmed up');
      });
      const caughtUp = projector.catchUp().catch((error: unknown) => {
        log.error({ err: error }, 'texts written before the start are not all projected; their next edit does it');
      });
      return async () => {
        const ended = [stopKeeping(), projector.stop(), caughtUp];
        await Promise.all([workers.stop(), exporters.stop(), ...ended]);
      };
    },
  };
});

/** Tells a workspace that somebody has opened or left one of its documents. */
function tellPresence(
  { platform: { rooms, live, log } }: Parts,
  location: (documentId: string) => Promise<DocumentFacts | undefined>,
): void {
  rooms.onPresence((documentId) => {
    location(documentId).then(
      (place) => {
        if (place === undefined) return;
        const { workspaceId } = place;
        live.toWorkspace(workspaceId, 'presence.changed', { workspaceId, documentId });
      },
      (error: unknown) => log.warn({ err: error, documentId }, 'presence could not be told'),
    );
  });
}

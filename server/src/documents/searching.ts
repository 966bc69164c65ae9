import type { Platform } from '../platform/module.ts';
import type { SearchHit, SearchSource } from '../platform/search.ts';
import { readableFor } from './readable.ts';
import type { DocumentStore } from './store.ts';

/** The name under which documents are found. */
export const DOCUMENTS = 'documents';

/** Documents by their titles, texts and fields, outside the trash. */
export function documentSearch(
  { access, lookups }: Pick<Platform, 'access' | 'lookups'>,
  store: DocumentStore,
): SearchSource {
  return {
    revisions: async function* () {
      for await (const { id, rev } of store.revisions()) yield { id, revision: String(rev) };
    },
    entries: async (ids) =>
      (await store.searchable(ids)).map(({ id, rev, kind, workspaceId, title, text, updatedAt, authorIds }) => ({
        id,
        revision: String(rev),
        kind,
        group: id,
        place: { documentId: id },
        home: workspaceId,
        staff: false,
        title,
        // The text as it is kept begins with the title.
        text: text.slice(title.length),
        at: updatedAt.getTime(),
        authorIds,
      })),
    hits: async (reader, ids) => {
      const reach = await access.reach(reader);
      const found = await store.byIds(ids, readableFor(reach));
      const [texts, names] = await Promise.all([
        store.searchable(found.map(({ id }) => id)),
        lookups.workspaceNames.of(found.map(({ workspaceId }) => workspaceId).filter((id) => reach.workspaces.has(id))),
      ]);
      return new Map(
        texts.map(({ id, workspaceId, title, text, updatedAt }): [string, SearchHit] => {
          const context = names.get(workspaceId);
          const hit = { title, path: `/documents/${id}`, text: text.slice(title.length), at: updatedAt };
          return [id, context === undefined ? hit : { ...hit, context }];
        }),
      );
    },
  };
}

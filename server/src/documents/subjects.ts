import type { Platform } from '../platform/module.ts';
import type { SubjectSource } from '../platform/subjects.ts';
import { stepsOf } from '../platform/subjects.ts';
import { readableFor } from './readable.ts';
import type { DocumentStore } from './store.ts';

/** Documents as other slices speak of them. */
export function documentSubjects(
  { access, lookups }: Pick<Platform, 'access' | 'lookups'>,
  store: DocumentStore,
): SubjectSource {
  return {
    cards: async (reader, ids) => {
      const reach = await access.reach(reader);
      const found = await store.byIds([...new Set(ids)], readableFor(reach));
      const names = await lookups.workspaceNames.of(
        found.map(({ workspaceId }) => workspaceId).filter((id) => reach.workspaces.has(id)),
      );
      return new Map(
        found.map(({ id, workspaceId, projection: { title } }) => {
          const context = names.get(workspaceId);
          return [id, { id, title, path: `/documents/${id}`, ...(context === undefined ? {} : { context }) }];
        }),
      );
    },
    path: async (reader, id) => {
      const standing = await access.standing(reader, { kind: 'document', id });
      return standing === null ? null : stepsOf({ kind: 'document', id }, standing.workspaceId);
    },
  };
}

import type { Platform } from '../platform/module.ts';
import type { SubjectSource } from '../platform/subjects.ts';
import type { WorkspaceStore } from './store.ts';

/** Workspaces as other slices speak of them. */
export function workspaceSubjects({ access }: Pick<Platform, 'access'>, store: WorkspaceStore): SubjectSource {
  return {
    cards: async (reader, ids) => {
      const { workspaces } = await access.reach(reader);
      const found = await store.getAll([...new Set(ids)].filter((id) => workspaces.has(id)));
      return new Map(found.map(({ id, name }) => [id, { id, title: name, path: `/workspaces/${id}` }]));
    },
    path: async (reader, id) =>
      (await access.standing(reader, { kind: 'workspace', id })) === null ? null : [{ kind: 'workspace', id }],
  };
}

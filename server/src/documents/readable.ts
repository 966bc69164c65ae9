import type { Reach } from '../platform/access/access.ts';
import type { Readable } from './store.ts';

/** Which documents somebody may be shown, as a question to the store. */
export const readableFor = ({ workspaces, documents, denied }: Reach): Readable => ({
  workspaceIds: [...workspaces.keys()],
  ids: documents.keys(),
  without: denied,
});

/** The same within one workspace, which the person may read. */
export const readableIn = (workspaceId: string, { denied }: Reach): Readable => ({
  workspaceIds: [workspaceId],
  without: denied,
});

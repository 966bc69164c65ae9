import { useQuery } from '@tanstack/react-query';
import { orpc } from '../platform/query.ts';
import type { Face } from '../ui/person-avatar.tsx';

/** Who is in which document now, as far as this reader may see. */
export function usePresence(workspaceId?: string) {
  const query = useQuery(orpc.documents.presence.queryOptions({ input: workspaceId ? { workspaceId } : {} }));
  const items = query.data?.items ?? [];
  const byDocument = new Map<string, readonly Face[]>(items.map(({ documentId, people }) => [documentId, people]));
  return { query, items: items.filter(({ people }) => people.length > 0), byDocument };
}

import type { Author } from '@concert/domain/documents/provenance.ts';
import { client } from '../platform/query.ts';

/** Who writes under these Yjs clientIDs of a document, up to 200; the template's and unknown ones are left out. */
export async function loadAuthors(
  documentId: string,
  clientIds: readonly number[],
): Promise<ReadonlyMap<number, Author>> {
  const { items } = await client.documents.authors({ id: documentId, clients: clientIds.join(',') });
  return new Map(items.map(({ clientId, author }) => [clientId, author]));
}

import { Problem } from '@concert/contract';
import type { Quote } from '@concert/domain/threads/api.ts';
import { SYSTEM_AUTHOR } from '../platform/documents/rooms.ts';
import type { Passages } from '../platform/passages.ts';
import type { Parts } from './parts.ts';

/** Marks passages as edits that are nobody's: who discusses a text has not written in it. */
export function createPassages({ platform: { rooms }, documents, workers }: Parts): Passages {
  return {
    mark: async (documentId, id, { start, end }) => {
      const record = await documents.get(documentId);
      if (record === null) throw new Problem('NOT_FOUND', 'not-found');
      if (record.quarantined) throw new Problem('CONFLICT', 'document-quarantined');
      let quote: Quote | undefined;
      await rooms.edit(documentId, SYSTEM_AUTHOR, async (state) => {
        const marked = await workers.run('markPassage', { state, id, start, end });
        if (!marked.ok && marked.reason === 'passage-too-long') throw new Problem('BAD_REQUEST', marked.reason);
        if (!marked.ok) throw new Problem('CONFLICT', marked.reason);
        quote = marked.quote;
        return marked.update;
      });
      if (quote === undefined) throw new Error('a passage was marked without being read');
      return quote;
    },
    unmark: async (documentId, id) => {
      const record = await documents.get(documentId);
      // A text in quarantine is not opened for this: nobody sees the mark.
      if (record === null || record.quarantined) return;
      await rooms.edit(documentId, SYSTEM_AUTHOR, (state) => workers.run('unmarkPassage', { state, id }));
    },
  };
}

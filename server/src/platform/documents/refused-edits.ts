import type { RefusedEdit } from '@concert/sync';
import type { Audit } from '../audit/audit.ts';
import type { Log } from '../log.ts';
import type { Ports } from '../ports.ts';

const PERIOD_MS = 60_000;

type Parts = { readonly audit: Audit; readonly ports: Ports; readonly log: Log };

/**
 * Writes down that an edit was refused which no honest client sends: once a minute for one person and document, because
 * who tries that may try it thousands of times.
 */
export function noteRefusedEdits({ audit, ports, log }: Parts): (edit: RefusedEdit) => void {
  let period = 0;
  const noted = new Set<string>();
  return ({ documentId, personId, reason }) => {
    const at = ports.now();
    const now = Math.floor(at.getTime() / PERIOD_MS);
    if (now !== period) noted.clear();
    period = now;
    const id = `edit-refused:${documentId}:${personId}:${now}`;
    if (noted.has(id)) return;
    noted.add(id);
    const subject = { kind: 'document', id: documentId };
    audit
      .record({ id, at, event: 'documents.edit-refused', actorId: personId, subject, data: { reason } })
      .catch((error: unknown) =>
        log.error({ err: error, documentId, personId }, 'a refused edit was not written down'),
      );
  };
}

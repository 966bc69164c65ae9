import { Problem } from '@concert/contract';
import type { DenialRecord } from '../platform/access/rights-records.ts';
import type { Platform } from '../platform/module.ts';
import type { Papers } from '../platform/papers.ts';
import type { DocumentStore } from './store.ts';
import type { VersionStore } from './version-store.ts';
import type { Versions } from './versions.ts';

const MAX_TRIES = 50;

/** Documents that belong to meetings: frozen as they are sent, and kept from whom a conflict of interest bars. */
export function createPapers(parts: {
  readonly platform: Platform;
  readonly documents: DocumentStore;
  readonly versions: Versions;
  readonly versionStore: VersionStore;
}): Papers {
  const { platform, documents, versions, versionStore } = parts;
  const { access, outbox } = platform;
  /** Changes the denials of a document unless they are as wanted already; what has gone needs none. */
  const change = async (
    documentId: string,
    personId: string,
    after: (denials: readonly DenialRecord[]) => readonly DenialRecord[],
  ): Promise<void> => {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const before = await documents.get(documentId);
      if (before === null) return;
      const denials = after(before.denials);
      if (denials.length === before.denials.length) return;
      const concerned = { type: 'person', id: personId } as const;
      const event = outbox.event('documents.rights-changed', { documentId, concerned });
      if ((await documents.changeRights(before, { grants: before.grants, denials }, event)) === null) continue;
      outbox.wake('documents');
      await access.changed({ personId });
      return;
    }
    throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
  };
  return {
    freeze: async (documentId, personId, label) => {
      try {
        const { id: versionId, hash } = await versions.create(documentId, { personId, label });
        return { versionId, hash };
      } catch (error) {
        if (error instanceof Problem) return null;
        throw error;
      }
    },
    content: async (documentId, versionId) => {
      const [record, version] = await Promise.all([documents.get(documentId), versionStore.get(documentId, versionId)]);
      if (record === null || version === null) return null;
      const { hash, title, createdAt: frozenAt } = version;
      return { versionId, hash, title, kind: record.kind, frozenAt, content: await versionStore.content(versionId) };
    },
    current: (documentId) => versions.hashNow(documentId),
    keepFrom: (documentId, { id, personId, by, since }) =>
      change(documentId, personId, (denials) =>
        denials.some((one) => one.id === id)
          ? denials
          : [
              ...denials,
              { id, principal: { type: 'person', id: personId }, reason: 'conflict-of-interest', since, by },
            ],
      ),
    giveBack: (documentId, { id, personId }) =>
      change(documentId, personId, (denials) => denials.filter((one) => one.id !== id)),
  };
}

import { Problem } from '@concert/contract';
import type { DenialRecord } from '../platform/access/rights-records.ts';
import { SYSTEM_AUTHOR } from '../platform/documents/rooms.ts';
import type { Papers } from '../platform/papers.ts';
import { createMinutes } from './create.ts';
import type { Parts } from './parts.ts';

const MAX_TRIES = 50;

/** An update of Yjs that says nothing. */
const NOTHING = Uint8Array.of(0, 0);

/** Documents that belong to meetings: frozen as they are sent, and kept from whom a conflict of interest bars. */
export function createPapers(parts: Parts): Papers {
  const { platform, documents, versions, versionStore, workers } = parts;
  const { access, live, outbox, rooms } = platform;
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
    begin: async (actor, { workspaceId, title, locale, fields, blocks }) => {
      const workspace = { kind: 'workspace', id: workspaceId } as const;
      const stillMay = () => access.require(actor, 'document.create', workspace);
      await stillMay();
      const given = { workspaceId, kind: 'minutes', title, locale, personId: actor.personId, stillMay } as const;
      return (await createMinutes(parts, given, { fields, blocks })).id;
    },
    place: async (documentId, blocks) => {
      const record = await documents.get(documentId);
      if (record === null || record.quarantined) return;
      const { kind } = record;
      const { update: state } = await rooms.read(documentId);
      // Mostly there is nothing to do, and then nothing is written.
      if ((await workers.run('place', { kind, state, blocks })) === null) return;
      await rooms.edit(documentId, SYSTEM_AUTHOR, async (now) => {
        const update = await workers.run('place', { kind, state: now, blocks });
        return update ?? NOTHING;
      });
    },
    seal: async (documentId, sealed) => {
      const workspaceId = await documents.seal(documentId, sealed);
      if (workspaceId === null) return;
      await access.changed({ documentId });
      live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId });
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

import type { Audit } from '../platform/audit/audit.ts';
import type { DomainEvent } from '../platform/events.ts';

type Noted = {
  readonly kind: string;
  readonly id: string;
  /** Of events that tell of more than rights: what makes them worth noting, and all that is noted of them. */
  readonly only?: string;
};

/** What of other slices somebody may have to account for, by the event that tells it, and what it was done to. */
const NOTED: Readonly<Record<string, Noted>> = {
  'workspaces.created': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.updated': { kind: 'workspace', id: 'workspaceId', only: 'state' },
  'workspaces.member-added': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.member-changed': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.member-removed': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.invited': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.invitation-revoked': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.invitation-accepted': { kind: 'workspace', id: 'workspaceId' },
  'workspaces.rights-changed': { kind: 'workspace', id: 'workspaceId' },
  'documents.rights-changed': { kind: 'document', id: 'documentId' },
  'documents.moved': { kind: 'document', id: 'documentId' },
  'documents.trashed': { kind: 'document', id: 'documentId' },
  'documents.restored': { kind: 'document', id: 'documentId' },
  'governance.body-founded': { kind: 'body', id: 'bodyId' },
  'governance.body-changed': { kind: 'body', id: 'bodyId', only: 'state' },
  'governance.mandates-changed': { kind: 'body', id: 'bodyId' },
};

type Plain = string | number | boolean | null;
const isPlain = (value: unknown): value is Plain => value === null || /string|number|boolean/.test(typeof value);

/** What an event says beside its subject, as far as it is plain: ids and roles. */
const plainOf = ({ data }: DomainEvent, { id, only }: Noted): Record<string, Plain> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) =>
      key !== id && (only === undefined || key === only) && isPlain(value) ? [[key, value]] : [],
    ),
  );

/** Writes changes of rights down after they were made, each once however often its event is carried out. */
export const notedEvents = (audit: Audit): Readonly<Record<string, (event: DomainEvent) => Promise<void>>> =>
  Object.fromEntries(
    Object.entries(NOTED).map(([type, noted]) => [
      type,
      async (event: DomainEvent) => {
        const { kind, id, only } = noted;
        if (only !== undefined && !(only in event.data)) return;
        await audit.record({
          id: event.id,
          at: event.at,
          event: type,
          actorId: event.actorId ?? null,
          subject: { kind, id: String(event.data[id]) },
          data: plainOf(event, noted),
        });
      },
    ]),
  );

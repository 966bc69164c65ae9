import type { Db } from 'mongodb';
import { isDuplicate } from '../mongo/errors.ts';
import type { Ports } from '../ports.ts';
import type { Audit, AuditEvent } from './audit.ts';

type AuditDoc = Omit<AuditEvent, 'id' | 'at'> & { readonly _id: string; readonly at: Date };

/** Security events in the collection `audit`, in the order of their ids. */
export function createAudit({ db, ports }: { db: Db; ports: Ports }): Audit {
  const collection = db.collection<AuditDoc>('audit');
  return {
    indexes: { audit: [{ key: { 'subject.id': 1, _id: -1 } }, { key: { actorId: 1, _id: -1 } }] },
    record: async ({ id, at, ...event }) => {
      try {
        await collection.insertOne({ _id: id ?? ports.newId(), at: at ?? ports.now(), ...event });
      } catch (error) {
        if (id === undefined || !isDuplicate(error)) throw error;
      }
    },
  };
}

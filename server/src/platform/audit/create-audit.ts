import type { Db } from 'mongodb';
import type { Ports } from '../ports.ts';
import type { Audit, AuditEvent } from './audit.ts';

type AuditDoc = AuditEvent & { readonly _id: string; readonly at: Date };

/** Security events in the collection `audit`, in the order of their ids. */
export function createAudit({ db, ports }: { db: Db; ports: Ports }): Audit {
  const collection = db.collection<AuditDoc>('audit');
  return {
    indexes: { audit: [{ key: { 'subject.id': 1, _id: -1 } }, { key: { actorId: 1, _id: -1 } }] },
    record: async (event) => {
      await collection.insertOne({ _id: ports.newId(), at: ports.now(), ...event });
    },
  };
}

import type { Document } from 'mongodb';
import type { Platform } from '../platform/module.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import type { DocumentRecord, VersionRecord } from './records.ts';

/** Finds what somebody has written, made and frozen. */
const indexes: NonNullable<PersonalData['indexes']> = {
  documents: [{ key: { createdBy: 1 } }],
  versions: [{ key: { createdBy: 1 } }, { key: { authors: 1 } }],
  doc_clients: [{ key: { ownerId: 1 } }],
};

type Stored<Item> = Omit<Item, 'id'> & { _id: string };
type ClientRow = { documentId: string; ownerId: string };

/** Texts and versions belong to their workspaces and stay. Who wrote them is an id; its name is looked up when shown. */
export function documentData({ access, db }: Platform): PersonalData {
  const documents = db.collection<Stored<DocumentRecord>>('documents');
  const versions = db.collection<Stored<VersionRecord>>('versions');
  const clients = db.collection<ClientRow>('doc_clients');

  /** Documents the person made or wrote in. A title is told only where it can still be read. */
  const documentsOf = async (personId: string): Promise<Document[]> => {
    const made = await documents.find({ createdBy: { $eq: personId } }, { projection: { _id: 1 } }).toArray();
    const wrote = await clients.find({ ownerId: { $eq: personId } }, { projection: { documentId: 1 } }).toArray();
    const ids = [...new Set([...made.map(({ _id }) => _id), ...wrote.map(({ documentId }) => documentId)])];
    const found = documents.find(
      { _id: { $in: ids } },
      { projection: { kind: 1, workspaceId: 1, createdBy: 1, createdAt: 1, 'projection.title': 1 } },
    );
    const held: Document[] = [];
    for await (const { _id: id, kind, workspaceId, createdBy, createdAt, projection } of found) {
      const readable = (await access.standing({ personId }, { kind: 'document', id })) !== null;
      held.push({
        id,
        kind,
        workspaceId,
        createdAt,
        created: createdBy === personId,
        ...(readable ? { title: projection.title, content: `/api/documents/${id}/content?format=json` } : {}),
      });
    }
    return held;
  };

  return {
    indexes,
    export: async (personId) => {
      // One question per index: a single one with alternatives would read every version.
      const found = await Promise.all([
        versions.find({ createdBy: { $eq: personId } }).toArray(),
        versions.find({ authors: { $eq: personId } }).toArray(),
      ]);
      const distinct = new Map(found.flat().map((version) => [version._id, version]));
      return {
        documents: await documentsOf(personId),
        versions: [...distinct.values()].map(({ _id, documentId, kind, label, createdAt, createdBy }) => ({
          id: _id,
          documentId,
          kind,
          createdAt,
          ...(createdBy === personId ? { label } : {}),
        })),
      };
    },
    // Rights on one document alone, and conflicts of interest declared on it.
    erase: async ({ personId }) => {
      const holds = {
        $pull: { grants: { 'principal.id': personId }, denials: { 'principal.id': personId } },
        $inc: { rev: 1, rightsRev: 1 },
      };
      const rights = db.collection<Stored<{ grants: Document[]; denials: Document[] }>>('documents');
      await rights.updateMany({ 'grants.principal.id': { $eq: personId } }, holds);
      await rights.updateMany({ 'denials.principal.id': { $eq: personId } }, holds);
      await access.changed({ personId });
    },
  };
}

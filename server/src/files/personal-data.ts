import type { Db } from 'mongodb';
import type { StoredMeta } from '../platform/files/file-store.ts';
import type { PersonalData } from '../platform/personal-data.ts';

type FileDoc = { filename: string; length: number; uploadDate: Date; metadata: StoredMeta };

/** Finds what somebody has uploaded. */
const indexes: NonNullable<PersonalData['indexes']> = {
  'files.files': [{ key: { 'metadata.personId': 1 } }],
};

/** Uploaded images. They are part of the texts they stand in, and stay with them. */
export function fileData(db: Db): PersonalData {
  const files = db.collection<FileDoc>('files.files');
  return {
    indexes,
    export: async (personId) => ({
      uploaded: (await files.find({ 'metadata.personId': { $eq: personId } }).toArray()).map(
        ({ filename, length, uploadDate, metadata: { documentId, name, type } }) => ({
          id: filename,
          url: `/api/files/${filename}`,
          documentId,
          name,
          type,
          size: length,
          uploadedAt: uploadDate,
        }),
      ),
    }),
    erase: async () => undefined,
  };
}

import { DocumentId, FileId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';

/** 10 MiB: larger images are refused with 413 before they are read into memory. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Image types accepted in a text; the type is read from the content, never from the name. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;

export const StoredFile = z.object({
  id: FileId,
  /** Where it is served from, relative to the site: `/api/files/{id}`. */
  url: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
});
export type StoredFile = z.infer<typeof StoredFile>;

export const filesApi = {
  upload: oc
    .route({
      method: 'POST',
      path: '/documents/{id}/files',
      tags: ['files'],
      summary: 'Add an image to a document (multipart field `file`)',
    })
    .input(z.object({ id: DocumentId, file: z.file() }).strict())
    .output(StoredFile),
  read: oc
    .route({
      method: 'GET',
      path: '/files/{id}',
      tags: ['files'],
      summary: 'A file, for those who may read its document',
      outputStructure: 'detailed',
    })
    .input(z.object({ id: FileId }).strict())
    .output(z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(Blob) })),
};

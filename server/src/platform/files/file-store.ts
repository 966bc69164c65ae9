/** Metadata kept with a stored file. */
export type StoredMeta = { readonly documentId: string; readonly personId: string; readonly name: string; readonly type: string; readonly width?: number; readonly height?: number };

/** Files in GridFS. Rights are the caller's task: a file belongs to a document. */
export type FileStore = {
  put(bytes: Uint8Array, meta: StoredMeta): Promise<{ id: string; size: number }>;
  get(id: string): Promise<{ bytes: Uint8Array; size: number; meta: StoredMeta } | null>;
};

/** Metadata kept with a stored file. */
export type StoredMeta = {
  readonly documentId: string;
  readonly personId: string;
  readonly name: string;
  readonly type: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
};

/** Files in GridFS. Rights are the caller's task: a file belongs to a document. */
export type FileStore = {
  put(bytes: Uint8Array, meta: StoredMeta): Promise<{ id: string; size: number }>;
  /** What is known of a file, without its bytes: rights are decided on this. */
  meta(id: string): Promise<{ size: number; meta: StoredMeta } | null>;
  get(id: string): Promise<{ bytes: Uint8Array; size: number; meta: StoredMeta } | null>;
};

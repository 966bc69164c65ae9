import { DocumentId, EDITOR_SCHEMA } from '@concert/contract';
import { z } from 'zod';

const PREFIX = '/sync';
/** Longer addresses are nobody's: an id has at most 64 characters. */
const MAX_ADDRESS = 512;

/** What a client asked for when it opened a socket. */
export type SyncAddress = {
  /** Undefined for an id that cannot exist: answered like an unknown one. */
  readonly documentId: string | undefined;
  readonly saved: boolean;
  /** The editor schema the client was built with; 0, older than any, when it names none that can exist. */
  readonly schema: number;
};

// A program that names no schema, like the stock client, is taken to write the present one.
const Schema = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .catch(0)
  .default(EDITOR_SCHEMA);

/** Reads `/sync/{documentId}?saved=1&schema=N`; null for an address outside `/sync`. The path is taken as it is written. */
export function readAddress(address: string): SyncAddress | null {
  const [path = '', query = ''] = address.split('?', 2);
  if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return null;
  const id = DocumentId.safeParse(path.slice(PREFIX.length + 1));
  const known = id.success && address.length <= MAX_ADDRESS;
  const parameters = new URLSearchParams(query.slice(0, MAX_ADDRESS));
  return {
    documentId: known ? id.data : undefined,
    saved: parameters.get('saved') === '1',
    schema: Schema.parse(parameters.get('schema') ?? undefined),
  };
}

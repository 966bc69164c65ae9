import type { Rooms } from '../platform/documents/rooms.ts';
import { isDeath, type Workers } from '../platform/documents/workers.ts';
import type { Log } from '../platform/log.ts';
import type { Ports } from '../platform/ports.ts';
import type { DocumentRecord } from './records.ts';
import type { VersionStore } from './version-store.ts';
import { BY_ITSELF, type FrozenAt, versionOf } from './versions.ts';
import type { Jobs } from './worker/jobs.ts';

type ValidText = { readonly state: Uint8Array; readonly seq: number };

/** The bytes are those that live documents hold anyway, as long as nobody types; of all of them so many are held on to. */
const MAX_BYTES = 64_000_000;
/** Nobody may write meanwhile who would be told so later: it must not take long. */
const BUDGET_MS = 5_000;

/** Texts as they were when they could last be read, for the way back from those that cannot. */
export class ValidTexts {
  readonly #texts = new Map<string, ValidText>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Remembers a text that was read a moment ago; those that were read longest ago make room. */
  keep(documentId: string, text: ValidText): void {
    this.forget(documentId);
    this.#texts.set(documentId, text);
    this.#bytes += text.state.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.forget(oldest);
    }
  }

  get(documentId: string): ValidText | undefined {
    return this.#texts.get(documentId);
  }

  forget(documentId: string): void {
    this.#bytes -= this.#texts.get(documentId)?.state.length ?? 0;
    this.#texts.delete(documentId);
  }
}

export type LastValidParts = {
  readonly rooms: Rooms;
  readonly workers: Workers<Jobs>;
  readonly log: Log;
  readonly ports: Ports;
  readonly versionStore: VersionStore;
  readonly validTexts: ValidTexts;
};

/**
 * Keeps the last valid state of a text that cannot be read any more as a version, to go back to. Does nothing when it is
 * not known, or is a version already: then the newest version is as far as one can go back.
 */
export async function keepLastValid(parts: LastValidParts, record: DocumentRecord): Promise<void> {
  const { versionStore, validTexts, ports, log } = parts;
  const text = validTexts.get(record.id);
  if (text === undefined) return;
  validTexts.forget(record.id);
  try {
    const at = await findLastValid(parts, record, text);
    const newest = await versionStore.newest(record.id);
    if (at === null || newest?.hash === at.frozen.hash || (newest?.seq ?? 0) > at.seq) return;
    const version = versionOf(record, at, { ...BY_ITSELF, id: ports.newId(), now: ports.now() }, newest);
    await versionStore.add(version, at.frozen.content);
  } catch (error) {
    // The document is put into quarantine all the same; an older version is the way back then.
    log.error({ err: error, documentId: record.id }, 'the last valid state of a text could not be kept');
  }
}

/** Goes through what came after the text that could be read, as far as that is kept apart and workers survive it. */
async function findLastValid(
  { rooms, workers }: LastValidParts,
  { id, kind }: DocumentRecord,
  { state, seq }: ValidText,
): Promise<FrozenAt | null> {
  const records = (await rooms.readAfter(id, seq)) ?? [];
  const after = records.flatMap((record) => record.updates.map((update) => ({ seq: record.seq, update })));
  const search = (updates: Uint8Array[]) => workers.run('lastValid', { kind, state, after: updates }, BUDGET_MS);
  const found = await search(after.map(({ update }) => update)).catch((error: unknown) => {
    if (isDeath(error)) return search([]);
    throw error;
  });
  return found.ok ? { frozen: found.frozen, seq: after[found.taken - 1]?.seq ?? seq } : null;
}

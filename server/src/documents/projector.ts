import type { Rooms } from '../platform/documents/rooms.ts';
import type { Workers } from '../platform/documents/workers.ts';
import { isDeath } from '../platform/documents/workers.ts';
import type { Live } from '../platform/live/live.ts';
import type { Log } from '../platform/log.ts';
import type { Ports } from '../platform/ports.ts';
import type { DocumentStore } from './store.ts';
import type { Jobs } from './worker/jobs.ts';

/** Quiet before a text is read, so that a burst of keystrokes is read once. */
const QUIET_MS = 150;
/** The least time between two readings of one text, when few are being written and when very many are. */
const APART_MS = 1_000;
const MOST_APART_MS = 10_000;
/** Reading is for lists and search; however many texts are being written, it must leave the machine to their writers. */
const READINGS_PER_SECOND = 30;
const RETRY_MAX_MS = 60_000;
/** A text that no worker survives reading, so many times in a row, is taken to be made for that. */
const MAX_DEATHS = 5;
/** The update that holds nothing. */
const EMPTY = Uint8Array.of(0, 0);

export type ProjectorParts = {
  readonly documents: DocumentStore;
  readonly rooms: Rooms;
  readonly workers: Workers<Jobs>;
  readonly live: Live;
  readonly log: Log;
  readonly ports: Ports;
};

/** Reads co-edited texts into the records that lists and pages show. */
export type Projector = {
  /** Projects now what is durable now. @throws when the database or the worker fails */
  refresh(documentId: string): Promise<void>;
  /** Projects what became durable without being projected, as after a crash. */
  catchUp(): Promise<void>;
  /** Lets readings under way end; what was not begun is caught up at the next start. */
  stop(): Promise<void>;
};

/** What became durable and is not projected yet. */
type Pending = {
  editors: Map<string, number>;
  lastEditor: string | undefined;
  timer: NodeJS.Timeout | undefined;
  failures: number;
};

export function createProjector(parts: ProjectorParts): Projector {
  const { rooms, log } = parts;
  const pending = new Map<string, Pending>();
  const running = new Map<string, Promise<void>>();
  const lastRun = new Map<string, number>();
  let stopped = false;

  /** Grows with the number of texts that wait to be read, so that together they are not read more often than said. */
  const apart = (): number => Math.min(MOST_APART_MS, Math.max(APART_MS, (pending.size / READINGS_PER_SECOND) * 1_000));

  /** Of texts that nobody has written for a while it does not matter when they were read. */
  const forgetOld = (): void => {
    const old = performance.now() - MOST_APART_MS;
    for (const [documentId, at] of lastRun) {
      if (at > old) return;
      lastRun.delete(documentId);
    }
  };

  const waiting = (documentId: string): Pending => {
    const known = pending.get(documentId) ?? {
      editors: new Map(),
      lastEditor: undefined,
      timer: undefined,
      failures: 0,
    };
    pending.set(documentId, known);
    return known;
  };

  const schedule = (documentId: string, afterMs: number): void => {
    const item = waiting(documentId);
    if (stopped || item.timer !== undefined) return;
    item.timer = setTimeout(() => {
      refresh(documentId).catch((error: unknown) => {
        log.error({ err: error, documentId }, 'a text could not be projected; trying again');
      });
    }, afterMs);
  };

  const keepForRetry = (documentId: string, item: Pending): void => {
    const again = waiting(documentId);
    for (const [person, seq] of item.editors) again.editors.set(person, Math.max(seq, again.editors.get(person) ?? 0));
    again.lastEditor ??= item.lastEditor;
    again.failures = item.failures + 1;
    schedule(documentId, Math.min(APART_MS * 2 ** again.failures, RETRY_MAX_MS));
  };

  const run = async (documentId: string): Promise<void> => {
    const item = waiting(documentId);
    clearTimeout(item.timer);
    pending.delete(documentId);
    forgetOld();
    // Put at the end, so that the oldest come first.
    lastRun.delete(documentId);
    lastRun.set(documentId, performance.now());
    try {
      await project(parts, documentId, item);
    } catch (error) {
      if (stopped) throw error;
      if (item.failures + 1 >= MAX_DEATHS && isDeath(error) && (await workersAreWell(parts)))
        return giveUp(parts, documentId);
      keepForRetry(documentId, item);
      throw error;
    }
  };

  /** One reading of a document at a time; a reading asked for meanwhile follows it. */
  const refresh = (documentId: string): Promise<void> => {
    const before = running.get(documentId) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => run(documentId));
    running.set(documentId, turn);
    const forget = () => {
      if (running.get(documentId) === turn) running.delete(documentId);
    };
    turn.then(forget, forget);
    return turn;
  };

  rooms.onDurable((documentId, { seq, personIds }) => {
    const item = waiting(documentId);
    for (const person of personIds) item.editors.set(person, seq);
    item.lastEditor = personIds.at(-1) ?? item.lastEditor;
    if (item.timer !== undefined) return;
    const since = performance.now() - (lastRun.get(documentId) ?? Number.NEGATIVE_INFINITY);
    schedule(documentId, Math.max(QUIET_MS, apart() - since));
  });

  return {
    refresh,
    catchUp: async () => {
      for await (const { id, seq } of parts.documents.projected()) {
        if (stopped) return;
        if ((await rooms.head(id)) > seq) await refresh(id);
      }
    },
    stop: async () => {
      stopped = true;
      for (const { timer } of pending.values()) clearTimeout(timer);
      await Promise.allSettled(running.values());
    },
  };
}

async function project(parts: ProjectorParts, documentId: string, { editors, lastEditor }: Pending): Promise<void> {
  const { documents, rooms, ports } = parts;
  const record = await documents.get(documentId);
  // A document that is being made has its text before it has its record, which then comes with its projection.
  if (record === null) return;
  const { update: state, seq } = await rooms.read(documentId);
  // Read already, with the document's making or by another instance: only who wrote it may be news.
  if (seq <= record.projection.seq) return documents.noteEditors(documentId, Object.fromEntries(editors));
  const read = await parts.workers.run('project', { kind: record.kind, state });
  if (!read.ok) return quarantine(parts, record, { seq, reason: read.reason });
  const edited = editors.size > 0;
  const before = await documents.project(documentId, {
    projection: { ...read.projection, seq },
    editors: Object.fromEntries(editors),
    ...(edited ? { updatedAt: ports.now(), updatedBy: lastEditor } : {}),
  });
  if (before === null) return;
  if (before.quarantined) await rooms.invalidate({ documentId });
  parts.live.toWorkspace(before.workspaceId, 'document.changed', { workspaceId: before.workspaceId, documentId });
}

/** A text is blamed only while an empty one can be read: a machine short of memory must not quarantine anybody. */
async function workersAreWell({ workers }: ProjectorParts): Promise<boolean> {
  try {
    await workers.run('project', { kind: 'note', state: EMPTY });
    return true;
  } catch (error) {
    if (isDeath(error)) return false;
    throw error;
  }
}

async function giveUp(parts: ProjectorParts, documentId: string): Promise<void> {
  const record = await parts.documents.get(documentId);
  const seq = await parts.rooms.head(documentId);
  if (record !== null) await quarantine(parts, record, { seq, reason: 'no worker survives reading it' });
}

type Located = { readonly id: string; readonly workspaceId: string };

async function quarantine(
  parts: ProjectorParts,
  { id, workspaceId }: Located,
  fault: { seq: number; reason: string },
): Promise<void> {
  const isNew = await parts.documents.quarantine(id, fault.seq);
  if (!isNew) return;
  parts.log.warn(
    { documentId: id, reason: fault.reason },
    'a text breaks the schema: it is read-only until it is restored',
  );
  await parts.rooms.invalidate({ documentId: id });
  parts.live.toWorkspace(workspaceId, 'document.changed', { workspaceId, documentId: id });
}

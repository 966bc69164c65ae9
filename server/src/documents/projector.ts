import { isDeath } from '../platform/documents/workers.ts';
import type { Facts, ProjectorParts } from './project-texts.ts';
import { giveUp, project, projectTogether, workersAreWell } from './project-texts.ts';
import { WaitingTexts } from './waiting-texts.ts';

/** A text that no worker survives reading, so many times in a row, is taken to be made for that. */
const MAX_DEATHS = 5;

/** Reads co-edited texts into the records that lists and pages show. */
export type Projector = {
  /** Projects now what is durable now. @throws when the database or the worker fails */
  refresh(documentId: string): Promise<void>;
  /** Projects what became durable without being projected, as after a crash. */
  catchUp(): Promise<void>;
  /** Lets readings under way end; what was not begun is caught up at the next start. */
  stop(): Promise<void>;
};

export function createProjector(parts: ProjectorParts): Projector {
  const { rooms, log } = parts;
  const running = new Map<string, Promise<void>>();
  const facts = new Map<string, Facts>();
  let stopped = false;
  const waiting = new WaitingTexts((due) => readDue(due));

  const warn = (documentId: string, error: unknown): void =>
    log.error({ err: error, documentId }, 'a text could not be projected; trying again');

  const forgetOld = (): void => {
    for (const documentId of waiting.forgetOld()) facts.delete(documentId);
  };

  const run = async (documentId: string): Promise<void> => {
    const item = waiting.begin(documentId);
    forgetOld();
    try {
      const known = await project(parts, documentId, item);
      if (known) facts.set(documentId, known);
      else facts.delete(documentId);
    } catch (error) {
      if (stopped) throw error;
      if (item.failures + 1 >= MAX_DEATHS && isDeath(error) && (await workersAreWell(parts)))
        return giveUp(parts, documentId);
      waiting.retry(documentId, item);
      throw error;
    }
  };

  /** Reads several texts in one go; one by one those that this does not fit, and all when it fails. */
  const runTogether = async (documentIds: readonly string[]): Promise<void> => {
    const items = documentIds.map((id) => ({ id, item: waiting.begin(id), facts: facts.get(id) }));
    forgetOld();
    const left = new Set(await projectTogether(parts, items).catch(() => documentIds));
    for (const { id, item } of items) {
      if (!left.has(id)) continue;
      facts.delete(id);
      waiting.restore(id, item);
    }
    // Failures are counted, logged and tried again there.
    await Promise.all([...left].map((id) => run(id).catch((error: unknown) => warn(id, error))));
  };

  /** One reading of a document at a time. */
  const inTurn = (documentIds: readonly string[], turn: Promise<void>): Promise<void> => {
    for (const documentId of documentIds) running.set(documentId, turn);
    const forget = () => {
      for (const documentId of documentIds) if (running.get(documentId) === turn) running.delete(documentId);
    };
    turn.then(forget, forget);
    return turn;
  };

  /** A reading asked for while one is under way follows it. */
  const refresh = (documentId: string): Promise<void> => {
    const before = running.get(documentId) ?? Promise.resolve();
    return inTurn(
      [documentId],
      before.catch(() => undefined).then(() => run(documentId)),
    );
  };

  const readDue = (due: readonly string[]): void => {
    const known = due.filter((documentId) => facts.has(documentId) && !running.has(documentId));
    const together = new Set(known.length > 1 ? known : []);
    if (together.size > 0) void inTurn([...together], runTogether([...together]));
    for (const documentId of due)
      if (!together.has(documentId)) refresh(documentId).catch((error: unknown) => warn(documentId, error));
  };

  rooms.onDurable((documentId, commit) => waiting.wrote(documentId, commit));

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
      waiting.stop();
      await Promise.allSettled(running.values());
    },
  };
}

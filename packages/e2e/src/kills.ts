import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import type { Member, OpenDocument } from './member.ts';
import { createNote, createWorkspace, join as joinAs, open } from './member.ts';
import { seeded } from './seeded.ts';
import type { ServerProcess } from './server-process.ts';
import { startServer } from './server-process.ts';
import { until } from './until.ts';

export type KillOptions = {
  readonly kills: number;
  readonly writers: number;
  readonly documents: number;
  /** Edits a second of each writer. */
  readonly rate: number;
  readonly seed: number;
  readonly report?: (line: string) => void;
};

/** What a run proves: the three sums that must be zero, and how much of the older work was acknowledged. */
export type KillResult = {
  readonly kills: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Acknowledged edits that a cold reader did not find after a restart. */
  readonly lost: readonly string[];
  /** Edits found more than once. */
  readonly doubled: readonly string[];
  /**
   * Share of the edits sent more than a second before a kill that were acknowledged by then, 0 to 1; on a machine that
   * is so busy that one edit of each writer takes long by itself, of those older than three times as long.
   */
  readonly olderAcknowledged: number;
  /** Time from the start of the process to the ready line after each kill, in milliseconds, in order. */
  readonly restartMs: readonly number[];
};

type Edit = { readonly token: string; readonly clock: number; readonly at: number; acknowledged: boolean };
type Writer = {
  readonly member: Member;
  readonly documentId: string;
  readonly name: string;
  readonly doc: Y.Doc;
  opened: OpenDocument | null;
  edits: Edit[];
  next: number;
};

const TEXT = 'kills';
const LATE_MS = 1_000;

function writeOne(writer: Writer): void {
  const token = `<${writer.name}:${writer.next}>`;
  writer.next += 1;
  const text = writer.doc.getText(TEXT);
  text.insert(text.length, token);
  writer.edits.push({
    token,
    clock: Y.getState(writer.doc.store, writer.doc.clientID),
    at: performance.now(),
    acknowledged: false,
  });
}

function acknowledge(writer: Writer, clock: number): void {
  for (let index = writer.edits.length - 1; index >= 0; index -= 1) {
    const edit = writer.edits[index];
    if (!edit || edit.acknowledged) {
      if (edit) return;
      continue;
    }
    if (edit.clock <= clock) edit.acknowledged = true;
  }
}

const connect = (writer: Writer, url: string): void => {
  writer.opened = open({ ...writer.member, url }, writer.documentId, {
    doc: writer.doc,
    onDurable: (durable) => acknowledge(writer, durable.vector.get(writer.doc.clientID) ?? 0),
  });
};

/** How long it takes until one edit of each writer is acknowledged, in milliseconds. */
async function acknowledgementMs(writers: readonly Writer[]): Promise<number> {
  const began = performance.now();
  for (const writer of writers) writeOne(writer);
  await until('the first edits are acknowledged', () => writers.every(({ edits }) => edits.at(-1)?.acknowledged));
  return performance.now() - began;
}

/** Lets every writer write at its rate until the time is up; starts are spread, so that commits meet all phases. */
async function writeFor(writers: readonly Writer[], rate: number, ms: number, random: () => number): Promise<void> {
  const end = performance.now() + ms;
  const turns = new Map(writers.map((writer) => [writer, performance.now() + (random() * 1_000) / rate]));
  while (performance.now() < end) {
    for (const [writer, due] of turns)
      if (performance.now() >= due) {
        writeOne(writer);
        turns.set(writer, due + 1_000 / rate);
      }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Reads a document as a newcomer does: from the server alone. */
async function readCold(member: Member, documentId: string): Promise<string> {
  const opened = open(member, documentId);
  await until(`document ${documentId} opens`, () => opened.provider.synced);
  const text = opened.doc.getText(TEXT).toString();
  opened.close();
  return text;
}

const occurrences = (text: string): Map<string, number> => {
  const found = new Map<string, number>();
  for (const [token] of text.matchAll(/<[^<>]+>/g)) found.set(token, (found.get(token) ?? 0) + 1);
  return found;
};

/** Counts, over all documents read cold, what was acknowledged and is missing, and what stands there twice. */
async function verify(writers: readonly Writer[], url: string): Promise<{ lost: string[]; doubled: string[] }> {
  const lost: string[] = [];
  const doubled: string[] = [];
  for (const documentId of new Set(writers.map((writer) => writer.documentId))) {
    const here = writers.filter((writer) => writer.documentId === documentId);
    const reader = here[0];
    if (!reader) continue;
    const found = occurrences(await readCold({ ...reader.member, url }, documentId));
    for (const [token, times] of found) if (times > 1) doubled.push(token);
    for (const writer of here)
      for (const edit of writer.edits) if (edit.acknowledged && !found.has(edit.token)) lost.push(edit.token);
  }
  return { lost, doubled };
}

async function prepare(server: ServerProcess, options: KillOptions): Promise<Writer[]> {
  const member = await joinAs(server.url, 'writer');
  const workspaceId = await createWorkspace(member, 'Kills');
  const documents = await Promise.all(
    Array.from({ length: options.documents }, (_, index) => createNote(member, workspaceId, `Note ${index}`)),
  );
  return Array.from({ length: options.writers }, (_, index) => ({
    member,
    documentId: documents[index % documents.length] ?? '',
    name: `w${index}`,
    doc: new Y.Doc(),
    opened: null,
    edits: [],
    next: 0,
  }));
}

/**
 * Kills the whole server at random points under writers, starts it again on the same data, and reads every document
 * cold, before any writer comes back: what was acknowledged must be there, once.
 */
export async function runKills(options: KillOptions): Promise<KillResult> {
  const dataDir = mkdtempSync(join(tmpdir(), 'concert-kills-'));
  const random = seeded(options.seed);
  const env = { RATE_LIMITS: 'off' };
  let server = await startServer({ dataDir, env });
  const totals = { older: 0, olderAcknowledged: 0 };
  const allLost: string[] = [];
  const allDoubled: string[] = [];
  const restartMs: number[] = [];
  try {
    const writers = await prepare(server, options);
    for (let kill = 1; kill <= options.kills; kill += 1) {
      for (const writer of writers) connect(writer, server.url);
      const opened = writers.map((writer) => writer.opened);
      await until('every writer is in', () => opened.every((one) => one?.provider.synced));
      const lateMs = Math.max(LATE_MS, 3 * (await acknowledgementMs(writers)));
      const since = performance.now();
      await writeFor(writers, options.rate, 50 + random() * 1_950, random);
      await server.kill();
      const killedAt = performance.now();
      for (const writer of writers) {
        writer.opened?.close();
        writer.opened = null;
        const older = writer.edits.filter((edit) => edit.at >= since && killedAt - edit.at > lateMs);
        totals.older += older.length;
        totals.olderAcknowledged += older.filter((edit) => edit.acknowledged).length;
      }
      server = await startServer({ dataDir, env: { ...env, PORT: String(server.port) } });
      restartMs.push(performance.now() - killedAt);
      const { lost, doubled } = await verify(writers, server.url);
      allLost.push(...lost);
      allDoubled.push(...doubled);
      options.report?.(
        `kill ${kill}: ${lost.length} lost, ${doubled.length} doubled, back in ${Math.round(restartMs.at(-1) ?? 0)} ms`,
      );
    }
    const edits = writers.flatMap((writer) => writer.edits);
    return {
      kills: options.kills,
      sent: edits.length,
      acknowledged: edits.filter((edit) => edit.acknowledged).length,
      lost: allLost,
      doubled: allDoubled,
      olderAcknowledged: totals.older === 0 ? 1 : totals.olderAcknowledged / totals.older,
      restartMs,
    };
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

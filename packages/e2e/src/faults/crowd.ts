import * as Y from 'yjs';
import type { Member, OpenDocument } from '../member.ts';
import { open } from '../member.ts';
import { until } from '../until.ts';
import type { Findings, Ground } from './fault.ts';

export const TEXT = 'faults';

type Edit = { readonly token: string; readonly clock: number; readonly at: number; acknowledgedAt: number | null };

/** A stock client that writes numbered tokens and notes which of them were said to be durable. */
export type Writer = {
  readonly name: string;
  readonly documentId: string;
  readonly doc: Y.Doc;
  readonly edits: Edit[];
  /** Codes with which its sockets were closed, in order. */
  readonly closes: number[];
  opened: OpenDocument | null;
};

export const textOf = (doc: Y.Doc): string => doc.getText(TEXT).toString();

function acknowledge(writer: Writer, clock: number): void {
  const now = performance.now();
  for (let index = writer.edits.length - 1; index >= 0; index -= 1) {
    const edit = writer.edits[index];
    if (!edit || edit.acknowledgedAt !== null) return;
    if (edit.clock <= clock) edit.acknowledgedAt = now;
    else continue;
  }
}

/** Writes the next token of a writer, followed by as many other characters as wanted. */
export function write(writer: Writer, padding = 0): void {
  const token = `<${writer.name}:${writer.edits.length}>`;
  const text = writer.doc.getText(TEXT);
  text.insert(text.length, token + '.'.repeat(padding));
  const clock = Y.getState(writer.doc.store, writer.doc.clientID);
  writer.edits.push({ token, clock, at: performance.now(), acknowledgedAt: null });
}

/** Opens the writer's document at a server; its text comes along, whatever of it was saved. */
export function connect(writer: Writer, member: Member): void {
  writer.opened?.close();
  const opened = open(member, writer.documentId, {
    doc: writer.doc,
    onDurable: (durable) => acknowledge(writer, durable.vector.get(writer.doc.clientID) ?? 0),
  });
  opened.provider.on('connection-close', (event) => {
    if (event !== null) writer.closes.push(event.code);
  });
  writer.opened = opened;
}

export function createWriter(name: string, documentId: string): Writer {
  return { name, documentId, doc: new Y.Doc(), edits: [], closes: [], opened: null };
}

/** People who write at the same time. */
export class Crowd {
  readonly writers: Writer[];
  readonly #random: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(writers: Writer[], random: () => number) {
    this.writers = writers;
    this.#random = random;
  }

  isIn(): boolean {
    return this.writers.every(({ opened }) => opened?.provider.synced === true);
  }

  isSaved(): boolean {
    return this.writers.every(({ edits }) => edits.every(({ acknowledgedAt }) => acknowledgedAt !== null));
  }

  acknowledged(): number {
    return this.writers.reduce(
      (sum, { edits }) => sum + edits.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length,
      0,
    );
  }

  /** Lets each write about so often a second, from now on; starts are spread, so that faults meet all phases. */
  startWriting(rate: number): void {
    this.stopWriting();
    const turns = new Map(this.writers.map((writer) => [writer, performance.now() + (this.#random() * 1_000) / rate]));
    this.#timer = setInterval(() => {
      const now = performance.now();
      for (const [writer, due] of turns) {
        if (now < due) continue;
        write(writer);
        turns.set(writer, due + (1_000 / rate) * (0.5 + this.#random()));
      }
    }, 5);
  }

  stopWriting(): void {
    clearInterval(this.#timer);
  }

  /** Writes for a while and waits until that much more is acknowledged. */
  async untilMore(acknowledged: number): Promise<void> {
    const before = this.acknowledged();
    await until(`${acknowledged} more edits are acknowledged`, () => this.acknowledged() >= before + acknowledged);
  }

  /** Time until all that was written is acknowledged, in milliseconds. */
  async untilSaved(limitMs = 60_000): Promise<number> {
    const began = performance.now();
    await until('all that was written is acknowledged', () => this.isSaved(), limitMs);
    return performance.now() - began;
  }

  leave(): void {
    this.stopWriting();
    for (const writer of this.writers) {
      writer.opened?.close();
      writer.opened = null;
    }
  }

  /** Adds what was sent and acknowledged to what a case found. */
  count(findings: Findings): void {
    for (const { edits } of this.writers) {
      findings.sent += edits.length;
      for (const { at, acknowledgedAt } of edits) {
        if (acknowledgedAt === null) continue;
        findings.acknowledged += 1;
        findings.ackMs.push(acknowledgedAt - at);
      }
    }
  }
}

/** Lets writers into documents, in turn at each of the members' servers, and waits until they are in. */
export async function gather(
  ground: Ground,
  members: readonly Member[],
  documents: readonly string[],
  count: number,
): Promise<Crowd> {
  const writers = Array.from({ length: count }, (_, index) =>
    createWriter(`w${index}`, documents[index % documents.length] ?? ''),
  );
  const crowd = new Crowd(writers, ground.random);
  ground.atEnd(() => {
    crowd.leave();
    for (const { doc } of crowd.writers) doc.destroy();
  });
  for (const [index, writer] of writers.entries()) {
    const member = members[Math.floor(index / documents.length) % members.length];
    if (member) connect(writer, member);
  }
  await until('every writer is in', () => crowd.isIn());
  return crowd;
}

import * as Y from 'yjs';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { Editor } from './edits.ts';
import { updateFrame } from './protocol.ts';

/** Merging more updates at once costs more than it saves. */
const mergedAtOnce = 64;

type Queued = { update: Uint8Array; editor: Editor | null; at: number };

/**
 * Sends durable updates to everybody who has joined: one frame for all, at once when the process is idle, gathered
 * and merged when it is busy. Also tells authors that their text is saved.
 */
export class Relay {
  readonly #context: Context;
  readonly #members = new Set<Connection>();
  readonly #acks = new Set<Connection>();
  #queue: Queued[] = [];
  #lastFlush = 0;
  #timer: NodeJS.Timeout | null = null;
  #ackScheduled = false;

  constructor(context: Context) {
    this.#context = context;
  }

  has(connection: Connection): boolean {
    return this.#members.has(connection);
  }

  /** From now on the connection gets what becomes durable; held back until {@link release}. */
  join(connection: Connection): void {
    this.#flush(); // what is queued is part of the state that the newcomer gets
    this.#members.add(connection);
    connection.hold();
  }

  release(connection: Connection): void {
    connection.releaseHeld();
  }

  leave(connection: Connection): void {
    this.#members.delete(connection);
    this.#acks.delete(connection);
  }

  /** Queues a durable update that arrived `at` (milliseconds of `performance.now()`). */
  add(update: Uint8Array, editor: Editor | null, at: number): void {
    this.#queue.push({ update, editor, at });
  }

  /** More of this connection's messages are durable. */
  ackSoon(connection: Connection): void {
    this.#acks.add(connection);
    if (this.#ackScheduled) return;
    this.#ackScheduled = true;
    setImmediate(() => {
      this.#ackScheduled = false;
      this.#sendAcks();
    });
  }

  flushSoon(): void {
    if (this.#timer || this.#queue.length === 0) return;
    const wait = this.#lastFlush + this.#context.pacer.interval() - this.#context.clock.now();
    if (wait <= 0) this.#flush();
    else this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#queue.length === 0) return;
    this.#lastFlush = this.#context.clock.now();
    const queue = this.#queue;
    this.#queue = [];
    for (let i = 0; i < queue.length; i += mergedAtOnce) this.#send(queue.slice(i, i + mergedAtOnce));
  }

  /** The author of a whole batch has it already. */
  #send(batch: Queued[]): void {
    const [first] = batch;
    if (!first || this.#members.size === 0) return;
    const update = batch.length === 1 ? first.update : Y.mergeUpdates(batch.map((queued) => queued.update));
    const frame = updateFrame(update);
    const author = batch.every(({ editor }) => editor === first.editor) ? first.editor : null;
    let heard = 0;
    for (const member of this.#members) {
      if (member === author) continue;
      member.sendRelayed(frame);
      heard += 1;
    }
    if (heard > 0) this.#measure(batch);
    this.#context.pacer.record(this.#members.size);
  }

  #measure(batch: Queued[]): void {
    const now = performance.now();
    for (const { at } of batch) this.#context.meter.relayed(now - at);
  }

  #sendAcks(): void {
    for (const connection of this.#acks) connection.sendSaved();
    this.#acks.clear();
  }

  /** Sends presence to all but those for whom `apart` answers that it has seen to it. */
  sendPresence(frame: Uint8Array, apart: (connection: Connection) => boolean): void {
    for (const member of this.#members) if (!apart(member)) member.sendPresence(frame);
    this.#context.pacer.record(this.#members.size);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#members.clear();
    this.#acks.clear();
  }
}

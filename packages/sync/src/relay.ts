import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { Editor } from './edits.ts';
import { mergeUpdates } from './gate/join.ts';
import { updateFrame } from './protocol.ts';

type Queued = { update: Uint8Array; editor: Editor | null; at: number };
type Batch = { frame: Uint8Array; author: Editor | null };

/** One frame of several updates. The author of all of them has it already. */
function batchOf(queued: readonly Queued[]): Batch {
  const [first] = queued;
  const update = mergeUpdates(queued.map(({ update: one }) => one));
  const author = queued.every(({ editor }) => editor === first?.editor) ? (first?.editor ?? null) : null;
  return { frame: updateFrame(update), author };
}

/**
 * Sends durable updates to everybody who has joined: one frame for all, what one commit brought merged. Also tells
 * authors that their text is saved.
 */
export class Relay {
  readonly #context: Context;
  readonly #members = new Set<Connection>();
  readonly #acks = new Set<Connection>();
  #queue: Queued[] = [];
  #ackScheduled = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** How many have joined. */
  get size(): number {
    return this.#members.size;
  }

  has(connection: Connection): boolean {
    return this.#members.has(connection);
  }

  /** From now on the connection gets what becomes durable; held back until {@link release}. */
  join(connection: Connection): void {
    this.flush(); // what is queued is part of the state that the newcomer gets
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

  /** Sends what is queued. Commits are paced, and so is this. */
  flush(): void {
    if (this.#queue.length === 0) return;
    const queue = this.#queue;
    this.#queue = [];
    if (this.#members.size === 0) return;
    const { frame, author } = batchOf(queue);
    for (const member of this.#members) if (member !== author) member.sendRelayed(frame);
    const someOneHears = this.#members.size > 1 || author === null;
    if (someOneHears) this.#measure(queue);
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
  }

  stop(): void {
    this.#members.clear();
    this.#acks.clear();
  }
}

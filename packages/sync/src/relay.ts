import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { Editor } from './edits.ts';
import { updateFrame } from './protocol.ts';

/**
 * Sends durable updates to everybody who has joined, the same frames to all. Also tells authors that their text is
 * saved.
 */
export class Relay {
  readonly #context: Context;
  readonly #members = new Set<Connection>();
  readonly #acks = new Set<Connection>();
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

  /**
   * Sends what has become durable. Who has brought all of it has it already.
   * @param author whoever that is; null when there are several, or somebody elsewhere
   * @param arrived when each edit came in, in milliseconds of `performance.now()`
   */
  send(updates: readonly Uint8Array[], author: Editor | null, arrived: readonly number[]): void {
    let heard = false;
    const frames = updates.map(updateFrame);
    for (const member of this.#members) {
      if (member === author) continue;
      heard = true;
      member.sendRelayed(frames);
    }
    if (!heard) return;
    const now = performance.now();
    for (const at of arrived) this.#context.meter.relayed(now - at);
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

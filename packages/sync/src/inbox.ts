import type { ClientMessage } from './protocol.ts';

type Task = { message: ClientMessage; bytes: number };

/** What the inbox needs of its socket. */
export interface Readable {
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
}

/** Whose messages they are. */
export interface Addressee {
  /** Handles a message; the next one waits for what this answers. */
  handle(message: ClientMessage): Promise<void> | undefined;
  failed(error: unknown): void;
}

/**
 * The messages of one socket, handled strictly one after the other. Most are handled at once; while one waits for
 * something, the others queue, and when too much queues the socket is no longer read.
 */
export class Inbox {
  readonly #socket: Readable;
  readonly #maxBytes: number;
  readonly #addressee: Addressee;
  #queue: Task[] = [];
  #bytes = 0;
  /** Reasons to wait: a message under way, a decision about rights. */
  #holds = 0;
  #closed = false;

  constructor(socket: Readable, maxBytes: number, addressee: Addressee) {
    this.#socket = socket;
    this.#maxBytes = maxBytes;
    this.#addressee = addressee;
  }

  add(message: ClientMessage, bytes: number): void {
    this.#queue.push({ message, bytes });
    this.#bytes += bytes;
    this.#work();
    if (this.#bytes > this.#maxBytes) this.#socket.pause();
  }

  /** Puts messages before those that wait. */
  addFirst(messages: { message: ClientMessage; bytes: number }[]): void {
    this.#queue = [...messages, ...this.#queue];
    for (const { bytes } of messages) this.#bytes += bytes;
  }

  /** Handles no further message until this has ended. */
  async holdFor(reason: Promise<void>): Promise<void> {
    this.#holds += 1;
    try {
      await reason;
    } catch (error) {
      this.#addressee.failed(error);
    } finally {
      this.#holds -= 1;
      this.#work();
    }
  }

  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#bytes = 0;
    if (this.#socket.isPaused) this.#socket.resume();
  }

  #work(): void {
    while (this.#holds === 0 && !this.#closed) {
      const task = this.#queue.shift();
      if (!task) break;
      this.#bytes -= task.bytes;
      this.#run(task.message);
    }
    if (this.#socket.isPaused && this.#bytes <= this.#maxBytes / 2) this.#socket.resume();
  }

  #run(message: ClientMessage): void {
    try {
      const pending = this.#addressee.handle(message);
      if (pending) void this.holdFor(pending);
    } catch (error) {
      this.#addressee.failed(error);
    }
  }
}

import { admit } from './admission.ts';
import type { Context } from './context.ts';
import type { Editor, Outcome } from './edits.ts';
import { Malformed, TooMuchWork } from './gate/reader.ts';
import { type Scan, scanUpdate } from './gate/scan.ts';
import { closeCode, deniedFrame, savedFrame, step1Frame } from './protocol.ts';
import type { Room } from './room.ts';
import { BudgetExceeded, JobFailed } from './workers/pool.ts';

export type EditMessage = { type: 'step2' | 'update'; payload: Uint8Array; at: number };

/** What the edits of a connection can lead to. */
export interface EditingConnection extends Editor {
  send(frame: Uint8Array): void;
  /** Handles these messages before those that wait. */
  again(messages: EditMessage[]): void;
  /** More of its messages are durable. */
  savedMore(): void;
  refuse(reason: string, clientIds: number[]): void;
  close(code: number, reason: string): void;
  /** Whether it lost the right to write a moment ago. */
  wasJustDowngraded(): boolean;
}

/** The updates and step 2 messages of one connection on their way through the gate, and which of them are durable. */
export class Editing {
  readonly #connection: EditingConnection;
  readonly #room: Room;
  readonly #context: Context;
  #step2Seen = false;
  #resynced = false;
  #resyncing = false;
  #parked: EditMessage[] = [];
  #parkedBytes = 0;
  #unansweredStep2s = 0;
  #savedUpdates = 0;
  #savedStep2s = 0;
  /** When the messages arrived that are durable and whose author has not been told yet. */
  #untold: number[] = [];

  constructor(connection: EditingConnection, room: Room, context: Context) {
    this.#connection = connection;
    this.#room = room;
    this.#context = context;
  }

  /** @throws {Malformed} */
  handle(message: EditMessage): Promise<void> | undefined {
    try {
      return this.#admit(message, scanUpdate(message.payload, this.#context.limits.inlineScanSteps));
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
      return this.#scanInWorker(message.payload).then((scan) => this.#admit(message, scan));
    }
  }

  async #scanInWorker(update: Uint8Array): Promise<Scan> {
    try {
      return await this.#context.workers.run<Scan>('scan', update, this.#context.limits.checkBudgetMs);
    } catch (error) {
      if (error instanceof JobFailed && error.thrown === Malformed.name) throw new Malformed(error.message);
      if (error instanceof BudgetExceeded) throw new Malformed('takes too long to read');
      throw error;
    }
  }

  #admit(message: EditMessage, scan: Scan): Promise<void> | undefined {
    const edit = { editor: this.#connection, update: message.payload, scan, at: message.at };
    const outcome = admit(this.#room, this.#context, edit, () => this.#settled(message));
    if (outcome instanceof Promise) return outcome.then((known) => this.#conclude(message, known));
    this.#conclude(message, outcome);
  }

  #conclude(message: EditMessage, result: Outcome): void {
    switch (result.outcome) {
      case 'taken':
        this.#context.meter.judged('taken');
        if (message.type === 'step2') this.#afterStep2();
        break;
      case 'gap':
        this.#gap(message, result.reason);
        break;
      case 'denied':
        this.#denied(message);
        break;
      case 'refused':
        this.#connection.refuse(result.reason, result.clientIds);
        break;
      case 'too-big':
        this.#context.meter.judged('document-too-big');
        this.#connection.close(closeCode.tooBig, 'document too big');
        break;
      case 'full':
        this.#context.meter.judged('backlog-full');
        this.#connection.close(closeCode.full, 'not saving at the moment');
        break;
      case 'gone':
        break;
    }
  }

  /**
   * What is typed between opening the socket and answering step 1 rests on text that only step 2 brings: it waits
   * for that. A gap after it is met with one question for what is missing.
   */
  #gap(message: EditMessage, reason: string): void {
    const awaitsStep2 = message.type === 'update' && (!this.#step2Seen || this.#resyncing);
    if (!awaitsStep2) {
      if (this.#resynced) {
        this.#connection.refuse(reason, []);
        return;
      }
      this.#resynced = true;
      this.#resyncing = true;
      this.#context.meter.judged('gap');
      this.#connection.send(step1Frame(this.#room.stateVector()));
    }
    if (message.type === 'update') this.#park(message, reason);
    else this.#unansweredStep2s += 1;
  }

  #park({ type, payload, at }: EditMessage, reason: string): void {
    this.#parked.push({ type, payload: payload.slice(), at });
    this.#parkedBytes += payload.length;
    const { parkedBytes, parkedUpdates } = this.#context.limits;
    if (this.#parkedBytes > parkedBytes || this.#parked.length > parkedUpdates) this.#connection.refuse(reason, []);
  }

  #afterStep2(): void {
    this.#step2Seen = true;
    this.#resyncing = false;
    if (this.#parked.length === 0) return;
    const parked = this.#parked;
    this.#parked = [];
    this.#parkedBytes = 0;
    this.#connection.again(parked);
  }

  /** A reader's text is not taken: what it had before is refused in words, what it types closes the socket. */
  #denied({ type }: EditMessage): void {
    this.#context.meter.judged('read-only');
    if (type === 'step2') {
      // Should the right come while the socket is open, the next step 2 brings this text too, and answers for both.
      this.#unansweredStep2s += 1;
      this.#connection.send(deniedFrame('read-only'));
    } else if (this.#connection.wasJustDowngraded()) this.#connection.close(closeCode.accessChanged, 'access changed');
    else this.#connection.close(closeCode.noRight, 'read-only');
  }

  #settled({ type, at }: EditMessage): void {
    this.#untold.push(at);
    if (type === 'update') this.#savedUpdates += 1;
    else {
      this.#savedStep2s += 1 + this.#unansweredStep2s;
      this.#unansweredStep2s = 0;
    }
    this.#connection.savedMore();
  }

  /** The author has been told what is durable, or did not ask to be. */
  told(): void {
    const now = performance.now();
    for (const at of this.#untold.splice(0)) this.#context.meter.acknowledged(now - at);
  }

  /** Message 4 as of now. */
  savedFrame(): Uint8Array {
    return savedFrame(this.#savedUpdates, this.#savedStep2s, this.#room.stateVector());
  }
}

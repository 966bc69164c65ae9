import type { RawData } from 'ws';
import type { PresenceHolder } from './awareness.ts';
import { withTimeout } from './committer.ts';
import type { Context } from './context.ts';
import { Editing, type EditingConnection, type EditMessage } from './editing.ts';
import type { EngineSocket } from './engine-socket.ts';
import { Malformed } from './gate/reader.ts';
import { type Addressee, Inbox } from './inbox.ts';
import { verdictOf } from './meter.ts';
import { Outbox } from './outbox.ts';
import type { Grant, Refusal } from './ports.ts';
import { type ClientMessage, closeCode, deniedFrame, readMessage, step1Frame } from './protocol.ts';
import type { Room } from './room.ts';
import { isTooBig } from './socket.ts';
import { TokenBucket } from './token-bucket.ts';

/** How an application hands an authenticated socket to the engine. */
export type ConnectOptions = {
  documentId: string;
  grant: Grant;
  /** The client asked for message 4 (`?saved=1`). */
  saved: boolean;
  /** The editor schema that the client named (`?schema=N`). */
  schema?: number;
  /** Lets {@link InvalidationMatch} name the session. */
  sessionId?: string;
  /** Decides anew about this socket's rights; called when they may have changed. */
  recheck(): Promise<Grant | Refusal>;
};

/** What decides whether a socket may come in. */
export type Newcomer = Pick<ConnectOptions, 'documentId' | 'grant' | 'schema'>;

/** Big messages count for several: one for each of these bytes. */
const bytesPerMessage = 16_000;
/** A client needs one step 1. The answer to a further one may cost as much as joining, and so counts for so many. */
const messagesPerStep1 = 150;

/**
 * One socket on one document: who it is, what it may do, and its messages in order. Thousands of them rest: what a
 * function made for each would say is said by a method.
 */
export class Connection implements PresenceHolder, EditingConnection, Addressee {
  readonly #room: Room;
  readonly #context: Context;
  readonly #options: ConnectOptions;
  readonly #onGone: (connection: Connection) => void;
  readonly #inbox: Inbox;
  readonly #outbox: Outbox;
  readonly #editing: Editing;
  readonly #messageRate: TokenBucket;
  readonly presenceRate: TokenBucket;
  readonly clientIds = new Set<number>();
  presenceId: number | null = null;
  #grant: Grant;
  #rechecks = 0;
  #downgradedAt = Number.NEGATIVE_INFINITY;
  #askedOnce = false;
  #closed = false;

  /** @param onGone called once, when the connection is over or being closed */
  constructor(
    ws: EngineSocket,
    room: Room,
    context: Context,
    options: ConnectOptions,
    onGone: (connection: Connection) => void,
  ) {
    const { limits, clock } = context;
    this.#room = room;
    this.#context = context;
    this.#options = options;
    this.#onGone = onGone;
    this.#grant = options.grant;
    this.#inbox = new Inbox(ws, limits.queueBytes, this);
    this.#outbox = new Outbox(ws, limits, clock, this);
    this.#editing = new Editing(this, room, context);
    this.presenceRate = new TokenBucket(limits.presencePerSecond, limits.presencePerSecond, clock.now());
    this.#messageRate = new TokenBucket(limits.messagesPerSecond, limits.messagesBurst, clock.now());
    ws.on('message', (data, isBinary) => this.#receive(data, isBinary));
    ws.on('pong', () => this.#outbox.heard());
    ws.on('close', () => this.#gone());
    ws.on('error', (error) => this.#broken(ws, error));
  }

  get grant(): Grant {
    return this.#grant;
  }

  get personId(): string {
    return this.#grant.personId;
  }

  get documentId(): string {
    return this.#room.documentId;
  }

  get sessionId(): string | undefined {
    return this.#options.sessionId;
  }

  get heardPresence(): boolean {
    return this.#outbox.heardPresence;
  }

  get missedPresence(): boolean {
    return this.#outbox.missedPresence;
  }

  mayWrite(): boolean {
    return this.#grant.mode === 'write';
  }

  isGone(): boolean {
    return this.#closed;
  }

  wasJustDowngraded(): boolean {
    return this.#context.clock.now() - this.#downgradedAt < this.#context.limits.downgradeGraceMs;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#closed) return;
    this.#outbox.heard();
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
    if (!this.#messageRate.take(Math.max(1, bytes.length / bytesPerMessage), this.#context.clock.now())) {
      this.close(closeCode.tooFast, 'too many messages');
      return;
    }
    try {
      if (!isBinary) throw new Malformed('text message');
      const message = readMessage(bytes, performance.now());
      if (!this.#fits(message)) this.close(closeCode.tooBig, 'message too big');
      else if (message.type === 'step1' && !this.#affordsStep1()) this.close(closeCode.tooFast, 'too many messages');
      else if (message.type === 'awareness') this.#presence(message.payload);
      else if (message.type === 'queryAwareness') this.#room.tellPresence(this);
      else this.#inbox.add(message, bytes.length);
    } catch (error) {
      this.failed(error);
    }
  }

  #affordsStep1(): boolean {
    const isFirst = !this.#askedOnce;
    this.#askedOnce = true;
    return isFirst || this.#messageRate.take(messagesPerStep1, this.#context.clock.now());
  }

  #fits(message: ClientMessage): boolean {
    const { step2Bytes, updateBytes } = this.#context.limits;
    return !('payload' in message) || message.payload.length <= (message.type === 'step2' ? step2Bytes : updateBytes);
  }

  #presence(payload: Uint8Array): void {
    this.#room.presence.receive(this, payload, this.#context.clock.now());
    this.#room.presenceChanged();
  }

  handle(message: ClientMessage): Promise<void> | undefined {
    if (!this.#room.isLoaded) return this.#room.ready().then(() => this.handle(message));
    if (message.type === 'step1') return this.#answer(message.payload);
    if (message.type === 'step2' || message.type === 'update') return this.#editing.handle(message);
  }

  /** Who asks for the state again gets it when the one before is taken: a socket never lets two of them wait. */
  #answer(stateVector: Uint8Array): Promise<void> {
    const before = this.#outbox.stateTaken();
    return before ? before.then(() => this.#answer(stateVector)) : this.#room.join(this, stateVector);
  }

  failed(error: unknown): void {
    if (this.#closed) return;
    if (error instanceof Malformed) {
      this.refuse(`malformed: ${error.message}`, []);
      return;
    }
    this.#context.log.error({ documentId: this.documentId, error: String(error) }, 'a connection failed');
    this.close(closeCode.full, 'internal error');
  }

  #broken(ws: EngineSocket, error: Error): void {
    if (isTooBig(error)) this.close(closeCode.tooBig, 'message too big');
    else ws.terminate();
  }

  /** Closes the socket over an edit that no honest client sends. */
  refuse(reason: string, clientIds: number[]): void {
    const { documentId, personId } = this;
    this.#context.meter.judged(verdictOf(reason));
    this.#context.onRefused({ documentId, personId, reason, clientIds });
    this.close(closeCode.badUpdate, reason.slice(0, 100));
  }

  again(messages: EditMessage[]): void {
    this.#inbox.addFirst(messages.map((message) => ({ message, bytes: message.payload.length })));
  }

  savedMore(): void {
    if (this.#options.saved && !this.#closed) this.#room.relay.ackSoon(this);
    else this.#editing.told();
  }

  /** Sends message 4. */
  sendSaved(): void {
    this.send(this.#editing.savedFrame());
    this.#editing.told();
  }

  /** Rights have changed: decides anew what this socket may do; its messages wait until that is known. */
  recheck(): Promise<void> {
    return this.#inbox.holdFor(this.#recheck());
  }

  async #recheck(): Promise<void> {
    if (this.#closed) return;
    this.#rechecks += 1;
    const own = this.#rechecks;
    try {
      const grant = await withTimeout(this.#options.recheck(), this.#context.limits.recheckMs);
      // What was asked before a later change knows nothing of that.
      if (own === this.#rechecks) this.#take(grant);
    } catch (error) {
      this.#context.log.warn({ documentId: this.documentId, error: String(error) }, 'rights could not be checked');
      this.close(closeCode.accessChanged, 'access changed');
    }
  }

  /** Nobody says that rights have changed: looks all the same, and leaves everything as it is when that fails. */
  async review(): Promise<void> {
    if (this.#closed) return;
    const before = this.#rechecks;
    try {
      const grant = await this.#options.recheck();
      if (before === this.#rechecks) this.#take(grant);
    } catch (error) {
      this.#context.log.warn({ documentId: this.documentId, error: String(error) }, 'rights could not be reviewed');
    }
  }

  #take(grant: Grant | Refusal): void {
    if (this.#closed) return;
    if ('refused' in grant) this.close(grant.refused, 'access ended');
    else if (grant.personId !== this.personId) this.close(closeCode.accessChanged, 'access changed');
    else this.#regrant(grant);
  }

  /** Takes changed rights in place. */
  #regrant(grant: Grant): void {
    const before = this.#grant;
    this.#grant = grant;
    if (grant.name !== before.name || grant.color !== before.color) {
      this.#room.presence.restamp(this);
      this.#room.presenceChanged();
    }
    if (before.mode === 'write' && grant.mode === 'read') {
      this.#downgradedAt = this.#context.clock.now();
      this.send(deniedFrame('read-only'));
    }
    if (before.mode === 'read' && grant.mode === 'write' && this.#room.isLoaded) {
      this.send(step1Frame(this.#room.stateVector()));
    }
  }

  send(frame: Uint8Array): void {
    this.#outbox.send(frame);
  }

  sendState(frame: Uint8Array): void {
    this.#outbox.sendState(frame);
  }

  sendRelayed(frames: readonly Uint8Array[]): void {
    this.#outbox.sendRelayed(frames);
  }

  sendPresence(frame: Uint8Array): void {
    this.#outbox.sendPresence(frame);
  }

  hold(): void {
    this.#outbox.hold();
  }

  releaseHeld(): void {
    this.#outbox.releaseHeld();
  }

  keepAlive(now: number): void {
    this.#outbox.keepAlive(now);
  }

  ping(): void {
    this.#outbox.ping();
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#context.meter.closed(code);
    this.#outbox.close(code, reason);
    this.#gone();
  }

  #gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#outbox.closed();
    this.#inbox.close();
    this.#room.leave(this);
    this.#onGone(this);
  }
}

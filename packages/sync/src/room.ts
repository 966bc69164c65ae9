import type { AdmittingRoom } from './admission.ts';
import { Presence } from './awareness.ts';
import type { CommitSource } from './committer.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import type { Accepted } from './edits.ts';
import { encodeStateVector, encodeUpdate } from './gate/encode.ts';
import { mergeUpdates } from './gate/join.ts';
import { judge } from './gate/judge.ts';
import { Knowledge } from './gate/knowledge.ts';
import { scanUpdate } from './gate/scan.ts';
import { Pending } from './pending.ts';
import type { AppendRecord, RemoteState } from './ports.ts';
import { awarenessFrame, closeCode, readStateVector, step1Frame, step2Frame, updateFrame } from './protocol.ts';
import { Relay } from './relay.ts';
import { type SharedRoom, Sharing } from './sharing.ts';
import { type Everything, StoredState } from './stored-state.ts';

/** States of presence in one message to other instances. */
const statesAtOnce = 16;

/** The contents of a loaded room. */
type Loaded = { stored: StoredState; knowledge: Knowledge; owners: Map<number, string> };

/**
 * One live document: who is on it, what it contains (as numbers and stored bytes, never as a Y.Doc), what was
 * accepted but is not durable yet, and what is durable but not relayed yet.
 */
export class Room implements CommitSource, AdmittingRoom, SharedRoom {
  readonly documentId: string;
  readonly connections = new Set<Connection>();
  readonly presence: Presence;
  readonly relay: Relay;
  readonly #context: Context;
  readonly #onClosed: () => void;
  /** Null when this engine is alone. */
  readonly sharing: Sharing | null;
  #loaded: Loaded | null = null;
  readonly #loading: Promise<void>;
  readonly #pending = new Pending();
  #lastState: { of: Everything; frames: Uint8Array[] } | null = null;
  readonly #durableClocks = new Map<number, number>();
  #durableVector: Uint8Array | null = null;
  #presenceTimer: NodeJS.Timeout | null = null;
  #serverEdits: Promise<unknown> = Promise.resolve();
  #closed = false;
  idleSince: number;

  /** @param onClosed called when the room must no longer be used */
  constructor(documentId: string, context: Context, onClosed: () => void) {
    this.documentId = documentId;
    this.#context = context;
    this.#onClosed = onClosed;
    this.idleSince = context.clock.now();
    this.presence = new Presence(context.limits, (clientId) => this.#loaded?.owners.get(clientId));
    this.relay = new Relay(context);
    this.sharing = context.bus && new Sharing(this, context, context.bus);
    this.#loading = this.#load();
    this.#loading.catch((error: unknown) => {
      context.meter.storeFailed('load');
      context.log.error({ documentId, error: String(error) }, 'a document could not be loaded');
      this.close(closeCode.full, 'document not available');
    });
  }

  async #load(): Promise<void> {
    const [{ stored, knowledge }, owners] = await Promise.all([
      StoredState.load(this.documentId, this.#context),
      this.#context.store.owners(this.documentId),
    ]);
    for (const [client, clock] of knowledge.clocks) this.#durableClocks.set(client, clock);
    this.#loaded = { stored, knowledge, owners };
    if (!this.#closed) this.sharing?.start();
  }

  /** Resolves when the document is loaded. @throws whatever the store threw */
  ready(): Promise<void> {
    return this.#loading;
  }

  get isLoaded(): boolean {
    return this.#loaded !== null;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get #contents(): Loaded {
    if (!this.#loaded) throw new Error(`document ${this.documentId} is not loaded`);
    return this.#loaded;
  }

  get knowledge(): Knowledge {
    return this.#contents.knowledge;
  }

  get stored(): StoredState {
    return this.#contents.stored;
  }

  ownerOf(clientId: number): string | undefined {
    return this.#contents.owners.get(clientId);
  }

  setOwners(owners: ReadonlyMap<number, string>): void {
    for (const [clientId, ownerId] of owners) this.#contents.owners.set(clientId, ownerId);
  }

  presentAs(clientId: number): string | undefined {
    return this.presence.personOf(clientId);
  }

  bytes(): number {
    return this.stored.bytes + this.#pending.bytes;
  }

  /** The durable state vector, encoded. */
  stateVector(): Uint8Array {
    this.#durableVector ??= encodeStateVector(this.#durableClocks);
    return this.#durableVector;
  }

  async acceptedState(): Promise<Uint8Array> {
    const { state } = await this.stored.current();
    return this.#pending.isEmpty ? state : mergeUpdates([state, ...this.#pending.updates()]);
  }

  get audience(): number {
    return this.relay.size;
  }

  /** Whether anything was accepted that is not durable yet. */
  get isSettled(): boolean {
    return this.#pending.isEmpty;
  }

  accept(accepted: Accepted): void {
    if (this.#closed) {
      this.#lose([accepted]);
      return;
    }
    this.knowledge.absorb(accepted.fresh, accepted.deletes);
    this.#pending.add(accepted);
    this.#context.committer.add(this, accepted.update.length);
  }

  afterAccepted(settled: () => void, lost: () => void): void {
    this.#pending.afterAll(settled, lost);
  }

  takeRecord(maxBytes: number): { record: AppendRecord; edits: number } | null {
    if (this.#closed || !this.#pending.hasWaiting || this.sharing?.waits) return null;
    this.sharing?.began();
    const { updates, edits } = this.#pending.begin(maxBytes);
    return { record: { documentId: this.documentId, seq: this.stored.seq + 1, updates }, edits };
  }

  committed(): void {
    if (this.#closed) return;
    const { batch, updates } = this.#pending.confirm();
    this.#release(batch);
    const seq = this.stored.seq + 1;
    this.#becomeDurable(
      seq,
      updates,
      batch.flatMap(({ fresh }) => fresh),
    );
    this.resume();
    for (const accepted of batch) for (const settled of accepted.settled) settled();
    const author = batch.every(({ editor }) => editor === batch[0]?.editor) ? (batch[0]?.editor ?? null) : null;
    this.relay.send(
      updates,
      author,
      batch.map(({ at }) => at),
    );
    this.#context.onDurable(this.documentId, {
      seq,
      personIds: [...new Set(batch.map(({ editor }) => editor.personId))],
    });
    this.sharing?.committed(seq, updates);
  }

  /** What waits goes into the next commit. */
  resume(): void {
    if (this.#pending.hasWaiting) this.#context.committer.again(this);
  }

  conflicted(): void {
    if (this.#closed) return;
    this.#pending.requeue();
    if (this.sharing) this.sharing.conflicted();
    else this.giveUp('another process wrote it');
  }

  giveUp(reason: string): void {
    this.#context.log.warn({ documentId: this.documentId, reason }, 'a document is loaded anew');
    this.close(closeCode.restarting, 'document changed elsewhere');
  }

  #becomeDurable(seq: number, updates: Uint8Array[], fresh: { client: number; end: number }[]): void {
    this.stored.append(seq, updates);
    for (const { client, end } of fresh) {
      this.#durableClocks.set(client, Math.max(end, this.#durableClocks.get(client) ?? 0));
    }
    this.#durableVector = null;
    this.#lastState = null;
    if (this.stored.wantsCompaction) void this.stored.compact();
  }

  #release(batch: readonly Accepted[]): void {
    this.#context.committer.release(batch.reduce((sum, { update }) => sum + update.length, 0));
  }

  #lose(batch: readonly Accepted[]): void {
    for (const { lost } of batch) for (const tell of lost) tell();
  }

  get seq(): number {
    return this.stored.seq;
  }

  absorb(seq: number, updates: Uint8Array[]): void {
    const scans = updates.map((update) => scanUpdate(update));
    const fresh = scans.flatMap(({ sections }) => sections);
    const deletes = scans.flatMap((scan) => scan.deletes.concat(scan.tombstones));
    this.knowledge.absorb(fresh, deletes);
    this.#becomeDurable(seq, updates, fresh);
    const now = performance.now();
    this.relay.send(
      updates,
      null,
      updates.map(() => now),
    );
    if (this.#pending.hasWaiting) this.#judgeAgain(deletes);
  }

  /** What waits was judged without a record that came before it: what that brought is not new any more. */
  #judgeAgain(deletes: readonly number[]): void {
    const known = new Knowledge(this.#durableClocks);
    known.absorb([], deletes);
    const { freed, settled } = this.#pending.judgeAgain((accepted) => {
      const scan = scanUpdate(accepted.update);
      const judgement = judge(accepted.update, scan, known, Number.POSITIVE_INFINITY);
      if (judgement.verdict === 'known') return null;
      if (judgement.verdict !== 'new') throw new Error(`what was accepted is ${judgement.verdict} now`);
      known.absorb(judgement.fresh, judgement.deletes);
      return { ...accepted, ...judgement };
    });
    this.#context.committer.release(freed);
    for (const tell of settled) tell();
  }

  /** Takes in what other instances have made durable by now. @throws whatever the store throws */
  async catchUp(): Promise<void> {
    await this.sharing?.catchUp();
  }

  hearPresence(states: RemoteState[]): void {
    this.presence.hear(states, this.#context.clock.now());
    this.presenceChanged();
    this.#context.onPresence(this.documentId);
  }

  /** Tells other instances who is present here. */
  tellPresenceElsewhere(clientIds?: readonly number[]): void {
    if (!this.sharing) return;
    const states = this.presence.here(clientIds);
    for (let i = 0; i < states.length; i += statesAtOnce) this.sharing.tell(states.slice(i, i + statesAtOnce));
  }

  /**
   * Answers step 1: once, after the load, with what the client lacks; then asks the client for what the server lacks.
   * What becomes durable meanwhile is held back until the answer is sent.
   */
  async join(connection: Connection, stateVector: Uint8Array): Promise<void> {
    const isFirst = !this.relay.has(connection);
    if (isFirst) this.relay.join(connection);
    const clocks = readStateVector(stateVector);
    if (clocks.size === 0) await this.#sendEverything(connection);
    else if (this.isSettled && this.knowledge.coveredBy(clocks)) {
      connection.sendState(step2Frame(encodeUpdate(null, this.knowledge.deleted.flat())));
    } else connection.sendState(step2Frame(await this.stored.missing(stateVector)));
    if (!isFirst) return;
    connection.send(step1Frame(this.stateVector()));
    this.relay.release(connection);
    this.tellPresence(connection);
  }

  /** Many who join at once are sent the same bytes, not copies. Step 2 comes last, as it says that all is there. */
  async #sendEverything(connection: Connection): Promise<void> {
    const everything = await this.stored.everything();
    if (this.#lastState?.of !== everything) {
      const { base, rest } = everything;
      this.#lastState = { of: everything, frames: [...(base ? [updateFrame(base)] : []), step2Frame(rest)] };
    }
    for (const frame of this.#lastState.frames) connection.sendState(frame);
  }

  tellPresence(connection: Connection): void {
    this.#tellOf(this.presence.everybody(), connection);
  }

  #tellOf(clientIds: number[], connection: Connection): void {
    const others = clientIds.filter((clientId) => clientId !== connection.presenceId);
    if (others.length > 0) connection.sendPresence(awarenessFrame(this.presence.encode(others)));
  }

  /** Sends presence that changed, a moment later and together. */
  presenceChanged(): void {
    if (this.#presenceTimer || this.#closed || !this.presence.dirty) return;
    this.#presenceTimer = setTimeout(() => {
      this.#presenceTimer = null;
      const changed = this.presence.takeChanges(this.#context.clock.now());
      this.#sendPresence(changed);
      this.tellPresenceElsewhere(changed);
      this.presenceChanged();
    }, this.#context.limits.presenceTickMs);
  }

  /** One frame for all but those who missed some, and those who must not hear of themselves. */
  #sendPresence(changed: number[]): void {
    if (changed.length === 0) return;
    const frame = awarenessFrame(this.presence.encode(changed));
    this.relay.sendPresence(frame, (connection) => {
      if (connection.missedPresence) this.tellPresence(connection);
      else if (this.presence.isAhead(connection)) this.#tellOf(changed, connection);
      else return false;
      return true;
    });
  }

  enter(connection: Connection): void {
    this.connections.add(connection);
  }

  leave(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.relay.leave(connection);
    this.idleSince = this.#context.clock.now();
    this.presence.leave(connection, this.idleSince);
    this.presenceChanged();
    this.#context.onPresence(this.documentId);
  }

  /** Runs edits of the server one after the other. */
  inTurn<T>(edit: () => Promise<T>): Promise<T> {
    const turn = this.#serverEdits.then(edit, edit);
    this.#serverEdits = turn.catch(() => undefined);
    return turn;
  }

  /** Closes all sockets and gives the room up; what was not durable was never acknowledged. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed();
    if (this.#presenceTimer) clearTimeout(this.#presenceTimer);
    this.relay.stop();
    for (const connection of [...this.connections]) connection.close(code, reason);
    this.tellPresenceElsewhere(this.presence.takeChanges(this.#context.clock.now()));
    this.sharing?.stop();
    const lost = this.#pending.abandon();
    this.#release(lost);
    this.#lose(lost);
  }
}

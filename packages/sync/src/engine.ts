import * as Y from 'yjs';
import { admit } from './admission.ts';
import { Claims } from './claims.ts';
import { Committer, withTimeout } from './committer.ts';
import { Connection, type ConnectOptions, type Newcomer } from './connection.ts';
import type { Context } from './context.ts';
import type { Editor } from './edits.ts';
import type { EngineSocket } from './engine-socket.ts';
import { scanUpdate } from './gate/scan.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { noMeter } from './meter.ts';
import { Pacer } from './pacer.ts';
import type { Clock, InvalidationMatch, Log, RefusedEdit } from './ports.ts';
import { closeCode } from './protocol.ts';
import { Room } from './room.ts';
import { turnAway } from './socket.ts';
import { EditRefused, type Present, type SyncEngine, type SyncEngineOptions, type SyncStats } from './sync-engine.ts';
import { createWorkerPool, type WorkerPool } from './workers/pool.ts';

/** While the bus works, one look in so many is into the store. */
const looksBetween = 15;

const silent: Log = { warn: () => {}, error: () => {} };

/** Creates the engine: rooms over a store, for sockets that the application has authenticated. See SPEC.md. */
export function createSyncEngine(options: SyncEngineOptions): SyncEngine {
  const limits = { ...defaultLimits, ...options.limits };
  const log = options.log ?? silent;
  // Monotonic: that somebody sets the time must neither end anybody's presence nor keep it.
  const clock = options.clock ?? { now: () => performance.now() };
  const workers = createWorkerPool(new URL('./workers/document-worker.ts', import.meta.url), { size: 1 });
  return new Engine(options, limits, log, clock, workers);
}

class Engine implements SyncEngine {
  readonly #options: SyncEngineOptions;
  readonly #context: Context;
  readonly #rooms = new Map<string, Room>();
  readonly #connections = new Set<Connection>();
  readonly #durableListeners = new Set<(documentId: string, commit: { seq: number; personIds: string[] }) => void>();
  readonly #presenceListeners = new Set<(documentId: string) => void>();
  readonly #wheel: NodeJS.Timeout;
  readonly #look: NodeJS.Timeout | null;
  #looks = 0;
  readonly #unsubscribe: (() => void) | undefined;
  #lastPing: number;
  readonly #forget = (connection: Connection): void => void this.#connections.delete(connection);
  #refused = 0;
  #draining = false;

  constructor(options: SyncEngineOptions, limits: Limits, log: Log, clock: Clock, workers: WorkerPool) {
    const { store, meter = noMeter } = options;
    const pacer = new Pacer(clock);
    this.#options = options;
    this.#context = {
      store,
      bus: options.bus ?? null,
      limits,
      clock,
      log,
      workers,
      committer: new Committer(store, limits, log, meter, pacer),
      claims: new Claims(store, limits, log, meter),
      meter,
      onRefused: (edit) => this.#onRefused(edit),
      onDurable: (documentId, commit) => this.#tell(this.#durableListeners, (hear) => hear(documentId, commit)),
      onPresence: (documentId) => this.#tell(this.#presenceListeners, (hear) => hear(documentId)),
    };
    this.#lastPing = clock.now();
    this.#wheel = setInterval(() => this.#turn(), Math.min(5_000, limits.keepaliveMs / 3, limits.roomIdleMs));
    this.#wheel.unref();
    this.#look = options.bus ? setInterval(() => this.#lookAround(), limits.lookMs) : null;
    this.#look?.unref();
    this.#unsubscribe = options.bus?.onReturn(() => {
      for (const room of this.#rooms.values()) room.sharing?.meetAgain();
    });
  }

  /** While the others cannot be heard the store is asked; else now and then, because news may be lost unnoticed. */
  #lookAround(): void {
    this.#looks += 1;
    const look = this.#context.bus?.isReady() === false || this.#looks % looksBetween === 0;
    for (const { sharing } of this.#rooms.values()) {
      if (look) sharing?.look();
      else sharing?.announce();
    }
  }

  /** A listener that throws must not keep text from being relayed. */
  #tell<Listener>(listeners: ReadonlySet<Listener>, call: (listener: Listener) => void): void {
    for (const listener of listeners) {
      try {
        call(listener);
      } catch (error) {
        this.#context.log.error({ error: String(error) }, 'a listener failed');
      }
    }
  }

  #onRefused(edit: RefusedEdit): void {
    this.#refused += 1;
    this.#context.log.warn({ ...edit }, 'edit refused');
    this.#options.onRefused?.(edit);
  }

  #room(documentId: string): Room {
    const present = this.#rooms.get(documentId);
    if (present) {
      present.idleSince = this.#context.clock.now();
      return present;
    }
    const room: Room = new Room(documentId, this.#context, () => {
      if (this.#rooms.get(documentId) === room) this.#rooms.delete(documentId);
    });
    this.#rooms.set(documentId, room);
    return room;
  }

  connect(ws: EngineSocket, options: ConnectOptions): void {
    const refused = this.refusal(options);
    if (refused) {
      turnAway(ws, refused.code, refused.reason);
      return;
    }
    const room = this.#room(options.documentId);
    const connection = new Connection(ws, room, this.#context, options, this.#forget);
    room.enter(connection);
    this.#connections.add(connection);
    this.#context.onPresence(options.documentId);
  }

  refusal(options: Newcomer): { code: number; reason: string } | null {
    const refused = this.#whyNot(options);
    if (refused) this.#context.meter.closed(refused.code);
    return refused;
  }

  #whyNot({ documentId, grant, schema }: Newcomer): { code: number; reason: string } | null {
    const { socketsPerDocument, socketsPerPerson } = this.#context.limits;
    if (this.#draining) return { code: closeCode.restarting, reason: 'restarting' };
    if (schema !== undefined && this.#options.schema !== undefined && schema < this.#options.schema) {
      return { code: closeCode.clientTooOld, reason: 'client too old' };
    }
    if ((this.#rooms.get(documentId)?.connections.size ?? 0) >= socketsPerDocument) {
      return { code: closeCode.full, reason: 'document full' };
    }
    let own = 0;
    for (const { personId } of this.#connections) if (personId === grant.personId) own += 1;
    return own >= socketsPerPerson ? { code: closeCode.full, reason: 'too many connections' } : null;
  }

  async applyServerUpdate(
    documentId: string,
    edit: (state: Uint8Array) => Uint8Array | Promise<Uint8Array>,
    author: { personId: string },
  ): Promise<void> {
    const room = this.#room(documentId);
    await room.ready();
    return room.inTurn(async () => {
      await room.catchUp();
      const update = await edit(await room.acceptedState());
      await this.#admitAndWait(room, update, author.personId);
    });
  }

  #admitAndWait(room: Room, update: Uint8Array, personId: string): Promise<void> {
    const editor: Editor = { personId, clientIds: null, mayWrite: () => true, isGone: () => false };
    return new Promise((resolve, reject) => {
      const lost = () => reject(new EditRefused('the document changed elsewhere'));
      const outcome = admit(
        room,
        this.#context,
        { editor, update, scan: scanUpdate(update), at: performance.now() },
        resolve,
        lost,
      );
      Promise.resolve(outcome).then((result) => {
        if (result.outcome === 'taken') return;
        reject(new EditRefused('reason' in result ? result.reason : result.outcome));
      }, reject);
    });
  }

  async readState(documentId: string): Promise<{ update: Uint8Array; stateVector: Uint8Array; seq: number }> {
    const room = this.#room(documentId);
    await room.ready();
    await room.catchUp();
    const { state, seq } = await room.stored.current();
    return { update: state, stateVector: Y.encodeStateVectorFromUpdate(state), seq };
  }

  async invalidate(match: InvalidationMatch): Promise<void> {
    const concerned = [...this.#connections].filter((connection) => matches(connection, match));
    await Promise.all(concerned.map((connection) => connection.recheck()));
  }

  async review(match: InvalidationMatch): Promise<void> {
    const concerned = [...this.#connections].filter((connection) => matches(connection, match));
    await Promise.all(concerned.map((connection) => connection.review()));
  }

  sessions(): ReadonlyMap<string, string> {
    const sessions = new Map<string, string>();
    for (const { sessionId, personId } of this.#connections)
      if (sessionId !== undefined) sessions.set(sessionId, personId);
    return sessions;
  }

  presence(documentId?: string): Present[] {
    const rooms = documentId === undefined ? this.#rooms.values() : [this.#rooms.get(documentId)];
    const present: Present[] = [];
    for (const room of rooms) {
      const here = [...(room?.connections ?? [])].map(({ grant }) => grant);
      const people = new Map([...(room?.presence.elsewhere() ?? []), ...here].map((grant) => [grant.personId, grant]));
      for (const { personId, name, color } of people.values()) {
        present.push({ documentId: room?.documentId ?? '', personId, name, color });
      }
    }
    return present;
  }

  onDurable(listener: (documentId: string, commit: { seq: number; personIds: string[] }) => void): () => void {
    this.#durableListeners.add(listener);
    return () => this.#durableListeners.delete(listener);
  }

  onPresence(listener: (documentId: string) => void): () => void {
    this.#presenceListeners.add(listener);
    return () => this.#presenceListeners.delete(listener);
  }

  stats(): SyncStats {
    const { committer } = this.#context;
    return {
      rooms: this.#rooms.size,
      connections: this.#connections.size,
      backlogBytes: committer.backlog,
      commits: committer.commits,
      failedCommits: committer.failures,
      refusedEdits: this.#refused,
    };
  }

  /** Everything that happens now and then, for all rooms and sockets, from one timer. */
  #turn(): void {
    const now = this.#context.clock.now();
    const pingNow = now - this.#lastPing >= this.#context.limits.keepaliveMs;
    if (pingNow) this.#lastPing = now;
    for (const connection of this.#connections) {
      connection.keepAlive(now);
      if (pingNow) connection.ping();
    }
    for (const room of this.#rooms.values()) {
      room.presence.expire(now);
      room.presenceChanged();
      if (this.#isIdle(room, now)) void this.#unload(room);
      else if (isAtRest(room) && room.stored.wantsCompactionAtRest) void room.stored.compact();
    }
  }

  #isIdle(room: Room, now: number): boolean {
    return isAtRest(room) && now - room.idleSince >= this.#context.limits.roomIdleMs;
  }

  async #unload(room: Room): Promise<void> {
    await room.stored.compact();
    if (this.#isIdle(room, this.#context.clock.now())) room.close(closeCode.restarting, 'idle');
  }

  async drain(): Promise<number> {
    this.#draining = true;
    const { committer, limits, log } = this.#context;
    const end = performance.now() + limits.drainMs;
    do {
      await withTimeout(committer.idle(), Math.max(0, end - performance.now())).catch(() => undefined);
      // The last acknowledgements go out; people type meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    } while (committer.backlog > 0 && performance.now() < end);
    const givenUp = committer.backlog;
    if (givenUp > 0) log.warn({ backlogBytes: givenUp }, 'stopping with text that is not saved');
    for (const room of [...this.#rooms.values()]) room.close(closeCode.restarting, 'restarting');
    return givenUp;
  }

  async stop(): Promise<void> {
    this.#draining = true;
    clearInterval(this.#wheel);
    if (this.#look) clearInterval(this.#look);
    this.#unsubscribe?.();
    this.#context.committer.stop();
    this.#context.claims.stop();
    for (const room of [...this.#rooms.values()]) room.close(closeCode.restarting, 'restarting');
    await this.#context.workers.stop();
  }
}

function matches({ documentId, personId, sessionId, grant }: Connection, match: InvalidationMatch): boolean {
  return (
    (match.documentId === undefined || match.documentId === documentId) &&
    (match.personId === undefined || match.personId === personId) &&
    (match.sessionId === undefined || match.sessionId === sessionId) &&
    (match.workspaceId === undefined || match.workspaceId === grant.workspaceId)
  );
}

/** Everybody has left, and what they wrote is durable. */
const isAtRest = (room: Room): boolean => room.connections.size === 0 && room.isLoaded && room.isSettled;

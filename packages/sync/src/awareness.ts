import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { ByteReader, Malformed } from './gate/reader.ts';
import type { Limits } from './limits.ts';
import type { Grant, RemoteState } from './ports.ts';
import { TokenBucket } from './token-bucket.ts';

/** A socket as presence sees it. */
export type PresenceHolder = {
  readonly grant: Grant;
  /** The clientID under which this socket is present; one at a time. */
  presenceId: number | null;
  /** Whether this socket was told of others: until then, what it says cannot be an echo. */
  heardPresence: boolean;
  readonly presenceRate: TokenBucket;
  /** clientIDs that this socket has used, for presence or for text. */
  readonly clientIds: Set<number>;
};

/** `clock` is the client's own; `sent` is what others were told, which is higher when the server changed the state. */
type Entry = {
  clock: number;
  sent: number;
  state: string;
  holder: PresenceHolder;
  renewedAt: number;
  /** The socket is on another instance. */
  elsewhere: boolean;
};
type Departed = { sent: number; grant: Grant; at: number; elsewhere: boolean };
type Received = { clientId: number; clock: number; text: Uint8Array };

const departedMemoryMs = 60_000;
const highestClock = 2 ** 32;
const nullState = 'null';

/**
 * Who is in a room: one state per socket, under the identity that the server knows, kept as encoded text.
 * Speaks y-protocols' awareness format without its objects.
 */
export class Presence {
  readonly #limits: Limits;
  readonly #owner: (clientId: number) => string | undefined;
  readonly #entries = new Map<number, Entry>();
  readonly #departed = new Map<number, Departed>();
  readonly #changed = new Set<number>();
  readonly #deferred = new Map<PresenceHolder, Received>();

  /** @param owner whose clientID this is, as far as the document's text tells */
  constructor(limits: Limits, owner: (clientId: number) => string | undefined) {
    this.#limits = limits;
    this.#owner = owner;
  }

  /** The person to whom presence has tied a clientID, so that nobody else can take it before its first edit. */
  personOf(clientId: number): string | undefined {
    return this.#entries.get(clientId)?.holder.grant.personId ?? this.#departed.get(clientId)?.grant.personId;
  }

  /** Whether there is something to send or to try again. */
  get dirty(): boolean {
    return this.#changed.size > 0 || this.#deferred.size > 0;
  }

  /**
   * Takes in an awareness message. States of clientIDs that are not this socket's are ignored: the stock client
   * repeats what it heard of others.
   * @throws {Malformed}
   */
  receive(holder: PresenceHolder, payload: Uint8Array, now: number): void {
    const reader = new ByteReader(payload);
    for (let left = reader.count(3); left > 0; left--) {
      const clientId = reader.varUint();
      const clock = reader.varUint();
      const length = reader.varUint();
      // Most of what comes in a busy room is what everybody repeats of everybody: it is passed over without a look.
      const isOwn = clock <= highestClock && this.#belongs(holder, clientId, clock);
      if (isOwn && length <= this.#limits.presenceStateBytes)
        this.#takeOrDefer(holder, { clientId, clock, text: reader.view(length) }, now);
      else reader.skip(length);
    }
    if (reader.left > 0) throw new Malformed('carries more than it claims');
  }

  #belongs(holder: PresenceHolder, clientId: number, clock: number): boolean {
    if (holder.presenceId !== null) return holder.presenceId === clientId;
    const { personId } = holder.grant;
    const owner = this.#owner(clientId) ?? this.personOf(clientId);
    if (owner !== undefined && owner !== personId) return false;
    const last = this.#lastSent(clientId);
    const isEcho = holder.heardPresence && clock <= last;
    const { clientIds } = holder;
    return !isEcho && (clientIds.has(clientId) || clientIds.size < this.#limits.clientIdsPerConnection);
  }

  #takeOrDefer(holder: PresenceHolder, received: Received, now: number): void {
    const last = this.#entries.get(received.clientId);
    if (last && last.holder === holder && received.clock < last.clock) return;
    if (holder.presenceRate.take(1, now)) this.#take(holder, received, now);
    else this.#deferred.set(holder, received);
  }

  #take(holder: PresenceHolder, { clientId, clock, text }: Received, now: number): void {
    this.#deferred.delete(holder);
    const state = stamp(text, holder.grant);
    if (state === null) return;
    if (state === nullState) {
      if (holder.presenceId === clientId) this.#remove(clientId, now);
      return;
    }
    const previous = this.#entries.get(clientId);
    if (previous && previous.holder !== holder) previous.holder.presenceId = null;
    const sent = Math.max(clock, this.#lastSent(clientId) + 1);
    holder.presenceId = clientId;
    holder.clientIds.add(clientId);
    this.#departed.delete(clientId);
    this.#entries.set(clientId, { clock, sent, state, holder, renewedAt: now, elsewhere: false });
    this.#changed.add(clientId);
  }

  /** The highest clock at which others heard of a clientID, -1 if never. */
  #lastSent(clientId: number): number {
    return this.#entries.get(clientId)?.sent ?? this.#departed.get(clientId)?.sent ?? -1;
  }

  #remove(clientId: number, now: number): void {
    const entry = this.#entries.get(clientId);
    if (!entry) return;
    entry.holder.presenceId = null;
    this.#entries.delete(clientId);
    // Peers take a null state at the clock that they know.
    const { sent, holder, elsewhere } = entry;
    this.#departed.set(clientId, { sent, grant: holder.grant, at: now, elsewhere });
    this.#changed.add(clientId);
  }

  /** Who is present through sockets of this instance: of these clientIDs, or everybody; gone ones as null. */
  here(clientIds: readonly number[] = [...this.#entries.keys()]): RemoteState[] {
    const states: RemoteState[] = [];
    for (const clientId of clientIds) {
      const entry = this.#entries.get(clientId);
      const known = entry ?? this.#departed.get(clientId);
      if (!known || known.elsewhere) continue;
      const { personId, name, color } = 'holder' in known ? known.holder.grant : known.grant;
      states.push({ clientId, clock: known.sent, state: entry?.state ?? nullState, personId, name, color });
    }
    return states;
  }

  /** Takes in what another instance tells of its sockets. */
  hear(states: readonly RemoteState[], now: number): void {
    for (const told of states) {
      const owner = this.#owner(told.clientId) ?? this.personOf(told.clientId);
      if (owner === undefined || owner === told.personId) this.#hearOne(told, now);
    }
  }

  #hearOne({ clientId, clock, state, personId, name, color }: RemoteState, now: number): void {
    const entry = this.#entries.get(clientId);
    if (state === nullState) {
      if (entry?.elsewhere && clock >= entry.sent) this.#remove(clientId, now);
      return;
    }
    // The same again: it is still there.
    if (entry?.elsewhere && clock === entry.sent) entry.renewedAt = now;
    if (clock <= this.#lastSent(clientId)) return;
    if (entry) entry.holder.presenceId = null;
    const holder = elsewhereHolder({ personId, name, color, mode: 'read' }, clientId, now);
    this.#departed.delete(clientId);
    this.#entries.set(clientId, { clock, sent: clock, state, holder, renewedAt: now, elsewhere: true });
    this.#changed.add(clientId);
  }

  /** The people present on other instances. */
  elsewhere(): Grant[] {
    return [...this.#entries.values()].filter((entry) => entry.elsewhere).map(({ holder }) => holder.grant);
  }

  /** The socket is gone, and its state with it. */
  leave(holder: PresenceHolder, now: number): void {
    this.#deferred.delete(holder);
    if (holder.presenceId !== null) this.#remove(holder.presenceId, now);
  }

  /** The socket's identity changed: what others see is stamped anew. */
  restamp(holder: PresenceHolder): void {
    const entry = holder.presenceId === null ? undefined : this.#entries.get(holder.presenceId);
    if (!entry || holder.presenceId === null) return;
    entry.state = stamp(new TextEncoder().encode(entry.state), holder.grant) ?? entry.state;
    entry.sent += 1;
    this.#changed.add(holder.presenceId);
  }

  /** Removes states that were not renewed. */
  expire(now: number): void {
    for (const [clientId, { renewedAt }] of this.#entries) {
      if (now - renewedAt > this.#limits.presenceMaxAgeMs) this.#remove(clientId, now);
    }
    for (const [clientId, { at }] of this.#departed) {
      if (now - at > departedMemoryMs && !this.#changed.has(clientId)) this.#departed.delete(clientId);
    }
  }

  /** The clientIDs whose states changed since the last call. */
  takeChanges(now: number): number[] {
    for (const [holder, received] of this.#deferred) {
      if (holder.presenceRate.take(1, now)) this.#take(holder, received, now);
    }
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Everybody present, and who left a short time ago, for a socket that may have missed it. */
  everybody(): number[] {
    return [...this.#entries.keys(), ...this.#departed.keys()];
  }

  /**
   * Whether this socket must not be told of itself: it would take a higher clock than its own for a later state.
   */
  isAhead(holder: PresenceHolder): boolean {
    const entry = holder.presenceId === null ? undefined : this.#entries.get(holder.presenceId);
    return entry !== undefined && entry.sent > entry.clock;
  }

  /** The states of clientIDs, gone ones as null. */
  encode(clientIds: readonly number[]): Uint8Array {
    const encoder = createEncoder();
    writeVarUint(encoder, clientIds.length);
    for (const clientId of clientIds) {
      writeVarUint(encoder, clientId);
      writeVarUint(encoder, Math.max(0, this.#lastSent(clientId)));
      writeVarString(encoder, this.#entries.get(clientId)?.state ?? nullState);
    }
    return toUint8Array(encoder);
  }
}

const elsewhereHolder = (grant: Grant, clientId: number, now: number): PresenceHolder => ({
  grant,
  presenceId: clientId,
  heardPresence: false,
  presenceRate: new TokenBucket(0, 0, now),
  clientIds: new Set(),
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A state under the identity of its socket; null when it is no object (and not null, which means "gone"). */
function stamp(text: Uint8Array, grant: Grant): string | null {
  let state: unknown;
  try {
    state = JSON.parse(utf8.decode(text));
  } catch {
    return null; // unreadable presence is dropped like presence that is too frequent
  }
  if (state === null) return nullState;
  if (typeof state !== 'object' || Array.isArray(state)) return null;
  return JSON.stringify({ ...state, user: { id: grant.personId, name: grant.name, color: grant.color } });
}

import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { ByteReader, Malformed } from './gate/reader.ts';
import type { Limits } from './limits.ts';
import type { Grant } from './ports.ts';
import type { TokenBucket } from './token-bucket.ts';

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

type Entry = { clock: number; state: string; holder: PresenceHolder; renewedAt: number };
type Departed = { clock: number; personId: string; at: number };
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
    return this.#entries.get(clientId)?.holder.grant.personId ?? this.#departed.get(clientId)?.personId;
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
      const received = { clientId: reader.varUint(), clock: reader.varUint(), text: reader.varBytes() };
      if (received.text.length > this.#limits.presenceStateBytes || received.clock > highestClock) continue;
      if (this.#belongs(holder, received)) this.#takeOrDefer(holder, received, now);
    }
    if (reader.left > 0) throw new Malformed('carries more than it claims');
  }

  #belongs(holder: PresenceHolder, { clientId, clock }: Received): boolean {
    if (holder.presenceId !== null) return holder.presenceId === clientId;
    const { personId } = holder.grant;
    const owner = this.#owner(clientId) ?? this.personOf(clientId);
    if (owner !== undefined && owner !== personId) return false;
    const last = this.#entries.get(clientId)?.clock ?? this.#departed.get(clientId)?.clock;
    const isEcho = last !== undefined && holder.heardPresence && clock <= last;
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
      if (holder.presenceId === clientId) this.#remove(clientId, clock, now);
      return;
    }
    const previous = this.#entries.get(clientId);
    if (previous && previous.holder !== holder) previous.holder.presenceId = null;
    holder.presenceId = clientId;
    holder.clientIds.add(clientId);
    this.#departed.delete(clientId);
    this.#entries.set(clientId, { clock, state, holder, renewedAt: now });
    this.#changed.add(clientId);
  }

  #remove(clientId: number, clock: number, now: number): void {
    const entry = this.#entries.get(clientId);
    if (!entry) return;
    entry.holder.presenceId = null;
    this.#entries.delete(clientId);
    // Peers take a null state at the clock they know; a higher one would hide the client when it comes back.
    this.#departed.set(clientId, {
      clock: Math.max(clock, entry.clock),
      personId: entry.holder.grant.personId,
      at: now,
    });
    this.#changed.add(clientId);
  }

  /** The socket is gone, and its state with it. */
  leave(holder: PresenceHolder, now: number): void {
    this.#deferred.delete(holder);
    if (holder.presenceId !== null) this.#remove(holder.presenceId, 0, now);
  }

  /** The socket's identity changed: what others see is stamped anew. */
  restamp(holder: PresenceHolder): void {
    const entry = holder.presenceId === null ? undefined : this.#entries.get(holder.presenceId);
    if (!entry || holder.presenceId === null) return;
    entry.state = stamp(new TextEncoder().encode(entry.state), holder.grant) ?? entry.state;
    this.#changed.add(holder.presenceId);
  }

  /** Removes states that were not renewed. */
  expire(now: number): void {
    for (const [clientId, { renewedAt, clock }] of this.#entries) {
      if (now - renewedAt > this.#limits.presenceMaxAgeMs) this.#remove(clientId, clock, now);
    }
    for (const [clientId, { at }] of this.#departed) {
      if (now - at > departedMemoryMs && !this.#changed.has(clientId)) this.#departed.delete(clientId);
    }
  }

  /** What changed since the last call, encoded for all; null when nothing did. */
  takeChanges(now: number): Uint8Array | null {
    for (const [holder, received] of this.#deferred) {
      if (holder.presenceRate.take(1, now)) this.#take(holder, received, now);
    }
    if (this.#changed.size === 0) return null;
    const states = this.#encode(this.#changed);
    this.#changed.clear();
    return states;
  }

  /** Everybody present, and who left a short time ago, for a socket that may have missed it; null when nobody. */
  all(): Uint8Array | null {
    const clientIds = [...this.#entries.keys(), ...this.#departed.keys()];
    return clientIds.length === 0 ? null : this.#encode(clientIds);
  }

  #encode(clientIds: Iterable<number>): Uint8Array {
    const encoder = createEncoder();
    const list = [...clientIds];
    writeVarUint(encoder, list.length);
    for (const clientId of list) {
      const entry = this.#entries.get(clientId);
      writeVarUint(encoder, clientId);
      writeVarUint(encoder, entry?.clock ?? this.#departed.get(clientId)?.clock ?? 0);
      writeVarString(encoder, entry?.state ?? nullState);
    }
    return toUint8Array(encoder);
  }
}

/** A state under the identity of its socket; null when it is no object (and not null, which means "gone"). */
function stamp(text: Uint8Array, grant: Grant): string | null {
  let state: unknown;
  try {
    state = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    return null; // unreadable presence is dropped like presence that is too frequent
  }
  if (state === null) return nullState;
  if (typeof state !== 'object' || Array.isArray(state)) return null;
  return JSON.stringify({ ...state, user: { id: grant.personId, name: grant.name, color: grant.color } });
}

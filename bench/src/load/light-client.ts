import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import type { Room } from './room.ts';
import {
  authFrame,
  awarenessFrame,
  EMPTY_UPDATE,
  joinPresences,
  keystroke,
  MESSAGE,
  presencePayload,
  SYNC,
  step1Frame,
  syncFrame,
} from './wire.ts';

/** A document's content as it came: when, and whether as the answer that ends the first synchronisation. */
export type Arrival = { readonly at: number; readonly payload: Buffer; readonly answer: boolean };

/**
 * A client that speaks what the stock one of its server speaks, without a Y.Doc: it greets, answers, counts what it is
 * sent, and repeats the presence of others where the stock client does (y-websocket's; not Hocuspocus').
 */
export class LightClient {
  readonly room: Room;
  readonly clientId: number;
  /** All content that arrived, where it is kept. */
  readonly arrivals: Arrival[] | null;
  readonly #echoes: boolean;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #seen = new Map<number, number>();
  readonly #known = new Map<number, number>();
  #ws: WebSocket | null = null;
  #synced: (() => void) | null = null;
  #presences = 0;
  #leaving = false;
  openedAt = 0;
  contentBytes = 0;
  lastArrival = 0;
  /** Update messages sent, and those that the server has shown to have taken in. */
  updates = 0;
  taken = 0;

  constructor(room: Room, clientId: number, options: { keeps?: boolean; echoes?: boolean } = {}) {
    this.room = room;
    this.clientId = clientId;
    const { headers } = room.target;
    this.#headers = headers[room.tally.clients % headers.length] ?? {};
    room.tally.clients += 1;
    this.arrivals = options.keeps ? [] : null;
    this.#echoes = (options.echoes ?? true) && room.target.protocol !== 'hocuspocus';
  }

  /** How many edits of a clientID arrived. */
  seen(clientId: number): number {
    return this.#seen.get(clientId) ?? 0;
  }

  get buffered(): number {
    return this.#ws?.bufferedAmount ?? 0;
  }

  /** Connects; resolves when the server has answered with the document. */
  async open(): Promise<void> {
    this.openedAt = performance.now();
    const ws = new WebSocket(this.room.url, {
      headers: this.#headers,
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    this.#ws = ws;
    const synced = new Promise<void>((resolve, reject) => {
      this.#synced = resolve;
      ws.on('close', (code, reason) => reject(new Error(`closed with ${code} ${reason.toString()}`)));
      ws.on('error', reject);
    });
    ws.on('close', (code, reason) => {
      if (!this.#leaving) this.room.tally.close(`${code} ${reason.toString()}`);
    });
    ws.on('message', (data: Buffer) => this.#receive(data));
    ws.on('open', () => {
      const { prefix, target } = this.room;
      this.#send(target.protocol === 'hocuspocus' ? authFrame(prefix) : step1Frame(prefix));
    });
    await synced;
    this.#synced = null;
  }

  async close(): Promise<void> {
    const ws = this.#ws;
    if (!ws || ws.readyState === WebSocket.CLOSED) return;
    this.#leaving = true;
    const closed = once(ws, 'close');
    ws.terminate();
    await closed;
  }

  /** Types one character. */
  type(): void {
    const times = this.room.sentAt.get(this.clientId) ?? [];
    this.room.sentAt.set(this.clientId, times);
    const now = performance.now();
    this.sendUpdate(keystroke(this.clientId, times.length));
    times.push(now);
    if (this.room.tally.counts(now)) this.room.tally.sent += 1;
  }

  sendUpdate(update: Uint8Array): void {
    this.updates += 1;
    this.#send(syncFrame(this.room.prefix, SYNC.update, update));
  }

  /** Says where it is. */
  present(): void {
    const times = this.room.presentAt.get(this.clientId) ?? [];
    this.room.presentAt.set(this.clientId, times);
    const clock = (this.#known.get(this.clientId) ?? -1) + 1;
    this.#known.set(this.clientId, clock);
    const now = performance.now();
    this.#send(awarenessFrame(this.room.prefix, presencePayload(this.clientId, clock, this.#presences)));
    this.#presences += 1;
    times.push(now);
    if (this.room.tally.counts(now)) this.room.tally.sent += 1;
  }

  #send(frame: Uint8Array): void {
    if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(frame);
  }

  #receive(data: Buffer): void {
    const { tally, prefix, target } = this.room;
    tally.frames += 1;
    tally.bytes += data.length;
    const decoder = decoding.createDecoder(data);
    decoder.pos = prefix.length;
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.sync) this.#sync(decoder, data);
    else if (type === MESSAGE.awareness) this.#awareness(rest(decoder, data));
    else if (type === MESSAGE.auth && target.protocol === 'hocuspocus') this.#send(step1Frame(prefix));
    else if (type === MESSAGE.syncStatus) this.taken += 1;
    else if (type === MESSAGE.savedOrSyncReply) {
      if (target.protocol === 'concert') this.#saved(decoding.readVarUint(decoder));
      else this.#sync(decoder, data);
    }
  }

  #sync(decoder: decoding.Decoder, data: Buffer): void {
    const subtype = decoding.readVarUint(decoder);
    if (subtype === SYNC.step1) {
      this.#send(syncFrame(this.room.prefix, SYNC.step2, EMPTY_UPDATE));
      return;
    }
    const payload = rest(decoder, data);
    const now = performance.now();
    this.contentBytes += payload.length;
    this.lastArrival = now;
    const answer = subtype === SYNC.step2;
    if (answer) {
      this.arrivals?.push({ at: now, payload: Buffer.from(payload), answer });
      this.#synced?.();
      return;
    }
    if (this.room.target.protocol === 'y-websocket') this.taken += 1;
    const { bytes, value } = this.room.readUpdate(payload);
    this.arrivals?.push({ at: now, payload: bytes, answer });
    for (const range of value) this.#count(range.clientId, range.from, range.to, now);
  }

  #count(clientId: number, from: number, to: number, now: number): void {
    const start = Math.max(from, this.seen(clientId));
    if (start >= to) return;
    this.#seen.set(clientId, to);
    if (clientId === this.clientId) return;
    const times = this.room.sentAt.get(clientId);
    if (!times) return;
    const { tally } = this.room;
    for (let clock = start; clock < to; clock += 1) {
      const at = times[clock] ?? Number.NaN;
      if (!tally.counts(at)) continue;
      tally.delivered += 1;
      tally.latency.add(now - at);
    }
  }

  #saved(durable: number): void {
    const now = performance.now();
    const times = this.room.sentAt.get(this.clientId);
    if (times)
      for (let index = this.taken; index < durable; index += 1) {
        const at = times[index] ?? Number.NaN;
        if (this.room.tally.counts(at)) this.room.tally.acknowledgement.add(now - at);
      }
    this.taken = durable;
  }

  #awareness(payload: Buffer): void {
    const now = performance.now();
    const { value, bytes } = this.room.readPresences(payload);
    const news = value.filter((entry) => {
      if ((this.#known.get(entry.clientId) ?? -1) >= entry.clock) return false;
      this.#known.set(entry.clientId, entry.clock);
      return true;
    });
    const { tally } = this.room;
    for (const { clientId, number } of news) {
      const at = clientId === this.clientId ? Number.NaN : (this.room.presentAt.get(clientId)?.[number] ?? Number.NaN);
      if (!tally.counts(at)) continue;
      tally.delivered += 1;
      tally.presence.add(now - at);
    }
    if (!this.#echoes || news.length === 0) return;
    const states = news.length === value.length ? bytes : joinPresences(news);
    this.#send(awarenessFrame(this.room.prefix, states));
  }
}

/** The length-prefixed bytes that end a message, without copying them. */
function rest(decoder: decoding.Decoder, data: Buffer): Buffer {
  const length = decoding.readVarUint(decoder);
  return data.subarray(decoder.pos, decoder.pos + length);
}

import { once } from 'node:events';
import { createEncoder, toUint8Array, writeUint8, writeUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { WebSocket } from 'ws';
import { ByteReader } from '../src/gate/reader.ts';
import { awarenessFrame, step1Frame, step2Frame, updateFrame } from '../src/protocol.ts';
import { type TestServer, until } from './harness.ts';

/** A client that sends what it is told to, honest or not. */
export class RawClient {
  readonly ws: WebSocket;
  readonly frames: Uint8Array[] = [];
  closeCode: number | null = null;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data: Buffer) => this.frames.push(new Uint8Array(data)));
    ws.on('close', (code) => {
      this.closeCode = code;
    });
    ws.on('error', () => {});
  }

  /** Connects and, unless told otherwise, joins as the stock client does: step 1, then an empty step 2. */
  static async open(
    server: TestServer,
    documentId: string,
    person: string,
    options: { mode?: 'read'; join?: boolean; schema?: number } = {},
  ): Promise<RawClient> {
    const mode = options.mode ?? 'write';
    const ws = new WebSocket(
      `${server.url}/${documentId}?person=${person}&mode=${mode}&saved=1${options.schema ? `&schema=${options.schema}` : ''}`,
    );
    const client = new RawClient(ws);
    await once(ws, 'open');
    if (options.join === false) return client;
    client.step1();
    await until(() => client.framesOf(0).length >= 2, 'step 2 and step 1');
    client.step2(new Uint8Array([0, 0]));
    return client;
  }

  send(frame: Uint8Array): void {
    this.ws.send(frame);
  }

  step1(stateVector: Uint8Array = new Uint8Array([0])): void {
    this.send(step1Frame(stateVector));
  }

  step2(update: Uint8Array): void {
    this.send(step2Frame(update));
  }

  update(update: Uint8Array): void {
    this.send(updateFrame(update));
  }

  awareness(states: { clientId: number; clock: number; state: unknown }[]): void {
    const encoder = createEncoder();
    writeVarUint(encoder, states.length);
    for (const { clientId, clock, state } of states) {
      writeVarUint(encoder, clientId);
      writeVarUint(encoder, clock);
      writeVarString(encoder, JSON.stringify(state));
    }
    this.send(awarenessFrame(toUint8Array(encoder)));
  }

  framesOf(type: number): Uint8Array[] {
    return this.frames.filter((frame) => frame[0] === type);
  }

  /** Presence as this client would hold it after everything it was sent. */
  presence(): Map<number, unknown> {
    const states = new Map<number, unknown>();
    for (const frame of this.framesOf(1)) {
      const reader = new ByteReader(frame);
      reader.varUint();
      const payload = new ByteReader(reader.varBytes());
      for (let left = payload.varUint(); left > 0; left--) {
        const clientId = payload.varUint();
        payload.varUint();
        const state: unknown = JSON.parse(payload.string());
        if (state === null) states.delete(clientId);
        else states.set(clientId, state);
      }
    }
    return states;
  }

  /** The last message 4. */
  saved(): { updates: number; step2s: number } {
    const frame = this.framesOf(4).at(-1);
    if (!frame) return { updates: 0, step2s: 0 };
    const reader = new ByteReader(frame);
    reader.varUint();
    return { updates: reader.varUint(), step2s: reader.varUint() };
  }

  async closed(): Promise<number> {
    await until(() => this.closeCode !== null, 'the socket closes');
    return this.closeCode ?? 0;
  }

  end(): void {
    this.ws.terminate();
  }
}

/** Writes an update by hand: sections of raw structs, then delete ranges. */
export function craft(
  sections: { client: number; clock: number; structs: ((encoder: ReturnType<typeof createEncoder>) => void)[] }[],
  deletes: { client: number; ranges: [number, number][] }[] = [],
): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, sections.length);
  for (const { client, clock, structs } of sections) {
    writeVarUint(encoder, structs.length);
    writeVarUint(encoder, client);
    writeVarUint(encoder, clock);
    for (const write of structs) write(encoder);
  }
  writeVarUint(encoder, deletes.length);
  for (const { client, ranges } of deletes) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, ranges.length);
    for (const [clock, length] of ranges) {
      writeVarUint(encoder, clock);
      writeVarUint(encoder, length);
    }
  }
  return toUint8Array(encoder);
}

type Write = (encoder: ReturnType<typeof createEncoder>) => void;

/** A text item, at the start of the top-level type `body` or after another item. */
export const textItem =
  (text: string, origin?: [number, number]): Write =>
  (encoder) => {
    writeUint8(encoder, origin ? 0x84 : 0x04);
    if (origin) for (const part of origin) writeVarUint(encoder, part);
    else {
      writeVarUint(encoder, 1);
      writeVarString(encoder, 'body');
    }
    writeVarString(encoder, text);
  };

export const gcItem =
  (length: number): Write =>
  (encoder) => {
    writeVarUint(encoder, 0);
    writeVarUint(encoder, length);
  };

export const skipItem =
  (length: number): Write =>
  (encoder) => {
    writeVarUint(encoder, 10);
    writeVarUint(encoder, length);
  };

/** An item with any content bytes, at the start of `body`. */
export const rawItem =
  (tag: number, content: number[]): Write =>
  (encoder) => {
    writeUint8(encoder, tag);
    writeVarUint(encoder, 1);
    writeVarString(encoder, 'body');
    writeUint8Array(encoder, new Uint8Array(content));
  };

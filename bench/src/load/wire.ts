import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Message types that all peers share, and those of one of them alone. */
export const MESSAGE = { sync: 0, awareness: 1, auth: 2, savedOrSyncReply: 4, syncStatus: 8 } as const;
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/** The text that is written into; outside of what the product shows. */
export const TEXT = 'bench';
export const EMPTY_UPDATE = new Uint8Array([0, 0]);
const EMPTY_VECTOR = new Uint8Array([0]);

function build(prefix: Uint8Array, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8Array(encoder, prefix);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** What stands before every message: Hocuspocus names the document, the others nothing. */
export const prefixFor = (name: string | null): Uint8Array =>
  name === null ? new Uint8Array() : build(new Uint8Array(), (encoder) => encoding.writeVarString(encoder, name));

export const syncFrame = (prefix: Uint8Array, subtype: number, payload: Uint8Array): Uint8Array =>
  build(prefix, (encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, subtype);
    encoding.writeVarUint8Array(encoder, payload);
  });

export const step1Frame = (prefix: Uint8Array): Uint8Array => syncFrame(prefix, SYNC.step1, EMPTY_VECTOR);

export const awarenessFrame = (prefix: Uint8Array, states: Uint8Array): Uint8Array =>
  build(prefix, (encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, states);
  });

/** The first message of Hocuspocus' provider: a token, which nobody asks for here, and its version. */
export const authFrame = (prefix: Uint8Array): Uint8Array =>
  build(prefix, (encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.auth);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, '');
    encoding.writeVarString(encoder, '4.7.0');
  });

const STRING_CONTENT = 4;
const HAS_ORIGIN = 0x80;

/** The update of one keystroke: a character after the last one of the same clientID, in update format 1. */
export const keystroke = (clientId: number, clock: number): Uint8Array =>
  build(new Uint8Array(), (encoder) => {
    encoding.writeVarUint(encoder, 1); // one client
    encoding.writeVarUint(encoder, 1); // one struct
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    if (clock === 0) {
      encoding.writeUint8(encoder, STRING_CONTENT);
      encoding.writeVarUint(encoder, 1); // the parent is a top-level type
      encoding.writeVarString(encoder, TEXT);
    } else {
      encoding.writeUint8(encoder, STRING_CONTENT | HAS_ORIGIN);
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, clock - 1);
    }
    encoding.writeVarString(encoder, String.fromCharCode(97 + (clock % 26)));
    encoding.writeVarUint(encoder, 0); // nothing is deleted
  });

export type Range = { readonly clientId: number; readonly from: number; readonly to: number };

/** Which clocks of which clientIDs an update holds. */
export function rangesOf(update: Uint8Array): Range[] {
  const ranges: Range[] = [];
  for (const struct of Y.decodeUpdate(update).structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const last = ranges.at(-1);
    if (last && last.clientId === client && last.to === clock)
      ranges[ranges.length - 1] = { ...last, to: clock + struct.length };
    else ranges.push({ clientId: client, from: clock, to: clock + struct.length });
  }
  return ranges;
}

/** One state of an awareness message; `bytes` is the whole entry as it came. */
export type Presence = {
  readonly clientId: number;
  readonly clock: number;
  /** The running number that the load generator puts into its states; -1 without. */
  readonly number: number;
  readonly bytes: Uint8Array;
};

const numberIn = (state: string): number => Number(/"n":(\d+)/.exec(state)?.[1] ?? -1);

export function presencesOf(payload: Uint8Array): Presence[] {
  const decoder = decoding.createDecoder(payload);
  const found: Presence[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const start = decoder.pos;
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = decoding.readVarString(decoder);
    found.push({ clientId, clock, number: numberIn(state), bytes: payload.subarray(start, decoder.pos) });
  }
  return found;
}

/** An awareness message's payload of entries as they came. */
export const joinPresences = (entries: readonly Presence[]): Uint8Array =>
  build(new Uint8Array(), (encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const { bytes } of entries) encoding.writeUint8Array(encoder, bytes);
  });

/** The payload with which a client says where it is: as much as an editor with a caret sends. */
export const presencePayload = (clientId: number, clock: number, number: number): Uint8Array =>
  build(new Uint8Array(), (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    const at = { type: null, tname: TEXT, item: { client: clientId, clock: number }, assoc: 0 };
    const state = { user: { name: 'Load', color: '#30bced' }, cursor: { anchor: at, head: at }, n: number };
    encoding.writeVarString(encoder, JSON.stringify(state));
  });

import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { FlatDoc } from '../bson/flat.ts';
import type { Doc, Value } from '../bson/types.ts';
import { MAX_MESSAGE } from '../commands/admin.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** How the body of an insert begins: its documents are mostly stored as they came. */
const INSERT = Buffer.from('\x02insert\0', 'latin1');

/** A client's message: a command and what it expects back. */
export type Request = {
  readonly id: number;
  readonly opcode: 'query' | 'msg';
  readonly command: Doc;
  /** The client does not want an answer (w: 0). */
  readonly silent: boolean;
};

/** The client does not keep to the protocol: its socket is closed. */
export class ProtocolError extends Error {}

/** The length of the first message in the buffer, or undefined while its header is incomplete. */
export function messageLength(buffer: Buffer): number | undefined {
  if (buffer.length < 4) return undefined;
  const length = buffer.readInt32LE(0);
  if (length < HEADER || length > MAX_MESSAGE) throw new ProtocolError(`a message of ${length} bytes`);
  return length;
}

/** Reads one whole message. Throws ProtocolError, and MongoError for BSON that cannot be taken. */
export function readMessage(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_MSG) return readMsg(message, id);
  if (opcode === OP_QUERY) return readQuery(message, id);
  throw new ProtocolError(`operation ${opcode}`);
}

function readMsg(message: Buffer, id: number): Request {
  if (message.length < HEADER + 5 + 5) throw new ProtocolError('a short OP_MSG');
  const flags = message.readUInt32LE(HEADER);
  // The upper half holds optional flags (exhaustAllowed), which a server is free not to use.
  if (flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME)) throw new ProtocolError('unknown required flags');
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let command: Doc | undefined;
  let isInsert = false;
  const sequences: [string, Value[]][] = [];
  for (let at = HEADER + 4; at < end; ) {
    const kind = message[at++];
    const size = sectionSize(message, at, end);
    if (kind === 0) {
      if (command) throw new ProtocolError('two bodies');
      const body = message.subarray(at, at + size);
      isInsert = INSERT.equals(body.subarray(4, 4 + INSERT.length));
      command = isInsert ? decode(body, 0, FlatDoc.of) : decode(body);
    } else if (kind === 1) sequences.push(readSequence(message.subarray(at, at + size), isInsert));
    else throw new ProtocolError(`section kind ${kind}`);
    at += size;
  }
  if (!command) throw new ProtocolError('no body');
  for (const [name, documents] of sequences) {
    if (command.has(name)) throw new ProtocolError(`${name} given twice`);
    command.set(name, documents);
  }
  return { id, opcode: 'msg', command, silent: (flags & MORE_TO_COME) !== 0 };
}

function sectionSize(message: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? message.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new ProtocolError('a section of a wrong size');
  return size;
}

function readSequence(section: Buffer, isInsert: boolean): [string, Value[]] {
  const zero = section.indexOf(0, 4);
  if (zero < 0) throw new ProtocolError('a sequence without a name');
  const documents: Value[] = [];
  for (let at = zero + 1; at < section.length; ) {
    const size = sectionSize(section, at, section.length);
    const document = section.subarray(at, at + size);
    documents.push((isInsert ? FlatDoc.of(document) : undefined) ?? decode(document));
    at += size;
  }
  return [section.toString('utf8', 4, zero), documents];
}

/** OP_QUERY is only left for the first hello of a connection. */
function readQuery(message: Buffer, id: number): Request {
  const zero = message.indexOf(0, HEADER + 4);
  if (zero < 0 || zero + 9 + 5 > message.length) throw new ProtocolError('a short OP_QUERY');
  const namespace = message.toString('utf8', HEADER + 4, zero);
  const db = namespace.replace(/\.\$cmd$/, '');
  if (db === namespace) throw new ProtocolError('OP_QUERY on a collection');
  const command = decode(message.subarray(zero + 9));
  const name = command.keys().next().value ?? '';
  if (!['ismaster', 'isMaster', 'hello'].includes(name)) throw new ProtocolError(`OP_QUERY with ${name}`);
  command.set('$db', db);
  return { id, opcode: 'query', command, silent: false };
}

let lastId = 0;

/** Writes the answer in the form the request came in. */
export function writeReply(request: Pick<Request, 'id' | 'opcode'>, reply: Doc): Buffer {
  lastId = (lastId + 1) & 0x7fffffff;
  const isMsg = request.opcode === 'msg';
  const message = encode(reply, HEADER + (isMsg ? 5 : 20));
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(lastId, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(isMsg ? OP_MSG : OP_REPLY, 12);
  if (!isMsg) {
    message.writeInt32LE(8, HEADER);
    message.writeInt32LE(1, HEADER + 16);
  }
  return message;
}

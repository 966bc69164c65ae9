import { type ByteReader, Malformed } from './reader.ts';

/** Nesting of values inside one struct. Documents nest by types, not by values. */
const maxValueDepth = 64;

/** Tag bytes of Yjs' item contents (format V1). */
export const contentTag = {
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  subdocument: 9,
} as const;

const typesWithName = new Set([3, 5]);
const highestType = 6;

/**
 * Passes over the content of an item and answers how many clock ticks it takes.
 * Whatever would throw in a reader elsewhere (bad JSON, bad UTF-8, unknown types, deep values) is refused here.
 */
export function skipContent(reader: ByteReader, tag: number): number {
  switch (tag) {
    case contentTag.deleted:
      return reader.varUint();
    case contentTag.json:
      return repeat(reader, reader.count(1), () => skipJson(reader, true));
    case contentTag.binary:
      reader.varBytes();
      return 1;
    case contentTag.string:
      return reader.skipString();
    case contentTag.embed:
      skipJson(reader, false);
      return 1;
    case contentTag.format:
      reader.skipString();
      skipJson(reader, false);
      return 1;
    case contentTag.type:
      return skipType(reader);
    case contentTag.any:
      return repeat(reader, reader.count(1), () => skipAny(reader, 0));
    case contentTag.subdocument:
      return skipSubdocument(reader);
    default:
      throw new Malformed(`content of unknown kind ${tag}`);
  }
}

function repeat(reader: ByteReader, count: number, one: () => void): number {
  for (let i = 0; i < count; i++) {
    reader.spend(1);
    one();
  }
  return count;
}

function skipType(reader: ByteReader): number {
  const type = reader.varUint();
  if (type > highestType) throw new Malformed(`unknown shared type ${type}`);
  if (typesWithName.has(type)) reader.skipString();
  return 1;
}

/** The options of a subdocument must be an object: anything else throws in every reader. */
function skipSubdocument(reader: ByteReader): number {
  reader.skipString();
  if (reader.bytes[reader.position] !== 118) throw new Malformed('subdocument without options');
  skipAny(reader, 0);
  return 1;
}

function skipJson(reader: ByteReader, allowUndefined: boolean): void {
  const text = reader.string();
  reader.spend(text.length >> 5);
  if (allowUndefined && text === 'undefined') return;
  if (jsonDepth(text) > maxValueDepth) throw new Malformed('value nested too deeply');
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Malformed(`not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') quoted = !quoted;
    else if (char === '\\' && quoted) i += 1;
    else if (!quoted && (char === '[' || char === '{')) deepest = Math.max(deepest, ++depth);
    else if (!quoted && (char === ']' || char === '}')) depth -= 1;
  }
  return deepest;
}

/** Passes over one value in lib0's "any" encoding, whose tags count down from 127. */
function skipAny(reader: ByteReader, depth: number): void {
  if (depth > maxValueDepth) throw new Malformed('value nested too deeply');
  reader.spend(1);
  const tag = reader.byte();
  switch (tag) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      reader.skipVarInt();
      return;
    case 124:
      reader.skip(4);
      return;
    case 123: // float64
    case 122: // bigint
      reader.skip(8);
      return;
    case 119:
      reader.skipString();
      return;
    case 118:
      repeat(reader, reader.count(2), () => {
        reader.skipString();
        skipAny(reader, depth + 1);
      });
      return;
    case 117:
      repeat(reader, reader.count(1), () => skipAny(reader, depth + 1));
      return;
    case 116:
      reader.varBytes();
      return;
    default:
      throw new Malformed(`value of unknown kind ${tag}`);
  }
}

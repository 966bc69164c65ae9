import { contentTag, skipContent } from './content.ts';
import { ByteReader, Malformed } from './reader.ts';

/**
 * The structs of one client in an update: clock ticks [start, end), without a hole but for `skips`; how many there are,
 * and between which offsets their bytes lie.
 */
export type Section = { client: number; start: number; end: number; structs: number; from: number; to: number };

/**
 * What an update claims, as numbers: enough to judge it without building a document.
 * The flat arrays hold groups of numbers, because an update may carry hundred thousands of them.
 */
export type Scan = {
  sections: Section[];
  /** client, start, end: ranges that the update declares absent. */
  skips: number[];
  /** client, start, end: GC and deleted structs, which take clock ticks without bytes. */
  tombstones: number[];
  /** section index, start and end of the struct, client and clock of what it refers to (other clients only). */
  references: number[];
  /** client, start, end. */
  deletes: number[];
  /** Where the delete set begins in the bytes. */
  deleteSetOffset: number;
  structs: number;
};

const gcTag = 0;
const skipTag = 10;
const hasOrigin = 0x80;
const hasRightOrigin = 0x40;
const hasParentKey = 0x20;
const stepsPerStruct = 10;
/** A client without structs or ranges takes room in the set of those seen. */
const stepsPerClient = 10;

/**
 * Reads the structs and the delete set of an update (format V1).
 * @param steps bound on the work; beyond it {@link TooMuchWork} is thrown
 * @throws {Malformed} when a reader elsewhere could fail on these bytes, or read them in two ways
 */
export function scanUpdate(update: Uint8Array, steps?: number): Scan {
  const reader = new ByteReader(update, steps);
  const scan: Scan = {
    sections: [],
    skips: [],
    tombstones: [],
    references: [],
    deletes: [],
    deleteSetOffset: 0,
    structs: 0,
  };
  const seen = new Set<number>();
  for (let left = reader.count(4); left > 0; left--) readSection(reader, scan, seen);
  scan.deleteSetOffset = reader.position;
  readDeletes(reader, scan);
  if (reader.left > 0) throw new Malformed('carries more than it claims');
  return scan;
}

function readSection(reader: ByteReader, scan: Scan, seen: Set<number>): void {
  reader.spend(stepsPerClient);
  const structs = reader.count(2);
  const client = reader.varUint();
  const start = reader.varUint();
  if (seen.has(client)) throw new Malformed('names a client twice');
  seen.add(client);
  const from = reader.position;
  let clock = start;
  for (let i = 0; i < structs; i++) {
    reader.spend(stepsPerStruct);
    const length = readStruct(reader, scan, client, clock);
    if (length === 0) throw new Malformed('struct without length');
    clock += length;
    if (clock > Number.MAX_SAFE_INTEGER) throw new Malformed('clock out of range');
  }
  scan.structs += structs;
  if (structs > 0) scan.sections.push({ client, start, end: clock, structs, from, to: reader.position });
}

function readStruct(reader: ByteReader, scan: Scan, client: number, clock: number): number {
  const info = reader.byte();
  if (info === gcTag || info === skipTag) {
    const length = reader.varUint();
    (info === gcTag ? scan.tombstones : scan.skips).push(client, clock, clock + length);
    return length;
  }
  const tag = info & 0x1f;
  if (tag === gcTag || tag === skipTag) throw new Malformed('struct with impossible flags');
  const first = scan.references.length;
  if (info & hasOrigin) readReference(reader, scan, client, clock);
  if (info & hasRightOrigin) readReference(reader, scan, client, clock);
  if ((info & (hasOrigin | hasRightOrigin)) === 0) {
    readParent(reader, scan, client, clock);
    if (info & hasParentKey) reader.skipString();
  }
  const length = skipContent(reader, tag);
  if (tag === contentTag.deleted) scan.tombstones.push(client, clock, clock + length);
  for (let i = first; i < scan.references.length; i += 5) scan.references[i + 2] = clock + length;
  return length;
}

function readParent(reader: ByteReader, scan: Scan, client: number, clock: number): void {
  const named = reader.varUint();
  if (named === 1) reader.skipString();
  else if (named === 0) readReference(reader, scan, client, clock);
  else throw new Malformed('parent of unknown kind');
}

/** A struct may refer to its own client's past only; references to others are judged against what is known. */
function readReference(reader: ByteReader, scan: Scan, client: number, clock: number): void {
  const refClient = reader.varUint();
  const refClock = reader.varUint();
  if (refClient !== client) scan.references.push(scan.sections.length, clock, clock, refClient, refClock);
  else if (refClock >= clock) throw new Malformed('struct refers to its own future');
}

function readDeletes(reader: ByteReader, scan: Scan): void {
  const seen = new Set<number>();
  for (let left = reader.count(2); left > 0; left--) {
    reader.spend(stepsPerClient);
    const client = reader.varUint();
    if (seen.has(client)) throw new Malformed('names a client twice');
    seen.add(client);
    for (let ranges = reader.count(2); ranges > 0; ranges--) {
      reader.spend(1);
      const start = reader.varUint();
      const end = start + reader.varUint();
      if (end === start) throw new Malformed('empty delete');
      if (end > Number.MAX_SAFE_INTEGER) throw new Malformed('clock out of range');
      scan.deletes.push(client, start, end);
    }
  }
}

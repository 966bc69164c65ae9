import { createEncoder, toUint8Array, writeVarUint8Array } from 'lib0/encoding';
import { readStateVector } from '../protocol.ts';
import { encodeStateVector, encodeUpdate } from './encode.ts';
import { Knowledge } from './knowledge.ts';
import { ByteReader } from './reader.ts';
import { scanUpdate } from './scan.ts';

/** What complete states contain, as the gate needs to know it. @throws {Malformed} */
export function knowledgeOf(...states: Uint8Array[]): Knowledge {
  const knowledge = new Knowledge();
  for (const state of states) absorbAll(knowledge, state);
  return knowledge;
}

/** Takes in everything that an update brings. @throws {Malformed} */
export function absorbAll(knowledge: Knowledge, update: Uint8Array): void {
  const { sections, deletes, tombstones } = scanUpdate(update);
  knowledge.absorb(sections, tombstones.length === 0 ? deletes : deletes.concat(tombstones));
}

/**
 * The same as bytes, to be kept beside a snapshot: a state vector and an update that holds the deletes alone, each with
 * its length before it. Reading it takes a small part of the time of reading the snapshot.
 */
export function encodeDigest({ clocks, deleted }: Knowledge): Uint8Array {
  const encoder = createEncoder();
  writeVarUint8Array(encoder, encodeStateVector(clocks));
  writeVarUint8Array(encoder, encodeUpdate(null, deleted.flat()));
  return toUint8Array(encoder);
}

/** @throws {Malformed} when these bytes are no digest */
export function readDigest(digest: Uint8Array): Knowledge {
  const reader = new ByteReader(digest);
  const clocks = readStateVector(reader.varBytes());
  const { deletes } = scanUpdate(reader.varBytes());
  const knowledge = new Knowledge();
  knowledge.absorb(
    [...clocks].map(([client, end]) => ({ client, start: 0, end })),
    deletes,
  );
  return knowledge;
}

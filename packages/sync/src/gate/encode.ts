import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding';

/** A Yjs state vector (format V1) from client → clock. */
export function encodeStateVector(clocks: ReadonlyMap<number, number>): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, clocks.size);
  for (const [client, clock] of clocks) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, clock);
  }
  return toUint8Array(encoder);
}

/** An update made of encoded structs (or none) and the delete set given as groups of client, start, end. */
export function encodeUpdate(structs: Uint8Array | null, deletes: number[]): Uint8Array {
  const encoder = createEncoder();
  if (structs) writeUint8Array(encoder, structs);
  else writeVarUint(encoder, 0);
  const byClient = new Map<number, number[]>();
  for (let i = 0; i < deletes.length; i += 3) {
    const client = deletes[i] ?? 0;
    const ranges = byClient.get(client) ?? [];
    if (ranges.length === 0) byClient.set(client, ranges);
    ranges.push(deletes[i + 1] ?? 0, deletes[i + 2] ?? 0);
  }
  writeVarUint(encoder, byClient.size);
  for (const [client, ranges] of byClient) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, ranges.length / 2);
    for (let i = 0; i < ranges.length; i += 2) {
      writeVarUint(encoder, ranges[i] ?? 0);
      writeVarUint(encoder, (ranges[i + 1] ?? 0) - (ranges[i] ?? 0));
    }
  }
  return toUint8Array(encoder);
}

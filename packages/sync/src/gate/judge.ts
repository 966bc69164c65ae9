import * as Y from 'yjs';
import { encodeStateVector, encodeUpdate } from './encode.ts';
import type { Fresh, Knowledge } from './knowledge.ts';
import type { Scan } from './scan.ts';

/**
 * What the gate says about an update:
 * - `known`: it adds nothing.
 * - `new`: `update` holds exactly what it adds, and may be stored as it is.
 * - `gap`: it rests on something that the document does not have (yet).
 * - `refused`: no honest client sends it.
 */
export type Judgement =
  | { verdict: 'known' }
  | { verdict: 'new'; update: Uint8Array; fresh: Fresh[]; deletes: number[] }
  | { verdict: 'gap'; reason: string }
  | { verdict: 'refused'; reason: string };

/**
 * Judges an update against what the document contains; ownership is judged apart.
 * @param tombstoneLength how many clock ticks its new GC and deleted structs may take in all
 * @param big a worker applies the update to the document and cuts it: here that would take too long. `update` then
 *   holds everything that came, known or not
 */
export function judge(
  update: Uint8Array,
  scan: Scan,
  knowledge: Knowledge,
  tombstoneLength: number,
  big = false,
): Judgement {
  const fresh = knowledge.fresh(scan);
  const gap = findGap(scan, fresh, knowledge);
  if (gap) return { verdict: 'gap', reason: gap };
  if (newTombstones(scan, knowledge) > tombstoneLength) return { verdict: 'refused', reason: 'clock-reservation' };
  if (!big && !integrates(scan, fresh, knowledge)) return { verdict: 'refused', reason: 'circular-reference' };

  const deletes: number[] = [];
  for (let i = 0; i < scan.deletes.length; i += 3) {
    const client = scan.deletes[i] ?? 0;
    knowledge.deleted.missing(client, scan.deletes[i + 1] ?? 0, scan.deletes[i + 2] ?? 0, (start, end) =>
      deletes.push(client, start, end),
    );
  }
  if (fresh.length === 0 && deletes.length === 0) return { verdict: 'known' };
  return {
    verdict: 'new',
    update: big ? update : cut(update, scan, knowledge, deletes),
    fresh,
    deletes: withTombstones(scan, deletes),
  };
}

/** How far a client reaches with what is new, and without that when nothing of it is. */
const reached = (positions: ReadonlyMap<number, number>, knowledge: Knowledge, client: number): number =>
  positions.get(client) ?? knowledge.clock(client);

function findGap(scan: Scan, fresh: Fresh[], knowledge: Knowledge): string | null {
  const reach = new Map(fresh.map(({ client, end }) => [client, end]));
  for (const { client, start, end } of scan.sections) {
    if (end > knowledge.clock(client) && start > knowledge.clock(client)) return 'clock-gap';
  }
  for (let i = 0; i < scan.skips.length; i += 3) {
    if ((scan.skips[i + 2] ?? 0) > knowledge.clock(scan.skips[i] ?? 0)) return 'clock-gap';
  }
  for (let i = 0; i < scan.references.length; i += 5) {
    const client = scan.sections[scan.references[i] ?? 0]?.client ?? 0;
    const isNew = (scan.references[i + 2] ?? 0) > knowledge.clock(client);
    if (isNew && (scan.references[i + 4] ?? 0) >= reached(reach, knowledge, scan.references[i + 3] ?? 0))
      return 'unknown-reference';
  }
  for (let i = 0; i < scan.deletes.length; i += 3) {
    if ((scan.deletes[i + 2] ?? 0) > reached(reach, knowledge, scan.deletes[i] ?? 0)) return 'unknown-delete';
  }
  return null;
}

function newTombstones(scan: Scan, knowledge: Knowledge): number {
  let length = 0;
  for (let i = 0; i < scan.tombstones.length; i += 3) {
    const from = Math.max(scan.tombstones[i + 1] ?? 0, knowledge.clock(scan.tombstones[i] ?? 0));
    length += Math.max(0, (scan.tombstones[i + 2] ?? 0) - from);
  }
  return length;
}

/**
 * Whether the new structs can be integrated in some order. References to other clients inside one update could form
 * a circle, which Yjs would keep as pending structs for ever. Walks the clients in turn, each as far as it gets.
 */
function integrates(scan: Scan, fresh: Fresh[], knowledge: Knowledge): boolean {
  if (fresh.length < 2) return true;
  const positions = new Map(fresh.map(({ client, start }) => [client, start]));
  const walks = referencesBySection(scan, positions);
  for (const { client, end } of fresh) if (!walks.has(client)) positions.set(client, end);
  const ends = new Map(fresh.map(({ client, end }) => [client, end]));
  let progress = true;
  while (walks.size > 0 && progress) {
    progress = false;
    for (const [client, walk] of walks) {
      const before = walk.next;
      while (walk.next < walk.references.length) {
        const at = walk.references[walk.next] ?? 0;
        const satisfied = (scan.references[at + 4] ?? 0) < reached(positions, knowledge, scan.references[at + 3] ?? 0);
        if (!satisfied && (scan.references[at + 2] ?? 0) > knowledge.clock(client)) {
          positions.set(client, Math.max(scan.references[at + 1] ?? 0, reached(positions, knowledge, client)));
          break;
        }
        walk.next += 1;
      }
      if (walk.next > before) progress = true;
      if (walk.next === walk.references.length) {
        positions.set(client, ends.get(client) ?? 0);
        walks.delete(client);
        progress = true;
      }
    }
  }
  return walks.size === 0;
}

type Walk = { references: number[]; next: number };

function referencesBySection(scan: Scan, positions: ReadonlyMap<number, number>): Map<number, Walk> {
  const walks = new Map<number, Walk>();
  for (let i = 0; i < scan.references.length; i += 5) {
    const client = scan.sections[scan.references[i] ?? 0]?.client ?? 0;
    if (!positions.has(client)) continue;
    const walk = walks.get(client) ?? { references: [], next: 0 };
    if (walk.references.length === 0) walks.set(client, walk);
    walk.references.push(i);
  }
  return walks;
}

/** The update without what is known already; the same bytes when all of it is new. */
function cut(update: Uint8Array, scan: Scan, knowledge: Knowledge, deletes: number[]): Uint8Array {
  const known = new Map<number, number>();
  let entirelyKnown = true;
  for (const { client, start, end } of scan.sections) {
    if (start < knowledge.clock(client)) known.set(client, knowledge.clock(client));
    if (end > knowledge.clock(client)) entirelyKnown = false;
  }
  const sameDeletes = deletes.length === scan.deletes.length && deletes.every((n, i) => n === scan.deletes[i]);
  if (known.size === 0 && sameDeletes) return update.slice();
  const structs = update.subarray(0, scan.deleteSetOffset);
  if (entirelyKnown) return encodeUpdate(null, deletes);
  if (known.size === 0) return encodeUpdate(structs, deletes);
  const rest = Y.diffUpdate(encodeUpdate(structs, []), encodeStateVector(known));
  return encodeUpdate(rest.subarray(0, rest.length - 1), deletes);
}

function withTombstones(scan: Scan, deletes: number[]): number[] {
  return scan.tombstones.length === 0 ? deletes : deletes.concat(scan.tombstones);
}

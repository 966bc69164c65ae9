import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as Y from 'yjs';
import { encodeUpdate } from '../src/gate/encode.ts';
import { joinUpdates, mergeUpdates } from '../src/gate/join.ts';
import { scanUpdate } from '../src/gate/scan.ts';

/** People in turn who write, delete, make bold or collect what was deleted; answers what each step brought. */
function steps(
  plan: readonly { who: number; what: number; at: number; length: number }[],
  people: number,
): Uint8Array[] {
  const docs = Array.from({ length: people }, (_, who) => {
    const doc = new Y.Doc({ gc: who % 2 === 0 });
    doc.clientID = 1_000 + ((who * 37) % 101);
    return doc;
  });
  const brought: Uint8Array[] = [];
  for (const { who, what, at, length } of plan) {
    const doc = docs[who % people];
    if (!doc) continue;
    const text = doc.getText('t');
    const before: Uint8Array[] = [];
    const keep = (update: Uint8Array): number => before.push(update);
    doc.on('update', keep);
    const place = Math.min(at, text.length);
    const reach = Math.min(length, text.length - place);
    if (what === 0 || text.length === 0) text.insert(place, 'é𝄞xyzab'.slice(0, Math.max(1, length)));
    else if (what === 1 && reach > 0) text.delete(place, reach);
    else if (what === 2 && reach > 0) text.format(place, reach, { bold: true });
    else doc.getMap('m').set(`k${at % 3}`, new Y.Map([['n', length]]));
    doc.off('update', keep);
    brought.push(...before);
    for (const other of docs) if (other !== doc) for (const update of before) Y.applyUpdate(other, update);
  }
  return brought;
}

const plans = fc.array(
  fc.record({ who: fc.nat(4), what: fc.nat(3), at: fc.nat(30), length: fc.integer({ min: 1, max: 6 }) }),
  { minLength: 1, maxLength: 40 },
);

function contentOf(updates: readonly Uint8Array[]): unknown {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  expect(doc.store.pendingStructs).toBeNull();
  expect(doc.store.pendingDs).toBeNull();
  return [doc.getText('t').toDelta(), doc.getMap('m').toJSON(), Y.encodeStateVector(doc)];
}

/** With it Yjs writes even a single update anew, and so in its own way. */
const nothing = new Uint8Array([0, 0]);

describe('Joining updates', () => {
  test('[S21] one update made of many holds exactly what they hold, and is what Yjs would make of them', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 5 }), (plan, people) => {
        const updates = steps(plan, people);
        const joined = joinUpdates(updates);
        expect(joined).not.toBeNull();
        if (!joined) return;
        expect(contentOf([joined])).toEqual(contentOf(updates));
        const hasCollected = updates.some((update) => scanUpdate(update).tombstones.length > 0);
        if (!hasCollected) expect(Y.mergeUpdates([joined, nothing])).toEqual(Y.mergeUpdates([...updates, nothing]));
      }),
    );
  });

  test('[S21] a part of them, joined, takes the place of that part, and joins with the rest', () => {
    fc.assert(
      fc.property(plans, fc.nat(40), (plan, cut) => {
        const updates = steps(plan, 3);
        const [before, after] = [updates.slice(0, cut), updates.slice(cut)];
        if (before.length === 0 || after.length === 0) return;
        const parts = [mergeUpdates(before), mergeUpdates(after)];
        expect(contentOf(parts)).toEqual(contentOf(updates));
        expect(contentOf([mergeUpdates(parts)])).toEqual(contentOf(updates));
        expect(contentOf([Y.mergeUpdates(parts)])).toEqual(contentOf(updates));
      }),
    );
  });

  test('[S21] updates that do not continue each other are left to Yjs', () => {
    const updates = steps(
      Array.from({ length: 6 }, (_, at) => ({ who: 0, what: 0, at, length: 2 })),
      1,
    );
    const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = updates;
    for (const apart of [
      [first, third],
      [first, first],
      [second, first],
      [first, Y.mergeUpdates([second, third]), third],
    ]) {
      expect(joinUpdates(apart)).toBeNull();
      expect(mergeUpdates(apart)).toEqual(Y.mergeUpdates(apart));
    }
    const hole = Y.mergeUpdates([first, third]);
    expect(scanUpdate(hole).skips).not.toEqual([]);
    expect(joinUpdates([hole, second])).toBeNull();
  });

  test('[S21] deletes of several updates stand together, each once', () => {
    const noStructs = new Uint8Array([0]);
    const updates = [
      [5, 3, 4, 9, 1, 2],
      [5, 4, 6],
      [5, 0, 1, 7, 2, 3],
      [9, 1, 2],
    ].map((deletes) => encodeUpdate(noStructs, deletes));
    const joined = joinUpdates(updates);
    expect(joined && scanUpdate(joined).deletes).toEqual([9, 1, 2, 7, 2, 3, 5, 0, 1, 5, 3, 6]);
    expect(joined).toEqual(Y.mergeUpdates(updates));
  });

  test('[S21] what is no update is refused as Yjs refuses it', () => {
    const broken = new Uint8Array([1, 1, 1]);
    expect(joinUpdates([broken, broken])).toBeNull();
    expect(() => mergeUpdates([broken, broken])).toThrow();
    expect(mergeUpdates([nothing, nothing])).toEqual(nothing);
  });
});

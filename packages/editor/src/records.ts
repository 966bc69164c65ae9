import * as Y from 'yjs';
import { readBody } from './body.ts';
import type { BodyJson } from './body-json.ts';
import { BODY } from './template.ts';

/** A block of a record that a text is to hold; `under`: the item to which it belongs, `heading`: what it brings along. */
export type WantedRecord = {
  readonly part: string;
  readonly ref: string;
  readonly under?: string;
  readonly heading?: string;
};

const RECORD = 'record';
/** A block of this part begins the stretch of its item. */
const ITEM = 'item';

const keyOf = (part: unknown, ref: unknown): string => `${String(part)}/${String(ref)}`;

type Child = Y.XmlElement | Y.XmlText | Y.XmlHook;

const isRecord = (node: Child | undefined): node is Y.XmlElement =>
  node instanceof Y.XmlElement && node.nodeName === RECORD;

const isEmptyLine = (node: Child | undefined): boolean =>
  node instanceof Y.XmlElement &&
  node.nodeName === 'paragraph' &&
  node.toArray().every((child) => child instanceof Y.XmlText && child.length === 0);

const isHeading = (node: Child | undefined): boolean => node instanceof Y.XmlElement && node.nodeName === 'heading';

function paragraph(): Y.XmlElement {
  const line = new Y.XmlElement('paragraph');
  // A text of its own, so that two people who begin to write in it at once write in the same one.
  line.insert(0, [new Y.XmlText()]);
  return line;
}

function heading(text: string): Y.XmlElement {
  const line = new Y.XmlElement('heading');
  line.setAttribute('level', 2 as unknown as string);
  line.insert(0, [new Y.XmlText(text)]);
  return line;
}

function record({ part, ref }: WantedRecord): Y.XmlElement {
  const block = new Y.XmlElement(RECORD);
  block.setAttribute('part', part);
  block.setAttribute('ref', ref);
  return block;
}

/** Where the stretch of an item ends: before the heading of the next item's block, or at the end. */
function endOf(children: readonly Child[], from: number): number {
  let at = from + 1;
  while (at < children.length) {
    const node = children[at];
    if (isRecord(node) && node.getAttribute('part') === ITEM) break;
    at += 1;
  }
  if (at === children.length) return at;
  while (at - 1 > from && isHeading(children[at - 1])) at -= 1;
  return at;
}

/** Puts blocks at a place, before an empty line that stands there already, so that one can write on below. */
function putAt(body: Y.XmlFragment, at: number, nodes: readonly Y.XmlElement[]): void {
  const before = body.toArray()[at - 1];
  if (isEmptyLine(before)) body.insert(at - 1, [...nodes]);
  else body.insert(at, [...nodes, paragraph()]);
}

/** The place of a record block among the blocks of a text, -1 where it is not. */
const placeOf = (children: readonly Child[], part: string, ref: string): number =>
  children.findIndex(
    (node) => isRecord(node) && node.getAttribute('part') === part && node.getAttribute('ref') === ref,
  );

/** A second block of the same says nothing new: two instances may have put one each. */
function dropRepeated(body: Y.XmlFragment): void {
  const seen = new Set<string>();
  const repeated: number[] = [];
  for (const [at, node] of body.toArray().entries()) {
    if (!isRecord(node)) continue;
    const key = keyOf(node.getAttribute('part'), node.getAttribute('ref'));
    if (seen.has(key)) repeated.push(at);
    seen.add(key);
  }
  for (const at of repeated.reverse()) body.delete(at, 1);
}

/** Where a block goes that is missing: to the end of its item's stretch; before the first item; or after everything. */
function missingPlace(
  children: readonly Child[],
  { part, under }: WantedRecord,
  before: WantedRecord | undefined,
): number {
  if (part === ITEM) {
    const previous = before?.under === undefined ? -1 : placeOf(children, ITEM, before.under);
    if (previous >= 0) return endOf(children, previous);
    const first = children.findIndex((node) => isRecord(node) && node.getAttribute('part') === ITEM);
    return first < 0 ? children.length : endOf(children.slice(0, first + 1), -1);
  }
  const item = under === undefined ? -1 : placeOf(children, ITEM, under);
  if (item >= 0) return endOf(children, item);
  const neighbour = before === undefined ? -1 : placeOf(children, before.part, before.ref);
  if (under === undefined && (before === undefined || before.under === undefined)) return neighbour + 1;
  return children.length;
}

/**
 * Puts the blocks into a text that are missing, each where it belongs, and takes repeated ones out. What people have written
 * is left as it is, and so are blocks that stand elsewhere or are wanted no more: what they are about may come back.
 * An item brings its heading and an empty line to write on.
 */
export function placeRecords(doc: Y.Doc, wanted: readonly WantedRecord[]): void {
  const body = doc.getXmlFragment(BODY);
  doc.transact(() => {
    dropRepeated(body);
    // A text in which nobody has written yet begins with an empty line; the first block takes its place.
    if (body.length === 1 && isEmptyLine(body.get(0) as Child)) body.delete(0, 1);
    for (const [index, block] of wanted.entries()) {
      const children = body.toArray() as Child[];
      if (placeOf(children, block.part, block.ref) >= 0) continue;
      const at = missingPlace(children, block, wanted[index - 1]);
      if (block.part === ITEM)
        body.insert(at, [...(block.heading === undefined ? [] : [heading(block.heading)]), record(block), paragraph()]);
      else if (block.under === undefined && at < children.length) body.insert(at, [record(block)]);
      else putAt(body, at, [record(block)]);
    }
  });
}

/** A text that holds the blocks and nothing else. */
export function bodyOfRecords(wanted: readonly WantedRecord[]): BodyJson {
  const doc = new Y.Doc();
  placeRecords(doc, wanted);
  const body = readBody(doc);
  doc.destroy();
  if (!body.ok) throw new RangeError(`the blocks make no text: ${body.reason}`);
  return body.json;
}

/** Whether a text lacks one of the wanted blocks, or holds one of any twice. */
export function needsRecords(body: BodyJson, wanted: readonly WantedRecord[]): boolean {
  const there = (body.content ?? []).flatMap(({ type, attrs }) =>
    type === RECORD ? [keyOf(attrs?.part, attrs?.ref)] : [],
  );
  const known = new Set(there);
  return known.size < there.length || wanted.some(({ part, ref }) => !known.has(keyOf(part, ref)));
}

import type { MarkType, NodeType, Schema } from '@tiptap/pm/model';
import { initProseMirrorDoc, prosemirrorJSONToYXmlFragment, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { HEADING_LEVELS, MARK_ATTRIBUTES, MAX_DEPTH, NODE_ATTRIBUTES } from './attributes.ts';
import { type BodyJson, type MarkJson, type NodeJson, paragraph } from './body-json.ts';
import { isCommentKey, markAgain, passagesIn } from './comments.ts';
import { COMMENT } from './nodes/comment.ts';
import { isRecord, sameJson } from './plain-json.ts';
import { editorSchema } from './schema.ts';
import { BODY } from './template.ts';

/** Why a text cannot be read: no editor writes any of this. */
export type BodyFault =
  | 'too-deep'
  | 'too-many-nodes'
  | 'unknown-node'
  | 'unknown-mark'
  | 'unknown-section'
  | 'misplaced-node'
  | 'bad-attribute';

export type ReadBody =
  | {
      readonly ok: true;
      readonly json: BodyJson;
      /** Nodes that concurrent edits left incomplete (a list whose last items two people deleted), dropped as editors drop them. */
      readonly dropped: number;
    }
  | { readonly ok: false; readonly reason: BodyFault; readonly at: string };

const MAX_NODES = 200_000;
/** An attribute that no schema of ours knows is ignored, as editors do, unless it is used to smuggle something big. */
const MAX_UNKNOWN_ATTRIBUTE = 256;

class Fault extends Error {
  readonly reason: BodyFault;

  constructor(reason: BodyFault) {
    super(reason);
    this.reason = reason;
  }
}

type Frame = {
  readonly type: NodeType;
  readonly attrs: Readonly<Record<string, unknown>> | undefined;
  readonly children: readonly unknown[];
  next: number;
  readonly content: NodeJson[];
};

/**
 * Reads the co-edited text and checks it against the schema, whatever the shared type holds, without recursion.
 * Two kinds of trouble are told apart. What no editor writes (unknown nodes, marks or sections, nodes in places where
 * the schema never has them, attribute values out of bounds, nesting beyond 64) is a fault. What concurrent edits of
 * honest editors can leave behind (a node with too little or too much content) is dropped, exactly as every editor
 * drops it when it opens the text.
 * `sectionIds`, when given, names the sections the document's kind has.
 */
export function readBody(doc: Y.Doc, sectionIds?: readonly string[]): ReadBody {
  const schema = editorSchema();
  const stack: Frame[] = [frame(schema.topNodeType, undefined, doc.getXmlFragment(BODY).toArray())];
  try {
    return { ok: true, ...walk(stack, schema, sectionIds) };
  } catch (cause) {
    if (cause instanceof Fault) return { ok: false, reason: cause.reason, at: placeOf(stack) };
    throw cause;
  }
}

const frame = (type: NodeType, attrs: Frame['attrs'], children: readonly unknown[]): Frame => ({
  type,
  attrs,
  children,
  next: 0,
  content: [],
});

function walk(stack: Frame[], schema: Schema, sectionIds?: readonly string[]): { json: BodyJson; dropped: number } {
  let nodes = 0;
  let dropped = 0;
  for (;;) {
    const top = stack.at(-1);
    if (top === undefined) throw new Error('the walk has lost its root');
    const child = top.children[top.next];
    if (top.next < top.children.length) {
      top.next += 1;
      nodes += 1;
      if (nodes > MAX_NODES) throw new Fault('too-many-nodes');
      if (child instanceof Y.XmlText) readText(child, top, schema);
      else stack.push(open(child, top, stack.length, sectionIds));
      continue;
    }
    stack.pop();
    const parent = stack.at(-1);
    if (parent === undefined) return { json: rootOf(top), dropped };
    if (isComplete(top)) parent.content.push(nodeOf(top));
    else dropped += 1;
  }
}

/** Checks one element and makes the frame in which its children are read. */
function open(child: unknown, parent: Frame, depth: number, sectionIds?: readonly string[]): Frame {
  if (!(child instanceof Y.XmlElement)) throw new Fault('unknown-node');
  if (depth >= MAX_DEPTH) throw new Fault('too-deep');
  const type = parent.type.schema.nodes[child.nodeName];
  if (type === undefined || type.isText || type === type.schema.topNodeType) throw new Fault('unknown-node');
  if (!mayContain(parent.type).has(type)) throw new Fault('misplaced-node');
  const attrs = attributesOf(child, type);
  if (type.name === 'section' && sectionIds && !sectionIds.includes(String(attrs?.sectionId)))
    throw new Fault('unknown-section');
  return frame(type, attrs, child.toArray());
}

function attributesOf(element: Y.XmlElement, type: NodeType): Frame['attrs'] {
  const stored: Record<string, unknown> = element.getAttributes();
  return checked(stored, type, NODE_ATTRIBUTES[type.name] ?? {});
}

/** The attributes of the schema with their values or defaults. */
function checked(
  stored: Readonly<Record<string, unknown>>,
  type: NodeType | MarkType,
  checks: Readonly<Record<string, (value: unknown) => boolean>>,
): Readonly<Record<string, unknown>> | undefined {
  for (const [name, value] of Object.entries(stored)) {
    if (!Object.hasOwn(checks, name) && !isNegligible(value)) throw new Fault('bad-attribute');
  }
  const names = Object.keys(checks);
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    names.map((name) => {
      const given = Object.hasOwn(stored, name) ? stored[name] : undefined;
      const value = given ?? type.spec.attrs?.[name]?.default;
      if (!checks[name]?.(value)) throw new Fault('bad-attribute');
      return [name, type.name === 'heading' ? nearestLevel(value) : value];
    }),
  );
}

/** Levels 1, 5 and 6 come from other editors; ours shows them as the nearest level it has. */
const nearestLevel = (level: unknown): number =>
  Math.min(Math.max(Number(level), HEADING_LEVELS[0]), HEADING_LEVELS[HEADING_LEVELS.length - 1] ?? HEADING_LEVELS[0]);

const isNegligible = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  typeof value === 'boolean' ||
  typeof value === 'number' ||
  (typeof value === 'string' && value.length <= MAX_UNKNOWN_ATTRIBUTE);

/** Adds the runs of a shared text to its parent. */
function readText(text: Y.XmlText, parent: Frame, schema: Schema): void {
  const runs: { insert?: unknown; attributes?: Record<string, unknown> }[] = text.toDelta();
  for (const { insert, attributes } of runs) {
    if (typeof insert !== 'string') throw new Fault('unknown-node');
    if (!parent.type.inlineContent) throw new Fault('misplaced-node');
    addText(parent.content, insert, marksOf(attributes ?? {}, schema));
  }
}

function marksOf(attributes: Readonly<Record<string, unknown>>, schema: Schema): MarkJson[] {
  return Object.entries(attributes)
    .flatMap(([name, value]) => {
      const type = schema.marks[isCommentKey(name) ? COMMENT : name];
      if (type === undefined) throw new Fault('unknown-mark');
      const attrs = checked(isRecord(value) ? value : {}, type, MARK_ATTRIBUTES[type.name] ?? {});
      // Which passages are discussed is not part of what the text says: versions, exports and hashes are without it.
      if (type.name === COMMENT) return [];
      return { type, json: attrs === undefined ? { type: name } : { type: name, attrs } };
    })
    .sort((a, b) => rankOf(a.type) - rankOf(b.type))
    .map(({ json }) => json);
}

const rankOf = (type: MarkType): number => Object.keys(type.schema.marks).indexOf(type.name);

/** Two neighbouring shared texts read as one run when their marks are equal, as in an editor. */
function addText(content: NodeJson[], text: string, marks: readonly MarkJson[]): void {
  if (text === '') return;
  const last = content.at(-1);
  const node: NodeJson = marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
  if (last?.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(marks))
    content[content.length - 1] = { ...node, text: `${last.text}${text}` };
  else content.push(node);
}

/** Whether the content is what the schema asks for, marks included. */
function isComplete({ type, content }: Frame): boolean {
  let match: NodeType['contentMatch'] | null = type.contentMatch;
  for (const child of content) {
    const childType = type.schema.nodes[child.type];
    match = childType === undefined ? null : match.matchType(childType);
    if (match === null) return false;
    if (child.marks?.some((mark) => !allowsMark(type, mark))) return false;
  }
  return match.validEnd;
}

const allowsMark = (type: NodeType, { type: name }: MarkJson): boolean => {
  const mark = type.schema.marks[name];
  return mark !== undefined && type.allowsMarkType(mark);
};

function nodeOf({ type, attrs, content }: Frame): NodeJson {
  return { type: type.name, ...(attrs === undefined ? {} : { attrs }), ...(content.length === 0 ? {} : { content }) };
}

/** A text that nobody has written in yet is one empty paragraph. */
const rootOf = (root: Frame): BodyJson => ({ type: 'doc', content: isComplete(root) ? root.content : [paragraph()] });

const reachable = new WeakMap<NodeType, ReadonlySet<NodeType>>();

/** Every node type that can stand somewhere in the content of `type`. */
function mayContain(type: NodeType): ReadonlySet<NodeType> {
  const known = reachable.get(type);
  if (known) return known;
  const found = new Set<NodeType>();
  const seen = new Set([type.contentMatch]);
  for (const match of seen) {
    for (let edge = 0; edge < match.edgeCount; edge += 1) {
      found.add(match.edge(edge).type);
      seen.add(match.edge(edge).next);
    }
  }
  reachable.set(type, found);
  return found;
}

const placeOf = (stack: readonly Frame[]): string =>
  stack
    .slice(0, MAX_DEPTH)
    .map(({ type, next }) => `${type.name}[${Math.max(next - 1, 0)}]`)
    .join('/')
    .slice(0, 300);

/**
 * Makes the text of a document equal to `json`, which must fit the schema (RangeError otherwise). What is already
 * equal is left alone, so that restoring a version keeps the history and the cursors of everything it does not change.
 * A text that cannot be read is replaced as a whole: this is the way out of quarantine. Passages that are discussed stay
 * marked where their words are still there.
 */
export function replaceBody(doc: Y.Doc, json: BodyJson): void {
  const schema = editorSchema();
  const wanted = schema.nodeFromJSON(json);
  wanted.check();
  const body = doc.getXmlFragment(BODY);
  doc.transact(() => {
    // Only a text known to be shallow and well-formed may be given to the library's recursive comparison.
    const discussed = readBody(doc).ok ? [...passagesIn(doc)].map(([id, quote]) => ({ id, ...quote })) : undefined;
    if (discussed !== undefined) {
      updateYFragment(doc, body, wanted, initProseMirrorDoc(body, schema).meta);
      const now = readBody(doc);
      if (now.ok && sameJson(now.json, wanted.toJSON())) return markAgain(doc, discussed);
    }
    body.delete(0, body.length);
    prosemirrorJSONToYXmlFragment(schema, json, body);
    if (discussed !== undefined) markAgain(doc, discussed);
  });
}

import { type Extensions, getSchema } from '@tiptap/core';
import { Node, type Schema } from '@tiptap/pm/model';
import { StarterKit } from '@tiptap/starter-kit';
import { MARK_ATTRIBUTES, NODE_ATTRIBUTES } from './attributes.ts';
import type { BodyJson, MarkJson, NodeJson } from './body-json.ts';
import { plainText } from './body-text.ts';
import { SafeLink } from './nodes/link.ts';
import { Mention } from './nodes/mention.ts';
import { StrictCodeBlock, StrictOrderedList } from './nodes/strict.ts';
import { copyJson, isRecord } from './plain-json.ts';
import { safeHref } from './safe-href.ts';

/**
 * The extensions that make the schema of a message: the nodes of a text without headings, sections, tables and images,
 * and with mentions. An editor passes its own mention, with suggestions; undo is its own too.
 */
export const messageExtensions = (drawn: { mention?: typeof Mention } = {}): Extensions => [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    trailingNode: false,
    link: false,
    codeBlock: false,
    orderedList: false,
  }),
  SafeLink,
  StrictCodeBlock,
  StrictOrderedList,
  drawn.mention ?? Mention,
];

let schema: Schema | undefined;

const messageSchema = (): Schema => {
  schema ??= getSchema(messageExtensions());
  return schema;
};

/** What a message may hold at most. */
export type MessageLimits = {
  readonly characters: number;
  readonly nodes: number;
  /** Of nesting, the document node included. */
  readonly depth: number;
  readonly mentions: number;
};

export type MessageMention = { readonly kind: string; readonly id: string };

export type MessageFault =
  | 'not-a-message'
  | 'message-empty'
  | 'message-too-long'
  | 'too-many-mentions'
  | 'link-not-allowed';

export type ReadMessage =
  | {
      readonly ok: true;
      /** In canonical form: attributes of the schema alone, names of mentions left out. */
      readonly json: BodyJson;
      /** Without mentions, whose names are each reader's to know. */
      readonly text: string;
      /** What is mentioned, each once. */
      readonly mentions: readonly MessageMention[];
    }
  | { readonly ok: false; readonly reason: MessageFault };

const fault = (reason: MessageFault): ReadMessage => ({ ok: false, reason });

/** Reads a message that somebody sent: anything at all. What no editor of ours writes is refused, not mended. */
export function readMessage(sent: unknown, limits: MessageLimits): ReadMessage {
  // Two levels of JSON for a node: the node, and the list it stands in; two more for marks and their attributes.
  const bounds = { depth: limits.depth * 2 + 4, items: limits.nodes, text: limits.characters };
  const copy = copyJson(sent, bounds, { left: limits.nodes * 12 + limits.characters * 2 });
  if (!isNode(copy) || copy.type !== 'doc') return fault('not-a-message');
  const found = inspect(copy, limits);
  if (typeof found === 'string') return fault(found);
  const node = built(copy);
  if (node === undefined) return fault('not-a-message');
  const json = withoutNames(node.toJSON() as BodyJson);
  const mentions = [...new Map(found.mentions.map((one) => [`${one.kind}:${one.id}`, one])).values()];
  if (mentions.length > limits.mentions) return fault('too-many-mentions');
  const text = plainText(json);
  if (text.trim() === '' && mentions.length === 0) return fault('message-empty');
  return { ok: true, json, text, mentions };
}

/** Builds it by the schema; undefined when nodes stand where the schema has none, or marks where it allows none. */
function built(json: NodeJson): Node | undefined {
  try {
    const node = Node.fromJSON(messageSchema(), json);
    node.check();
    return node;
  } catch {
    // The library throws RangeError for all of this, and for nothing that could be ours.
    return undefined;
  }
}

const isNode = (value: unknown): value is NodeJson =>
  isRecord(value) && typeof value.type === 'string' && (value.content === undefined || Array.isArray(value.content));

const KEYS: ReadonlySet<string> = new Set(['type', 'attrs', 'content', 'marks', 'text']);

/** Every node with its depth, in the order of the text; without recursion. */
function inspect(root: NodeJson, limits: MessageLimits): MessageFault | { mentions: MessageMention[] } {
  const mentions: MessageMention[] = [];
  const waiting: { node: unknown; depth: number }[] = [{ node: root, depth: 1 }];
  let nodes = 0;
  let characters = 0;
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { node, depth } = visit;
    if (!isNode(node) || Object.keys(node).some((key) => !KEYS.has(key))) return 'not-a-message';
    nodes += 1;
    characters += typeof node.text === 'string' ? node.text.length : 0;
    if (nodes > limits.nodes || characters > limits.characters) return 'message-too-long';
    if (depth > limits.depth) return 'not-a-message';
    const wrong = faultOf(node);
    if (wrong !== undefined) return wrong;
    if (node.type === 'mention') mentions.push({ kind: String(node.attrs?.kind), id: String(node.attrs?.id) });
    for (const child of [...(node.content ?? [])].reverse()) waiting.push({ node: child, depth: depth + 1 });
  }
  return { mentions };
}

function faultOf({ type, attrs, marks }: NodeJson): MessageFault | undefined {
  if (!fits(attrs, NODE_ATTRIBUTES[type] ?? {}, type === 'mention' ? NAME : NONE)) return 'not-a-message';
  if (marks === undefined) return undefined;
  if (!Array.isArray(marks)) return 'not-a-message';
  for (const mark of marks as readonly unknown[]) {
    if (!isRecord(mark) || typeof mark.type !== 'string') return 'not-a-message';
    if (mark.type === 'link' && safeHref(isRecord(mark.attrs) ? mark.attrs.href : undefined) === undefined)
      return 'link-not-allowed';
    if (!fits((mark as MarkJson).attrs, MARK_ATTRIBUTES[mark.type] ?? {}, NONE)) return 'not-a-message';
  }
  return undefined;
}

const NONE: ReadonlySet<string> = new Set();
/** What an editor shows of a mention: taken in and dropped. */
const NAME: ReadonlySet<string> = new Set(['name']);

/** Whether attributes are those of the schema with values it allows; absent ones have their defaults. */
function fits(
  attrs: unknown,
  checks: Readonly<Record<string, (value: unknown) => boolean>>,
  besides: ReadonlySet<string>,
): boolean {
  if (attrs === undefined || attrs === null) return true;
  if (!isRecord(attrs)) return false;
  return Object.entries(attrs).every(([name, value]) =>
    besides.has(name)
      ? value === null || typeof value === 'string'
      : Object.hasOwn(checks, name) && checks[name]?.(value),
  );
}

/** Rebuilds a text with other mentions; what is not one stays as it is. Messages are shallow: {@link MessageLimits}. */
function withMentions<Json extends NodeJson>(json: Json, name: (mention: MessageMention) => string | undefined): Json {
  if (json.type === 'mention') {
    const mention = { kind: String(json.attrs?.kind), id: String(json.attrs?.id) };
    const known = name(mention);
    return { ...json, attrs: known === undefined ? mention : { ...mention, name: known } };
  }
  if (json.content === undefined) return json;
  return { ...json, content: json.content.map((child) => withMentions(child, name)) };
}

const withoutNames = (json: BodyJson): BodyJson => withMentions(json, () => undefined);

/** A message as one reader is shown it: with the names that they may know. */
export const namedMessage = (json: BodyJson, names: ReadonlyMap<string, string>): BodyJson =>
  withMentions(json, ({ kind, id }) => names.get(`${kind}:${id}`));

/** What a message mentions, as often as it does. */
export const mentionsIn = ({ type, attrs, content = [] }: NodeJson): MessageMention[] =>
  type === 'mention' ? [{ kind: String(attrs?.kind), id: String(attrs?.id) }] : content.flatMap(mentionsIn);

/** A message that holds nothing but this text: one paragraph for each line. */
export const messageOf = (text: string): BodyJson => ({
  type: 'doc',
  content: text
    .split('\n')
    .map((line) =>
      line === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text: line }] },
    ),
});

import { createHash, randomInt } from 'node:crypto';
import type { DocumentKind } from '@concert/domain/documents/api.ts';
import { freeTextHeadings, kindOf, textSectionIds } from '@concert/domain/kinds.ts';
import { readBody, replaceBody } from '@concert/editor/body.ts';
import type { BodyJson } from '@concert/editor/body-json.ts';
import { fileIds, plainText, sectionTexts, wordCount } from '@concert/editor/body-text.ts';
import { type Marked, markAgain, markPassage, unmarkPassages } from '@concert/editor/comments.ts';
import type { FieldsJson } from '@concert/editor/fields-doc.ts';
import { readFields, writeFields } from '@concert/editor/fields-doc.ts';
import { fieldsOf } from '@concert/editor/layout.ts';
import { recordsIn } from '@concert/editor/recorded.ts';
import { bodyOfRecords, needsRecords, placeRecords, type WantedRecord } from '@concert/editor/records.ts';
import { buildDocument, FIELDS } from '@concert/editor/template.ts';
import canonicalize from 'canonicalize';
import * as Y from 'yjs';
import { type Projection, searched } from '../records.ts';
import { authoredIn } from './authored.ts';
import { exportText } from './export.ts';
import { bodyOf, fieldsJsonOf, withFiles } from './given.ts';
import { judgeFields } from './judge-fields.ts';
import type {
  Authored,
  Broken,
  BrokenInput,
  BuildInput,
  Built,
  ExportInput,
  Frozen,
  LastValid,
  Projected,
  ProvenanceInput,
  RestoreInput,
  TextInput,
} from './types.ts';

const EXCERPT_LENGTH = 240;
/** How frozen texts are written; it is part of their hash. */
const FROZEN_FORMAT = 1;

/** Client ids of Yjs are 32-bit; one that was never used makes an edit nobody else's. */
const freshClientId = (): number => randomInt(1, 2 ** 32);

type Text = { readonly body: BodyJson; readonly fields: FieldsJson; readonly bytes: number };

/** Opens a state for the time of one job. */
function withDoc<Result>(state: Uint8Array, use: (doc: Y.Doc) => Result): Result {
  const doc = new Y.Doc();
  try {
    doc.clientID = freshClientId();
    Y.applyUpdate(doc, state);
    return use(doc);
  } finally {
    doc.destroy();
  }
}

function readDoc(doc: Y.Doc, kind: DocumentKind, bytes: number): Text | Broken {
  const layout = kindOf(kind);
  const body = readBody(doc, textSectionIds(layout));
  if (!body.ok) return { ok: false, reason: `${body.reason} at ${body.at}` };
  return { body: body.json, fields: readFields(doc.getMap(FIELDS), fieldsOf(layout)), bytes };
}

/** A text on which the reading itself fails is as broken as one that breaks the schema. */
function readState({ kind, state }: TextInput): Text | Broken {
  try {
    return withDoc(state, (doc) => readDoc(doc, kind, state.length));
  } catch (error) {
    return unreadable(error);
  }
}

const unreadable = (error: unknown): Broken => ({
  ok: false,
  reason: `unreadable: ${error instanceof Error ? error.message : String(error)}`,
});

const titleOf = ({ fields }: Text): string =>
  typeof fields.title === 'string' ? fields.title.trim().slice(0, 300) : '';

function projectionOf(kind: DocumentKind, text: Text): Omit<Projection, 'seq'> {
  const title = titleOf(text);
  const plain = plainText(text.body);
  const judged = judgeFields(kind, text.fields, Object.keys(sectionTexts(text.body)));
  return {
    title,
    excerpt: plain
      .slice(0, EXCERPT_LENGTH * 2)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, EXCERPT_LENGTH),
    search: searched(`${title}\n${plain}\n${judged.words}`),
    wordCount: wordCount(text.body),
    ...(judged.completeness === undefined ? {} : { completeness: judged.completeness }),
    fields: judged.fields,
    invalid: judged.invalid,
    byteSize: text.bytes,
  };
}

function frozenOf(kind: DocumentKind, text: Text): Frozen {
  const content = canonicalize({ schema: FROZEN_FORMAT, kind, body: text.body, fields: text.fields });
  if (content === undefined) throw new Error('a text has no canonical form');
  return {
    ok: true,
    content,
    hash: createHash('sha256').update(content, 'utf8').digest('hex'),
    title: titleOf(text),
    wordCount: wordCount(text.body),
    fileIds: fileIds(text.body),
    records: recordsIn(text.body),
  };
}

/** The update that `change` makes to a state. */
function changeOf(state: Uint8Array, change: (doc: Y.Doc) => void): Uint8Array {
  return withDoc(state, (doc) => {
    const before = Y.encodeStateVector(doc);
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    change(doc);
    // What `encodeStateAsUpdate` answers holds every delete of the document, not only those of this change.
    return updates.length === 0 ? Y.encodeStateAsUpdate(new Y.Doc(), before) : Y.mergeUpdates(updates);
  });
}

/** A new document from the template of its kind, or from given content. @throws RangeError when that breaks the schema */
function build({ kind, title, locale, given, files, blocks }: BuildInput): Built {
  const layout = kindOf(kind);
  const copied = given?.body === undefined ? undefined : withFiles(bodyOf(given.body), files ?? new Map());
  const body = blocks === undefined ? copied : bodyOfRecords(blocks);
  const update = buildDocument({
    layout,
    title,
    headings: freeTextHeadings(layout).map((heading) => heading[locale]),
    clientId: freshClientId(),
    ...(body === undefined ? {} : { body }),
    ...(given?.fields === undefined ? {} : { fields: fieldsJsonOf(given.fields) }),
  });
  const text = readState({ kind, state: update });
  if ('reason' in text) throw new RangeError(`the template of ${kind} breaks the schema: ${text.reason}`);
  return { update, projection: projectionOf(kind, text), frozen: frozenOf(kind, text) };
}

function project(input: TextInput): Projected | Broken {
  const text = readState(input);
  return 'reason' in text ? text : { ok: true, projection: projectionOf(input.kind, text) };
}

const projectMany = (inputs: readonly TextInput[]): (Projected | Broken)[] => inputs.map(project);

function freeze(input: TextInput): Frozen | Broken {
  const text = readState(input);
  return 'reason' in text ? text : frozenOf(input.kind, text);
}

/** Looks for the last state that can be read, between one that could be and one that cannot. */
function lastValid({ kind, state, after }: BrokenInput): LastValid | Broken {
  const first = freeze({ kind, state });
  if (!first.ok) return first;
  let found: LastValid = { ok: true, frozen: first, taken: 0 };
  for (let broken = after.length; found.taken + 1 < broken; ) {
    const taken = (found.taken + broken) >> 1;
    const frozen = freeze({ kind, state: Y.mergeUpdates([state, ...after.slice(0, taken)]) });
    if (frozen.ok) found = { ok: true, frozen, taken };
    else broken = taken;
  }
  return found;
}

const rename = ({ state, title }: { state: Uint8Array; title: string }): Uint8Array =>
  changeOf(state, (doc) => {
    if (doc.getMap(FIELDS).get('title') !== title) doc.getMap(FIELDS).set('title', title);
  });

type Passage = { readonly state: Uint8Array; readonly id: string };
type MarkedPassage = Exclude<Marked, { ok: true }> | (Extract<Marked, { ok: true }> & { readonly update: Uint8Array });

/** The update that marks a passage for a discussion, with its words. */
function markOne({ state, id, start, end }: Passage & { start: Uint8Array; end: Uint8Array }): MarkedPassage {
  let marked: Marked = { ok: false, reason: 'passage-gone' };
  const update = changeOf(state, (doc) => {
    doc.transact(() => {
      marked = markPassage(doc, id, { start, end });
    });
  });
  return withUpdate(marked, update);
}

const withUpdate = (marked: Marked, update: Uint8Array): MarkedPassage => (marked.ok ? { ...marked, update } : marked);

const unmarkOne = ({ state, id }: Passage): Uint8Array =>
  changeOf(state, (doc) => doc.transact(() => unmarkPassages(doc, new Set([id]))));

/** The update that brings a text back to a version's content, leaving alone what is already equal. */
function restore({ kind, state, content, anchors }: RestoreInput): Uint8Array {
  const wanted: unknown = JSON.parse(content);
  if (typeof wanted !== 'object' || wanted === null || !('body' in wanted) || !('fields' in wanted))
    throw new RangeError('not the content of a version');
  const { body, fields } = wanted;
  return changeOf(state, (doc) => {
    doc.transact(() => {
      replaceBody(doc, bodyOf(body));
      markAgain(doc, anchors);
      writeFields(doc.getMap(FIELDS), fieldsOf(kindOf(kind)), fieldsJsonOf(fields));
    });
  });
}

/** The update that puts blocks into minutes which they lack; null when they lack none, or their text is broken. */
function place({ kind, state, blocks }: TextInput & { readonly blocks: readonly WantedRecord[] }): Uint8Array | null {
  const text = readState({ kind, state });
  if ('reason' in text || !needsRecords(text.body, blocks)) return null;
  return changeOf(state, (doc) => placeRecords(doc, blocks));
}

async function exportAs(input: ExportInput): Promise<Uint8Array | Broken> {
  const text = readState(input);
  if ('reason' in text) return text;
  const { fields } = judgeFields(input.kind, text.fields, []);
  return exportText({ ...input, title: titleOf(text), body: text.body, fields });
}

function provenance(input: ProvenanceInput): Authored | Broken {
  try {
    return withDoc(input.state, (doc) => authoredIn(doc, input));
  } catch (error) {
    return unreadable(error);
  }
}

export const jobs = {
  ...{ build, project, projectMany, freeze, lastValid, rename, restore, place, exportAs, provenance },
  markPassage: markOne,
  unmarkPassage: unmarkOne,
};
export type Jobs = typeof jobs;

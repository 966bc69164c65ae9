import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { type BodyJson, heading, type NodeJson, paragraph, section } from './body-json.ts';
import { ensureContainers, type FieldsJson, writeFields } from './fields-doc.ts';
import { fieldsOf, type KindLayout } from './layout.ts';
import { editorSchema } from './schema.ts';

/** Names of the two shared types of a document. */
export const BODY = 'body';
export const FIELDS = 'fields';

export type NewDocument = {
  readonly layout: KindLayout;
  readonly title: string;
  /** Values to begin with; the title of the document wins over `fields.title`. */
  readonly fields?: FieldsJson;
  /** The text to begin with; without it, the empty template of the layout. */
  readonly body?: BodyJson;
  /** Headings a free text begins with, when there is no `body`. */
  readonly headings?: readonly string[];
  /** The Yjs client id under which all of it is written: a system one. */
  readonly clientId: number;
};

/**
 * A new document as one Yjs update: every section, every container of the fields, the given values. The same input
 * makes the same bytes. Throws a RangeError when `body` does not fit the schema: templates and seeds are ours.
 */
export function buildDocument({ layout, title, fields = {}, body, headings, clientId }: NewDocument): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const allFields = fieldsOf(layout);
  const map = doc.getMap<unknown>(FIELDS);
  doc.transact(() => {
    ensureContainers(map, allFields);
    writeFields(map, allFields, { ...fields, title });
    prosemirrorJSONToYXmlFragment(editorSchema(), body ?? emptyBody(layout, headings), doc.getXmlFragment(BODY));
    openEmptyLines(doc.getXmlFragment(BODY));
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/**
 * Gives every empty paragraph a text of its own. Two people who begin to write in it at the same moment then write in the
 * same text; otherwise each would bring one, and the editor's binding mixes up the letters of two texts side by side.
 */
function openEmptyLines(body: Y.XmlFragment): void {
  const waiting = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of next.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue;
      if (child.nodeName === 'paragraph' && child.length === 0) child.insert(0, [new Y.XmlText()]);
      else waiting.push(child);
    }
  }
}

/** The text of an empty template: its sections, or for a free text its headings, each followed by an empty paragraph. */
export function emptyBody(layout: KindLayout, headings: readonly string[] = []): BodyJson {
  const content = layout.freeText
    ? headings.flatMap((text): NodeJson[] => [heading(2, text), paragraph()])
    : layout.sections.map(({ id }) => section(id, []));
  return { type: 'doc', content: content.length === 0 ? [paragraph()] : content };
}

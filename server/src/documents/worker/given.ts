import type { BodyJson, NodeJson } from '@concert/editor/body-json.ts';
import type { FieldsJson } from '@concert/editor/fields-doc.ts';
import { copyJson, isRecord } from '@concert/editor/plain-json.ts';
import { fileIdOf } from '@concert/editor/safe-href.ts';

const isBody = (value: unknown): value is BodyJson => isRecord(value) && value.type === 'doc';

/** JSON that says it is a text. Whether it fits the schema is checked where it is written. @throws RangeError */
export function bodyOf(value: unknown): BodyJson {
  if (!isBody(value)) throw new RangeError('not a text');
  return value;
}

const isFields = (value: unknown): value is FieldsJson => isRecord(value);

/** Fields as plain JSON, copied so that nothing else can hide in them. @throws RangeError */
export function fieldsJsonOf(value: unknown): FieldsJson {
  const copy: unknown = copyJson(value, { depth: 8, items: 1_000, text: 200_000 }, { left: 8_000_000 });
  if (!isFields(copy)) throw new RangeError('not fields');
  return copy;
}

/** The same text, its images shown from other files. Texts nest at most 64 deep, so recursion is safe. */
export function withFiles(body: BodyJson, files: ReadonlyMap<string, string>): BodyJson {
  const renewed = (node: NodeJson): NodeJson => {
    const content = node.content === undefined ? {} : { content: node.content.map(renewed) };
    const id = node.type === 'image' ? fileIdOf(node.attrs?.src) : undefined;
    const copy = id === undefined ? undefined : files.get(id);
    return copy === undefined
      ? { ...node, ...content }
      : { ...node, ...content, attrs: { ...node.attrs, src: `/api/files/${copy}` } };
  };
  return files.size === 0 ? body : { ...body, content: (body.content ?? []).map(renewed) };
}

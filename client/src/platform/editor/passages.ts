import * as Y from 'yjs';
import { plainText } from './plain-text.ts';

/** The words of a document: those of its text, a line a block, and those of its long answers by their path. */
export type Passages = {
  readonly body: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
};

const NONE = '';

/** Reads the words as they stand in the page's own copy. Paths name rows as validation does: `outcomes.{row}.outcome`. */
export function passagesOf(body: Y.XmlFragment, fields: Y.Map<unknown>): Passages {
  const text = plainText(body);
  const found: Record<string, string> = {};
  const waiting: [path: string, value: unknown][] = [...fields.entries()];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, value] = next;
    if (value instanceof Y.Text && value.length > 0) found[path] = value.toString();
    if (value instanceof Y.Map) for (const [key, inner] of value.entries()) waiting.push([`${path}.${key}`, inner]);
  }
  return { body: text === NONE ? [] : text.split('\n'), fields: found };
}

export const isEmpty = ({ body, fields }: Passages): boolean => body.length === 0 && Object.keys(fields).length === 0;

/** All the words one after another, for taking them along. */
export const joined = ({ body, fields }: Passages): string => [...body, ...Object.values(fields)].join('\n');

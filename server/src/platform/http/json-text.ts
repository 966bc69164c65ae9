/** Deeper values than this are nobody's: our own bodies have four levels. */
const MAX_DEPTH = 64;

/** Strings, and the marks of structure outside of them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

const plainKey = (token: string): string => (token.includes('\\') ? JSON.parse(token) : token.slice(1, -1));

/**
 * Reads a body of JSON. Programs do not agree about an object that holds a key twice, so nothing here is to depend on
 * which one wins (RFC 8259 §4, ASVS 5.0 1.5.3).
 * @throws SyntaxError for bytes that are no UTF-8, a text that is no JSON, a key that is there twice, and for values
 * nested more than 64 deep
 */
export function readJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SyntaxError('not UTF-8', { cause });
  }
  if (text === '') return undefined;
  const value: unknown = JSON.parse(text);
  checkStructure(text);
  return value;
}

/** Walks the structure of a text that is JSON. */
function checkStructure(text: string): void {
  /** The keys of each open object; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      if (open.length >= MAX_DEPTH) throw new SyntaxError('nested too deeply');
      open.push(token === '{' ? new Set() : null);
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const keys = open.at(-1);
      const key = plainKey(last);
      if (keys?.has(key)) throw new SyntaxError('a key stands twice');
      keys?.add(key);
    }
    last = token;
  }
}

const MAX_HREF = 2048;

// Tabs, line breaks and other control characters are ignored by URL parsers and hide a scheme ("java\tscript:");
// a backslash is read as a slash. None of them belongs in an address.
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Z}\\]/u;

/**
 * The address of a link as it may leave the product, or undefined when it may not: only `http:`, `https:` (with a host,
 * without credentials) and `mailto:` addresses, at most 2 048 characters, absolute. Called where a link enters and
 * again at every exit, because a co-edited text can be written without the editor.
 */
export function safeHref(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_HREF || FORBIDDEN.test(value)) return undefined;
  if (/^mailto:[^\s@"<>]+@[^\s@"<>]+$/i.test(value)) return encodeQuotes(value);
  if (!/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return undefined;
  return encodeQuotes(url.href);
}

const encodeQuotes = (href: string): string => href.replaceAll('"', '%22').replaceAll("'", '%27');

/** Where images of a text are served from; the id is the file's. */
const FILE_SRC = /^\/api\/files\/([A-Za-z0-9_-]{1,64})$/;

/** The id of the file an image shows, or undefined when the address is not one of ours. */
export const fileIdOf = (src: unknown): string | undefined =>
  typeof src === 'string' ? FILE_SRC.exec(src)?.[1] : undefined;

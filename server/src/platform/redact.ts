/** Names of fields whose values are nobody's business: a log is read by more people than the database. */
const SECRET_NAME =
  /pass(word|phrase)|secret|token|authori[sz]ation|cookie|e-?mail|^(otp|code_verifier|to|mail_?from)$/i;
const HIDDEN = '[redacted]';

/** What is hidden wherever it stands in a text: addresses of people, credentials in addresses, keys and tokens. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\/\/[^\s/@]{1,300}@/g, `//${HIDDEN}@`],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, HIDDEN],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{1,2000}/gi, `$1 ${HIDDEN}`],
  [/([?&;](?:token|code|secret|password|state|key)=)[^&;\s]{1,2000}/gi, `$1${HIDDEN}`],
  // Ids have 36 characters; what is longer without a break is a key, a hash or a token.
  [/\b[\w-]{40,}\b/g, HIDDEN],
];

const MAX_TEXT = 2_000;
const MAX_STACK = 4_000;
const MAX_DEPTH = 5;
const MAX_ITEMS = 30;

/** A text without what must not be read in a log, and not longer than a line may be. */
export function hideSecrets(text: string, longest = MAX_TEXT): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return SECRETS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), cut);
}

/** What a log says of an error: never what it carries beside its message, which may be a record or a request. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const { cause, stack, message } = error;
  const known = Object.fromEntries(
    ['code', 'status', 'reason', 'syscall'].flatMap((name) => {
      const value = name in error ? Reflect.get(error, name) : undefined;
      return typeof value === 'string' || typeof value === 'number' ? [[name, clean(value, depth)]] : [];
    }),
  );
  return {
    type: error.name,
    message: hideSecrets(message),
    ...known,
    ...(stack === undefined ? {} : { stack: hideSecrets(stack, MAX_STACK) }),
    ...(cause === undefined ? {} : { cause: clean(cause, depth + 1) }),
  };
}

// Not `instanceof Error`: a test runner and worker threads hand in errors of another realm.
const isError = (value: object): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return hideSecrets(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth > MAX_DEPTH) return '…';
  if (isError(value)) return describeError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => clean(item, depth + 1));
  return cleanFields(value, depth + 1);
}

const cleanFields = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .slice(0, MAX_ITEMS)
      .map(([name, value]) => [name, SECRET_NAME.test(name) && value !== null ? HIDDEN : clean(value, depth)]),
  );

/** The fields of a log line without passwords, tokens, cookies and addresses of people, at any depth. */
export const redact = (fields: object): Record<string, unknown> => cleanFields(fields, 0);

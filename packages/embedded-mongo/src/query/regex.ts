import { BSONRegExp, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';

const invalid = (why: string): MongoError => new MongoError(51091, `Regular expression is invalid: ${why}`);
const cache = new Map<string, RegExp>();

/**
 * Compiles a pattern of MongoDB (PCRE2) to the same meaning in JavaScript. What has no exact counterpart is refused.
 */
function compileRegex(pattern: string, options: string): RegExp {
  const key = `${options}/${pattern}`;
  const known = cache.get(key);
  if (known) return known;
  if (pattern.includes('\0'))
    throw new MongoError('BadValue', 'Regular expression cannot contain an embedded null byte');
  for (const option of options) {
    if (!'imsxu'.includes(option)) throw new MongoError(51108, `invalid flag in regex options: ${option}`);
    if (option === 'x') throw notSupported('the regular expression option x');
  }
  const source = translate(pattern, options.includes('m'), options.includes('s'));
  try {
    const compiled = new RegExp(source, `u${options.includes('i') ? 'i' : ''}`);
    if (cache.size > 500) cache.clear();
    cache.set(key, compiled);
    return compiled;
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'syntax error');
  }
}

/** Reads a regular expression given as BSON regex, or as $regex with $options. */
export function regexOf(value: Value, options?: Value): RegExp {
  if (options !== undefined && typeof options !== 'string')
    throw new MongoError('BadValue', '$options has to be a string');
  if (typeof value === 'string') return compileRegex(value, options ?? '');
  if (!(value instanceof BSONRegExp)) throw new MongoError('BadValue', '$regex has to be a string');
  if (options !== undefined && value.options !== '')
    throw new MongoError(51075, 'options set in both $regex and $options');
  return compileRegex(value.pattern, options ?? value.options);
}

const SPACE = '\\t\\n\\v\\f\\r ';
const END = '(?![\\s\\S])';
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;

function translate(pattern: string, multiline: boolean, dotAll: boolean): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === '\\') {
      out += escaped(pattern[++i], false);
    } else if (char === '[') {
      const set = readSet(pattern, i);
      out += set.source;
      i = set.end;
    } else if (char === '^') out += multiline ? `(?<![^\\n])(?!(?<=\\n)${END})` : '^';
    else if (char === '$') out += multiline ? `(?=\\n|${END})` : `(?=\\n?${END})`;
    else if (char === '.') out += dotAll ? '[\\s\\S]' : '[^\\n]';
    else if (char === '(' && pattern[i + 1] === '?') out += group(pattern, i);
    else if (char === '(' && pattern[i + 1] === '*') throw notSupported('a regular expression verb (*…)');
    else if (char === '{' && !/^\{\d+(,\d*)?\}/.test(pattern.slice(i))) out += '\\{';
    else if (char === '{' && pattern[pattern.indexOf('}', i) + 1] === '+') throw possessive();
    else if ((char === '}' && !closesCount(pattern, i)) || char === ']') out += `\\${char}`;
    else if ('*+?'.includes(char) && pattern[i + 1] === '+') throw possessive();
    else out += char;
  }
  return out;
}

const possessive = (): MongoError => notSupported('a possessive quantifier in a regular expression');
const closesCount = (pattern: string, at: number): boolean => /\{\d+(,\d*)?$/.test(pattern.slice(0, at));

function group(pattern: string, at: number): string {
  const rest = pattern.slice(at);
  if (/^\(\?[:=!]/.test(rest)) return '(';
  // PCRE wants to know how long a look behind is, JavaScript does not: only plain texts are the same for both.
  if (/^\(\?<[=!][^()[\]{}*+?|\\^$.]*\)/.test(rest)) return '(';
  throw notSupported('this kind of group in a regular expression');
}

function escaped(char: string | undefined, inSet: boolean): string {
  if (char === undefined) throw invalid('\\ at the end of the pattern');
  if (char === 's') return inSet ? SPACE : `[${SPACE}]`;
  if (char === 'S' && !inSet) return `[^${SPACE}]`;
  if (/[dDwWtnrf0]/.test(char)) return `\\${char}`;
  if (/[bB]/.test(char) && !inSet) return `\\${char}`;
  // A group that took no part matches nothing in PCRE and the empty text in JavaScript.
  if (/[1-9]/.test(char)) throw notSupported('a back reference in a regular expression');
  if (SYNTAX.test(char)) return `\\${char}`;
  if (char === '-') return inSet ? '\\-' : '-';
  if (char === 'A' && !inSet) return '^';
  if (char === 'z' && !inSet) return END;
  if (/[A-Za-z0-9]/.test(char)) throw notSupported(`\\${char} in a regular expression`);
  return char;
}

function readSet(pattern: string, start: number): { source: string; end: number } {
  let i = start + 1;
  let source = '[';
  if (pattern[i] === '^') {
    source += '^';
    i++;
  }
  for (let first = true; ; first = false, i++) {
    const char = pattern[i];
    if (char === undefined) throw invalid('missing terminating ] for character class');
    if (char === ']' && !first) return { source: `${source}]`, end: i };
    if (char === '[' && /[:.=]/.test(pattern[i + 1] ?? '')) throw notSupported('a POSIX class in a regular expression');
    if (char === '\\') source += escaped(pattern[++i], true);
    else source += SYNTAX.test(char) ? `\\${char}` : char;
  }
}

import { fileIdOf, safeHref } from './safe-href.ts';

/** The depth of nesting a text may have, the document node included. */
export const MAX_DEPTH = 64;

export const HEADING_LEVELS = [2, 3, 4] as const;

const SECTION_ID = /^[a-z][a-z0-9-]{0,39}$/;
const LANGUAGE = /^[A-Za-z0-9+#._-]{1,40}$/;
const MAX_ALT = 500;
const MAX_SPAN = 100;

type Check = (value: unknown) => boolean;

const integerIn =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

const nullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

const isWidth = integerIn(1, 10_000);
const isSpan = integerIn(1, MAX_SPAN);
const isColwidth: Check = (value) =>
  Array.isArray(value) && value.length <= MAX_SPAN && value.every(integerIn(0, 10_000));
const isAlign: Check = (value) => value === 'left' || value === 'right' || value === 'center';

export const isSectionId = matches(SECTION_ID);
/** What a mark of a discussed passage holds. */
export const isAnchorId = matches(/^[A-Za-z0-9_-]{1,64}$/);
export const isLanguage = matches(LANGUAGE);
export const isImageWidth = isWidth;

const CELL = { colspan: isSpan, rowspan: isSpan, colwidth: nullOr(isColwidth), align: nullOr(isAlign) };

/** The attributes each node may carry and what they may hold. A node that is not named here carries none. */
export const NODE_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  section: { sectionId: isSectionId },
  record: { part: matches(/^[a-z][a-z-]{0,19}$/), ref: matches(/^[A-Za-z0-9_-]{1,64}$/) },
  // Ours are HEADING_LEVELS; other editors write levels 1 to 6, some as text, which are read as the nearest of ours.
  heading: { level: (value) => /^[1-6]$/.test(String(value)) && typeof value !== 'object' },
  orderedList: { start: integerIn(0, 1_000_000), type: nullOr(matches(/^[1aAiI]$/)) },
  codeBlock: { language: nullOr(isLanguage) },
  taskItem: { checked: (value) => typeof value === 'boolean' },
  image: {
    src: (value) => fileIdOf(value) !== undefined,
    alt: nullOr((value) => typeof value === 'string' && value.length <= MAX_ALT),
    width: nullOr(isWidth),
  },
  tableCell: CELL,
  tableHeader: CELL,
  // Of messages alone: the schema of texts has no such node.
  mention: { kind: matches(/^(person|body|document|meeting|decision)$/), id: matches(/^[A-Za-z0-9_-]{1,64}$/) },
};

/** The attributes each mark may carry. A mark that is not named here carries none. */
export const MARK_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  comment: { id: isAnchorId },
  link: { href: (value) => safeHref(value) !== undefined },
};

/** Cuts the description of an image to what the attribute may hold. */
export const clipAlt = (alt: string | null): string | null => (alt === null ? null : alt.slice(0, MAX_ALT));

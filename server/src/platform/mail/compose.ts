import type { Locale } from '@concert/contract';

/** One thing among several of a letter, with what was said of it. */
export type Item = {
  readonly title: string;
  readonly link: string;
  /** What contains it. */
  readonly context?: string | undefined;
  readonly lines: readonly { readonly text: string; readonly quote?: string | undefined }[];
};

/** What a letter says: paragraphs, one of which may be an action to take, then things, then why it came. */
export type Composition = {
  readonly locale: Locale;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Stands before the paragraph of this number, or after the things. */
  readonly action?: { readonly label: string; readonly link: string; readonly before: number | 'footer' };
  readonly items?: readonly Item[];
  /** At the end, smaller; each may lead somewhere. */
  readonly footer?: readonly { readonly text: string; readonly link?: string }[];
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** One line, without control characters: names come from people, and a header ends at a line break. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

/** Between an action and its address: French sets a space before the colon. */
const COLON: Readonly<Record<Locale, string>> = { fr: '\u00a0:', en: ':', it: ':' };
const DATES: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

/** A moment as a letter names it, in the time of Paris. */
export const moment = (at: Date, locale: Locale): string =>
  new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(
    at,
  );

/** Mail programs take styles from attributes alone. */
const STYLE = {
  body: 'margin:0;padding:24px;background:#f4f5f7;color:#1f2328;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif',
  sheet: 'max-width:560px;margin:0 auto;padding:28px 32px;background:#fff;border-radius:10px',
  p: 'margin:0 0 16px',
  button:
    'display:inline-block;padding:10px 18px;border-radius:8px;background:#0b6b68;color:#fff;text-decoration:none;font-weight:600',
  link: 'color:#0b6b68',
  item: 'margin:0 0 20px;padding:0 0 0 14px;border-left:3px solid #d0d7de',
  small: 'margin:0 0 8px;color:#59636e;font-size:13px',
  quote: 'margin:4px 0 8px;color:#59636e;white-space:pre-wrap',
} as const;

const tag = (name: string, style: keyof typeof STYLE, inner: string): string =>
  `<${name} style="${STYLE[style]}">${inner}</${name}>`;
const anchor = (style: keyof typeof STYLE, link: string, label: string): string =>
  `<a href="${escapeHtml(link)}" style="${STYLE[style]}">${escapeHtml(label)}</a>`;

/** `known`: an address that the letter gives anyway. */
const itemText = ({ title, link, context, lines }: Item, known: string | undefined): string =>
  [
    context ? `${title} (${context})` : title,
    ...(link === known ? [] : [link]),
    ...lines.flatMap(({ text, quote }) => [`- ${text}`, ...(quote ? [`  > ${quote}`] : [])]),
  ].join('\n');

const itemHtml = ({ title, link, context, lines }: Item): string =>
  tag(
    'div',
    'item',
    [
      `<div>${anchor('link', link, title)}</div>`,
      ...(context ? [tag('div', 'small', escapeHtml(context))] : []),
      ...lines.map(
        ({ text, quote }) => `<div>${escapeHtml(text)}</div>${quote ? tag('div', 'quote', escapeHtml(quote)) : ''}`,
      ),
    ].join(''),
  );

/** The two parts of a letter, each complete without the other. */
export function compose({ locale, subject, paragraphs, action, items = [], footer = [] }: Composition): {
  subject: string;
  text: string;
  html: string;
} {
  const text = [...paragraphs, ...items.map((item) => itemText(item, action?.link))];
  const html = [...paragraphs.map((paragraph) => tag('p', 'p', escapeHtml(paragraph))), ...items.map(itemHtml)];
  if (action !== undefined) {
    const at = action.before === 'footer' ? text.length : action.before;
    text.splice(at, 0, `${action.label}${COLON[locale]} ${action.link}`);
    html.splice(at, 0, tag('p', 'p', anchor('button', action.link, action.label)));
  }
  if (footer.length > 0) {
    text.push(
      ['-- ', ...footer.map((line) => (line.link ? `${line.text}${COLON[locale]} ${line.link}` : line.text))].join(
        '\n',
      ),
    );
    html.push(
      ...footer.map((line) =>
        tag('p', 'small', line.link ? anchor('link', line.link, line.text) : escapeHtml(line.text)),
      ),
    );
  }
  return {
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"></head><body style="${STYLE.body}">${tag('div', 'sheet', html.join(''))}</body></html>`,
  };
}

import type { Locale } from '@concert/contract';

/** What a letter says: paragraphs, one of which may be an action to take. */
export type Composition = {
  readonly locale: Locale;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Stands before the paragraph of this number. */
  readonly action?: { readonly label: string; readonly link: string; readonly before: number };
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

/** The two parts of a letter, each complete without the other. */
export function compose({ locale, subject, paragraphs, action }: Composition): {
  subject: string;
  text: string;
  html: string;
} {
  const text = paragraphs.map(String);
  const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  if (action !== undefined) {
    text.splice(action.before, 0, `${action.label}${COLON[locale]} ${action.link}`);
    html.splice(action.before, 0, `<p><a href="${escapeHtml(action.link)}">${escapeHtml(action.label)}</a></p>`);
  }
  return {
    subject: subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html><html lang="${locale}"><body>${html.join('')}</body></html>`,
  };
}

import type { Locale } from '@concert/contract';
import type { NotificationReason } from '@concert/domain/notifications/api.ts';
import { compose, type Item, oneLine } from '../platform/mail/compose.ts';
import { WORDS, type Words } from './words.ts';

/** One event as a letter tells it. */
export type Told = {
  readonly reason: NotificationReason;
  readonly by: string;
  /** The day that it is about. */
  readonly day?: string | undefined;
  /** How the words begin that were written, as far as the reader may know them. */
  readonly quote?: string | undefined;
};

/** What happened in one subject, oldest first. */
export type ToldSubject = {
  readonly discussion: boolean;
  readonly title: string;
  readonly context?: string | undefined;
  readonly link: string;
  readonly events: readonly [Told, ...Told[]];
};

export type Links = { readonly stop: string; readonly settings: string; readonly inbox: string };

/** A subject of a letter longer than this is cut. */
const SUBJECT = 140;
/** So many subjects stand in a digest with their words; the rest is counted. */
const MOST_SUBJECTS = 30;
/** The last events of each. */
const MOST_EVENTS = 5;

const cut = (text: string): string => (text.length <= SUBJECT ? text : `${text.slice(0, SUBJECT - 1)}…`);

const footerOf = (words: Words, { stop, settings }: Links, digest: boolean) => [
  { text: words.because },
  { text: digest ? words.stopDigest : words.stop, link: stop },
  { text: words.settings, link: settings },
];

const DATES: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

/** A calendar day in full, in the language of the reader. */
const dayText = (day: string | undefined, locale: Locale): string =>
  day === undefined
    ? ''
    : new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'long', timeZone: 'UTC' }).format(
        new Date(`${day}T00:00:00Z`),
      );

/** What happened, in words. */
const happenedIn = (locale: Locale, { reason, by, day }: Told): string =>
  WORDS[locale].happened[reason](oneLine(by), dayText(day, locale));

/** [N12] A letter about one event. */
export function eventLetter(locale: Locale, subject: ToldSubject, links: Links) {
  const { title, context, link, discussion, events } = subject;
  const [told] = events;
  const words = WORDS[locale];
  const happened = happenedIn(locale, told);
  const name = oneLine(title) || words.untitled;
  return compose({
    locale,
    subject: cut(words.subject(happened, name)),
    paragraphs: [],
    items: [
      { title: name, link, context: context && oneLine(context), lines: [{ text: happened, quote: told.quote }] },
    ],
    action: { label: discussion ? words.discussion : words.open, link, before: 'footer' },
    footer: footerOf(words, links, false),
  });
}

/** [N14] One event in a few words, without any of those that were written. */
export function pushWords(locale: Locale, { title, context, events: [told] }: ToldSubject) {
  const words = WORDS[locale];
  const where = [oneLine(title) || words.untitled, context && oneLine(context)].filter(Boolean).join(' · ');
  return { title: cut(happenedIn(locale, told)), body: cut(where) };
}

/** [N10] [N12] A letter about everything that waited, by what it is about. */
export function digestLetter(locale: Locale, told: readonly ToldSubject[], links: Links) {
  const words = WORDS[locale];
  const items = told.slice(0, MOST_SUBJECTS).map(
    ({ title, context, link, events }): Item => ({
      title: oneLine(title) || words.untitled,
      link,
      context: context && oneLine(context),
      lines: events.slice(-MOST_EVENTS).map((one) => ({ text: happenedIn(locale, one), quote: one.quote })),
    }),
  );
  const more = told.length - items.length;
  const discussions = told.every(({ discussion }) => discussion);
  return compose({
    locale,
    subject: words.digest(told.length, discussions),
    paragraphs: [words.digestIntro],
    items,
    action: { label: words.inbox, link: links.inbox, before: 1 },
    footer: [
      ...(more > 0 ? [{ text: words.more(more, discussions), link: links.inbox }] : []),
      ...footerOf(words, links, true),
    ],
  });
}

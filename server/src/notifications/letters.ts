import type { Locale } from '@concert/contract';
import type { NotificationReason } from '@concert/domain/notifications/api.ts';
import { compose, type Item, oneLine } from '../platform/mail/compose.ts';

/** One event as a letter tells it. */
export type Told = {
  readonly reason: NotificationReason;
  readonly by: string;
  /** How the words begin that were written, as far as the reader may know them. */
  readonly quote?: string | undefined;
};

/** What happened in one subject, oldest first. */
export type ToldSubject = {
  readonly title: string;
  readonly context?: string | undefined;
  readonly link: string;
  readonly events: readonly [Told, ...Told[]];
};

export type Links = { readonly stop: string; readonly settings: string; readonly inbox: string };

type Words = {
  /** What happened, without where. */
  readonly happened: Readonly<Record<NotificationReason, (by: string) => string>>;
  readonly subject: (happened: string, title: string) => string;
  readonly untitled: string;
  readonly action: string;
  readonly digest: (count: number) => string;
  readonly digestIntro: string;
  readonly inbox: string;
  readonly more: (count: number) => string;
  readonly because: string;
  readonly stop: string;
  readonly stopDigest: string;
  readonly settings: string;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    happened: {
      mentioned: (by) => `${by} vous mentionne`,
      answered: (by) => `${by} a retenu votre réponse`,
      opened: (by) => `${by} a ouvert cette discussion`,
      replied: (by) => `${by} a répondu`,
      resolved: (by) => `${by} a résolu la discussion`,
      reopened: (by) => `${by} a rouvert la discussion`,
    },
    subject: (happened, title) => `${happened}\u00a0: ${title}`,
    untitled: 'Discussion',
    action: 'Voir la discussion',
    digest: (count) =>
      count === 1 ? 'Votre résumé\u00a0: une discussion' : `Votre résumé\u00a0: ${count} discussions`,
    digestIntro: 'Voici ce qui s’est passé depuis le dernier résumé et que vous n’avez pas encore lu.',
    inbox: 'Ouvrir la boîte de réception',
    more: (count) => (count === 1 ? 'et une autre discussion' : `et ${count} autres discussions`),
    because:
      'Vous recevez ce message parce que vos préférences le prévoient. Il est envoyé automatiquement\u00a0: une réponse ne serait lue par personne.',
    stop: 'Ne plus recevoir ce type de message',
    stopDigest: 'Ne plus recevoir de résumé',
    settings: 'Changer vos préférences',
  },
  en: {
    happened: {
      mentioned: (by) => `${by} mentioned you`,
      answered: (by) => `${by} chose your reply as the answer`,
      opened: (by) => `${by} opened this discussion`,
      replied: (by) => `${by} replied`,
      resolved: (by) => `${by} resolved the discussion`,
      reopened: (by) => `${by} reopened the discussion`,
    },
    subject: (happened, title) => `${happened}: ${title}`,
    untitled: 'Discussion',
    action: 'See the discussion',
    digest: (count) => (count === 1 ? 'Your digest: one discussion' : `Your digest: ${count} discussions`),
    digestIntro: 'This has happened since the last digest, and you have not read it yet.',
    inbox: 'Open the inbox',
    more: (count) => (count === 1 ? 'and one more discussion' : `and ${count} more discussions`),
    because:
      'You receive this message because your preferences say so. It is sent automatically: nobody would read a reply.',
    stop: 'Stop messages of this kind',
    stopDigest: 'Stop digests',
    settings: 'Change your preferences',
  },
  it: {
    happened: {
      mentioned: (by) => `${by} La menziona`,
      answered: (by) => `${by} ha scelto la Sua risposta`,
      opened: (by) => `${by} ha aperto questa discussione`,
      replied: (by) => `${by} ha risposto`,
      resolved: (by) => `${by} ha risolto la discussione`,
      reopened: (by) => `${by} ha riaperto la discussione`,
    },
    subject: (happened, title) => `${happened}: ${title}`,
    untitled: 'Discussione',
    action: 'Vedere la discussione',
    digest: (count) => (count === 1 ? 'Il Suo riepilogo: una discussione' : `Il Suo riepilogo: ${count} discussioni`),
    digestIntro: 'Ecco che cosa è successo dall’ultimo riepilogo e che non ha ancora letto.',
    inbox: 'Aprire la posta in arrivo',
    more: (count) => (count === 1 ? 'e un’altra discussione' : `e altre ${count} discussioni`),
    because:
      'Riceve questo messaggio perché lo prevedono le Sue preferenze. È inviato automaticamente: nessuno leggerebbe una risposta.',
    stop: 'Non ricevere più messaggi di questo tipo',
    stopDigest: 'Non ricevere più riepiloghi',
    settings: 'Cambiare le preferenze',
  },
};

/** A subject of a letter longer than this is cut. */
const SUBJECT = 140;
/** So many discussions stand in a digest with their words; the rest is counted. */
const MOST_SUBJECTS = 30;
/** The last events of each. */
const MOST_EVENTS = 5;

const cut = (text: string): string => (text.length <= SUBJECT ? text : `${text.slice(0, SUBJECT - 1)}…`);

const footerOf = (words: Words, { stop, settings }: Links, digest: boolean) => [
  { text: words.because },
  { text: digest ? words.stopDigest : words.stop, link: stop },
  { text: words.settings, link: settings },
];

/** [N12] A letter about one event. */
export function eventLetter(locale: Locale, { title, context, link, events: [told] }: ToldSubject, links: Links) {
  const words = WORDS[locale];
  const happened = words.happened[told.reason](oneLine(told.by));
  const name = oneLine(title) || words.untitled;
  return compose({
    locale,
    subject: cut(words.subject(happened, name)),
    paragraphs: [],
    items: [
      { title: name, link, context: context && oneLine(context), lines: [{ text: happened, quote: told.quote }] },
    ],
    action: { label: words.action, link, before: 'footer' },
    footer: footerOf(words, links, false),
  });
}

/** [N14] One event in a few words, without any of those that were written. */
export function pushWords(locale: Locale, { title, context, events: [told] }: ToldSubject) {
  const words = WORDS[locale];
  const where = [oneLine(title) || words.untitled, context && oneLine(context)].filter(Boolean).join(' · ');
  return { title: cut(words.happened[told.reason](oneLine(told.by))), body: cut(where) };
}

/** [N10] [N12] A letter about everything that waited, by what it is about. */
export function digestLetter(locale: Locale, told: readonly ToldSubject[], links: Links) {
  const words = WORDS[locale];
  const items = told.slice(0, MOST_SUBJECTS).map(
    ({ title, context, link, events }): Item => ({
      title: oneLine(title) || words.untitled,
      link,
      context: context && oneLine(context),
      lines: events.slice(-MOST_EVENTS).map(({ reason, by, quote }) => ({
        text: words.happened[reason](oneLine(by)),
        quote,
      })),
    }),
  );
  const more = told.length - items.length;
  return compose({
    locale,
    subject: words.digest(told.length),
    paragraphs: [words.digestIntro],
    items,
    action: { label: words.inbox, link: links.inbox, before: 1 },
    footer: [...(more > 0 ? [{ text: words.more(more), link: links.inbox }] : []), ...footerOf(words, links, true)],
  });
}

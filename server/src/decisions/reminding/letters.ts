import type { Locale } from '@concert/contract';
import { compose, oneLine } from '../../platform/mail/compose.ts';

/** A thing of which somebody is reminded, as a letter names it. */
export type Reminded = {
  readonly what: 'soon' | 'late' | 'review';
  readonly title: string;
  readonly bodyName: string;
  /** The day on which it is due, or to be reviewed. */
  readonly day: string;
  readonly number?: string;
  readonly link: string;
};

type Words = Readonly<
  Record<
    Reminded['what'],
    {
      readonly subject: (title: string) => string;
      readonly said: (reminded: Reminded, day: string) => string;
      readonly open: string;
      readonly why: (bodyName: string) => string;
    }
  >
>;

const WORDS: Readonly<Record<Locale, Words>> = {
  fr: {
    soon: {
      subject: (title) => `À faire bientôt : ${title}`,
      said: ({ title, bodyName }, day) => `« ${title} » est à faire pour le ${day} (${bodyName}).`,
      open: 'Ouvrir mes actions',
      why: (bodyName) => `Vous recevez cette lettre parce que ${bodyName} vous a confié cette action.`,
    },
    late: {
      subject: (title) => `Échéance passée : ${title}`,
      said: ({ title, bodyName }, day) => `« ${title} » était à faire pour le ${day} (${bodyName}).`,
      open: 'Ouvrir mes actions',
      why: (bodyName) => `Vous recevez cette lettre parce que ${bodyName} vous a confié cette action.`,
    },
    review: {
      subject: (title) => `Décision à réexaminer : ${title}`,
      said: ({ title, number = '' }, day) => `La décision ${number}, « ${title} », est à réexaminer depuis le ${day}.`,
      open: 'Ouvrir la décision',
      why: (bodyName) => `Vous recevez cette lettre parce que vous conduisez ${bodyName}.`,
    },
  },
  en: {
    soon: {
      subject: (title) => `Due soon: ${title}`,
      said: ({ title, bodyName }, day) => `“${title}” is due on ${day} (${bodyName}).`,
      open: 'Open my action items',
      why: (bodyName) => `You receive this letter because ${bodyName} has given you this action item.`,
    },
    late: {
      subject: (title) => `Overdue: ${title}`,
      said: ({ title, bodyName }, day) => `“${title}” was due on ${day} (${bodyName}).`,
      open: 'Open my action items',
      why: (bodyName) => `You receive this letter because ${bodyName} has given you this action item.`,
    },
    review: {
      subject: (title) => `Decision to be reviewed: ${title}`,
      said: ({ title, number = '' }, day) => `Decision ${number}, “${title}”, is to be reviewed since ${day}.`,
      open: 'Open the decision',
      why: (bodyName) => `You receive this letter because you act for ${bodyName}.`,
    },
  },
  it: {
    soon: {
      subject: (title) => `In scadenza: ${title}`,
      said: ({ title, bodyName }, day) => `«${title}» è da fare entro il ${day} (${bodyName}).`,
      open: 'Aprire le mie azioni',
      why: (bodyName) => `Riceve questa lettera perché ${bodyName} le ha affidato questa azione.`,
    },
    late: {
      subject: (title) => `Scaduta: ${title}`,
      said: ({ title, bodyName }, day) => `«${title}» era da fare entro il ${day} (${bodyName}).`,
      open: 'Aprire le mie azioni',
      why: (bodyName) => `Riceve questa lettera perché ${bodyName} le ha affidato questa azione.`,
    },
    review: {
      subject: (title) => `Decisione da riesaminare: ${title}`,
      said: ({ title, number = '' }, day) => `La decisione ${number}, «${title}», è da riesaminare dal ${day}.`,
      open: 'Aprire la decisione',
      why: (bodyName) => `Riceve questa lettera perché conduce ${bodyName}.`,
    },
  },
};

const DATES: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

const dayText = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** The letter by which somebody is reminded. */
export function reminderLetter(reminded: Reminded, locale: Locale) {
  const { subject, said, open, why } = WORDS[locale][reminded.what];
  return compose({
    locale,
    subject: oneLine(subject(reminded.title)),
    paragraphs: [said(reminded, dayText(reminded.day, locale))],
    action: { label: open, link: reminded.link, before: 'footer' },
    footer: [{ text: why(reminded.bodyName) }],
  });
}

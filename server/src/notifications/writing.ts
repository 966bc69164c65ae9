import { mailedAs } from '@concert/domain/notifications/preferences.ts';
import type { PersonRecord } from '../platform/auth/people.ts';
import type { Letter } from '../platform/mail/mail.ts';
import type { Reader } from '../platform/mentions.ts';
import type { Platform } from '../platform/module.ts';
import type { Card, Step } from '../platform/subjects.ts';
import type { LetterItem, WaitingLetter } from './deliveries.ts';
import { digestLetter, eventLetter, type Links, pushWords, type Told, type ToldSubject } from './letters.ts';
import type { PreferencesStore } from './preferences-store.ts';
import type { PushNotice } from './push/push.ts';
import type { NotificationStore } from './store.ts';
import { stopKeyOf } from './unsubscribe.ts';

type Parts = {
  readonly platform: Platform;
  readonly store: NotificationStore;
  readonly preferences: PreferencesStore;
};

const keyOf = ({ kind, id }: Step): string => `${kind}:${id}`;

/** What is left to be said of events when it is said: what has changed since they were due counts. */
function createTelling({ platform: { auth, site, subjects }, store }: Omit<Parts, 'preferences'>) {
  /** [N5] What the reader may see of the subjects now, by subject. */
  const cardsFor = async (reader: Reader, items: readonly LetterItem[]): Promise<ReadonlyMap<string, Card>> => {
    const cards = new Map<string, Card>();
    for (const kind of new Set(items.map(({ subject }) => subject.kind))) {
      const ids = items.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []));
      for (const [id, card] of (await subjects.of(kind)?.cards(reader, [...new Set(ids)])) ?? [])
        cards.set(`${kind}:${id}`, card);
    }
    return cards;
  };

  const quotesFor = async (reader: Reader, items: readonly LetterItem[]): Promise<ReadonlyMap<string, string>> => {
    const quotes = new Map<string, string>();
    for (const kind of new Set(items.map(({ subject }) => subject.kind))) {
      const places = items.flatMap(({ subject, anchor }) =>
        subject.kind === kind && anchor !== undefined ? [{ id: subject.id, anchor }] : [],
      );
      for (const [anchor, words] of (await subjects.of(kind)?.words?.(reader, places)) ?? []) quotes.set(anchor, words);
    }
    return quotes;
  };

  const bySubject = async (
    reader: Reader,
    items: readonly LetterItem[],
    cards: ReadonlyMap<string, Card>,
  ): Promise<ToldSubject[]> => {
    const [people, quotes] = await Promise.all([
      auth.people.byIds([...new Set(items.flatMap(({ by }) => by ?? []))]),
      quotesFor(reader, items),
    ]);
    const groups = new Map<
      string,
      { subject: Step; card: Card; anchor: string | undefined; events: [Told, ...Told[]] }
    >();
    for (const { subject, reason, by, anchor, day } of [...items].sort((a, b) => a.at.getTime() - b.at.getTime())) {
      const card = cards.get(keyOf(subject));
      if (card === undefined) continue;
      const quote = anchor === undefined ? undefined : quotes.get(anchor);
      const told: Told = { reason, by: people.get(by ?? '')?.name ?? '', quote, day };
      const group = groups.get(keyOf(subject));
      if (group === undefined) groups.set(keyOf(subject), { subject, card, anchor, events: [told] });
      else group.events.push(told);
    }
    return [...groups.values()].map(({ subject, card, anchor, events }) => ({
      discussion: subject.kind === 'thread',
      title: card.title,
      context: card.context,
      link: `${site.url()}${card.path}${anchor === undefined ? '' : `#${anchor}`}`,
      events,
    }));
  };

  /** What of these items is left to be said: neither read, nor taken back, nor out of sight. */
  const tell = async (person: PersonRecord, wanted: readonly LetterItem[]): Promise<ToldSubject[]> => {
    const { id: personId } = person;
    const reader: Reader = { personId, platformRole: person.platformRole };
    const [cards, unread] = await Promise.all([
      cardsFor(reader, wanted),
      store.unreadAbout(
        personId,
        wanted.map(({ subject }) => subject),
      ),
    ]);
    return bySubject(
      reader,
      wanted.filter(({ subject }) => unread.has(keyOf(subject))),
      cards,
    );
  };

  return tell;
}

/** Writes letters as they are to be when they go out. */
export function createWriting({ platform, store, preferences }: Parts) {
  const { auth, site } = platform;
  const tell = createTelling({ platform, store });

  const linksFor = (secret: string): Links => ({
    stop: `${site.url()}/unsubscribe#${secret}`,
    settings: `${site.url()}/settings/notifications`,
    inbox: `${site.url()}/inbox`,
  });

  /** Null for somebody who is told nothing any more. */
  const personOf = async (personId: string): Promise<PersonRecord | null> => {
    const person = await auth.people.byId(personId);
    return person === null || person.suspended ? null : person;
  };

  /** The letter, or null when nothing is left to say. */
  const letter = async ({ id, personId, digest, items }: WaitingLetter): Promise<Letter | null> => {
    const person = await personOf(personId);
    if (person === null) return null;
    const { mail } = await preferences.of(personId);
    const isWanted = ({ reason }: LetterItem): boolean => {
      const kind = mailedAs(reason);
      return kind !== null && mail[kind] !== 'off';
    };
    const told = await tell(person, items.filter(isWanted));
    const [first] = told;
    const [item] = items;
    const kind = item === undefined ? null : mailedAs(item.reason);
    if (first === undefined || kind === null) return null;
    const secret = stopKeyOf(auth, personId, digest ? 'digest' : kind);
    const write = digest
      ? digestLetter(person.locale, told, linksFor(secret))
      : eventLetter(person.locale, first, linksFor(secret));
    return {
      to: person.email,
      ...write,
      messageId: id,
      headers: {
        'List-Unsubscribe': `<${site.url()}/api/notifications/unsubscribe/${secret}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
    };
  };

  /** [N14] The same as a browser shows it; null when nothing is left to say. */
  const notice = async ({ id, personId, items }: WaitingLetter): Promise<PushNotice | null> => {
    const person = await personOf(personId);
    const [first] = person === null ? [] : await tell(person, items);
    if (person === null || first === undefined) return null;
    return { ...pushWords(person.locale, first), path: first.link.slice(site.url().length), tag: id };
  };

  return { letter, notice };
}

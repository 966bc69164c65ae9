import type { Locale } from '@concert/contract';
import { explainVerdict } from '../polls/explain.ts';
import type { MinutesRecord, RecordedAction, RecordedItem, RecordedPoll, RecordRef } from './minutes-record.ts';
import { ENGLISH } from './minutes-words-en.ts';
import { FRENCH } from './minutes-words-fr.ts';
import { ITALIAN } from './minutes-words-it.ts';

/** A block of minutes in words: a caption, lines with or without a label, a table whose first row is its header. */
export type RecordWords = {
  readonly caption: string;
  readonly lines: readonly RecordLine[];
  readonly table?: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };
  /** Of an action: whether it is done. */
  readonly done?: boolean;
};
export type RecordLine = { readonly label?: string; readonly text: string };

/** Whole words of one language. */
export type MinutesWords = {
  readonly attendance: string;
  readonly sitting: string;
  readonly notOpened: string;
  readonly place: string;
  readonly remotely: string;
  readonly present: (count: number) => string;
  readonly others: string;
  readonly excused: (count: number) => string;
  readonly absent: (count: number) => string;
  readonly proxies: string;
  readonly proxy: (from: string, to: string) => string;
  readonly proxyForItem: (from: string, to: string, item: string) => string;
  readonly quorum: string;
  readonly quorumReached: (present: string, needed: string, of: string) => string;
  readonly quorumMissed: (present: string, needed: string, of: string) => string;
  readonly secondCall: string;
  readonly remote: string;
  readonly since: (time: string) => string;
  readonly until: (time: string) => string;
  readonly time: string;
  readonly planned: (minutes: string) => string;
  readonly minutes: (count: number) => string;
  readonly presentedBy: string;
  readonly spoke: string;
  readonly kinds: Readonly<Record<'question' | 'order' | 'speech', string>>;
  readonly stances: Readonly<Record<'pro' | 'contra', string>>;
  readonly recused: string;
  readonly leftRoom: string;
  readonly states: Readonly<Record<string, string>>;
  readonly barred: string;
  readonly vote: (question: string) => string;
  readonly result: string;
  readonly ways: Readonly<Record<'named-live' | 'named-after' | 'secret' | 'hands', string>>;
  readonly way: string;
  readonly turnout: string;
  readonly cast: (cast: string, of: string) => string;
  readonly elected: string;
  readonly chosen: string;
  readonly votes: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly votedBy: (name: string, by: string) => string;
  readonly annulled: (reason: string) => string;
  readonly outcomes: Readonly<Record<'elected' | 'runoff', string>>;
  readonly decision: (number: string, title: string) => string;
  readonly decisionResult: Readonly<Record<'adopted' | 'rejected' | 'annulled', string>>;
  readonly owner: string;
  readonly due: string;
  readonly actionStates: Readonly<Record<RecordedAction['state'], string>>;
  readonly state: string;
  readonly task: string;
  readonly carried: string;
  readonly nothingCarried: string;
  readonly body: string;
  readonly minutesState: string;
  readonly draft: string;
  readonly submittedOn: (day: string) => string;
  readonly approvedOn: (day: string, meeting: string) => string;
  readonly textHash: string;
  readonly recordHash: string;
};

const WORDS: Readonly<Record<Locale, MinutesWords>> = { fr: FRENCH, en: ENGLISH, it: ITALIAN };

type Telling = { readonly words: MinutesWords; readonly locale: Locale; readonly record: MinutesRecord };

/** English as the public bodies of Europe write dates. */
const TAGS: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB', it: 'it-IT' };

/** A wall-clock time in the meeting's time zone. */
function timeOf(instant: string, { locale, record }: Telling): string {
  const { timeZone } = record.meeting;
  return new Intl.DateTimeFormat(TAGS[locale], { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}

const dayOf = (instant: string, { locale, record: { meeting } }: Telling): string =>
  new Intl.DateTimeFormat(TAGS[locale], { timeZone: meeting.timeZone, dateStyle: 'full' }).format(new Date(instant));

/** A calendar day, which has no time zone. */
const dateText = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(TAGS[locale], { timeZone: 'UTC', dateStyle: 'medium' }).format(new Date(`${day}T00:00:00Z`));

const line = (label: string, text: string): readonly RecordLine[] => (text === '' ? [] : [{ label, text }]);
const listed = (names: readonly string[], separator = ', '): string => names.join(separator);

function sittingLines(telling: Telling): readonly RecordLine[] {
  const { words, record } = telling;
  const { openedAt, endedAt, place, mode } = record.meeting;
  if (openedAt === undefined) return [{ text: words.notOpened }];
  const times = `${timeOf(openedAt, telling)}${endedAt === undefined ? '' : `–${timeOf(endedAt, telling)}`}`;
  return [
    ...line(words.sitting, `${dayOf(openedAt, telling)}, ${times}`),
    ...line(
      words.place,
      [...(place === undefined ? [] : [place]), ...(mode === 'remote' ? [words.remotely] : [])].join(', '),
    ),
  ];
}

type Person = MinutesRecord['people'][number];

/** A name with the seat, and with when they came and left where that is not from the beginning to the end. */
function personText({ name, seat, spells }: Person, telling: Telling): string {
  const { words, record } = telling;
  const { openedAt, endedAt } = record.meeting;
  const stretches = spells.flatMap(({ from, to, remote }) => {
    const late = openedAt !== undefined && from > openedAt;
    const early = to !== undefined && (endedAt === undefined || to < endedAt);
    const said = [
      ...(remote ? [words.remote] : []),
      ...(late ? [words.since(timeOf(from, telling))] : []),
      ...(early ? [words.until(timeOf(to, telling))] : []),
    ];
    return said.length === 0 ? [] : [said.join(' ')];
  });
  const notes = [...(seat === undefined || seat === '' ? [] : [seat]), ...stretches];
  return notes.length === 0 ? name : `${name} (${notes.join('; ')})`;
}

function attendanceWords(telling: Telling): RecordWords {
  const { words, record } = telling;
  const people = (was: Person['was'], voting?: boolean) =>
    record.people.filter((one) => one.was === was && (voting === undefined || one.voting === voting));
  const named = (of: readonly Person[]): string => listed(of.map((one) => personText(one, telling)));
  const { quorum } = record;
  const itemOf = (id: string): string => record.items.find((item) => item.id === id)?.number ?? '';
  const counts = [`${quorum.present}`, `${quorum.needed}`, `${quorum.of}`] as const;
  const reached = quorum.reached ? words.quorumReached(...counts) : words.quorumMissed(...counts);
  const there = people('there', true);
  const excused = people('excused');
  const absent = people('absent', true);
  return {
    caption: words.attendance,
    lines: [
      ...sittingLines(telling),
      ...line(words.present(there.length), named(there)),
      ...line(words.others, named(people('there', false))),
      ...line(
        words.proxies,
        listed(
          record.proxies.map(({ from, to, itemId }) =>
            itemId === undefined ? words.proxy(from, to) : words.proxyForItem(from, to, itemOf(itemId)),
          ),
          '; ',
        ),
      ),
      ...line(words.excused(excused.length), named(excused)),
      ...line(words.absent(absent.length), named(absent)),
      ...(quorum.secondCall ? line(words.quorum, words.secondCall) : quorum.asked ? line(words.quorum, reached) : []),
    ],
  };
}

/** Whole minutes, at least one for what took any time at all. */
const minutesOf = (ms: number): number => (ms <= 0 ? 0 : Math.max(1, Math.round(ms / 60_000)));

/** Who spoke, each once, with how long in all; what they asked for where it was not a speech. */
function spokenText(speakers: RecordedItem['speakers'], { words }: Telling): string {
  const heard = new Map<string, { name: string; ms: number; notes: Set<string> }>();
  for (const { name, kind, stance, spentMs } of speakers) {
    const one = heard.get(name) ?? { name, ms: 0, notes: new Set<string>() };
    one.ms += spentMs;
    if (kind !== 'speech') one.notes.add(words.kinds[kind]);
    if (stance !== undefined) one.notes.add(words.stances[stance]);
    heard.set(name, one);
  }
  return listed(
    [...heard.values()].map(
      ({ name, ms, notes }) => `${name} (${[words.minutes(minutesOf(ms)), ...notes].join(', ')})`,
    ),
  );
}

function itemWords(item: RecordedItem, telling: Telling): RecordWords {
  const { words } = telling;
  const caption = `${item.number === undefined ? '' : `${item.number}. `}${item.title}`;
  if (item.barred)
    return { caption: item.number === undefined ? '…' : `${item.number}.`, lines: [{ text: words.barred }] };
  const { startedAt, endedAt, plannedSec } = item;
  const spell =
    startedAt === undefined
      ? ''
      : `${timeOf(startedAt, telling)}${endedAt === undefined ? '' : `–${timeOf(endedAt, telling)}`} · ${words.minutes(minutesOf(item.spentMs))}`;
  const planned = plannedSec === 0 ? '' : ` (${words.planned(words.minutes(minutesOf(plannedSec * 1_000)))})`;
  const state = words.states[item.state];
  return {
    caption,
    lines: [
      ...(state === undefined ? [] : [{ text: state }]),
      ...line(words.time, spell === '' ? '' : `${spell}${planned}`),
      ...line(words.presentedBy, item.presenter ?? ''),
      ...line(words.spoke, spokenText(item.speakers, telling)),
      ...line(
        words.recused,
        listed(item.recused.map(({ name, left }) => (left ? `${name} (${words.leftRoom})` : name))),
      ),
    ],
  };
}

const number = (value: number, locale: Locale): string => new Intl.NumberFormat(TAGS[locale]).format(value);

/** Weights are thousandths of a vote. */
const weightText = (thousandths: number, locale: Locale): string =>
  new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: 3 }).format(thousandths / 1_000);

/** Who chose what, by choice. */
function ballotLines({ ballots, lines }: RecordedPoll, { words }: Telling): readonly RecordLine[] {
  const labelOf = (key: string): string => words.choices[key] ?? lines.find((one) => one.key === key)?.label ?? key;
  const byChoice = new Map<string, string[]>();
  for (const { name, by, chosen } of ballots) {
    const key = chosen.map(labelOf).join(' › ');
    const names = byChoice.get(key) ?? [];
    names.push(by === undefined ? name : words.votedBy(name, by));
    byChoice.set(key, names);
  }
  return [...byChoice].map(([label, names]) => ({ label, text: listed(names) }));
}

/** What it has come to, and why; elections say who was elected. */
const resultText = ({ outcome, ...vote }: RecordedPoll['vote'], { words, locale }: Telling): string =>
  outcome === 'elected' || outcome === 'runoff'
    ? words.outcomes[outcome]
    : explainVerdict({ ...vote, outcome }, locale);

function pollWords(poll: RecordedPoll, telling: Telling): RecordWords {
  const { words, locale } = telling;
  const { vote, byHands, secrecy, annulled, lines } = poll;
  const weighted = vote.majority.unit === 'weight' && lines.some(({ heads, weight }) => weight !== heads * 1_000);
  return {
    caption: words.vote(vote.question),
    lines: [
      ...(annulled ? [{ text: words.annulled(poll.annulledReason ?? '') }] : []),
      ...line(words.result, resultText(vote, telling)),
      ...line(words.elected, listed(vote.elected)),
      ...line(words.way, words.ways[byHands ? 'hands' : secrecy]),
      ...line(words.turnout, words.cast(number(vote.turnout.cast, locale), number(vote.turnout.of, locale))),
      ...ballotLines(poll, telling),
    ],
    ...(lines.length === 0
      ? {}
      : {
          table: {
            header: [words.chosen, words.votes],
            rows: lines.map(({ key, label, heads, weight }) => [
              words.choices[key] ?? label ?? key,
              weighted ? `${weightText(weight, locale)} (${number(heads, locale)})` : number(heads, locale),
            ]),
          },
        }),
  };
}

const actionRow = ({ title, owner, dueOn, state }: RecordedAction, { words, locale }: Telling): readonly string[] => [
  title,
  owner,
  dueOn === undefined ? '' : dateText(dueOn, locale),
  words.actionStates[state],
];

export const isDone = ({ state }: Pick<RecordedAction, 'state'>): boolean => state === 'done' || state === 'verified';

function actionWords(action: RecordedAction, { words, locale }: Telling): RecordWords {
  const { title, owner, dueOn, state } = action;
  return {
    caption: title,
    lines: [
      ...line(words.owner, owner),
      ...line(words.due, dueOn === undefined ? '' : dateText(dueOn, locale)),
      ...(state === 'open' ? [] : line(words.state, words.actionStates[state])),
    ],
    done: isDone(action),
  };
}

function carriedWords(telling: Telling): RecordWords {
  const { words, record } = telling;
  if (record.carried.length === 0) return { caption: words.carried, lines: [{ text: words.nothingCarried }] };
  return {
    caption: words.carried,
    lines: [],
    table: {
      header: [words.task, words.owner, words.due, words.state],
      rows: record.carried.map((action) => actionRow(action, telling)),
    },
  };
}

/**
 * [M71] What a block of minutes says in a language: the same on the page, in files and in what is read aloud. Null for a block
 * about something that is not in the record (any more), or is kept from its reader.
 */
export function recordWords(record: MinutesRecord, { part, ref }: RecordRef, locale: Locale): RecordWords | null {
  const telling: Telling = { words: WORDS[locale], locale, record };
  const find = <Any extends { readonly id: string }>(of: readonly Any[]): Any | undefined =>
    of.find(({ id }) => id === ref);
  switch (part) {
    case 'attendance':
      return ref === record.meeting.id ? attendanceWords(telling) : null;
    case 'carried':
      return ref === record.meeting.id ? carriedWords(telling) : null;
    case 'item': {
      const item = find(record.items);
      return item === undefined ? null : itemWords(item, telling);
    }
    case 'poll': {
      const poll = find(record.polls);
      return poll === undefined ? null : pollWords(poll, telling);
    }
    case 'decision': {
      const decision = find(record.decisions);
      if (decision === undefined) return null;
      const result = telling.words.decisionResult[decision.annulled ? 'annulled' : decision.result];
      return {
        caption: telling.words.decision(decision.number, decision.title),
        lines: [{ label: telling.words.result, text: result }, { text: decision.text }],
      };
    }
    case 'action': {
      const action = find(record.actions) ?? find(record.carried);
      return action === undefined ? null : actionWords(action, telling);
    }
  }
}

/** How far minutes have come, for the head of a file. */
export type MinutesStanding = {
  readonly record: MinutesRecord;
  readonly submitted?: { readonly at: string; readonly hash: string; readonly recordHash: string };
  readonly approved?: { readonly at: string; readonly meeting: string };
};

/** [M72] [M73] What stands under the title of a file of minutes: of which body, how far they have come, and their hashes. */
export function minutesFacts({ record, submitted, approved }: MinutesStanding, locale: Locale): readonly RecordLine[] {
  const words = WORDS[locale];
  const telling: Telling = { words, locale, record };
  const day = (instant: string): string => dayOf(instant, telling);
  const state =
    approved !== undefined
      ? words.approvedOn(day(approved.at), approved.meeting)
      : submitted !== undefined
        ? words.submittedOn(day(submitted.at))
        : words.draft;
  return [
    { label: words.body, text: record.meeting.body },
    { label: words.minutesState, text: state },
    ...(submitted === undefined ? [] : line(words.textHash, submitted.hash)),
    ...(submitted === undefined ? [] : line(words.recordHash, submitted.recordHash)),
  ];
}

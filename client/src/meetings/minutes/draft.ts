import { fold } from '../../platform/editor/blocks.ts';

type Person = { readonly personId: string; readonly name: string };

/** What a line of minutes says of something to do, as the form begins with it. */
export type ActionDraft = { readonly title: string; readonly ownerId?: string; readonly dueOn?: string };

const MAX_TITLE = 300;

/** A sign or a word at the beginning that says that this is something to do. */
const OPENING = /^(?:[-–—•*☐□→▸]\s*|(?:actions?|à faire|todo|to do|azion[ei]|da fare)\s*:\s*)+/iu;
const DAY = String.raw`(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))`;
const ANY_DAY = new RegExp(String.raw`(?<!\d)${DAY}(?!\d)`, 'u');
/** A day at the end, with what leads to it: "by 12/12/2026", "(d’ici le 12/12/2026)". */
const CLOSING_DAY = new RegExp(
  String.raw`[\s,;:–—-]*\(?\s*(?:(?:d[’']ici|avant|pour|by|before|until|due|on|entro|per|prima del)\s*)?(?:(?:le|au|the|il)\s+)?${DAY}\s*\)?\s*\.?$`,
  'iu',
);

/** The day that a match says, if there is such a day. */
function dayOf(match: RegExpExecArray | null): string | undefined {
  if (!match) return undefined;
  const [, year, month, day, dayFirst, monthSecond, yearLast] = match;
  const pad = (part = ''): string => part.padStart(2, '0');
  const text = year ? `${year}-${pad(month)}-${pad(day)}` : `${yearLast}-${pad(monthSecond)}-${pad(dayFirst)}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

/** Where words stand in a text as words of their own; -1 where they do not. */
function wordsAt(text: string, words: string): number {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const isWhole = !/\p{L}/u.test(text[at - 1] ?? '') && !/\p{L}/u.test(text[at + words.length] ?? '');
    if (isWhole) return at;
  }
  return -1;
}

/** Who is named first in a text by their whole name; else whose first or last name it begins with, if only one has it. */
function ownerIn(text: string, people: readonly Person[]): { person: Person; length: number; at: number } | undefined {
  const said = fold(text);
  const whole = people
    .flatMap((person) => {
      const at = wordsAt(said, fold(person.name));
      return at < 0 ? [] : [{ person, at, length: person.name.length }];
    })
    .sort((a, b) => a.at - b.at);
  if (whole[0]) return whole[0];
  const first = /^[\p{L}'’-]+/u.exec(said)?.[0] ?? '';
  // Another name behind it makes it somebody else's.
  if (/^\s+\p{Lu}/u.test(text.slice(first.length))) return undefined;
  const begun = people.filter(({ name }) => fold(name).split(' ').includes(first));
  return first !== '' && begun.length === 1 && begun[0] ? { person: begun[0], at: 0, length: first.length } : undefined;
}

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/**
 * Reads a line of minutes as something to do: "Ada Martin: ask the town, by 12/12/2026". Who does it is one of these people;
 * a day that has passed is none. The title is what is left, or the line itself.
 */
export function draftOf(line: string, people: readonly Person[], today: string): ActionDraft {
  const text = line.normalize('NFC').replace(OPENING, '').replace(/^@/, '').trim();
  const dueOn = dayOf(ANY_DAY.exec(text));
  const bare = dueOn ? text.replace(CLOSING_DAY, '') : text;
  const owner = ownerIn(bare, people);
  const behind = owner?.at === 0 ? /^\s*(?::|[–—-]\s)\s*(.+)$/su.exec(bare.slice(owner.length))?.[1] : undefined;
  const title = capitalised(behind ?? bare).slice(0, MAX_TITLE);
  return {
    title: title || line.slice(0, MAX_TITLE),
    ...(owner ? { ownerId: owner.person.personId } : {}),
    ...(dueOn !== undefined && dueOn >= today ? { dueOn } : {}),
  };
}

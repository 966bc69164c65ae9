import { no, type Verdict, yes } from '@concert/contract';
import type { MeetingFacts } from './model.ts';

/** What of a meeting grows with use. */
export type Growing = Pick<MeetingFacts, 'agenda' | 'attendance' | 'proxies' | 'conflicts' | 'speeches'> & {
  readonly note: string;
  readonly guestIds: readonly string[];
  readonly answers: readonly unknown[];
  readonly dateOptions: readonly { readonly answers: readonly unknown[] }[];
};

/**
 * How much one meeting holds: characters of its texts (three bytes each at most), and entries of its lists (300 bytes each at
 * most). So its record stays below 10 MB, where a document of MongoDB may have 16. The last part is for who conducts.
 */
export const BOUNDS = {
  characters: { all: 1_000_000, participants: 600_000 },
  entries: { all: 20_000, participants: 16_000 },
} as const;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** [M61] What a meeting holds. */
export function holds(meeting: Growing): { readonly characters: number; readonly entries: number } {
  const { agenda, attendance, proxies, conflicts, speeches, guestIds, answers, dateOptions } = meeting;
  return {
    characters:
      meeting.note.length +
      sum(agenda.map(({ title, note }) => title.length + note.length)) +
      sum([...conflicts, ...speeches].map(({ note = '' }) => note.length)),
    entries:
      sum(
        [agenda, attendance, proxies, conflicts, speeches, guestIds, answers, dateOptions].map((list) => list.length),
      ) +
      sum(agenda.map(({ papers }) => papers.length)) +
      sum(dateOptions.map((option) => option.answers.length)),
  };
}

/** [M61] Whether a meeting may grow to this. What it holds already, and what takes away, is never refused. */
export function mayGrow(before: Growing, after: Growing, conducts: boolean): Verdict<'meeting-full'> {
  const [had, has] = [holds(before), holds(after)];
  const full = (['characters', 'entries'] as const).some(
    (what) => has[what] > had[what] && has[what] > BOUNDS[what][conducts ? 'all' : 'participants'],
  );
  return full ? no('meeting-full') : yes;
}

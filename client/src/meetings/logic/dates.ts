import type { DateOption } from '@concert/domain/meetings/shapes.ts';

export const DATE_ANSWERS = ['yes', 'maybe', 'no'] as const;
export type DateAnswer = (typeof DATE_ANSWERS)[number];

/** What somebody says to a date; undefined while they have said nothing. */
export const answerOf = ({ answers }: DateOption, personId: string): DateAnswer | undefined =>
  answers.find((one) => one.personId === personId)?.answer;

/** How many say what to a date. */
export function countsOf({ answers }: DateOption): Record<DateAnswer, number> {
  const count = (wanted: DateAnswer) => answers.filter(({ answer }) => answer === wanted).length;
  return { yes: count('yes'), maybe: count('maybe'), no: count('no') };
}

/** The dates that suit best: most who can, then fewest who cannot, then most who could; none while nobody says yes. */
export function bestDates(options: readonly DateOption[]): ReadonlySet<string> {
  const rated = options.map((option) => ({ id: option.id, ...countsOf(option) }));
  const [best] = rated.toSorted((a, b) => b.yes - a.yes || a.no - b.no || b.maybe - a.maybe);
  if (!best || best.yes === 0) return new Set();
  const alike = rated.filter(({ yes, no, maybe }) => yes === best.yes && no === best.no && maybe === best.maybe);
  return new Set(alike.map(({ id }) => id));
}

/** The options with one answer of one person changed: shown until the server has answered. */
export const withAnswer = (
  options: readonly DateOption[],
  optionId: string,
  { personId, answer }: { personId: string; answer: DateAnswer },
): DateOption[] =>
  options.map((option) =>
    option.id === optionId
      ? { ...option, answers: [...option.answers.filter((one) => one.personId !== personId), { personId, answer }] }
      : option,
  );
